"""Paying an order: starting, finding out how it went, and giving up.

No lock is held while a gateway is asked. What it says is then applied under the locks of the order
and of the payment, in this order, and only ever moves a payment forward: an answer that was
overtaken, or comes twice, does nothing.
"""

from __future__ import annotations

import logging
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.orders.models import Order
from shop.orders.services import add_note, lock_order, transition
from shop.orders.states import State
from shop.payments import refunds
from shop.payments.gateways import Gateway, GatewayError, Outcome, Started
from shop.payments.models import Payment
from shop.payments.refunds import refund_order, refund_payment
from shop.payments.registry import gateway_of

__all__ = [
    "NO_KEY",
    "NotPayable",
    "apply_outcome",
    "expire_unpaid",
    "give_up",
    "is_payable",
    "refresh",
    "refund_order",
    "refund_payment",
    "start_intent",
    "start_payment",
]

logger = logging.getLogger(__name__)

# Stands for the payment's key in the addresses that `start_payment` is given.
NO_KEY = uuid.UUID(int=0)
# A gateway that does not answer holds up an order so long, then its stock is sold to others. Should
# money come after all, it goes back.
UNREACHABLE = timedelta(hours=3)
# An order whose money is under way is looked at again so much later.
UNDER_WAY = timedelta(hours=1)
# A payment that never reached its gateway is begun anew rather than repeated after so long, for
# what it would ask for is no longer what it asked for.
STALE = timedelta(minutes=5)
BATCH = 200


class NotPayable(Exception):
    """The order is not to be paid (any more); the message says why, to the shopper."""


def is_payable(order: Order) -> bool:
    return order.state == State.PLACED and (
        order.pay_until is None or order.pay_until > timezone.now()
    )


def start_payment(*, order_id: int, gateway: str, return_url: str, cancel_url: str) -> Started:
    """Begin to pay an order at the page of a gateway, whose address is in the answer.

    In the two addresses, absolute ones, `NO_KEY` becomes the payment's key
    (`shop.payments.links.addresses` gives such). An open payment at the same gateway is gone on
    with; one at another is cancelled. Raises `NotPayable` and `GatewayError`.
    """
    return _start(order_id, gateway_of(gateway), return_url, cancel_url)


def start_intent(*, order_id: int, gateway: str) -> Started:
    """Begin to pay an order in an app, by the `client_secret` in the answer."""
    return _start(order_id, gateway_of(gateway), "", "")


def refresh(*, payment_id: int) -> tuple[Payment, Outcome | None]:
    """Ask the gateway how an open payment stands, and act on it; None if it was not asked.

    Raises `GatewayError`.
    """
    payment = Payment.objects.get(pk=payment_id)
    if not payment.is_open:
        return payment, None
    outcome = gateway_of(payment.gateway).fetch(payment)
    return apply_outcome(payment_id=payment.pk, outcome=outcome), outcome


def apply_outcome(*, payment_id: int, outcome: Outcome) -> Payment:
    """Take note of how a payment stands, and of what follows for its order."""
    with transaction.atomic():
        order = lock_order(Payment.objects.values_list("order_id", flat=True).get(pk=payment_id))
        payment = Payment.objects.select_for_update().get(pk=payment_id)
        payment.order = order
        payment.reference = payment.reference or outcome.reference
        payment.data |= outcome.data
        arrived = outcome.state == Payment.State.SUCCEEDED
        if arrived and payment.state not in (Payment.State.SUCCEEDED, Payment.State.MISMATCH):
            payment.error = ""
            if (outcome.amount, outcome.currency) == (payment.amount, payment.currency):
                payment.state = Payment.State.SUCCEEDED
                _accept(payment, order)
            else:
                payment.state = Payment.State.MISMATCH
                _refuse(payment, outcome)
        elif not arrived and payment.is_open:
            payment.state, payment.error = outcome.state, outcome.error[:300]
        payment.save(update_fields=["reference", "data", "state", "error", "updated_at"])
    return payment


def give_up(*, order_id: int, silent: set[str] | None = None) -> bool:
    """Cancel what is open of an order's payments; False where a gateway did not answer.

    What turns out to be paid is acted on as such, and what is under way stays open. Gateways that
    do not answer are added to `silent`, and those in it are not asked.
    """
    silent = set() if silent is None else silent
    answered = True
    for payment in Payment.objects.filter(order_id=order_id, state=Payment.State.PENDING):
        if payment.gateway not in silent:
            try:
                _close(payment)
                continue
            except GatewayError as error:
                logger.warning("Payment %s cannot be cancelled: %s", payment.pk, error)
                silent.add(payment.gateway)
        answered = False
    return answered


def expire_unpaid() -> int:
    """Cancel the orders whose time to pay is over, unless they are paid; how many were.

    Their gateways are asked first: the message that an order is paid may have been lost. An order
    whose money is under way waits for it, and so does, for a while, one whose gateway is silent.
    """
    now = timezone.now()
    due = Order.objects.unpaid_since(now).order_by("pay_until")
    cancelled = 0
    silent: set[str] = set()
    for order in due[:BATCH]:
        try:
            answered = give_up(order_id=order.pk, silent=silent)
            assert order.pay_until is not None  # noqa: S101  (what `unpaid_since` means)
            if answered or order.pay_until < now - UNREACHABLE:
                cancelled += _expire(order.pk, answered=answered)
        except Exception:  # the next order is not to wait for this one
            logger.exception("Order %s cannot be cancelled.", order.number)
    return cancelled


