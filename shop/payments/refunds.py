"""Giving money back: written down first, made at the gateway by a worker.

A refund takes its amount from its order in the transaction that writes it, under the order's lock:
of two at once the second sees the first, and together they never exceed what was paid. Should it
fail at the gateway, the order is told.
"""

from __future__ import annotations

import logging
import uuid
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.celery import dispatch
from shop.orders.services import (
    NotPossible,
    add_note,
    forget_refund,
    lock_order,
    record_refund,
)
from shop.orders.states import IllegalTransition
from shop.payments.gateways import (
    GatewayError,
    GatewayRefused,
    RefundOutcome,
)
from shop.payments.models import MOST_ATTEMPTS, Payment, Refund
from shop.payments.registry import gateway_of

logger = logging.getLogger(__name__)

# The states of a refund in the order in which they follow: banks refuse what seemed done, too.
FORWARD = [Refund.State.PENDING, Refund.State.SUCCEEDED, Refund.State.FAILED]


def refund_order(
    *, order_id: int, amount: Decimal, actor: User | None = None, reason: str = ""
) -> list[Refund]:
    """Give back `amount` of what was paid for an order, of its payments in turn.

    Raises `NotPossible` for more than is left.
    """
    with transaction.atomic():
        order = lock_order(order_id)
        paid = order.payments.filter(state=Payment.State.SUCCEEDED).order_by("pk")
        return _refund(list(paid), amount, actor, reason)


def refund_payment(
    *, payment_id: int, amount: Decimal, actor: User | None = None, reason: str = ""
) -> Refund:
    """Give back `amount` of one payment. Raises `NotPossible` for more than is left."""
    with transaction.atomic():
        lock_order(Payment.objects.values_list("order_id", flat=True).get(pk=payment_id))
        payment = Payment.objects.get(pk=payment_id)
        paid = [payment] if payment.state == Payment.State.SUCCEEDED else []
        [refund] = _refund(paid, amount, actor, reason)
    return refund


def give_back(payment: Payment, *, reason: str) -> Refund:
    """Give back all of a payment that the order has no use for. The order's row is locked."""
    refund = Refund.objects.create(
        payment=payment, amount=payment.amount, surplus=True, reason=reason
    )
    add_note(
        order_id=payment.order_id,
        note=_("%(amount)s came and go back by themselves. %(reason)s")
        % {"amount": f"{payment.amount} {payment.currency}", "reason": reason},
    )
    _ring()
    return refund


def make_one() -> bool:
    """Make, or ask about, one refund that is due; whether there was one."""
    refund = Refund.objects.select_related(None).claim()
    if refund is None:
        return False
    try:
        gateway = gateway_of(refund.payment.gateway)
        outcome = (
            gateway.fetch_refund(refund.payment, refund.reference)
            if refund.reference
            else gateway.refund(refund)
        )
    except GatewayRefused as error:
        outcome = RefundOutcome(Refund.State.FAILED, error=str(error))
    except Exception as error:  # the others are not to wait for this one
        _put_off(refund, error)
        return True
    apply_refund(refund_id=refund.pk, outcome=outcome)
    return True


def apply_refund(*, refund_id: int, outcome: RefundOutcome) -> Refund:
    """Take note of how a refund stands; one that has failed goes back to its order.

    States only move forward, so what is told late or twice does nothing.
    """
    with transaction.atomic():
        order_id = Refund.objects.values_list("payment__order_id", flat=True).get(pk=refund_id)
        lock_order(order_id)
        refund = Refund.objects.select_for_update().get(pk=refund_id)
        refund.reference = refund.reference or outcome.reference
        if FORWARD.index(outcome.state) > FORWARD.index(Refund.State(refund.state)):
            refund.state, refund.error = outcome.state, outcome.error[:300]
            if outcome.state == Refund.State.FAILED:
                _give_up(refund, order_id)
        refund.save(update_fields=["reference", "state", "error", "updated_at"])
    return refund


