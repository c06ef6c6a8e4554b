from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "shop.catalog"
    label = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from shop.accounts import roles
        from shop.catalog import signals  # noqa: F401  (connects its receivers)

        roles.grant(roles.CATALOGUE, "catalog.*")
