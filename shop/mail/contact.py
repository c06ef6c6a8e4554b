"""The contact form: a message to the shop, sent like every mail."""

from __future__ import annotations

import math
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.throttling import SimpleRateThrottle

from shop.mail.services import queue_mail
from shop.store.current import current_store


class ContactForm(forms.Form):
    """Asks who writes and what. `website` is for machines: people do not see it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Our answer goes there."),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter one e-mail address, such as ann@example.com."),
        },
    )
    order = forms.CharField(
        label=_("Order number (optional)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you would like to say.")},
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    # Which sending of the form it is: a second click sends nothing.
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    @property
    def is_of_a_machine(self) -> bool:
        """Whether the field that people do not see was filled in. Only after `is_valid()`."""
        return bool(self.cleaned_data["website"])


def initial_of(request: HttpRequest) -> dict[str, Any]:
    """What is known of who asks: the account's name and address, an order named in the link."""
    user = request.user
    known = {"order": request.GET.get("order", "")[:40]}
    if user.is_authenticated:
        known |= {"name": user.get_full_name(), "email": user.email}
    return known


def write_to_shop(*, name: str, email: str, order: str, message: str, token: uuid.UUID) -> None:
    """Queue a message to the shop's contact address; answers go to `email`."""
    store = current_store()
    queue_mail(
        key=f"contact-{token}",
        to=store.contact_email,
        reply_to=email,
        template="contact",
        context={"name": name, "email": email, "order": order, "message": message},
        language=store.language,
    )


class _ContactThrottle(SimpleRateThrottle):
    scope = "contact"

    def __init__(self) -> None:
        """The rate is looked up for each request."""

    def allow_request(self, request: Any, view: Any) -> bool:
        self.rate = self.get_rate()
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return bool(super().allow_request(request, view))

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


def seconds_to_wait(request: HttpRequest) -> int:
    """0 if the sender may write now, else how long to wait. Without the cache nobody waits."""
    throttle = _ContactThrottle()
    if throttle.allow_request(request, None):
        return 0
    return max(1, math.ceil(throttle.wait() or 1))
