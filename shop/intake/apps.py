from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "shop.intake"
    verbose_name = _("Photos")

    def ready(self) -> None:
        from shop.accounts import roles

        roles.grant(roles.CATALOGUE, "intake.*")
