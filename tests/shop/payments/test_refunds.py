"""Giving money back: never more than came, once each, and what fails is told."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection

from shop.orders.models import Order, OrderEvent
from shop.orders.services import NotPossible, transition
from shop.orders.states import State
from shop.payments import refunds, test_gateway
from shop.payments.gateways import GatewayUnavailable, RefundOutcome
from shop.payments.models import MOST_ATTEMPTS, Refund, TestCharge
from shop.payments.refunds import refund_order, refund_payment, try_again
from tests.shop.payments.factories import charge_of, money_kept, paid_order, placed_order, work_off

Given = Refund.State


@pytest.mark.django_db
def test_a_part_and_then_the_rest() -> None:
    order, payment = paid_order()
    merchant = User.objects.create_user("merchant")

    [part] = refund_order(
        order_id=order.pk, amount=Decimal("10.00"), actor=merchant, reason="A scratch."
    )
    assert (part.state, part.actor, part.reason) == (Given.PENDING, merchant, "A scratch.")
    work_off()
    order.refresh_from_db()
    assert (order.state, order.refunded) == (State.PAID, Decimal("10.00"))
    refund_payment(payment_id=payment.pk, amount=Decimal("34.90"))
    work_off()

    order.refresh_from_db()
    assert (order.state, order.refunded) == (State.REFUNDED, order.total)
    assert {refund.state for refund in payment.refunds.all()} == {Given.SUCCEEDED}
    assert sorted(charge_of(payment).refunds.values()) == ["10.00", "34.90"]
    assert money_kept(order) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["0", "-1", "44.91"])
def test_more_than_came_is_not_given_back(amount: str) -> None:
    order, payment = paid_order()

    with pytest.raises(NotPossible):
        refund_order(order_id=order.pk, amount=Decimal(amount))
    with pytest.raises(NotPossible):
        refund_payment(payment_id=payment.pk, amount=Decimal(amount))

    assert not Refund.objects.exists()
    order.refresh_from_db()
    assert order.refunded == 0


@pytest.mark.django_db
def test_what_was_not_paid_is_not_given_back() -> None:
    order = placed_order()
    with pytest.raises(NotPossible):
        refund_order(order_id=order.pk, amount=Decimal(1))


@pytest.mark.django_db
def test_a_cancelled_order_keeps_no_money() -> None:
    order, _payment = paid_order()
    transition(order_id=order.pk, to=State.CANCELLED)
    refund_order(order_id=order.pk, amount=order.total)

    work_off()

    order.refresh_from_db()
    assert (order.state, money_kept(order)) == (State.REFUNDED, 0)


@pytest.mark.django_db
def test_a_refund_that_fails_may_be_tried_again() -> None:
    order, _payment = paid_order()
    TestCharge.objects.update(refuses_refunds=True)
    [refund] = refund_order(order_id=order.pk, amount=order.total)
    order.refresh_from_db()
    assert order.state == State.REFUNDED

    work_off()

    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, order.state, order.refunded) == (Given.FAILED, State.CANCELLED, 0)
    told = order.events.filter(kind=OrderEvent.Kind.REFUND).last()
    assert told is not None
    assert told.amount == -order.total
    assert "has failed: The test gateway was told to refuse it." in told.note
    TestCharge.objects.update(refuses_refunds=False)
    again = try_again(refund_id=refund.pk)
    work_off()
    again.refresh_from_db()
    order.refresh_from_db()
    assert (again.state, order.state) == (Given.SUCCEEDED, State.REFUNDED)
    assert order.refunded == order.total
    with pytest.raises(NotPossible):
        try_again(refund_id=refund.pk)


@pytest.mark.django_db
def test_a_part_that_failed_is_given_once_however_often_it_is_tried_again() -> None:
    order, _payment = paid_order()
    TestCharge.objects.update(refuses_refunds=True)
    [refund] = refund_order(order_id=order.pk, amount=Decimal(5))
    work_off()
    TestCharge.objects.update(refuses_refunds=False)

    try_again(refund_id=refund.pk)
    try_again(refund_id=refund.pk)
    work_off()
    with pytest.raises(NotPossible):
        try_again(refund_id=refund.pk)
    work_off()

    order.refresh_from_db()
    assert order.refunded == Decimal(5)
    assert list(TestCharge.objects.get().refunds.values()) == ["5.00"]


@pytest.mark.django_db
def test_a_refund_made_twice_is_given_once(monkeypatch: pytest.MonkeyPatch) -> None:
    order, payment = paid_order()
    [refund] = refund_order(order_id=order.pk, amount=Decimal(5))
    test_gateway.TestGateway().refund(refund)  # and the worker died before it could say so

    work_off()

    refund.refresh_from_db()
    assert refund.state == Given.SUCCEEDED
    assert charge_of(payment).refunds == {str(refund.key): "5"}


@pytest.mark.django_db
def test_a_silent_gateway_is_asked_again_and_then_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order, _payment = paid_order()

    def silent(self: object, refund: Refund) -> RefundOutcome:
        raise GatewayUnavailable("Nobody is there.")

    [refund] = refund_order(order_id=order.pk, amount=Decimal(5))
    with monkeypatch.context() as patch:
        patch.setattr(test_gateway.TestGateway, "refund", silent)
        for _ in range(MOST_ATTEMPTS + 3):
            Refund.objects.update(due_at="2020-01-01T00:00Z")
            refunds.make_one()
    refund.refresh_from_db()
    assert (refund.state, refund.attempts, refund.error) == (
        Given.PENDING,
        MOST_ATTEMPTS,
        "Nobody is there.",
    )
    assert order.events.filter(kind=OrderEvent.Kind.NOTE).count() == 1

    try_again(refund_id=refund.pk)
    work_off()

    refund.refresh_from_db()
    assert refund.state == Given.SUCCEEDED


@pytest.mark.django_db
def test_a_bank_may_refuse_what_seemed_done() -> None:
    order, _payment = paid_order()
    [refund] = refund_order(order_id=order.pk, amount=Decimal(5))
    work_off()

    for _ in range(2):
        refunds.apply_refund(
            refund_id=refund.pk, outcome=RefundOutcome(Given.FAILED, error="account closed")
        )
    refunds.apply_refund(refund_id=refund.pk, outcome=RefundOutcome(Given.SUCCEEDED))

    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, order.refunded, order.state) == (Given.FAILED, 0, State.PAID)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_back_no_more_than_came() -> None:
    order, _payment = paid_order()
    together = threading.Barrier(8)
    refused = []

    def one() -> None:
        together.wait()
        try:
            refund_order(order_id=order.pk, amount=Decimal("10.00"))
        except NotPossible as problem:
            refused.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 4
    assert Order.objects.get(pk=order.pk).refunded == Decimal("40.00")
    work_off()
    assert money_kept(order) == Decimal("4.90")
