from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    name = "shop.stock"
    verbose_name = _("Stock")

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.catalog import stock_changes
        from shop.stock import services
        from shop.stock.models import Movement

        stock_changes.use(
            adjusting=services.adjust,
            imports=lambda: services.because(reason=Movement.Reason.IMPORTED),
        )
        for role in (roles.FULFILMENT, roles.CATALOGUE):  # whoever counts adds movements
            roles.grant(role, "stock.view_*", "stock.add_movement", "catalog.view_*")
        roles.grant(roles.SUPPORT, "stock.view_*", "catalog.view_*")
