"""The form of who wants to be told when something is back."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Variant


class BackInStockForm(forms.Form):
    """Asks for an address. `website` is for machines: people do not see it."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field"}),
        error_messages={
            "required": _("Enter the address that we may write to."),
            "invalid": _("Enter an address such as name@example.com."),
        },
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    variant = forms.CharField(max_length=100, widget=forms.HiddenInput)

    @classmethod
    def for_request(cls, request: HttpRequest, variant: Variant) -> BackInStockForm:
        """An empty one, with the account's address."""
        email = request.user.email if request.user.is_authenticated else ""
        initial = {"email": email, "variant": variant.sku}
        return cls(initial=initial, auto_id="back-in-stock-%s")

    @property
    def is_of_a_machine(self) -> bool:
        """Whether the field that people do not see was filled in. Only after `is_valid()`."""
        return bool(self.cleaned_data["website"])
