"""What of allauth is the shop's own: its mails, its words, its names."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.mail.services import queue_mail
from shop.store.current import current_store

# allauth's template of a mail, and ours. They have a way to the shop in them that only the reader
# may use, so what they need beside it is little.
MAILS = {
    "email_confirmation_signup": "account/confirm_address",
    "email_confirmation": "account/confirm_address",
    "account_already_exists": "account/account_exists",
    "unknown_account": "account/no_account",
    "password_reset_key": "account/reset_password",
}
# What was changed; all in one mail, which asks whether it was the reader.
CHANGES: dict[str, str | Promise] = {
    "password_changed": _("Your password was changed."),
    "password_set": _("A password was set."),
    "password_reset": _("Your password was reset."),
    "email_confirm": _("An e-mail address was confirmed."),
    "email_changed": _("Your e-mail address was changed."),
    "email_deleted": _("An e-mail address was taken off your account."),
    "totp_activated": _("An authenticator app was added as a second factor."),
    "totp_deactivated": _("The authenticator app was removed as a second factor."),
    "recovery_codes_generated": _("New recovery codes were made; the former ones are void."),
    "webauthn_added": _("A security key was added as a second factor."),
    "webauthn_removed": _("A security key was removed as a second factor."),
}
# What mails may show of that which allauth has for them.
SHOWN = ("activate_url", "password_reset_url", "signup_url", "ip", "user_agent")


def display_name(user: User) -> str:
    """How a user is called on pages: names that were made up at sign-up are of no use."""
    return user.get_full_name() or user.email or user.username


class AccountAdapter(DefaultAccountAdapter):
    """Mails go through the outbox; messages say what to do."""

    _mismatch = _(
        "These do not belong together. Check the address and capital letters of the password, "
        "or set a new password below."
    )
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _mismatch,
        "username_password_mismatch": _mismatch,
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait five minutes, or set a new password below."
        ),
        "incorrect_password": _("That is not your password. Check capital letters, and try again."),
        "enter_current_password": _("That is not your present password."),
        "incorrect_code": _("This code is not right, or too old. Enter the one that shows now."),
        "rate_limited": _("That was often in a short time. Wait a minute, then try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        kind = template_prefix.rsplit("/", 1)[-1]
        shown: dict[str, Any] = {name: str(context.get(name, "")) for name in SHOWN}
        shown |= {"email": email, "change": CHANGES.get(kind, "")}
        shown["password_page"] = self.request.build_absolute_uri(reverse("account_reset_password"))
        queue_mail(
            key=f"account:{kind}:{uuid.uuid4()}",  # each is meant: allauth's limits say how many
            to=email,
            template=MAILS.get(kind, "account/changed"),
            context=shown,
            language=get_language() or "en",
        )

    def get_login_stages(self) -> list[str]:
        ours = "shop.accounts.stages.EmailVerificationStage"
        return [
            ours if stage.endswith(".EmailVerificationStage") else stage
            for stage in super().get_login_stages()
        ]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:overview")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or too old. Enter the one that shows now."),
        "unverified_email": _(
            "Confirm each of your e-mail addresses first, or remove those that are not yours."
        ),
        "add_email_blocked": _(
            "An account with a second factor takes no further address: a confirmed one is what "
            "lets you back in. Remove the second factor first, then add the address."
        ),
    }

    def get_totp_issuer(self) -> str:
        return str(current_store().name)

    def get_totp_label(self, user: User) -> str:
        address = EmailAddress.objects.get_primary_email(user)
        return str(address or user.email or user.username)
