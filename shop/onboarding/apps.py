from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "shop.onboarding"

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.onboarding import shop_checks

        shop_checks.register_all()
        # For the apps above the roles, which know nothing of them.
        roles.grant(roles.SUPPORT, "mail.view_outgoingmail", "mail.change_outgoingmail")
        roles.grant(roles.SUPPORT, "store.view_*")
