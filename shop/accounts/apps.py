from django.apps import AppConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "shop.accounts"
    verbose_name = _("People")

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
        admin.site.password_change = change_password  # type: ignore[method-assign, assignment]
        roles.grant(
            roles.SUPPORT,
            "accounts.view_customer",
            "accounts.change_customer",
            "accounts.view_address",
        )
        own_data.register()


def change_password(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """In the admin as on the account pages, where wrong ones are counted."""
    return redirect("account_change_password")
