from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "shop.editorial"
    verbose_name = _("Home page")

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.catalog.parts import home_loaders
        from shop.editorial import home

        home_loaders.append(home.load)
        roles.grant(roles.CATALOGUE, "editorial.*")
