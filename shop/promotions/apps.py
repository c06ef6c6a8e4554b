from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    name = "shop.promotions"

    def ready(self) -> None:
        from shop.accounts import roles

        roles.grant(roles.SUPPORT, "promotions.view_*")
