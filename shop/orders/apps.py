from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "shop.orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from shop.accounts.parts import AccountLink, account_links, overview_parts
        from shop.catalog.parts import footer_parts
        from shop.orders import (
            own_data,
            receivers,  # noqa: F401  (connects them)
        )

        account_links.append(AccountLink(_("Orders"), "orders:history", 10))
        overview_parts.append("orders/_overview.html")
        footer_parts.append("orders/_footer_link.html")
        own_data.register()
