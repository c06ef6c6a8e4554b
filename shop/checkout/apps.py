from django.apps import AppConfig


class CheckoutConfig(AppConfig):
    name = "shop.checkout"

    def ready(self) -> None:
        from shop.checkout import own_data

        own_data.register()
