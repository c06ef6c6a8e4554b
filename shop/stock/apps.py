from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "shop.stock"

    def ready(self) -> None:
        from shop.catalog import stock_changes
        from shop.stock import services
        from shop.stock.models import Movement

        stock_changes.use(
            adjusting=services.adjust,
            imports=lambda: services.because(reason=Movement.Reason.IMPORTED),
        )
