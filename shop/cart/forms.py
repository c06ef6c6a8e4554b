"""Forms of the cart: how many, a voucher, a country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from shop.cart.models import MOST_OF_ONE


def _how_many(least: int) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=least,
        max_value=MOST_OF_ONE,
        error_messages={
            "required": _("Enter how many, such as 1."),
            "invalid": _("Enter how many as a whole number, such as 1."),
            "min_value": _("Enter how many as a whole number, such as 1."),
            "max_value": _("%(limit_value)s of one thing is the most that the cart holds."),
        },
    )


class LineForm(forms.Form):
    """So many of a variant, by its SKU."""

    variant = forms.CharField(max_length=100)
    quantity = _how_many(1)

    def reason(self) -> str:
        """What is wrong, in one sentence."""
        return str(next(iter(self.errors.values()))[0])


class QuantityForm(LineForm):
    """How many of a line; 0 takes it out."""

    quantity = _how_many(0)


class VoucherForm(forms.Form):
    code = forms.CharField(
        label=_("Voucher code"),
        max_length=40,
        error_messages={"required": _("Enter the code of the voucher.")},
        widget=forms.TextInput(
            attrs={
                "class": "field",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    @classmethod
    def of(cls, code: str, problem: str) -> VoucherForm:
        """A fresh form, or that with a code that was typed, and why it is none."""
        if not problem:
            return cls()
        form = cls({"code": code})
        form.full_clean()
        form.errors["code"] = form.error_class([problem], field_id="id_code")
        return form


class CountryForm(forms.Form):
    """Where it would go, for the estimate: one of the countries that are delivered to."""

    country = forms.ChoiceField(
        label=_("Delivery and tax for"),
        error_messages={
            "invalid_choice": _("We do not deliver there yet. Choose a country of the list."),
            "required": _("Choose a country."),
        },
        widget=forms.Select(attrs={"class": "field", "autocomplete": "country"}),
    )

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, str(name)) for code, name in countries if code in set(codes)]
        cast(forms.ChoiceField, self.fields["country"]).choices = named
