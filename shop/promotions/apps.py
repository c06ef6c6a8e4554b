from django.apps import AppConfig


class PromotionsConfig(AppConfig):
    name = "shop.promotions"
