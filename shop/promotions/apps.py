from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    name = "shop.promotions"

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.promotions import own_data

        roles.grant(roles.SUPPORT, "promotions.view_*")
        own_data.register()
