"""The steps of a checkout: where it stands, and where it may go.

Each step has a page of its own. One is complete when what it asks for is known and still holds: a
way of delivery that is no longer offered opens its step again. A page is shown when all steps
before it are complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shop.cart.quotes import Quote
from shop.checkout.models import Checkout


class Step(IntEnum):
    ADDRESS = 1
    DELIVERY = 2
    PAYMENT = 3
    REVIEW = 4

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]

    @property
    def url(self) -> str:
        return reverse(f"checkout:{self.name.lower()}")


_LABELS: dict[Step, str | Promise] = {
    Step.ADDRESS: _("Address"),
    Step.DELIVERY: _("Delivery"),
    Step.PAYMENT: _("Payment"),
    Step.REVIEW: _("Review"),
}


@dataclass(frozen=True)
class Mark:
    """A step as the row of steps shows it; a link where it may be gone to."""

    step: Step
    is_current: bool
    is_done: bool
    is_open: bool


def steps_of(quote: Quote, gateways: Sequence[str]) -> list[Step]:
    """The steps there are: how to pay is asked only where there is something to choose."""
    if not quote.totals.total or len(gateways) < 2:
        return [step for step in Step if step is not Step.PAYMENT]
    return list(Step)


def first_open(checkout: Checkout, quote: Quote, gateways: Sequence[str]) -> Step:
    """The first step that is not complete; the review, where all others are."""
    if not checkout.email or not checkout.shipping:
        return Step.ADDRESS
    if quote.offer is None:
        return Step.DELIVERY
    if Step.PAYMENT in steps_of(quote, gateways) and checkout.gateway not in gateways:
        return Step.PAYMENT
    return Step.REVIEW


def marks(steps: Sequence[Step], *, current: Step, first: Step) -> list[Mark]:
    """The row of steps on the page of `current`, where `first` is the first open one."""
    return [Mark(step, step is current, step < first, step <= first) for step in steps]
