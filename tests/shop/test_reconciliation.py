"""Whatever shoppers, merchants and gateways do, in whatever order: the books agree after each step.

A random walk through all that changes stock, orders and money. After every step the ledger, the
reservations, the payments and the orders are compared with each other.

Hypothesis gives each walk its seed, and keeps those that failed. Its own state machines, and lists
of steps, leave most kinds of steps out of each walk: few orders were ever paid in them, and faults
put in on purpose were not found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import now
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shop.cart import services as carts
from shop.cart.merging import merge_at_login
from shop.cart.models import Cart
from shop.cart.review import review_cart
from shop.catalog.models import Variant
from shop.checkout.models import Checkout
from shop.checkout.placing import NotPlaced, checkout_for
from shop.orders import services as orders
from shop.orders.models import Order
from shop.orders.services import NotPossible
from shop.orders.states import IllegalTransition, State
from shop.payments import refunds, test_gateway, webhooks
from shop.payments.models import GatewayEvent, Payment, Refund, TestCharge
from shop.payments.services import NotPayable, expire_unpaid, give_up_cancelled, start_payment
from shop.promotions.models import Voucher, VoucherUse
from shop.promotions.services import Customer, VoucherRejected
from shop.stock import services as stock
from shop.stock.models import Movement, Reservation
from shop.store.current import current_store
from tests.factories import VariantFactory
from tests.shop.shopping import HOME, delivery, place, request_of, tax

SKUS = ("BOOT", "MUG", "HAT")
VOUCHERS = ("TEN", "FIVE", "SHIP")
# What a paid order may have given back: as many cents as hurt, and more than it cost.
PARTS = [Decimal("0.01"), Decimal("1.00"), Decimal("7.77"), Decimal("50.00")]
PRICES = ["0.01", "7.35", "33.33", "250.00"]


class Shop:
    """Two visitors and an account buy three things; somebody changes prices and stock meanwhile."""

    def __init__(self) -> None:
        self.orders: list[int] = []
        self.before = transaction.savepoint()
        tax()
        tax("DE", "19")
        for sku, price, units in zip(SKUS, ("89.00", "7.35", "19.99"), (4, 9, 2), strict=True):
            VariantFactory(sku=sku, price=Decimal(price), stock=units)
        self.method = delivery()
        Voucher.objects.create(code="TEN", kind="percent", value=10, limit=2)
        Voucher.objects.create(code="FIVE", kind="fixed", value=5, limit_per_customer=1)
        Voucher.objects.create(code="SHIP", kind="delivery")
        self.ada = User.objects.create_user("ada", "ada@example.com")
        self.visitors = [request_of(), request_of(), request_of(self.ada)]

    def undo(self) -> None:
        transaction.savepoint_rollback(self.before)

    def go(self, name: str, values: dict[str, Any]) -> None:
        """Take a step; one with an order, where there is none yet, is none."""
        if "order" in values:
            if not self.orders:
                return
            values = values | {"order": self.orders[values["order"] % len(self.orders)]}
        getattr(self, name)(**values)

    # --- Shoppers -------------------------------------------------------------------------------

    def add(self, who: int, sku: str, quantity: int) -> None:
        try:
            carts.add_to_cart(request=self.visitors[who], sku=sku, quantity=quantity)
        except carts.NotAdded:
            pass

    def change_quantity(self, who: int, sku: str, quantity: int) -> None:
        if cart := carts.cart_of(self.visitors[who]):
            variant = Variant.objects.get(sku=sku)
            carts.set_quantity(cart=cart, variant_id=variant.pk, quantity=quantity)

    def log_in(self, who: int) -> None:
        merge_at_login(request=self.visitors[who], user=self.ada)

    def use_voucher(self, who: int, code: str) -> None:
        if cart := carts.cart_of(self.visitors[who]):
            try:
                carts.apply_voucher(cart=cart, code=code, customer=Customer())
            except VoucherRejected:
                pass

    def place(self, who: int, country: str) -> None:
        cart = carts.cart_of(self.visitors[who])
        if cart is None or not cart.lines.exists():
            return
        review_cart(cart=cart)
        cart = Cart.objects.get(pk=cart.pk)
        checkout = checkout_for(cart=cart, user=self.ada if who == 2 else None)
        Checkout.objects.filter(pk=checkout.pk).update(
            email=f"shopper-{who}@example.com",
            shipping=HOME.as_dict() | {"country": country},
            delivery_method=self.method,
            gateway="test",
        )
        checkout = Checkout.objects.get(pk=checkout.pk)
        try:
            order = place(checkout)
        except NotPlaced:
            return
        assert place_again(checkout) == order
        self.orders.append(order.pk)

    def buy(self, who: int, skus: set[str], code: str | None) -> None:
        """The whole way at once, which walks would seldom find."""
        for sku in sorted(skus):
            self.add(who=who, sku=sku, quantity=1)
        if code is not None:
            self.use_voucher(who=who, code=code)
        self.place(who=who, country="DE")

    def pay(self, order: int, does: Any, told: bool) -> None:
        """To the gateway and back; its news may be left for later."""
        self.start_paying(order=order)
        self.gateway_decides(order=order, does=does)
        if told:
            self.gateway_s_news_arrive()

    def pay_late(self, order: int) -> None:
        """The order is cancelled while its shopper is at the gateway."""
        self.start_paying(order=order)
        self.move(order=order, to=State.CANCELLED)
        self.gateway_decides(order=order, does=test_gateway.pay)

    def start_paying(self, order: int) -> None:
        try:
            start_payment(
                order_id=order,
                gateway="test",
                return_url="http://localhost/",
                cancel_url="http://localhost/",
            )
        except NotPayable:
            pass

    # --- The gateway ----------------------------------------------------------------------------

    def gateway_decides(self, order: int, does: Any) -> None:
        for charge in TestCharge.objects.filter(key__in=payments_of(order).values("key")):
            does(charge)

    def gateway_s_news_arrive(self) -> None:
        while webhooks.process_one():
            pass

    def gateway_repeats_itself(self) -> None:
        GatewayEvent.objects.update(processed_at=None, attempts=0, due_at=now())
        self.gateway_s_news_arrive()

    def refunds_are_made(self) -> None:
        while refunds.make_one():
            pass

    def gateway_refuses_refunds(self, refuses: bool) -> None:
        TestCharge.objects.update(refuses_refunds=refuses)

    def time_to_pay_is_over(self, order: int) -> None:
        Order.objects.filter(pk=order, state=State.PLACED).update(
            pay_until=now() - timedelta(seconds=1)
        )
        expire_unpaid()
        give_up_cancelled()

    # --- The merchant ---------------------------------------------------------------------------

    def move(self, order: int, to: State) -> None:
        try:
            orders.transition(order_id=order, to=to)
        except IllegalTransition:
            return
        found = Order.objects.get(pk=order)
        left = found.total - found.refunded
        if to == State.CANCELLED and found.is_paid and left:
            refunds.refund_order(order_id=order, amount=left)

    def refund(self, order: int, amount: Decimal) -> None:
        try:
            refunds.refund_order(order_id=order, amount=amount)
        except NotPossible:
            pass

    def comes_back(self, order: int, quantity: int, restock: bool) -> None:
        line = Order.objects.get(pk=order).lines.first()
        assert line is not None
        try:
            orders.return_lines(order_id=order, quantities={line.pk: quantity}, restock=restock)
        except NotPossible:
            pass

    def edit_price(self, sku: str, price: str) -> None:
        Variant.objects.filter(sku=sku).update(price=Decimal(price), compare_at_price=None)

    def count(self, sku: str, units: int) -> None:
        stock.set_stock(variant_id=Variant.objects.get(sku=sku).pk, stock=units)

    def change_tax_mode(self, include: bool) -> None:
        store = current_store()
        store.prices_include_tax = include
        store.save()

    # --- The books ------------------------------------------------------------------------------

    def the_ledger_sums_to_the_stock(self) -> None:
        for variant in Variant.objects.all():
            booked = Movement.objects.filter(variant=variant).aggregate(sum=Sum("delta"))["sum"]
            assert variant.stock == (booked or 0) >= 0

    def what_is_held_is_what_is_to_be_paid(self) -> None:
        held = Counter[tuple[str, str]]()
        for one in Reservation.objects.select_related("variant"):
            held[one.reference, one.variant.sku] += one.quantity
        wanted = Counter[tuple[str, str]]()
        for order in Order.objects.filter(state=State.PLACED).prefetch_related("lines"):
            for line in order.lines.all():
                wanted[order.number, line.sku] += line.quantity
        assert held == wanted

    def an_order_has_taken_what_did_not_come_back(self) -> None:
        for order in Order.objects.prefetch_related("lines"):
            moved = dict(
                Movement.objects.filter(reference=order.number)
                .values_list("sku")
                .annotate(sum=Sum("delta"))
            )
            for line in order.lines.all():
                out = -moved.get(line.sku, 0)
                if order.events.filter(after=State.CANCELLED).exists():
                    assert out == 0
                else:
                    # What came back damaged is not in the stock, so it may be less than that.
                    assert line.quantity - line.returned <= out <= line.quantity

    def orders_add_up(self) -> None:
        for order in Order.objects.prefetch_related("lines"):
            lines = order.lines.all()
            assert order.subtotal == sum(line.amount for line in lines)
            assert order.discount == sum(line.discount for line in lines)
            assert order.tax == sum(line.tax for line in lines) + order.delivery_tax

    def the_money_agrees(self) -> None:
        for order in Order.objects.all():
            came = total(payments_of(order.pk).filter(state=Payment.State.SUCCEEDED))
            gone = total(
                Refund.objects.filter(payment__order=order).exclude(state=Refund.State.FAILED)
            )
            failed_surplus = total(
                Refund.objects.filter(payment__order=order, state=Refund.State.FAILED, surplus=True)
            )
            if order.is_paid:
                assert came - gone - failed_surplus == order.total - order.refunded
            else:
                # Money that came too late goes back, unless the gateway refuses that.
                assert came - gone - failed_surplus == 0

    def the_gateway_gave_back_no_more_than_it_took(self) -> None:
        for charge in TestCharge.objects.all():
            assert sum(map(Decimal, charge.refunds.values()), Decimal(0)) <= charge.amount

    def vouchers_are_used_by_orders_that_stand(self) -> None:
        used = set(VoucherUse.objects.values_list("reference", flat=True))
        cancelled = Order.objects.filter(events__after=State.CANCELLED)
        standing = Order.objects.exclude(voucher_code="").exclude(pk__in=cancelled)
        assert used == set(standing.values_list("number", flat=True))
        assert VoucherUse.objects.filter(voucher__code="TEN").count() <= 2


def place_again(checkout: Checkout) -> Order:
    from shop.checkout.placing import place_order

    return place_order(key=checkout.key, total=Decimal(-1))


def payments_of(order: int) -> Any:
    return Payment.objects.filter(order=order)


def total(rows: Any) -> Decimal:
    return rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def steps(chance: Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """A walk: names of what `Shop` does, with their values. What leads on comes more often."""

    def who() -> int:
        return chance.randrange(3)

    def which() -> int:
        return chance.randrange(100)  # of the orders that there are

    def maybe() -> bool:
        return chance.random() < 0.5

    def decision() -> Any:
        return chance.choice([test_gateway.pay, test_gateway.pay, test_gateway.decline])

    kinds: dict[str, tuple[int, Callable[[], dict[str, Any]]]] = {
        "buy": (
            5,
            lambda: {
                "who": who(),
                "skus": set(chance.sample(SKUS, chance.randint(1, 3))),
                "code": chance.choice([*VOUCHERS, None, None]),
            },
        ),
        "pay": (5, lambda: {"order": which(), "does": decision(), "told": maybe()}),
        "move": (
            6,
            lambda: {
                "order": which(),
                "to": chance.choice([State.PACKED, State.PACKED, State.SHIPPED, State.CANCELLED]),
            },
        ),
        "count": (3, lambda: {"sku": chance.choice(SKUS), "units": chance.randint(0, 5)}),
        "add": (
            1,
            lambda: {"who": who(), "sku": chance.choice(SKUS), "quantity": chance.randint(1, 3)},
        ),
        "change_quantity": (
            1,
            lambda: {"who": who(), "sku": chance.choice(SKUS), "quantity": chance.randint(0, 3)},
        ),
        "log_in": (1, lambda: {"who": chance.randrange(2)}),
        "use_voucher": (1, lambda: {"who": who(), "code": chance.choice(VOUCHERS)}),
        "place": (1, lambda: {"who": who(), "country": chance.choice(["US", "DE"])}),
        "start_paying": (1, lambda: {"order": which()}),
        "gateway_decides": (1, lambda: {"order": which(), "does": decision()}),
        "pay_late": (1, lambda: {"order": which()}),
        "gateway_s_news_arrive": (3, dict),
        "gateway_repeats_itself": (1, dict),
        "refunds_are_made": (2, dict),
        "gateway_refuses_refunds": (1, lambda: {"refuses": maybe()}),
        "time_to_pay_is_over": (1, lambda: {"order": which()}),
        "refund": (2, lambda: {"order": which(), "amount": chance.choice(PARTS)}),
        "comes_back": (
            2,
            lambda: {"order": which(), "quantity": chance.randint(1, 2), "restock": maybe()},
        ),
        "edit_price": (1, lambda: {"sku": chance.choice(SKUS), "price": chance.choice(PRICES)}),
        "change_tax_mode": (1, lambda: {"include": maybe()}),
    }
    weights = [weight for weight, _values in kinds.values()]
    for name in chance.choices(list(kinds), weights, k=60):
        yield name, kinds[name][1]()


BOOKS = [
    Shop.the_ledger_sums_to_the_stock,
    Shop.what_is_held_is_what_is_to_be_paid,
    Shop.an_order_has_taken_what_did_not_come_back,
    Shop.orders_add_up,
    Shop.the_money_agrees,
    Shop.the_gateway_gave_back_no_more_than_it_took,
    Shop.vouchers_are_used_by_orders_that_stand,
]


@pytest.mark.django_db
@pytest.mark.timeout(600)
@settings(
    max_examples=15,
    deadline=None,
    # A walk that fails is told as it is: making it shorter takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.integers(0, 2**32))
def test_the_books_agree_after_every_step(seed: int) -> None:
    shop = Shop()
    try:
        for name, values in steps(Random(seed)):
            shop.go(name, values)
            for agree in BOOKS:
                agree(shop)
    finally:
        shop.undo()
