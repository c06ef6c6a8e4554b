"""What the steps of a checkout ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.accounts.models import Address
from shop.addresses import AddressForm, PostalAddress
from shop.delivery.offers import Offer

NEW = "new"
SAME = "same"


class ContactForm(forms.Form):
    """Who orders without an account."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For the confirmation, and for news of this order only."),
        error_messages={
            "required": _("Enter your e-mail address: the confirmation goes there."),
            "invalid": _("Enter a whole e-mail address, such as name@example.com."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PlaceForm(AddressForm):
    """An address: one that the account keeps, one that is typed, or the same as another."""

    use_required_attribute = False
    which = forms.ChoiceField(
        label=_("Address"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the addresses.")},
    )
    keep = forms.BooleanField(label=_("Keep this address in my account"), required=False)

    WORDS: dict[str, dict[str, str | Promise]] = {
        "name": {"required": _("Enter the full name, as it stands at the door.")},
        "line1": {"required": _("Enter the street and the number of the house.")},
        "city": {"required": _("Enter the town.")},
        "country": {
            "required": _("Choose the country."),
            "invalid_choice": _("We do not deliver there. Choose a country of the list."),
        },
    }

    def __init__(
        self,
        *args: Any,
        saved: Sequence[Address] = (),
        may_be_same: bool = False,
        may_be_kept: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.saved = {str(address.pk): address for address in saved}
        self.codes = kwargs.get("country_codes")
        choices: list[tuple[str, str | Promise]] = []
        if may_be_same:
            choices.append((SAME, _("The same as the delivery address")))
        choices += [(pk, ", ".join(one.postal.lines())) for pk, one in self.saved.items()]
        choices.append((NEW, _("Another address") if choices else _("New address")))
        which = cast(forms.ChoiceField, self.fields["which"])
        which.choices = choices
        if len(choices) == 1:
            which.widget = forms.HiddenInput()
        if "which" not in self.initial:
            self.initial["which"] = choices[0][0]
        if not may_be_kept:
            del self.fields["keep"]
        for name, words in self.WORDS.items():
            self.fields[name].error_messages |= words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = cleaned.get("which") or NEW
        cleaned["which"] = chosen
        if chosen != NEW:
            # What stands in the fields is not meant.
            for name in self.TOKENS:
                self.errors.pop(name, None)
        if chosen in self.saved and self.codes is not None:
            country = self.saved[chosen].country
            if country not in self.codes:
                self.add_error("which", _("We do not deliver there. Choose another address."))
        return cleaned

    @property
    def is_same(self) -> bool:
        return bool(self.cleaned_data["which"] == SAME)

    @property
    def is_new(self) -> bool:
        return bool(self.cleaned_data["which"] == NEW)

    def address(self) -> PostalAddress:
        saved = self.saved.get(self.cleaned_data["which"])
        return saved.postal if saved is not None else super().address()


class DeliveryForm(forms.Form):
    use_required_attribute = False
    method = forms.ChoiceField(
        label=_("Delivery"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how the order is delivered."),
            "invalid_choice": _("That is no longer offered for this order. Choose another."),
        },
    )

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method = cast(forms.ChoiceField, self.fields["method"])
        method.choices = [(str(offer.method.pk), offer.method.name) for offer in offers]


class PaymentForm(forms.Form):
    use_required_attribute = False
    gateway = forms.ChoiceField(
        label=_("Payment"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how to pay."),
            "invalid_choice": _("That is not offered any more. Choose another way to pay."),
        },
    )

    def __init__(self, *args: Any, labels: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["gateway"]).choices = list(labels.items())


class TermsForm(forms.Form):
    use_required_attribute = False
    terms = forms.BooleanField(
        error_messages={"required": _("Tick this to say that you agree; the order needs it.")},
        widget=forms.CheckboxInput(attrs={"class": "check"}),
    )


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field: for the summary above a form, with the id to go to."""

    field: str
    label: str
    text: str


def problems_of(forms_: Iterable[forms.Form]) -> list[Problem]:
    """What is wrong with the forms, in order; the first field at fault takes the focus."""
    found = []
    for form in forms_:
        for name, errors in form.errors.items():
            if name not in form.fields:
                continue
            bound = form[name]
            if not found:
                bound.field.widget.attrs["autofocus"] = True
            found += [
                Problem(bound.id_for_label or bound.auto_id, str(bound.label), str(error))
                for error in errors
            ]
    return found
