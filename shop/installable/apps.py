from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstallableConfig(AppConfig):
    name = "shop.installable"
    verbose_name = _("App")
