"""Who orders and where it goes: the forms of a checkout's first step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.accounts.models import Address
from shop.addresses import AddressForm, PostalAddress
from shop.cart.estimates import country_of
from shop.checkout.forms import ContactForm, Problem, problems_of
from shop.checkout.models import Checkout

NEW = "new"
SAME = "same"


class PlaceForm(AddressForm):
    """An address: one that the account keeps, one that is typed, or the same as another."""

    use_required_attribute = False
    # As the page shows them.
    field_order = ("which", "country", *AddressForm.TOKENS)
    which = forms.ChoiceField(
        label=_("Address"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the addresses.")},
    )
    keep = forms.BooleanField(label=_("Keep this address in my account"), required=False)

    WORDS: dict[str, dict[str, Any]] = {
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
        where: str | Promise = "",
        **kwargs: Any,
    ) -> None:
        """`where` tells its errors from those of another address on the page."""
        self.where = where
        super().__init__(*args, **kwargs)
        self.saved = {str(address.pk): address for address in saved}
        self.codes = kwargs.get("country_codes")
        choices: list[tuple[str, str | Promise]] = []
        if may_be_same:
            choices.append((SAME, _("The same as the delivery address")))
        choices += [(pk, self._words(one)) for pk, one in self.saved.items()]
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

    def _words(self, address: Address) -> str:
        words = ", ".join(address.postal.lines())
        if self.codes is None or address.country in self.codes:
            return words
        return _("%(address)s (we do not deliver there)") % {"address": words}

    @property
    def is_same(self) -> bool:
        return bool(self.cleaned_data["which"] == SAME)

    @property
    def is_new(self) -> bool:
        return bool(self.cleaned_data["which"] == NEW)

    def address(self) -> PostalAddress:
        saved = self.saved.get(self.cleaned_data["which"])
        return saved.postal if saved is not None else super().address()


class AddressForms:
    """The forms of the step together. `contact` is None for who has an account with an address."""

    def __init__(
        self,
        data: QueryDict | None,
        *,
        checkout: Checkout,
        user: User | None,
        served: Sequence[str],
    ) -> None:
        """`served` are the codes of the countries that are delivered to."""
        self.known_email = user.email if user is not None else ""
        saved = list(Address.objects.filter(user=user)) if user is not None else []
        self.contact = None
        if not self.known_email:
            self.contact = ContactForm(data, initial={"email": checkout.email})
        self.shipping = PlaceForm(
            data,
            prefix="shipping",
            section="shipping",
            country_codes=served,
            saved=saved,
            may_be_kept=user is not None,
            initial=_initial_shipping(checkout, saved, served),
        )
        self.billing = PlaceForm(
            data,
            prefix="billing",
            section="billing",
            saved=saved,
            may_be_same=True,
            where=_("Invoice address"),
            initial=_initial_billing(checkout, saved),
        )
        self.all = [form for form in (self.contact, self.shipping, self.billing) if form]

    def is_valid(self) -> bool:
        # Each, so that each says what is wrong.
        return all([form.is_valid() for form in self.all])  # noqa: C419

    @property
    def problems(self) -> list[Problem]:
        return problems_of(self.all)

    @property
    def email(self) -> str:
        return self.contact.cleaned_data["email"] if self.contact is not None else self.known_email

    @property
    def invoice_address(self) -> PostalAddress | None:
        """None where it is the delivery address."""
        return None if self.billing.is_same else self.billing.address()

    @property
    def address_to_keep(self) -> PostalAddress | None:
        """The address that is to be kept in the account, if that was wished."""
        wished = self.shipping.is_new and self.shipping.cleaned_data.get("keep")
        return self.shipping.address() if wished else None


def _initial_shipping(
    checkout: Checkout, saved: list[Address], served: Sequence[str]
) -> dict[str, Any]:
    """What was said before; else the account's default; else the country of the estimate."""
    said = checkout.shipping_address
    if said is not None:
        same = next((one for one in saved if one.postal == said), None)
        return said.as_dict() | {"which": str(same.pk) if same is not None else NEW}
    country = country_of(checkout.cart) if checkout.cart is not None else ""
    first: dict[str, Any] = {"country": country if country in served else ""}
    usable = [one for one in saved if one.country in served]
    if usable:
        default = next((one for one in usable if one.is_default_shipping), usable[0])
        first["which"] = str(default.pk)
    elif saved:
        first["which"] = NEW
    return first


def _initial_billing(checkout: Checkout, saved: list[Address]) -> dict[str, Any]:
    if not checkout.billing:
        default = next((one for one in saved if one.is_default_billing), None)
        differs = default is not None and not default.is_default_shipping
        fresh = not checkout.shipping
        return {"which": str(default.pk) if default and differs and fresh else SAME}
    said = checkout.billing_address
    same = next((one for one in saved if one.postal == said), None)
    return checkout.billing | {"which": str(same.pk) if same is not None else NEW}