def give_up_cancelled() -> None:
    """Cancel the payments that are still open of orders that were cancelled.

    Those of which nothing was heard within a month are left alone.
    """
    recent = timezone.now() - timedelta(days=30)
    open_ones = Payment.objects.filter(
        state=Payment.State.PENDING, order__state=State.CANCELLED, created_at__gt=recent
    )
    silent: set[str] = set()
    for order_id in set(open_ones.values_list("order_id", flat=True)[:BATCH]):
        give_up(order_id=order_id, silent=silent)


def _start(order_id: int, gateway: Gateway, return_url: str, cancel_url: str) -> Started:
    intent = not return_url
    payment = _payment_to_start(order_id, gateway, return_url, cancel_url)
    if payment.reference:
        payment, outcome = refresh(payment_id=payment.pk)
        if outcome is None or outcome.under_way or payment.state == Payment.State.SUCCEEDED:
            # Nothing is left for the shopper to do: they are told how it stands.
            return Started(payment.reference, payment.data.get("return_url"))
        if not payment.is_open:
            payment = _payment_to_start(order_id, gateway, return_url, cancel_url)
    if intent:
        started = gateway.start_intent(payment)
    else:
        started = gateway.start(
            payment,
            return_url=payment.data["return_url"],
            cancel_url=payment.data["cancel_url"],
        )
    with transaction.atomic():
        order = lock_order(order_id)
        payment = Payment.objects.select_for_update().get(pk=payment.pk)
        payment.reference = started.reference
        payment.data |= started.data
        payment.save(update_fields=["reference", "data", "updated_at"])
        if order.gateway != gateway.name and order.state == State.PLACED:
            order.gateway = gateway.name
            order.save(update_fields=["gateway"])
    if not payment.is_open or order.state != State.PLACED:  # meanwhile
        give_up(order_id=order_id)
        raise NotPayable(_("This order was cancelled, so it is not to be paid."))
    return started


def _payment_to_start(order_id: int, gateway: Gateway, return_url: str, cancel_url: str) -> Payment:
    """The open payment of an order at a gateway, made if there is none. Closes others."""
    intent = not return_url
    _close_others(order_id, gateway, intent)
    with transaction.atomic():
        order = lock_order(order_id)
        if order.state != State.PLACED:
            raise NotPayable(
                _("This order was cancelled, so it is not to be paid.")
                if order.state == State.CANCELLED
                else _("This order is paid already.")
            )
        if not is_payable(order):
            raise NotPayable(_("The time to pay this order is over."))
        payment = order.payments.filter(
            state=Payment.State.PENDING, gateway=gateway.name, data__intent=intent
        ).first()
        if payment is None:
            payment = Payment(
                order=order, gateway=gateway.name, amount=order.total, currency=order.currency
            )
            key = str(payment.key)
            payment.data = {
                "intent": intent,
                "return_url": return_url.replace(str(NO_KEY), key),
                "cancel_url": cancel_url.replace(str(NO_KEY), key),
            }
            payment.save()
    return payment


def _close_others(order_id: int, gateway: Gateway, intent: bool) -> None:
    """Cancel the payments at other gateways, and those too old to be repeated."""
    open_ones = Payment.objects.filter(order_id=order_id, state=Payment.State.PENDING)
    for payment in open_ones:
        same = payment.gateway == gateway.name and payment.data.get("intent", False) == intent
        stale = not payment.reference and payment.created_at < timezone.now() - STALE
        if stale or not same:
            try:
                _close(payment)
            except GatewayError as error:
                # Should it be paid as well, that money goes back.
                logger.warning("Payment %s cannot be cancelled: %s", payment.pk, error)


def _close(payment: Payment) -> Payment:
    """Cancel a payment at its gateway and here. Raises `GatewayError`."""
    if payment.reference:
        outcome = gateway_of(payment.gateway).cancel(payment)
    else:  # it never got there
        outcome = Outcome(Payment.State.CANCELLED)
    return apply_outcome(payment_id=payment.pk, outcome=outcome)


def _accept(payment: Payment, order: Order) -> None:
    """The money is there: it pays the order, or goes back. Both rows are locked."""
    if order.state == State.PLACED:
        payment.save(update_fields=["state", "error"])  # whoever hears of it finds it paid
        transition(
            order_id=order.pk, to=State.PAID, note=_("Paid: %(payment)s") % {"payment": payment}
        )
    elif order.is_paid and order.state != State.CANCELLED:
        refunds.give_back(payment, reason=_("The order was paid already."))
    else:
        refunds.give_back(payment, reason=_("The order was cancelled before."))


def _refuse(payment: Payment, outcome: Outcome) -> None:
    """Other money came than was asked for: the order is not paid by it, and a person must look."""
    told = {
        "came": f"{outcome.amount} {outcome.currency}",
        "asked": f"{payment.amount} {payment.currency}",
        "payment": str(payment),
    }
    payment.error = _("%(came)s came, %(asked)s were asked for.") % told
    note = _("Look at this: %(came)s came, %(asked)s were asked for (%(payment)s). Not paid.")
    add_note(order_id=payment.order_id, note=note % told)
    logger.error("Payment %s: %s", payment.pk, payment.error)


def _expire(order_id: int, *, answered: bool) -> bool:
    with transaction.atomic():
        order = lock_order(order_id)
        late = order.pay_until is not None and order.pay_until <= timezone.now()
        if order.state != State.PLACED or not late:
            return False
        if answered and order.payments.filter(state=Payment.State.PENDING).exists():
            order.pay_until = timezone.now() + UNDER_WAY
            order.save(update_fields=["pay_until"])
            return False
        transition(order_id=order_id, to=State.CANCELLED, note=_("Not paid in time."))
    return True
