from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "shop.onboarding"

    def ready(self) -> None:
        from shop.onboarding import shop_checks

        shop_checks.register_all()
