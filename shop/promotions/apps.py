from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionsConfig(AppConfig):
    name = "shop.promotions"
    verbose_name = _("Promotions")

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.promotions import own_data

        roles.grant(roles.SUPPORT, "promotions.view_*")
        own_data.register()
