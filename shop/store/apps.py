from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoreConfig(AppConfig):
    name = "shop.store"
    verbose_name = _("Shop")

    def ready(self) -> None:
        from shop.store import current  # noqa: F401  (forgets the settings when they change)
