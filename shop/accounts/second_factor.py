"""No page of the admin opens without a second factor (`STAFF_SECOND_FACTOR`).

Whoever has none is led to set one up; whoever logged in before it was set up elsewhere is asked
for it once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Pages of the admin that show nothing of the shop.
OPEN = {"login", "logout", "jsi18n"}
SET_UP_HERE = "second_factor_set_up_by"


class StaffSecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_args: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.STAFF_SECOND_FACTOR or match is None or "admin" not in match.app_names:
            return None
        user = request.user
        if match.url_name in OPEN or not isinstance(user, User) or not user.is_staff:
            return None
        if not Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
            messages.warning(
                request,
                _(
                    "The administration needs a second factor besides your password. "
                    "Set up an authenticator app or a security key here, then go on."
                ),
            )
            return redirect("mfa_index")
        if not has_shown_factor(request, user):
            return ask_for_factor(request, user)
        return None


def has_shown_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session gave the second factor, or set it up."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records) or (
        request.session.get(SET_UP_HERE) == user.pk
    )


def ask_for_factor(request: HttpRequest, user: User) -> HttpResponseRedirect:
    ways = get_adapter().get_reauthentication_methods(user)
    address = next(
        (way["url"] for way in ways if way["id"].startswith("mfa_reauthenticate")),
        reverse("mfa_reauthenticate"),
    )
    return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


@receiver(authenticator_added)
def remember_set_up(request: HttpRequest, user: User, **_kwargs: Any) -> None:
    request.session[SET_UP_HERE] = user.pk
