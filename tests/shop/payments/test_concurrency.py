"""Many at once: one payment is begun, one order is paid, and no money is kept that is not ours."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from shop.orders.models import Order, OrderEvent
from shop.orders.services import transition
from shop.orders.states import IllegalTransition, State
from shop.payments import services, webhooks
from shop.payments.models import GatewayEvent, Payment, TestCharge
from tests.shop.payments.factories import (
    BACK,
    charge_of,
    money_kept,
    placed_order,
    signed_event,
    start,
    work_off,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Do all in threads that start together; what they raised."""
    together, raised = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_twenty_clicks_begin_one_payment() -> None:
    order = placed_order()

    def click() -> None:
        services.start_payment(order_id=order.pk, gateway="test", return_url=BACK, cancel_url=BACK)

    assert not at_once(*[click] * 20)

    assert Payment.objects.count() == TestCharge.objects.count() == 1


def test_an_event_in_twenty_deliveries_and_the_shopper_who_comes_back() -> None:
    order = placed_order()
    payment = start(order)
    TestCharge.objects.update(state="succeeded")
    body, headers = signed_event(payment)

    def deliver() -> None:
        webhooks.receive(gateway="test", body=body, headers=headers)
        webhooks.process_one()

    def come_back() -> None:
        services.refresh(payment_id=payment.pk)

    assert not at_once(*[deliver] * 15, *[come_back] * 5)

    work_off()
    assert GatewayEvent.objects.get().processed_at is not None
    assert OrderEvent.objects.filter(after=State.PAID).count() == 1
    assert money_kept(order) == order.total


@pytest.mark.parametrize("attempt", range(3))
def test_paid_while_it_is_cancelled(attempt: int) -> None:
    orders = [placed_order() for _ in range(4)]
    payments = [start(order) for order in orders]
    TestCharge.objects.update(state="succeeded")

    def cancel(order: Order) -> None:
        with suppress(IllegalTransition):
            transition(order_id=order.pk, to=State.CANCELLED)

    acts: list[Callable[[], object]] = []
    for order, payment in zip(orders, payments, strict=True):
        acts += [
            lambda order=order: cancel(order),  # type: ignore[misc]
            lambda payment=payment: services.refresh(payment_id=payment.pk),  # type: ignore[misc]
        ]

    assert not at_once(*acts)

    work_off()
    for order in orders:
        order.refresh_from_db()
        if order.is_paid:  # and cancelled afterwards, perhaps: who cancels refunds, then
            assert money_kept(order) == order.total
        else:
            assert (order.state, money_kept(order)) == (State.CANCELLED, 0)


def test_paid_while_its_time_is_over() -> None:
    order = placed_order()
    payment = start(order)
    Order.objects.update(pay_until=timezone.now() - timedelta(seconds=1))
    body, headers = signed_event(payment)

    def pay() -> None:
        TestCharge.objects.filter(key=payment.key, state="open").update(state="succeeded")
        webhooks.receive(gateway="test", body=body, headers=headers)
        webhooks.process_one()

    assert not at_once(pay, services.expire_unpaid, services.expire_unpaid)

    work_off()
    order.refresh_from_db()
    paid = charge_of(payment).state == "succeeded"
    assert order.state == (State.PAID if paid else State.CANCELLED)
    assert money_kept(order) == (order.total if paid else 0)
