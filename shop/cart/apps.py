from django.apps import AppConfig


class CartConfig(AppConfig):
    name = "shop.cart"

    def ready(self) -> None:
        from shop.cart import own_data, receivers

        receivers.connect()
        own_data.register()
