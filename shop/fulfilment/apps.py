from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    name = "shop.fulfilment"

    def ready(self) -> None:
        from shop.accounts import roles

        roles.grant(
            roles.FULFILMENT,
            "orders.view_order",
            "fulfilment.fulfil_order",
            "fulfilment.note_order",
            "fulfilment.export_orders",
            "stock.view_*",
            "stock.add_movement",
            "delivery.view_*",
            "catalog.view_*",
        )
        roles.grant(
            roles.SUPPORT,
            "orders.view_order",
            "fulfilment.note_order",
            "fulfilment.cancel_order",
            "stock.view_*",
            "delivery.view_*",
            "promotions.view_*",
            "catalog.view_*",
            "reviews.*",
        )
        roles.grant(roles.CATALOGUE, "stock.view_*", "stock.add_movement", "taxes.view_*")
