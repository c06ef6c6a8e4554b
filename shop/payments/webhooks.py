"""What gateways tell by webhook: stored at once, acted on by workers.

An event says where to look, and the gateway is asked what is true. So it does not matter in which
order events come, whether twice, or how late.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shop.celery import dispatch
from shop.orders.services import add_note
from shop.payments import refunds
from shop.payments.gateways import GatewayError
from shop.payments.models import GatewayEvent, Payment, Refund
from shop.payments.registry import gateway_of
from shop.payments.services import apply_outcome

logger = logging.getLogger(__name__)

KEEP = timedelta(days=90)


def receive(*, gateway: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Store an event and ring for a worker; whether it is new. Raises `BadSignature`."""
    event = gateway_of(gateway).read_event(body, headers)
    row = GatewayEvent(
        gateway=gateway,
        event_id=event.id,
        kind=event.kind[:100],
        payment_key=_uuid(event.payment_key),
        reference=event.reference,
        refund_key=_uuid(event.refund_key),
        refund_reference=event.refund_reference,
        note=event.note[:300],
        payload=event.payload,
    )
    # In one statement: of two deliveries at once, one is stored.
    GatewayEvent.objects.bulk_create([row], ignore_conflicts=True)
    stored = GatewayEvent.objects.get(gateway=gateway, event_id=event.id)
    if stored.processed_at is None:
        from shop.payments.tasks import process_events

        dispatch(process_events)
    return stored.attempts == 0


def process_one() -> bool:
    """Act on one event that is due; whether there was one."""
    event = GatewayEvent.objects.claim()
    if event is None:
        return False
    try:
        _act(event)
    except GatewayError as error:
        logger.warning("%s (attempt %d): %s", event, event.attempts, error)
        event.error = str(error)[:300]
    except Exception as error:  # the others are not to wait for this one
        logger.exception("%s (attempt %d)", event, event.attempts)
        event.error = f"{type(error).__name__}: {error}"[:300]
    else:
        event.processed_at, event.error = timezone.now(), ""
    event.save(update_fields=["processed_at", "error"])
    return True


def forget_old() -> None:
    """Delete what was done long ago."""
    GatewayEvent.objects.filter(processed_at__lt=timezone.now() - KEEP).delete()


def _act(event: GatewayEvent) -> None:
    gateway = gateway_of(event.gateway)
    payment = _payment_of(event)
    if payment is None:
        if event.payment_key or event.reference:
            logger.info("%s is about no payment of this shop.", event)
        return
    if event.reference and not payment.reference:
        payment.reference = event.reference  # our own note of it was lost: now it can be asked for
    if event.refund_reference:
        outcome = gateway.fetch_refund(payment, event.refund_reference)
        refund = _refund_of(event, payment)
        if refund is not None:
            refunds.apply_refund(refund_id=refund.pk, outcome=outcome)
        else:
            refunds.adopt(payment, outcome)
    elif event.note:
        with transaction.atomic():  # noted once, even if the worker dies right after
            add_note(order_id=payment.order_id, note=event.note)
            GatewayEvent.objects.filter(pk=event.pk).update(processed_at=timezone.now())
    else:
        apply_outcome(payment_id=payment.pk, outcome=gateway.fetch(payment))


def _payment_of(event: GatewayEvent) -> Payment | None:
    mine = Payment.objects.filter(gateway=event.gateway)
    if event.payment_key is not None:
        return mine.filter(key=event.payment_key).first()
    if event.reference:
        return mine.filter(
            Q(reference=event.reference) | Q(data__payment_intent=event.reference)
        ).first()
    return None


def _refund_of(event: GatewayEvent, payment: Payment) -> Refund | None:
    same = Q(reference=event.refund_reference)
    if event.refund_key is not None:
        same |= Q(key=event.refund_key)
    return payment.refunds.filter(same).first()


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
