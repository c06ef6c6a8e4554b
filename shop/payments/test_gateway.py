"""A gateway that moves no money, for the demo and for tests.

It behaves as a company of its own would: it has its own ledger (`TestCharge`), its own page, to
which the shopper is sent, and tells what happened by signed events and by sending the shopper back.
"""

from __future__ import annotations

import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.payments import webhooks
from shop.payments.gateways import (
    BadSignature,
    Event,
    GatewayRefused,
    GatewayUnavailable,
    Outcome,
    RefundOutcome,
    Started,
)
from shop.payments.models import Payment, Refund, TestCharge

SIGNATURE = "X-Test-Signature"
ARRIVES_AFTER = timedelta(minutes=1)

State = TestCharge.State
STATES = {
    State.OPEN: Payment.State.PENDING,
    State.CHALLENGED: Payment.State.PENDING,
    State.PROCESSING: Payment.State.PENDING,
    State.SUCCEEDED: Payment.State.SUCCEEDED,
    State.FAILED: Payment.State.FAILED,
    State.CANCELLED: Payment.State.CANCELLED,
}


class TestGateway:
    """The shop's side of it: what any gateway does (`shop.payments.gateways.Gateway`)."""

    name = "test"
    label = gettext_lazy("Test payment (no money moves)")

    def start(self, payment: Payment, *, return_url: str, cancel_url: str) -> Started:
        charge, _new = TestCharge.objects.get_or_create(
            key=payment.key,
            defaults={
                "amount": payment.amount,
                "currency": payment.currency,
                "return_url": return_url,
                "cancel_url": cancel_url,
            },
        )
        page = reverse("payments:test", args=[payment.key])
        return Started(charge.reference, page, f"{charge.reference}_secret")

    def start_intent(self, payment: Payment) -> Started:
        return self.start(payment, return_url="/", cancel_url="/")

    def fetch(self, payment: Payment) -> Outcome:
        charge = TestCharge.objects.filter(key=payment.key).first()
        if charge is None:
            raise GatewayUnavailable(_("The test gateway does not know this payment."))
        return Outcome(
            STATES[State(charge.state)],
            charge.reference,
            error=charge.error,
            amount=charge.amount,
            currency=charge.currency,
            under_way=charge.state == State.PROCESSING,
        )

    def cancel(self, payment: Payment) -> Outcome:
        TestCharge.objects.filter(key=payment.key, state__in=[State.OPEN, State.CHALLENGED]).update(
            state=State.CANCELLED
        )
        return self.fetch(payment)

    def refund(self, refund: Refund) -> RefundOutcome:
        key = str(refund.key)
        with transaction.atomic():
            charge = TestCharge.objects.select_for_update().get(key=refund.payment.key)
            if key not in charge.refunds:
                gone = sum(map(Decimal, charge.refunds.values()), Decimal(0))
                if charge.refuses_refunds or charge.amount - gone < refund.amount:
                    raise GatewayRefused(_("The test gateway was told to refuse it."))
                charge.refunds[key] = str(refund.amount)
                charge.save(update_fields=["refunds"])
        return RefundOutcome(Refund.State.SUCCEEDED, f"test_refund_{refund.key.hex}")

    def fetch_refund(self, payment: Payment, reference: str) -> RefundOutcome:
        charge = TestCharge.objects.get(key=payment.key)
        key = str(uuid.UUID(reference.removeprefix("test_refund_")))
        if key not in charge.refunds:
            return RefundOutcome(Refund.State.FAILED, reference)
        return RefundOutcome(Refund.State.SUCCEEDED, reference, amount=Decimal(charge.refunds[key]))

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> Event:
        given = headers.get(SIGNATURE) or ""
        if not hmac.compare_digest(given.encode(), signature(body).encode()):
            raise BadSignature
        told = json.loads(body)
        return Event(
            id=told["id"],
            kind=told["kind"],
            payment_key=told["payment"],
            reference=told["reference"],
            payload=told,
        )


def signature(body: bytes) -> str:
    """Only who has the shop's secret key can tell it something."""
    return salted_hmac("shop.payments.test_gateway", body, algorithm="sha256").hexdigest()


# --- The company's side: what happens on its page -------------------------------------------------


def pay(charge: TestCharge) -> bool:
    """The money is there. False if the charge waits for none."""
    return _move(charge, State.SUCCEEDED)


def decline(charge: TestCharge, *, error: str = "") -> bool:
    return _move(charge, State.FAILED, error=error or _("The card was declined."))


def challenge(charge: TestCharge) -> bool:
    """The shopper's bank wants a word with them first; nothing is told."""
    return _move(charge, State.CHALLENGED, tell=False)


def take_a_while(charge: TestCharge) -> bool:
    """The money is on its way, nothing can stop it, and it arrives in a minute."""
    return _move(charge, State.PROCESSING, arrives_at=timezone.now() + ARRIVES_AFTER)


def settle_due() -> int:
    """Have the money arrive that was under way long enough; how many payments."""
    due = TestCharge.objects.filter(state=State.PROCESSING, arrives_at__lte=timezone.now())
    return sum(pay(charge) for charge in due)


def _move(charge: TestCharge, to: State, *, tell: bool = True, **changes: object) -> bool:
    """Bring a charge that is not settled into another state, and tell the shop of it."""
    waiting = [State.OPEN, State.CHALLENGED, State.PROCESSING]
    moved = TestCharge.objects.filter(key=charge.key, state__in=waiting).update(state=to, **changes)
    charge.refresh_from_db()
    if moved and tell:
        _tell(charge)
    return bool(moved)


def _tell(charge: TestCharge) -> None:
    """Send the shop a signed event; through its own door, but without a network between."""
    told = {
        "id": f"event_{uuid.uuid4().hex}",
        "kind": f"payment.{charge.state}",
        "payment": str(charge.key),
        "reference": charge.reference,
    }
    body = json.dumps(told).encode()
    webhooks.receive(gateway="test", body=body, headers={SIGNATURE: signature(body)})
