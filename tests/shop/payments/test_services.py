"""Starting payments, how they go, and orders whose time is over: at the test gateway."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import LazySettings
from django.utils import timezone

from shop.orders.models import Order, OrderEvent
from shop.orders.services import transition
from shop.orders.states import State
from shop.payments import services, test_gateway
from shop.payments.gateways import GatewayRefused, GatewayUnavailable, Outcome
from shop.payments.models import Payment, Refund, TestCharge
from shop.payments.services import NotPayable
from shop.stock.models import Reservation
from tests.shop.payments.factories import (
    charge_of,
    money_kept,
    paid_order,
    pay,
    placed_order,
    start,
    work_off,
)

pytestmark = pytest.mark.django_db

Paid = Payment.State


def again(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def stock_of(order: Order) -> int:
    [line] = order.lines.all()
    assert line.variant is not None
    line.variant.refresh_from_db()
    return line.variant.stock


def notes_of(order: Order) -> list[str]:
    return [event.note for event in order.events.filter(kind=OrderEvent.Kind.NOTE)]


def make_late(order: Order, hours: float = 0.01) -> None:
    Order.objects.filter(pk=order.pk).update(pay_until=timezone.now() - timedelta(hours=hours))


def test_a_payment_is_of_the_whole_order_and_started_once() -> None:
    order = placed_order()

    first, second = start(order), start(order)

    assert first == second
    assert (first.amount, first.currency) == (order.total, "USD")
    assert first.reference == charge_of(first).reference
    assert str(first.key) in first.data["return_url"]
    assert TestCharge.objects.count() == 1


def test_paid() -> None:
    order = placed_order()

    pay(start(order))

    assert again(order).state == State.PAID
    assert order.payments.get().state == Paid.SUCCEEDED
    assert money_kept(order) == order.total
    assert not Reservation.objects.exists()
    assert stock_of(order) == 3


def test_declined_keeps_the_order_and_another_try_pays_it() -> None:
    order = placed_order()
    first = start(order)
    test_gateway.decline(charge_of(first))
    work_off()
    first.refresh_from_db()
    assert (first.state, first.error) == (Paid.FAILED, "The card was declined.")
    assert again(order).state == State.PLACED

    pay(start(order))

    assert again(order).state == State.PAID
    assert order.payments.count() == 2


def test_what_is_not_to_be_paid_is_not_started() -> None:
    paid, _payment = paid_order()
    cancelled = placed_order()
    transition(order_id=cancelled.pk, to=State.CANCELLED)
    late = placed_order()
    make_late(late)

    for order in (paid, cancelled, late):
        with pytest.raises(NotPayable):
            start(order)
    with pytest.raises(GatewayRefused):
        start(placed_order(), gateway="stripe")
    assert Payment.objects.count() == 1


def test_started_again_after_it_was_paid_it_only_sends_back() -> None:
    order = placed_order()
    payment = start(order)
    TestCharge.objects.filter(key=payment.key).update(state="succeeded")  # the event was lost

    started = services.start_payment(
        order_id=order.pk, gateway="test", return_url="/x", cancel_url="/x"
    )

    assert started.redirect_url == payment.data["return_url"]
    assert again(order).state == State.PAID


def test_money_for_a_cancelled_order_goes_back() -> None:
    order = placed_order()
    payment = start(order)
    test_gateway.take_a_while(charge_of(payment))
    transition(order_id=order.pk, to=State.CANCELLED)
    assert stock_of(order) == 5

    pay(payment)

    payment.refresh_from_db()
    assert (payment.state, again(order).state) == (Paid.SUCCEEDED, State.CANCELLED)
    assert money_kept(order) == 0
    assert payment.refunds.get().state == Refund.State.SUCCEEDED
    assert stock_of(order) == 5
    assert notes_of(order) == [
        "44.90 USD came and go back by themselves. The order was cancelled before."
    ]


def test_a_second_payment_of_a_paid_order_goes_back() -> None:
    order = placed_order()
    first = start(order)
    test_gateway.take_a_while(charge_of(first))
    second = Payment.objects.create(
        order=order, gateway="test", amount=order.total, currency=order.currency
    )
    test_gateway.TestGateway().start(second, return_url="/", cancel_url="/")
    pay(second)

    pay(first)

    assert again(order).state == State.PAID
    assert money_kept(order) == order.total
    assert Refund.objects.get().payment == first
    assert again(order).refunded == 0


@pytest.mark.parametrize(
    ("amount", "currency"), [("44.89", "USD"), ("44.90", "EUR"), ("449", "USD")]
)
def test_other_money_than_was_asked_for_pays_nothing(amount: str, currency: str) -> None:
    order = placed_order()
    payment = start(order)
    TestCharge.objects.update(amount=amount, currency=currency)

    pay(payment)
    services.apply_outcome(payment_id=payment.pk, outcome=Outcome(Paid.CANCELLED))

    payment.refresh_from_db()
    assert payment.state == Paid.MISMATCH
    assert again(order).state == State.PLACED
    [note] = notes_of(order)
    assert note.startswith("Look at this: ")
    assert f"{Decimal(amount):.2f} {currency}" in note


def test_what_is_told_late_changes_nothing() -> None:
    order, payment = paid_order()

    for state in (Paid.PENDING, Paid.FAILED, Paid.CANCELLED, Paid.SUCCEEDED):
        outcome = Outcome(state, amount=order.total, currency="USD")
        services.apply_outcome(payment_id=payment.pk, outcome=outcome)

    payment.refresh_from_db()
    assert (payment.state, again(order).state) == (Paid.SUCCEEDED, State.PAID)
    assert order.events.filter(after=State.PAID).count() == 1
    assert not Refund.objects.exists()


def test_a_success_after_a_decline_counts() -> None:
    order = placed_order()
    payment = start(order)
    services.apply_outcome(payment_id=payment.pk, outcome=Outcome(Paid.FAILED, error="No."))

    outcome = Outcome(Paid.SUCCEEDED, amount=order.total, currency="USD")
    services.apply_outcome(payment_id=payment.pk, outcome=outcome)

    payment.refresh_from_db()
    assert (payment.state, payment.error) == (Paid.SUCCEEDED, "")
    assert again(order).state == State.PAID


def test_not_paid_in_time() -> None:
    order, in_time = placed_order(), placed_order()
    payment = start(order)
    make_late(order)

    services.expire_unpaid()

    assert again(order).state == State.CANCELLED
    assert again(in_time).state == State.PLACED
    assert stock_of(order) == 5
    assert charge_of(payment).state == "cancelled"
    assert order.payments.get().state == Paid.CANCELLED


def test_paid_in_time_though_the_event_was_lost() -> None:
    order = placed_order()
    payment = start(order)
    TestCharge.objects.filter(key=payment.key).update(state="succeeded")
    make_late(order)

    services.expire_unpaid()

    assert again(order).state == State.PAID


def test_an_order_whose_money_is_under_way_waits_for_it() -> None:
    order = placed_order()
    payment = start(order)
    test_gateway.take_a_while(charge_of(payment))
    make_late(order)

    services.expire_unpaid()

    assert again(order).state == State.PLACED
    assert again(order).pay_until > timezone.now()  # type: ignore[operator]
    pay(payment)
    assert again(order).state == State.PAID


@pytest.mark.parametrize(("hours", "state"), [(0.1, State.PLACED), (4, State.CANCELLED)])
def test_a_silent_gateway_holds_up_an_order_for_a_while(
    hours: float, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [placed_order() for _ in range(3)]
    asked = []

    def silent(self: object, payment: Payment) -> Outcome:
        asked.append(payment)
        raise GatewayUnavailable("No.")

    for order in orders:
        start(order)
        make_late(order, hours)
    monkeypatch.setattr(test_gateway.TestGateway, "cancel", silent)

    services.expire_unpaid()

    assert {again(order).state for order in orders} == {state}
    assert len(asked) == 1  # and the others did not wait for it


def test_an_order_that_fails_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = placed_order(), placed_order()
    for order, hours in ((bad, 2), (good, 1)):
        start(order)
        make_late(order, hours)
    real = test_gateway.TestGateway.cancel

    def broken(self: test_gateway.TestGateway, payment: Payment) -> Outcome:
        if payment.order_id == bad.pk:
            raise ZeroDivisionError
        return real(self, payment)

    monkeypatch.setattr(test_gateway.TestGateway, "cancel", broken)

    services.expire_unpaid()

    assert (again(bad).state, again(good).state) == (State.PLACED, State.CANCELLED)


def test_a_cancelled_order_cannot_be_paid_any_more(
    django_capture_on_commit_callbacks: object,
) -> None:
    order = placed_order()
    payment = start(order)
    transition(order_id=order.pk, to=State.CANCELLED)

    services.give_up_cancelled()

    payment.refresh_from_db()
    assert payment.state == Paid.CANCELLED
    assert not test_gateway.pay(charge_of(payment))


def test_another_gateway_takes_the_place_of_the_first(settings: LazySettings) -> None:
    order = placed_order()
    first = start(order)
    Payment.objects.filter(pk=first.pk).update(gateway="stripe")  # which does not answer: no keys
    settings.PAYMENT_GATEWAYS = ["test", "stripe"]

    second = start(order)

    assert second != first
    pay(second)
    assert again(order).state == State.PAID
    assert again(order).gateway == "test"


def test_a_payment_that_never_reached_its_gateway_is_begun_anew() -> None:
    order = placed_order()
    lost = Payment.objects.create(order=order, gateway="test", amount=1, currency="USD")
    before = timezone.now() - timedelta(minutes=10)
    Payment.objects.update(created_at=before, data={"intent": False})

    payment = start(order)

    lost.refresh_from_db()
    assert lost.state == Paid.CANCELLED
    assert payment.amount == order.total


def test_an_order_cancelled_while_its_payment_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    order = placed_order()
    real = test_gateway.TestGateway.start

    def slow(self: test_gateway.TestGateway, payment: Payment, **addresses: str) -> object:
        started = real(self, payment, **addresses)
        transition(order_id=order.pk, to=State.CANCELLED)
        return started

    monkeypatch.setattr(test_gateway.TestGateway, "start", slow)

    with pytest.raises(NotPayable):
        start(order)

    assert TestCharge.objects.get().state == "cancelled"


def test_an_app_pays_by_a_secret() -> None:
    order = placed_order()

    started = services.start_intent(order_id=order.pk, gateway="test")

    assert started.client_secret
    assert order.payments.get().reference == started.reference
