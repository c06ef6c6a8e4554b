from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxesConfig(AppConfig):
    name = "shop.taxes"
    verbose_name = _("Taxes")

    def ready(self) -> None:
        from shop.accounts import roles

        for role in (roles.CATALOGUE, roles.SUPPORT):
            roles.grant(role, "taxes.view_*")
