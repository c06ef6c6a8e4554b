"""Links by which somebody sets a password: sent by staff, never seen by them."""

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import get_language

from shop.accounts.adapter import display_name
from shop.mail.services import queue_mail


def invite(*, user: User, inviter: User) -> None:
    """Have a new member of staff set a password."""
    _send_link(user, "account/invitation", {"inviter": display_name(inviter)})


def send_password_link(*, user: User) -> None:
    """Have a customer who cannot log in set a new password."""
    _send_link(user, "account/reset_password", {})


def _send_link(user: User, template: str, context: dict[str, str]) -> None:
    # The key is of the user as stored, as the page that reads the link will find it.
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    queue_mail(
        key=f"{template}:{uuid.uuid4()}",
        to=user.email,
        template=template,
        context=context
        | {
            "password_reset_url": settings.SHOP_URL
            + reverse("account_reset_password_from_key", kwargs=key),
            "password_page": settings.SHOP_URL + reverse("account_reset_password"),
        },
        language=get_language() or "",
    )
