from django.apps import AppConfig


class CartConfig(AppConfig):
    name = "shop.cart"

    def ready(self) -> None:
        from shop.cart import receivers

        receivers.connect()
