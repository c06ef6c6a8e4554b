"""No page of the admin opens without a second factor (`STAFF_SECOND_FACTOR`), nor does a page that
changes somebody's second factor.

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
# Pages that ask for the second factor.
ASKING = {"mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
SET_UP_HERE = "second_factor_set_up_here"


class StaffSecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_args: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None:
            return None
        # Also what other apps put below the admin's address under names of their own.
        below = request.path.startswith(reverse("admin:index"))
        admins = below and not ("admin" in match.app_names and match.url_name in OPEN)
        guarded = str(match.url_name).startswith("mfa_") and match.url_name not in ASKING
        # Only then who asks is looked up: other pages are not to depend on a session for this.
        if not (admins or guarded) or not isinstance(user := request.user, User):
            return None
        if admins:
            return self._guard_admin(request, user)
        # Whoever knows the password alone must not take the factor away, add one of his own, or
        # read the recovery codes.
        if has_factor(user) and not has_shown_factor(request, user):
            return ask_for_factor(request, user)
        return None

    def _guard_admin(self, request: HttpRequest, user: User) -> HttpResponse | None:
        if not settings.STAFF_SECOND_FACTOR or not user.is_staff:
            return None
        if not has_factor(user):
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


def has_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def has_shown_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session gave a second factor, or set up one that is still there."""
    records = get_authentication_records(request, user)
    if any(record.get("method") == "mfa" for record in records):
        return True
    made_here = request.session.get(SET_UP_HERE)
    return made_here is not None and Authenticator.objects.filter(pk=made_here, user=user).exists()


def ask_for_factor(request: HttpRequest, user: User) -> HttpResponseRedirect:
    ways = get_adapter().get_reauthentication_methods(user)
    address = next(
        (way["url"] for way in ways if way["id"].startswith("mfa_reauthenticate")),
        reverse("mfa_reauthenticate"),
    )
    return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


@receiver(authenticator_added)
def remember_set_up(request: HttpRequest, authenticator: Authenticator, **_kwargs: Any) -> None:
    """The pages that add one are open to the first, or to whoever has shown another."""
    if authenticator.type in FACTORS:
        request.session[SET_UP_HERE] = authenticator.pk
