"""Makes what a test about paying needs: placed orders, payments at the test gateway, events."""

from __future__ import annotations

import json
import uuid
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.test import Client

from shop.orders.models import SESSION_KEY, Order
from shop.payments import refunds, test_gateway, webhooks
from shop.payments.models import GatewayEvent, Payment, Refund, TestCharge
from shop.payments.services import NO_KEY, start_payment
from tests.factories import VariantFactory
from tests.shop.shopping import order_of

BACK = f"http://testserver/payments/return/{NO_KEY}/"


def placed_order(
    *, stock: int = 5, price: str = "20.00", quantity: int = 2, **values: Any
) -> Order:
    """An order of some units of one variant: 44.90 with delivery."""
    variant = VariantFactory(stock=stock, price=Decimal(price))
    return order_of({variant: quantity}, **values)


def start(order: Order, gateway: str = "test") -> Payment:
    """The order's payment, begun."""
    start_payment(
        order_id=order.pk, gateway=gateway, return_url=BACK, cancel_url=f"{BACK}?cancelled=1"
    )
    return Payment.objects.get(order=order, gateway=gateway, state=Payment.State.PENDING)


def charge_of(payment: Payment) -> TestCharge:
    return TestCharge.objects.get(key=payment.key)


def pay(payment: Payment) -> None:
    """The money is there, and the event that says so was acted on."""
    test_gateway.pay(charge_of(payment))
    work_off()


def paid_order(**values: Any) -> tuple[Order, Payment]:
    order = placed_order(**values)
    payment = start(order)
    pay(payment)
    order.refresh_from_db()
    payment.refresh_from_db()
    return order, payment


def signed_event(payment: Payment, **values: str) -> tuple[bytes, dict[str, str]]:
    """An event of the test gateway about a payment, as body and headers."""
    told = {
        "id": f"event_{uuid.uuid4().hex}",
        "kind": "payment.succeeded",
        "payment": str(payment.key),
        "reference": payment.reference,
        **values,
    }
    body = json.dumps(told).encode()
    return body, {test_gateway.SIGNATURE: test_gateway.signature(body)}


def work_off() -> None:
    """Do what workers would, without waiting for pauses."""
    for rows in (GatewayEvent, Refund):
        rows.objects.update(due_at="2020-01-01T00:00Z")  # type: ignore[attr-defined]
    while webhooks.process_one():
        pass
    while refunds.make_one():
        pass


def money_kept(order: Order) -> Decimal:
    """What came for an order and did not go back, by our books."""
    paid = order.payments.filter(state=Payment.State.SUCCEEDED).aggregate(sum=Sum("amount"))
    gone = Refund.objects.filter(payment__order=order).exclude(state=Refund.State.FAILED)
    back = gone.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return (paid["sum"] or Decimal(0)) - back


def may_see(client: Client, order: Order) -> None:
    """Have the client's session see an order, as after placing it."""
    session = client.session
    session[SESSION_KEY] = [*session.get(SESSION_KEY, []), order.number]
    session.save()
