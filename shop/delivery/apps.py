from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    name = "shop.delivery"
    verbose_name = _("Delivery")

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.catalog.parts import delivery_parts, product_describers, product_loaders
        from shop.delivery import product_page

        for role in (roles.FULFILMENT, roles.SUPPORT):
            roles.grant(role, "delivery.view_*")
        delivery_parts.append("delivery/words.html")
        product_loaders.append(product_page.load)
        product_describers.append(product_page.describe)
