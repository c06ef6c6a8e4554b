"""An order's state and history in a shopper's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.money import formatted
from shop.orders.models import Order, OrderEvent
from shop.orders.states import State

WAY = (State.PLACED, State.PAID, State.PACKED, State.SHIPPED)

STEPS: dict[State, str | Promise] = {
    State.PLACED: gettext_lazy("Ordered"),
    State.PAID: gettext_lazy("Paid"),
    State.PACKED: gettext_lazy("Packed"),
    State.SHIPPED: gettext_lazy("On its way"),
    State.RETURNED: gettext_lazy("Sent back"),
    State.CANCELLED: gettext_lazy("Cancelled"),
    State.REFUNDED: gettext_lazy("Refunded"),
}

HEADLINES: dict[State, str | Promise] = {
    State.PLACED: gettext_lazy("Your order waits for your payment"),
    State.PAID: gettext_lazy("Your order is paid"),
    State.PACKED: gettext_lazy("Your order is packed"),
    State.SHIPPED: gettext_lazy("Your order is on its way"),
    State.RETURNED: gettext_lazy("Your order came back to us"),
    State.CANCELLED: gettext_lazy("Your order is cancelled"),
    State.REFUNDED: gettext_lazy("Your order is refunded"),
}


@dataclass(frozen=True)
class Step:
    """One step of the way. `at` is None for what is to come, and where nobody noted the time."""

    label: str
    at: datetime | None
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class Told:
    """Something that happened, in a sentence."""

    at: datetime
    words: str


def steps_of(order: Order, events: Iterable[OrderEvent]) -> list[Step]:
    """The way of an order: all of it while it goes well, else what it came through."""
    reached = {State.PLACED: order.placed_at}
    for event in events:
        unpacked = (event.before, event.after) == (State.PACKED, State.PAID)
        if event.kind == OrderEvent.Kind.STATE and event.after and not unpacked:
            reached[State(event.after)] = event.created_at
    state = State(order.state)
    if state in WAY:
        done = WAY[: WAY.index(state) + 1]
        way: list[State] = list(WAY)
    else:
        way = [one for one in State if one in reached and one != state] + [state]
        done = tuple(way)
    return [
        Step(str(STEPS[one]), reached.get(one) if one in done else None, one in done, one == state)
        for one in way
    ]


def expired(order: Order) -> bool:
    """Whether the order was cancelled because nobody paid it in time."""
    return (
        order.state == State.CANCELLED
        and order.paid_at is None
        and order.pay_until is not None
        and order.pay_until <= timezone.now()
    )


def is_payable(order: Order) -> bool:
    """Whether the shopper may still pay it."""
    return order.state == State.PLACED and (
        order.pay_until is None or order.pay_until > timezone.now()
    )


def next_words(order: Order) -> str:
    """What happens next, or what the shopper may do."""
    match State(order.state):
        case State.PLACED if not is_payable(order):
            return _(
                "The time to pay is over. If you have paid, we are waiting to hear of it; else the "
                "order is cancelled in a moment, and nothing is charged."
            )
        case State.PLACED:
            return _(
                "We keep the things for you until then. After that the order is cancelled by "
                "itself, and nothing is charged."
            )
        case State.PAID:
            return _("We pack it next. A mail tells you when it leaves us.")
        case State.PACKED:
            return _("It is handed to the carrier next. A mail tells you when it leaves us.")
        case State.SHIPPED:
            return (
                _("The tracking page of the carrier says where it is.")
                if order.tracking_url
                else _("The carrier brings it to the delivery address.")
            )
        case State.RETURNED:
            return _("What you paid is given back in the way in which you paid.")
        case State.CANCELLED:
            return _cancelled_words(order)
        case State.REFUNDED:
            return _(
                "All that you paid was given back in the way in which you paid. Banks take a few "
                "days to show it."
            )


def _cancelled_words(order: Order) -> str:
    if expired(order):
        return _(
            "It was not paid in time, and you may order again. Should a payment still arrive, it "
            "goes back by itself."
        )
    if order.paid_at is None:
        return _("Nothing is to be paid. Should a payment still arrive, it goes back by itself.")
    return _(
        "What you paid is given back in the way in which you paid. Banks take a few days to show "
        "it."
    )


def history_of(order: Order, events: Iterable[OrderEvent]) -> list[Told]:
    """What happened, the newest first. The shop's own notes are not told."""
    told = []
    for event in events:
        words = _event_words(order, event)
        if words:
            told.append(Told(event.created_at, words))
    return told[::-1]


def _event_words(order: Order, event: OrderEvent) -> str:
    if event.kind == OrderEvent.Kind.REFUND:
        return _refund_words(order, event.amount or Decimal(0))
    if event.kind == OrderEvent.Kind.RETURN:
        if order.shipped_at is None or event.created_at < order.shipped_at:
            return _("A part of the order was taken off it.")
        return _("Things that you sent back arrived.")
    if event.kind != OrderEvent.Kind.STATE:
        return ""
    match event.after:
        case State.PLACED:
            return _("You ordered.")
        case State.PAID if event.before == State.PACKED:
            return _("The parcel was opened again.")
        case State.PAID:
            return _("The payment arrived.")
        case State.PACKED:
            return _("The order was packed.")
        case State.SHIPPED:
            return _("The parcel left us.")
        case State.RETURNED:
            return _("All of the order came back.")
        case State.CANCELLED if expired(order):
            return _("The order was cancelled, since it was not paid in time.")
        case State.CANCELLED:
            return _("The order was cancelled.")
        case State.REFUNDED:
            return _("All that was paid is given back.")
    return ""


def _refund_words(order: Order, amount: Decimal) -> str:
    written = formatted(abs(amount), order.currency)
    if amount < 0:
        return _("%(amount)s could not be given back; we try again.") % {"amount": written}
    return _("%(amount)s was given back.") % {"amount": written}
