from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "shop.accounts"
    verbose_name = _("people")

    def ready(self) -> None:
        from allauth.account.decorators import secure_admin_login
        from django.contrib import admin

        from shop.accounts import (
            own_data,
            roles,
            second_factor,  # noqa: F401  (connects its receivers)
            signals,  # noqa: F401
        )

        # Staff logs in where shoppers do, so that the limits and the second factor hold for all.
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
        roles.grant(
            roles.SUPPORT, "accounts.view_customer", "accounts.change_customer",
            "accounts.view_address",
        )
        own_data.register()
