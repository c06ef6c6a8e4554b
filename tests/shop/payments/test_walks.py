"""Anything that may happen to a payment, in any order: the books agree after every step.

The books are four: our payments and refunds, the order, the stock, and the gateway's own ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from shop.orders.models import Order, OrderEvent
from shop.orders.services import NotPossible, transition
from shop.orders.states import TRANSITIONS, State
from shop.payments import refunds, services, test_gateway, webhooks
from shop.payments.gateways import RefundOutcome
from shop.payments.models import Payment, Refund, TestCharge
from shop.payments.refunds import refund_order
from shop.stock.models import Movement, Reservation
from tests.shop.payments.factories import BACK, money_kept, placed_order, signed_event, work_off

STOCK, QUANTITY = 5, 2
HOW = ["pay", "decline", "challenge", "late"]


class Walk:
    """One order, whose shopper has begun to pay, and may do so again."""

    def __init__(self) -> None:
        self.order = placed_order(stock=STOCK, quantity=QUANTITY)
        [line] = self.order.lines.all()
        self.variant = line.variant
        self.told: list[tuple[bytes, dict[str, str]]] = []
        self.the_shopper_begins_to_pay()

    # --- What may happen ---

    def the_shopper_begins_to_pay(self) -> None:
        with suppress(services.NotPayable):
            services.start_payment(
                order_id=self.order.pk, gateway="test", return_url=BACK, cancel_url=BACK
            )

    def the_shopper_begins_in_another_window(self) -> None:
        """A second open payment, as two windows in the same moment would make it."""
        if self._now().state == State.PLACED and self._payments().count() < 3:
            payment = Payment.objects.create(
                order=self.order,
                gateway="test",
                amount=self.order.total,
                currency="USD",
                data={"intent": False, "return_url": "/", "cancel_url": "/"},
            )
            started = test_gateway.TestGateway().start(payment, return_url="/", cancel_url="/")
            Payment.objects.filter(pk=payment.pk).update(reference=started.reference)

    def at_the_gateway(self, which: int, how: str) -> None:
        acts: dict[str, Callable[[TestCharge], Any]] = {
            "pay": test_gateway.pay,
            "decline": test_gateway.decline,
            "challenge": test_gateway.challenge,
            "late": test_gateway.take_a_while,
        }
        acts[how](self._charge(which))

    def the_money_arrives_and_its_event_is_lost(self, which: int) -> None:
        TestCharge.objects.filter(
            key=self._charge(which).key, state__in=["open", "challenged", "processing"]
        ).update(state="succeeded")

    def an_event_is_delivered(self, which: int, kind: str) -> None:
        """Whatever it says, and whether that is true or not."""
        self.told.append(signed_event(self._payment(which), kind=kind))
        self._deliver(self.told[-1])

    def an_event_is_delivered_again(self, which: int) -> None:
        if self.told:
            self._deliver(self.told[which % len(self.told)])

    def the_shopper_is_sent_back(self, which: int) -> None:
        services.refresh(payment_id=self._payment(which).pk)

    def the_time_to_pay_is_over(self) -> None:
        late = timezone.now() - timedelta(minutes=1)
        Order.objects.filter(pk=self.order.pk, state=State.PLACED).update(pay_until=late)
        services.expire_unpaid()

    def it_is_cancelled(self) -> None:
        order = self._now()
        if State.CANCELLED in TRANSITIONS[State(order.state)]:
            order = transition(order_id=order.pk, to=State.CANCELLED)
            if order.is_paid and order.refunded < order.total:
                with suppress(NotPossible):
                    refund_order(order_id=order.pk, amount=order.total - order.refunded)

    def open_payments_of_cancelled_orders_are_swept(self) -> None:
        services.give_up_cancelled()

    def a_part_is_refunded(self, amount: str) -> None:
        with suppress(NotPossible):
            refund_order(order_id=self.order.pk, amount=Decimal(amount))

    def all_is_refunded(self) -> None:
        order = self._now()
        with suppress(NotPossible):
            refund_order(order_id=order.pk, amount=order.total - order.refunded)

    def the_gateway_refuses_refunds(self, refuses: bool) -> None:
        TestCharge.objects.update(refuses_refunds=refuses)

    def a_bank_sends_a_refund_back(self) -> None:
        refund = self._refunds().filter(state="succeeded").first()
        if refund is None:
            return
        charge = TestCharge.objects.get(key=refund.payment.key)
        del charge.refunds[str(refund.key)]
        charge.save()
        refunds.apply_refund(refund_id=refund.pk, outcome=RefundOutcome(Refund.State.FAILED))

    def a_refund_is_tried_again(self) -> None:
        refund = self._refunds().filter(state="failed").first()
        if refund is not None:
            with suppress(NotPossible):
                refunds.try_again(refund_id=refund.pk)

    def workers_do_what_is_due(self) -> None:
        work_off()

    # --- What holds after each of them ---

    def check(self) -> None:
        self.the_order_knows_what_was_refunded()
        self.money_and_order_agree()
        self.an_order_is_paid_once()
        self.no_payment_gives_back_more_than_it_was()
        self.the_stock_agrees()

    def the_order_knows_what_was_refunded(self) -> None:
        refunded = self._refunds().filter(surplus=False).exclude(state="failed")
        assert self._now().refunded == (refunded.aggregate(sum=Sum("amount"))["sum"] or 0)

    def money_and_order_agree(self) -> None:
        order = self._now()
        due = order.total if order.is_paid else Decimal(0)
        assert money_kept(order) == due - order.refunded + self._stuck()

    def an_order_is_paid_once(self) -> None:
        events = OrderEvent.objects.filter(order=self.order)
        paid = events.filter(before=State.PLACED, after=State.PAID).count()
        assert paid == int(self._now().is_paid)
        assert events.filter(after=State.CANCELLED).count() <= 1

    def no_payment_gives_back_more_than_it_was(self) -> None:
        for payment in self._payments():
            gone = payment.refunds.exclude(state="failed").aggregate(sum=Sum("amount"))["sum"]
            assert (gone or 0) <= payment.amount
        for charge in TestCharge.objects.filter(key__in=self._payments().values("key")):
            assert sum(map(Decimal, charge.refunds.values()), Decimal(0)) <= charge.amount

    def the_stock_agrees(self) -> None:
        self.variant.refresh_from_db()
        came_to_nothing = OrderEvent.objects.filter(
            Q(after=State.CANCELLED) | Q(after=State.REFUNDED, order__shipped_at=None),
            order=self.order,
        ).exists()
        held = Reservation.objects.filter(reference=self.order.number).aggregate(
            sum=Sum("quantity")
        )["sum"]
        assert self.variant.stock == (STOCK if came_to_nothing else STOCK - QUANTITY)
        assert (held or 0) == (QUANTITY if self._now().state == State.PLACED else 0)
        moved = Movement.objects.filter(variant_id=self.variant.pk).aggregate(sum=Sum("delta"))
        assert moved["sum"] == self.variant.stock

    def everything_is_settled_in_the_end(self) -> None:
        """Nothing is lost: once all has been asked and done, our books are the gateway's."""
        TestCharge.objects.filter(state="processing").update(state="succeeded")
        for payment in self._payments():
            services.refresh(payment_id=payment.pk)
            self._deliver(signed_event(payment))
        work_off()
        order = self._now()
        at_the_gateway = Decimal(0)
        for charge in TestCharge.objects.filter(key__in=self._payments().values("key")):
            came = charge.amount if charge.state == "succeeded" else Decimal(0)
            at_the_gateway += came - sum(map(Decimal, charge.refunds.values()), Decimal(0))
        assert at_the_gateway == money_kept(order)
        surplus = self._refunds().filter(surplus=True).exists()
        event(f"{order.state}{' and too much was paid' if surplus else ''}")
        assert not self._refunds().filter(state="pending").exists()
        if not self._refunds().filter(state="failed").exists():
            cancelled = OrderEvent.objects.filter(order=order, after=State.CANCELLED).exists()
            kept = order.total - order.refunded if order.is_paid and not cancelled else 0
            assert money_kept(order) == kept

    # --- Looking ---

    def _now(self) -> Order:
        return Order.objects.get(pk=self.order.pk)

    def _payments(self) -> Any:
        return Payment.objects.filter(order=self.order).order_by("pk")

    def _payment(self, which: int) -> Payment:
        payments = list(self._payments())
        return payments[which % len(payments)]

    def _charge(self, which: int) -> TestCharge:
        return TestCharge.objects.get(key=self._payment(which).key)

    def _refunds(self) -> Any:
        return Refund.objects.filter(payment__order=self.order).order_by("pk")

    def _stuck(self) -> Decimal:
        """What is not the order's but could not be given back."""
        return sum(
            (
                payment.amount
                for payment in self._payments()
                if payment.refunds.filter(surplus=True).exists()
                and not payment.refunds.filter(surplus=True).exclude(state="failed").exists()
            ),
            Decimal(0),
        )

    def _deliver(self, told: tuple[bytes, dict[str, str]]) -> None:
        webhooks.receive(gateway="test", body=told[0], headers=told[1])


