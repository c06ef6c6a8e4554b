"""Postal addresses: how a form asks for one, and how one is kept where nothing may change it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, cast

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_countries import countries


@dataclass(frozen=True)
class PostalAddress:
    """An address as it was written; `country` is ISO 3166-1 alpha-2."""

    name: str
    line1: str
    postcode: str
    city: str
    country: str
    company: str = ""
    line2: str = ""
    region: str = ""
    phone: str = ""

    def as_dict(self) -> dict[str, str]:
        """For a JSON column."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> PostalAddress:
        """Of a JSON column; names that it does not know are left out, missing ones empty."""
        return cls(**{field.name: str(values.get(field.name, "")) for field in fields(cls)})

    def lines(self, language: str | None = None) -> list[str]:
        """As on a letter, the country last, in the active language unless one is given."""
        with translation.override(language or translation.get_language()):
            country = str(countries.name(self.country) or self.country)
        town = " ".join(part for part in (self.postcode, self.city) if part)
        lines = [self.name, self.company, self.line1, self.line2, town, self.region, country]
        return [line for line in lines if line]


class AddressForm(forms.Form):
    """Asks for an address. `countries` (codes) limits where to; `prefix` as of any form.

    Fields carry the autocomplete tokens by which browsers fill them in.
    """

    name = forms.CharField(label=_("Full name"), max_length=120)
    company = forms.CharField(label=_("Company (optional)"), max_length=120, required=False)
    line1 = forms.CharField(label=_("Street and number"), max_length=160)
    line2 = forms.CharField(label=_("Apartment, floor (optional)"), max_length=160, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=16, required=False)
    city = forms.CharField(label=_("Town"), max_length=100)
    region = forms.CharField(label=_("State or region (optional)"), max_length=100, required=False)
    country = forms.ChoiceField(label=_("Country"))
    phone = forms.CharField(
        label=_("Phone (optional)"),
        max_length=40,
        required=False,
        help_text=_("Only for the carrier, should it not find you."),
    )

    TOKENS = {
        "name": "name",
        "company": "organization",
        "line1": "address-line1",
        "line2": "address-line2",
        "postcode": "postal-code",
        "city": "address-level2",
        "region": "address-level1",
        "country": "country",
        "phone": "tel",
    }
    # Countries without postcodes are rare among those that shops send to; these are the larger.
    WITHOUT_POSTCODE = frozenset({"AE", "HK", "IE", "QA", "PA", "JM", "GH", "KE", "UG", "ZW"})

    # Of countries where each postcode looks the same: how, and one of them as an example.
    POSTCODES = {
        **dict.fromkeys(("DE", "ES", "FI", "FR", "IT"), (r"\d{5}", "12345")),
        **dict.fromkeys(("AT", "AU", "BE", "CH", "DK", "LU", "NO"), (r"\d{4}", "1234")),
        "CA": (r"[A-Z]\d[A-Z] ?\d[A-Z]\d", "K1A 0B1"),
        "GB": (r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "SW1A 1AA"),
        "NL": (r"\d{4} ?[A-Z]{2}", "1234 AB"),
        "US": (r"\d{5}(-?\d{4})?", "12345"),
    }

    def __init__(
        self, *args: Any, country_codes: Sequence[str] | None = None, section: str = "", **kw: Any
    ) -> None:
        """`section` ("shipping", "billing") goes before each autocomplete token."""
        super().__init__(*args, **kw)
        choices = [(code, str(name)) for code, name in countries]
        if country_codes is not None:
            choices = [choice for choice in choices if choice[0] in set(country_codes)]
        country = cast(forms.ChoiceField, self.fields["country"])
        country.choices = choices if len(choices) == 1 else [("", "—"), *choices]
        for name, token in self.TOKENS.items():
            attributes = self.fields[name].widget.attrs
            attributes["autocomplete"] = f"{section} {token}".strip()
        self.fields["phone"].widget.input_type = "tel"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        country = cleaned.get("country", "")
        if country and not cleaned.get("postcode") and country not in self.WITHOUT_POSTCODE:
            self.add_error("postcode", _("Enter the postcode."))
        elif cleaned.get("postcode") and country in self.POSTCODES:
            pattern, example = self.POSTCODES[country]
            whole = rf"([A-Z]{{1,2}}-)?{pattern}"  # some write the country before it: D-12345
            if not re.fullmatch(whole, cleaned["postcode"], re.ASCII | re.IGNORECASE):
                words = _("That is no postcode of the country: there they look like %(example)s.")
                self.add_error("postcode", words % {"example": example})
        return cleaned

    def address(self) -> PostalAddress:
        """What was entered. Only after `is_valid()`."""
        return PostalAddress(**{name: self.cleaned_data[name] for name in self.TOKENS})
