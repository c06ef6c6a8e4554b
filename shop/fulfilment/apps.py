from django.apps import AppConfig


class FulfilmentConfig(AppConfig):
    name = "shop.fulfilment"

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.fulfilment.house import units_to_send
        from shop.stock.parts import sold_and_here

        sold_and_here.append(units_to_send)
        roles.grant(
            roles.FULFILMENT,
            "orders.view_order",
            "fulfilment.fulfil_order",
            "fulfilment.note_order",
            "fulfilment.export_orders",
        )
        roles.grant(
            roles.SUPPORT,
            "orders.view_order",
            "fulfilment.note_order",
            "fulfilment.cancel_order",
        )
