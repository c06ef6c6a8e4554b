"""What the actions on an order ask for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
    UnfoldBooleanWidget,
)

from shop.fulfilment.amounts import left_to_refund
from shop.fulfilment.services import stuck_refunds
from shop.money import exponent, formatted
from shop.orders.mails import TEMPLATES
from shop.orders.models import Order
from shop.orders.states import State
from shop.payments.models import Refund


class ActionForm(forms.Form):
    """Of one action on `order`; `seen` is the version of its history that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the order."""


class NoteForm(ActionForm):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("Only the shop's people see it."),
    )


class MarkPaidForm(ActionForm):
    note = forms.CharField(
        label=gettext_lazy("How it was paid"),
        max_length=400,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("For instance: bank transfer of 3 March, statement 12."),
    )


class CancelForm(ActionForm):
    note = forms.CharField(
        label=gettext_lazy("Reason (optional)"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )


class TrackingForm(ActionForm):
    carrier = forms.CharField(
        label=gettext_lazy("Carrier"),
        max_length=60,
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"list": "carriers"}),
    )
    tracking_number = forms.CharField(
        label=gettext_lazy("Tracking number"),
        max_length=80,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Empty for a parcel that cannot be followed."),
    )
    tracking_url = forms.URLField(
        label=gettext_lazy("Link to follow it"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=UnfoldAdminURLInputWidget,
        help_text=gettext_lazy("The page of the carrier for this parcel. The shopper is sent it."),
    )

    def build(self) -> None:
        self.initial.setdefault("carrier", self.order.tracking_carrier)
        self.initial.setdefault("tracking_number", self.order.tracking_number)
        self.initial.setdefault("tracking_url", self.order.tracking_url)

    def clean_tracking_number(self) -> str:
        number = "".join(self.cleaned_data["tracking_number"].split())
        if not all(one.isascii() and (one.isalnum() or one in "-_./") for one in number):
            raise forms.ValidationError(
                _("A tracking number has letters, digits and dashes only. Check it, please.")
            )
        return number

    def clean_tracking_url(self) -> str:
        url = self.cleaned_data["tracking_url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("A link begins with https://."))
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        missing = cleaned.get("tracking_url") and not cleaned.get("tracking_number")
        if missing and "tracking_number" not in self.errors:
            self.add_error("tracking_number", _("Enter the number that the link follows."))
        return cleaned


class TakeBackForm(ActionForm):
    """How many of each line; a field for each."""

    restock = forms.BooleanField(
        label=gettext_lazy("Put them back into the stock"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
    )
    refund = forms.BooleanField(
        label=gettext_lazy("Give back what was paid for them"),
        required=False,
        initial=True,
        widget=UnfoldBooleanWidget,
    )
    note = forms.CharField(
        label=gettext_lazy("Reason (optional)"),
        max_length=200,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )

    def build(self) -> None:
        for line in self.order.lines.all():
            left = line.quantity - line.returned
            if left:
                name = ", ".join(part for part in (line.title, line.options_text) if part)
                self.fields[f"line_{line.pk}"] = forms.IntegerField(
                    label=name,
                    min_value=0,
                    max_value=left,
                    required=False,
                    widget=UnfoldAdminIntegerFieldWidget(attrs={"placeholder": "0"}),
                    # What helps is written as HTML by the admin's templates, unescaped.
                    help_text=escape(
                        _("%(left)d at most, %(sku)s") % {"left": left, "sku": line.sku}
                    ),
                )
        names = [name for name in self.fields if name.startswith("line_")]
        self.order_fields([*names, "restock", "refund", "note"])
        if not left_to_refund(self.order):
            del self.fields["refund"]

    def quantities(self) -> dict[int, int]:
        """Units by the primary key of the line."""
        return {
            int(name.removeprefix("line_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("line_") and value
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.quantities():
            raise forms.ValidationError(_("Enter how many of at least one thing."))
        return cleaned


class RefundForm(ActionForm):
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=12, widget=UnfoldAdminDecimalFieldWidget
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("It stands in the history, and the gateway is told."),
    )

    def build(self) -> None:
        left, currency = left_to_refund(self.order), self.order.currency
        self.fields["amount"].help_text = _("%(left)s at most, of %(total)s paid") % {
            "left": formatted(left, currency),
            "total": formatted(self.order.total, currency),
        }
        attributes = self.fields["amount"].widget.attrs
        attributes |= {"min": str(exponent(currency)), "max": str(left), "inputmode": "decimal"}
        attributes["step"] = str(exponent(currency))

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        left, currency = left_to_refund(self.order), self.order.currency
        if amount <= 0:
            raise forms.ValidationError(_("Enter an amount above zero."))
        if amount > left:
            raise forms.ValidationError(
                _("At most %(left)s can be given back."), params={"left": formatted(left, currency)}
            )
        if amount != amount.quantize(exponent(currency)):
            raise forms.ValidationError(
                _("Enter whole units of %(unit)s."), params={"unit": exponent(currency)}
            )
        return amount


class MailForm(ActionForm):
    about = forms.ChoiceField(label=gettext_lazy("Mail about"), widget=UnfoldAdminSelectWidget)

    def build(self) -> None:
        states = [State(state) for state in reached(self.order) if state in TEMPLATES]
        about = cast(forms.ChoiceField, self.fields["about"])
        about.choices = [(state.value, state.label) for state in reversed(states)]


def reached(order: Order) -> list[str]:
    """The states that the order came through, each once, the first first."""
    return list(dict.fromkeys(event.after for event in order.events.all() if event.after))


class _RefundField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        written = formatted(obj.amount, obj.payment.currency)
        return f"{written}, {obj.get_state_display()}: {obj.error}"


class RetryForm(ActionForm):
    refund = _RefundField(
        label=gettext_lazy("Refund"),
        queryset=Refund.objects.none(),
        empty_label=None,
        widget=UnfoldAdminSelectWidget,
    )

    def build(self) -> None:
        refund = cast(forms.ModelChoiceField, self.fields["refund"])
        refund.queryset = stuck_refunds(self.order)


class ExportForm(forms.Form):
    """What a CSV file of orders is to hold."""

    ORDERS, LINES = "orders", "lines"

    rows = forms.ChoiceField(
        label=gettext_lazy("One row for each"),
        choices=[(ORDERS, gettext_lazy("Order")), (LINES, gettext_lazy("Order line"))],
        widget=UnfoldAdminSelectWidget,
    )
    for_excel = forms.BooleanField(
        label=gettext_lazy("For Excel"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=gettext_lazy(
            "Umlauts, numbers and columns as Excel reads them in the language of this page."
        ),
    )