WHICH = st.integers(min_value=0, max_value=2)
# The more often one stands here, the more often it happens.
STEPS = st.one_of(
    st.tuples(st.just(Walk.the_shopper_begins_to_pay)),
    st.tuples(st.just(Walk.the_shopper_begins_in_another_window)),
    *[st.tuples(st.just(Walk.at_the_gateway), WHICH, st.just(how)) for how in HOW],
    *[st.tuples(st.just(Walk.the_money_arrives_and_its_event_is_lost), WHICH)] * 2,
    st.tuples(
        st.just(Walk.an_event_is_delivered),
        WHICH,
        st.sampled_from(["payment.succeeded", "payment.failed"]),
    ),
    st.tuples(st.just(Walk.an_event_is_delivered_again), WHICH),
    st.tuples(st.just(Walk.the_shopper_is_sent_back), WHICH),
    st.tuples(st.just(Walk.the_time_to_pay_is_over)),
    *[st.tuples(st.just(Walk.it_is_cancelled))] * 2,
    st.tuples(st.just(Walk.open_payments_of_cancelled_orders_are_swept)),
    st.tuples(
        st.just(Walk.a_part_is_refunded),
        st.sampled_from(["0.01", "10.00", "44.89", "44.90", "100.00"]),
    ),
    st.tuples(st.just(Walk.all_is_refunded)),
    st.tuples(st.just(Walk.the_gateway_refuses_refunds), st.booleans()),
    st.tuples(st.just(Walk.a_bank_sends_a_refund_back)),
    st.tuples(st.just(Walk.a_refund_is_tried_again)),
    *[st.tuples(st.just(Walk.workers_do_what_is_due))] * 3,
)


@pytest.mark.django_db
@pytest.mark.timeout(600)
@given(steps=st.lists(STEPS, min_size=8, max_size=16))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # To make a walk shorter takes minutes, for each step asks a database.
    phases=[Phase.generate],
)
def test_walks(steps: list[tuple[Callable[..., None], Any]]) -> None:
    with transaction.atomic():
        walk = Walk()
        for act, *arguments in steps:
            act(walk, *arguments)
            walk.check()
        walk.everything_is_settled_in_the_end()
        transaction.set_rollback(True)
