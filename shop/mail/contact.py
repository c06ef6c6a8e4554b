"""The contact form: a message to the shop, sent like every mail."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

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
