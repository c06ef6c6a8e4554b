"""A visitor who logs in takes the cart along."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from shop.cart.merging import merge_at_login


def connect() -> None:
    user_logged_in.connect(on_login, dispatch_uid="shop.cart.on_login")


def on_login(request: HttpRequest, user: User, **_: Any) -> None:
    """Not every login comes with a session: that of a token has none."""
    if hasattr(request, "session") and (told := merge_at_login(request=request, user=user)):
        messages.info(request, told, fail_silently=True)
