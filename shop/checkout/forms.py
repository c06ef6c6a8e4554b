"""What the steps of a checkout ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shop.delivery.offers import Offer


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
    text: str


def problems_of(forms_: Iterable[forms.Form]) -> list[Problem]:
    """What is wrong with the forms, in order; the first field at fault takes the focus."""
    found: list[Problem] = []
    for form in forms_:
        where = getattr(form, "where", "")
        for bound in form:
            if bound.errors and not found:
                bound.field.widget.attrs["autofocus"] = True
            # A group of radio buttons has no label of its own to go to, but its first button.
            field = bound.id_for_label or f"{bound.auto_id}_0"
            found += [
                Problem(field, f"{where}: {error}" if where else str(error))
                for error in bound.errors
            ]
    return found
