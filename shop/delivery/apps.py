from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "shop.delivery"

    def ready(self) -> None:
        from shop.accounts import roles

        for role in (roles.FULFILMENT, roles.SUPPORT):
            roles.grant(role, "delivery.view_*")
