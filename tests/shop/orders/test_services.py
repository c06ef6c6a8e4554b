"""What may be done to an order, and what follows for stock, voucher and history."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from shop.catalog.models import Variant
from shop.orders import services
from shop.orders.models import Order
from shop.orders.services import NotPossible
from shop.orders.signals import state_changed
from shop.orders.states import TRANSITIONS, IllegalTransition, State
from shop.promotions.models import Voucher, VoucherUse
from shop.stock.models import Movement, Reservation
from tests.factories import VariantFactory
from tests.shop.shopping import order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def boots() -> Variant:
    return VariantFactory(stock=5, price=Decimal("20.00"))


def brought_to(order: Order, *states: State) -> Order:
    for state in states:
        order = services.transition(order_id=order.pk, to=state)
    return order


def stock_of(variant: Variant) -> int:
    return Variant.objects.get(pk=variant.pk).stock


WAYS = {
    State.PLACED: [],
    State.PAID: [State.PAID],
    State.PACKED: [State.PAID, State.PACKED],
    State.SHIPPED: [State.PAID, State.PACKED, State.SHIPPED],
    State.RETURNED: [State.PAID, State.PACKED, State.SHIPPED, State.RETURNED],
    State.CANCELLED: [State.CANCELLED],
    State.REFUNDED: [State.PAID, State.REFUNDED],
}


@pytest.mark.parametrize("to", State)
@pytest.mark.parametrize("state", State)
def test_an_order_goes_where_its_state_leads_and_nowhere_else(
    boots: Variant, state: State, to: State
) -> None:
    order = brought_to(order_of({boots: 1}), *WAYS[state])
    events = order.events.count()

    if to in TRANSITIONS[state]:
        assert services.transition(order_id=order.pk, to=to).state == to
        assert order.events.count() == events + 1
    else:
        with pytest.raises(IllegalTransition):
            services.transition(order_id=order.pk, to=to)
        assert Order.objects.get(pk=order.pk).state == state
        assert order.events.count() == events


def test_paid_is_sold(boots: Variant) -> None:
    order = brought_to(order_of({boots: 2}), State.PAID)

    assert order.paid_at is not None
    assert order.pay_until is None
    assert not Reservation.objects.exists()
    assert stock_of(boots) == 3


def test_cancelled_before_it_was_paid_frees_stock_and_voucher(boots: Variant) -> None:
    voucher = Voucher.objects.create(code="TEN", value=10)
    order = order_of({boots: 2}, voucher=voucher)

    brought_to(order, State.CANCELLED)

    assert stock_of(boots) == 5
    assert not Reservation.objects.exists()
    assert not VoucherUse.objects.exists()


def test_cancelled_after_it_was_paid_puts_the_goods_back(boots: Variant) -> None:
    brought_to(order_of({boots: 2}), State.PAID, State.PACKED, State.CANCELLED)

    assert stock_of(boots) == 5
    assert Movement.objects.filter(reason="cancelled").get().delta == 2


def test_the_history_says_who_and_why(boots: Variant) -> None:
    clerk = User.objects.create_user("clerk")
    order = order_of({boots: 1})

    services.transition(order_id=order.pk, to=State.CANCELLED, actor=clerk, note="Damaged.")

    last = order.events.last()
    assert last is not None
    assert (last.before, last.after, last.actor, last.note) == (
        "placed",
        "cancelled",
        clerk,
        "Damaged.",
    )


def test_listeners_are_told_of_each_change_once(boots: Variant) -> None:
    told = []

    def listen(before: State | None, after: State, **_: object) -> None:
        told.append((before, after))

    state_changed.connect(listen)
    try:
        brought_to(order_of({boots: 1}), State.PAID, State.PACKED)
    finally:
        state_changed.disconnect(listen)

    assert told == [(None, "placed"), ("placed", "paid"), ("paid", "packed")]


def test_a_listener_that_fails_undoes_the_change(boots: Variant) -> None:
    def fail(after: State, **_: object) -> None:
        if after == State.PAID:
            raise RuntimeError

    order = order_of({boots: 1})
    state_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            brought_to(order, State.PAID)
    finally:
        state_changed.disconnect(fail)

    assert Order.objects.get().state == "placed"
    assert Reservation.objects.exists()


# --- Sent back ----------------------------------------------------------------------------------


def test_a_part_that_comes_back_leaves_the_order_shipped(boots: Variant) -> None:
    order = brought_to(order_of({boots: 3}), State.PAID, State.PACKED, State.SHIPPED)
    line = order.lines.get()

    order = services.return_lines(order_id=order.pk, quantities={line.pk: 2})

    assert (order.state, order.lines.get().returned, stock_of(boots)) == ("shipped", 2, 4)


def test_all_that_comes_back_is_returned(boots: Variant) -> None:
    order = brought_to(order_of({boots: 3}), State.PAID, State.PACKED, State.SHIPPED)
    line = order.lines.get()

    services.return_lines(order_id=order.pk, quantities={line.pk: 2})
    order = services.return_lines(order_id=order.pk, quantities={line.pk: 1}, restock=False)

    assert (order.state, stock_of(boots)) == ("returned", 4)


@pytest.mark.parametrize("quantity", [-1, 0, 4])
def test_no_more_comes_back_than_went_out(boots: Variant, quantity: int) -> None:
    order = brought_to(order_of({boots: 3}), State.PAID, State.PACKED, State.SHIPPED)

    with pytest.raises(NotPossible):
        services.return_lines(order_id=order.pk, quantities={order.lines.get().pk: quantity})

    assert stock_of(boots) == 2


def test_a_line_of_another_order_does_not_come_back(boots: Variant) -> None:
    order = brought_to(order_of({boots: 1}), State.PAID, State.PACKED, State.SHIPPED)
    other = order_of({boots: 1})

    with pytest.raises(NotPossible):
        services.return_lines(order_id=order.pk, quantities={other.lines.get().pk: 1})


def test_what_was_not_sent_cannot_come_back(boots: Variant) -> None:
    order = brought_to(order_of({boots: 1}), State.PAID)

    with pytest.raises(NotPossible, match="was shipped"):
        services.return_lines(order_id=order.pk, quantities={order.lines.get().pk: 1})


# --- Refunds ------------------------------------------------------------------------------------


def test_a_part_of_the_money_leaves_the_state(boots: Variant) -> None:
    order = brought_to(order_of({boots: 1}), State.PAID)

    order = services.record_refund(order_id=order.pk, amount=Decimal("4.90"), note="Late.")

    assert (order.state, order.refunded) == ("paid", Decimal("4.90"))


def test_what_is_refunded_before_it_was_sent_is_in_stock_again(boots: Variant) -> None:
    order = brought_to(order_of({boots: 2}), State.PAID, State.PACKED)

    services.record_refund(order_id=order.pk, amount=order.total)

    assert stock_of(boots) == 5


def test_what_is_refunded_after_it_was_sent_is_with_the_shopper(boots: Variant) -> None:
    order = brought_to(order_of({boots: 2}), State.PAID, State.PACKED, State.SHIPPED)

    services.record_refund(order_id=order.pk, amount=order.total)

    assert stock_of(boots) == 3


def test_what_was_cancelled_comes_back_once(boots: Variant) -> None:
    order = brought_to(order_of({boots: 2}), State.PAID, State.CANCELLED)

    services.record_refund(order_id=order.pk, amount=order.total)

    assert stock_of(boots) == 5


def test_all_of_the_money_is_refunded(boots: Variant) -> None:
    order = brought_to(order_of({boots: 1}), State.PAID)

    services.record_refund(order_id=order.pk, amount=Decimal("4.90"))
    order = services.record_refund(order_id=order.pk, amount=Decimal("20.00"))

    assert (order.state, order.refunded) == ("refunded", order.total)


@pytest.mark.parametrize("amount", ["0", "-1", "24.91"])
def test_no_more_goes_back_than_came(boots: Variant, amount: str) -> None:
    order = brought_to(order_of({boots: 1}), State.PAID)

    with pytest.raises(NotPossible):
        services.record_refund(order_id=order.pk, amount=Decimal(amount))


def test_an_order_that_was_not_paid_has_nothing_to_give_back(boots: Variant) -> None:
    with pytest.raises(NotPossible, match="not paid"):
        services.record_refund(order_id=order_of({boots: 1}).pk, amount=Decimal(1))


def test_a_refund_that_failed_may_be_tried_again(boots: Variant) -> None:
    order = brought_to(order_of({boots: 1}), State.PAID, State.PACKED, State.SHIPPED)
    services.record_refund(order_id=order.pk, amount=order.total)

    order = services.forget_refund(order_id=order.pk, amount=order.total, note="Card closed.")

    assert (order.state, order.refunded) == ("shipped", 0)
    services.record_refund(order_id=order.pk, amount=order.total)


def test_what_is_in_stock_again_is_not_sent_when_its_refund_fails(boots: Variant) -> None:
    order = brought_to(order_of({boots: 1}), State.PAID, State.PACKED)
    services.record_refund(order_id=order.pk, amount=order.total)

    order = services.forget_refund(order_id=order.pk, amount=order.total, note="Card closed.")

    assert (order.state, order.refunded, stock_of(boots)) == ("cancelled", 0, 5)
    services.record_refund(order_id=order.pk, amount=order.total)
    assert stock_of(boots) == 5
