from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PricingConfig(AppConfig):
    name = "shop.pricing"
    verbose_name = _("Prices")

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.catalog.parts import (
            price_holders,
            price_parts,
            product_describers,
            product_loaders,
        )
        from shop.pricing import product_page
        from shop.pricing.services import variants_on_sale

        price_parts.append("pricing/reduction.html")
        product_loaders.append(product_page.load)
        product_describers.append(product_page.describe)
        price_holders.append(variants_on_sale)
        roles.grant(roles.CATALOGUE, "pricing.*_saleprice")