def adopt(payment: Payment, outcome: RefundOutcome) -> None:
    """Write down a refund that was not made here but on the gateway's own pages."""
    if outcome.amount is None or outcome.state == Refund.State.FAILED:
        return
    with transaction.atomic():
        lock_order(payment.order_id)
        if Refund.objects.filter(payment=payment, reference=outcome.reference).exists():
            return
        reason, surplus = _("Refunded on the gateway's own pages."), False
        try:
            with transaction.atomic():
                record_refund(order_id=payment.order_id, amount=outcome.amount, note=reason)
        except (NotPossible, IllegalTransition) as problem:
            surplus = True
            add_note(order_id=payment.order_id, note=f"{reason} {problem}")
        Refund.objects.create(
            payment=payment,
            reference=outcome.reference,
            amount=outcome.amount,
            state=outcome.state,
            surplus=surplus,
            reason=reason,
        )


def try_again(*, refund_id: int, actor: User | None = None) -> Refund:
    """Make a refund that failed, or that no gateway answered for, once more.

    One that failed begins anew under a key of its own, and stays one row: it is not tried again
    beside what came of it. Raises `NotPossible` where its order has no such amount left by now.
    """
    with transaction.atomic():
        refund = Refund.objects.select_related("payment").get(pk=refund_id)
        lock_order(refund.payment.order_id)
        refund.refresh_from_db(from_queryset=Refund.objects.select_for_update())
        if refund.state == Refund.State.FAILED:
            if _left(refund.payment) < refund.amount:
                raise NotPossible(_("Of this payment too little is left."))
            if not refund.surplus:
                record_refund(
                    order_id=refund.payment.order_id,
                    amount=refund.amount,
                    actor=actor,
                    note=refund.reason,
                )
            refund.state, refund.error = Refund.State.PENDING, ""
            refund.key, refund.reference = uuid.uuid4(), ""
            refund.actor = actor
        elif refund.state != Refund.State.PENDING:
            raise NotPossible(_("Of this payment too little is left."))
        refund.attempts, refund.due_at = 0, timezone.now()
        refund.save()
        _ring()
    return refund


def _refund(
    payments: list[Payment], amount: Decimal, actor: User | None, reason: str
) -> list[Refund]:
    """Divide `amount` among payments of one order, which is locked, and write it down."""
    left = {one.pk: _left(one) for one in payments if not one.refunds.filter(surplus=True).exists()}
    if not 0 < amount <= sum(left.values(), Decimal(0)):
        raise NotPossible(
            _("%(left)s can be refunded at most.") % {"left": sum(left.values(), Decimal(0))}
        )
    refunds = []
    for payment in payments:
        part = min(amount, left.get(payment.pk, Decimal(0)))
        if part > 0:
            record_refund(order_id=payment.order_id, amount=part, actor=actor, note=reason)
            refunds.append(
                Refund.objects.create(
                    payment=payment, amount=part, actor=actor, reason=reason[:300]
                )
            )
            amount -= part
    _ring()
    return refunds


def _left(payment: Payment) -> Decimal:
    """What was not given back of a payment."""
    gone = payment.refunds.that_count().aggregate(sum=Sum("amount"))["sum"]
    return payment.amount - (gone or Decimal(0))


def _give_up(refund: Refund, order_id: int) -> None:
    told = _("A refund of %(amount)s has failed: %(error)s") % {
        "amount": f"{refund.amount} {refund.payment.currency}",
        "error": refund.error or _("the gateway does not say why."),
    }
    if refund.surplus:
        add_note(order_id=order_id, note=told)
    else:
        forget_refund(order_id=order_id, amount=refund.amount, note=told)


def _put_off(refund: Refund, error: Exception) -> None:
    expected = isinstance(error, GatewayError)
    logger.log(
        logging.WARNING if expected else logging.ERROR,
        "Refund %s (attempt %d): %s",
        refund.pk,
        refund.attempts,
        error,
        exc_info=not expected,
    )
    refund.error = str(error)[:300]
    refund.save(update_fields=["error"])
    if refund.attempts == MOST_ATTEMPTS and not refund.reference:
        add_note(
            order_id=refund.payment.order_id,
            note=_("A refund of %(amount)s could not be made: %(error)s Try again there.")
            % {"amount": refund.amount, "error": error},
        )


def _ring() -> None:
    from shop.payments.tasks import make_refunds

    dispatch(make_refunds)
