from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WishesConfig(AppConfig):
    name = "shop.wishes"
    verbose_name = _("Wishes")

    def ready(self) -> None:
        from shop.accounts import personal_data, roles
        from shop.accounts.parts import AccountLink, account_links
        from shop.catalog.parts import (
            buy_parts,
            footer_parts,
            product_loaders,
            sold_out_parts,
        )
        from shop.wishes import own_data, product_page, receivers

        receivers.connect()
        product_loaders.append(product_page.load)
        sold_out_parts.append("wishes/back_in_stock_part.html")
        buy_parts.append("wishes/heart.html")
        footer_parts.append("wishes/link.html")
        account_links.append(AccountLink(_("Wishlist"), "wishes:list", 20))
        personal_data.register("wishlist", own_data.export_wishes, own_data.erase_wishes)
        personal_data.register("back in stock", own_data.export_requests, own_data.erase_requests)
        roles.grant(roles.SUPPORT, "wishes.view_backinstockrequest")
        roles.grant(roles.CATALOGUE, "wishes.view_backinstockrequest")
