"""Placing an order: once, at the price that was shown, of things that are there."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.timezone import now

from shop.accounts.personal_data import erase_account
from shop.cart.models import Cart, CartLine
from shop.catalog.models import Variant
from shop.checkout.models import Checkout
from shop.checkout.placing import Changed, Incomplete, NotPlaced, place_order
from shop.delivery.models import DeliveryMethod
from shop.orders.models import Order
from shop.orders.services import transition
from shop.orders.states import State
from shop.promotions.models import Voucher, VoucherUse
from shop.signals import order_placed
from shop.stock.models import Reservation
from tests.factories import ProductFactory, VariantFactory
from tests.shop.shopping import cart_with, checkout_of, delivery, place, quote_of, tax

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel() -> DeliveryMethod:
    tax()
    return delivery()


@pytest.fixture
def boots() -> Variant:
    product = ProductFactory(
        title="Red boots",
        variants=[
            {
                "sku": "BOOT-M",
                "price": "89.00",
                "stock": 5,
                "weight": 900,
                "options": {"color": "Red", "size": "M"},
            }
        ],
        images=1,
    )
    return product.variants.get()


def test_the_order_holds_what_was_bought(boots: Variant, parcel: DeliveryMethod) -> None:
    checkout = checkout_of(cart_with({boots: 2}), method=parcel)

    order = place(checkout)

    line = order.lines.get()
    assert (order.state, order.email, order.country) == ("placed", "ada@example.com", "US")
    assert (order.subtotal, order.delivery, order.total) == (
        Decimal("178.00"),
        Decimal("4.90"),
        Decimal("182.90"),
    )
    assert order.tax == Decimal("16.63")  # 10 % that are within 182.90
    assert (line.title, line.sku, line.quantity) == ("Red boots", "BOOT-M", 2)
    assert line.options == [["Color", "Red"], ["Size", "M"]]
    assert line.picture.startswith("orders/")
    assert (order.weight, order.delivery_name) == (1800, "Parcel")
    assert order.shipping_address.city == order.billing_address.city == "Springfield"


def test_the_order_outlives_the_product(boots: Variant, parcel: DeliveryMethod) -> None:
    order = place(checkout_of(cart_with({boots: 1}), method=parcel))

    boots.product.delete()

    line = order.lines.get()
    assert (line.title, line.variant, line.product) == ("Red boots", None, None)


def test_the_stock_is_held_and_the_cart_empty(boots: Variant, parcel: DeliveryMethod) -> None:
    cart = cart_with({boots: 2})

    order = place(checkout_of(cart, method=parcel))

    assert Variant.objects.get(pk=boots.pk).stock == 3
    assert Reservation.objects.get().reference == order.number
    assert not cart.lines.exists()
    assert order.pay_until is not None
    assert now() < order.pay_until < now() + timedelta(minutes=31)


def test_the_same_key_again_is_the_same_order(boots: Variant, parcel: DeliveryMethod) -> None:
    checkout = checkout_of(cart_with({boots: 2}), method=parcel)
    order = place(checkout)

    again = place_order(key=checkout.key, total=Decimal(1))

    assert again == order
    assert Variant.objects.get(pk=boots.pk).stock == 3


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_key_are_one_order(boots: Variant, parcel: DeliveryMethod) -> None:
    checkout = checkout_of(cart_with({boots: 2}), method=parcel)
    total = quote_of(checkout).totals.total

    outcomes = at_once(20, lambda number: place_order(key=checkout.key, total=total).number)

    assert len(set(outcomes)) == 1
    assert Order.objects.count() == 1
    assert Variant.objects.get(pk=boots.pk).stock == 3


@pytest.mark.django_db(transaction=True)
def test_the_last_ones_go_to_as_many_as_there_are(boots: Variant, parcel: DeliveryMethod) -> None:
    checkouts = [checkout_of(cart_with({boots: 1}), method=parcel) for _ in range(12)]
    total = quote_of(checkouts[0]).totals.total

    outcomes = at_once(12, lambda number: place_order(key=checkouts[number].key, total=total).state)

    assert sorted(outcomes) == ["Changed"] * 7 + ["placed"] * 5
    assert Variant.objects.get(pk=boots.pk).stock == 0


@pytest.mark.django_db(transaction=True)
def test_the_last_use_of_a_voucher_is_had_once(boots: Variant, parcel: DeliveryMethod) -> None:
    voucher = Voucher.objects.create(code="ONCE", value=10, limit=1)
    checkouts = [
        checkout_of(cart_with({boots: 1}, voucher=voucher), method=parcel) for _ in range(4)
    ]
    total = quote_of(checkouts[0]).totals.total

    outcomes = at_once(4, lambda number: place_order(key=checkouts[number].key, total=total).state)

    assert sorted(outcomes) == ["Changed"] * 3 + ["placed"]
    assert VoucherUse.objects.count() == 1
    assert Variant.objects.get(pk=boots.pk).stock == 4


def test_a_price_that_changed_is_told_first(boots: Variant, parcel: DeliveryMethod) -> None:
    checkout = checkout_of(cart_with({boots: 1}), method=parcel)
    total = quote_of(checkout).totals.total
    Variant.objects.filter(pk=boots.pk).update(price=Decimal("99.00"))

    with pytest.raises(Changed, match="price of Red boots has changed"):
        place_order(key=checkout.key, total=total)

    assert not Order.objects.exists()
    assert CartLine.objects.count() == 1


def test_another_total_than_was_shown_is_no_order(boots: Variant, parcel: DeliveryMethod) -> None:
    checkout = checkout_of(cart_with({boots: 1}), method=parcel)
    total = quote_of(checkout).totals.total
    parcel.rates.update(price=Decimal("5.00"))

    with pytest.raises(Changed, match="total has changed"):
        place_order(key=checkout.key, total=total)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (lambda v: Variant.objects.filter(pk=v.pk).update(stock=1), "only 1 are left"),
        (lambda v: Variant.objects.filter(pk=v.pk).update(stock=0), "has just been sold out"),
        (lambda v: Variant.objects.filter(pk=v.pk).update(published=False), "no longer sold"),
        (lambda v: DeliveryMethod.objects.update(active=False), "how the order is delivered"),
    ],
)
def test_what_happened_meanwhile_is_said_and_nothing_is_lost(
    boots: Variant, parcel: DeliveryMethod, happens: Callable[[Variant], object], said: str
) -> None:
    checkout = checkout_of(cart_with({boots: 2}), method=parcel)
    total = quote_of(checkout).totals.total
    happens(boots)

    with pytest.raises(Changed, match=said):
        place_order(key=checkout.key, total=total)

    assert CartLine.objects.count() == 1
    assert not Order.objects.exists()
    assert not Reservation.objects.exists()


def test_a_voucher_takes_its_part_and_is_used(boots: Variant, parcel: DeliveryMethod) -> None:
    voucher = Voucher.objects.create(code="TEN", value=10, limit_per_customer=1)
    first = checkout_of(cart_with({boots: 1}, voucher=voucher), method=parcel)
    second = checkout_of(cart_with({boots: 1}, voucher=voucher), method=parcel)
    shown = quote_of(second).totals.total

    order = place(first)

    assert (order.voucher_code, order.discount) == ("TEN", Decimal("8.90"))
    assert order.lines.get().discount == Decimal("8.90")
    with pytest.raises(Changed, match="used the voucher TEN already"):
        place_order(key=second.key, total=shown)


def test_an_expired_voucher_is_said(boots: Variant, parcel: DeliveryMethod) -> None:
    voucher = Voucher.objects.create(code="TEN", value=10)
    checkout = checkout_of(cart_with({boots: 1}, voucher=voucher), method=parcel)
    total = quote_of(checkout).totals.total
    Voucher.objects.update(ends_at=now() - timedelta(minutes=1))

    with pytest.raises(Changed, match="expired on"):
        place_order(key=checkout.key, total=total)


def test_nothing_to_pay_is_paid(boots: Variant, parcel: DeliveryMethod) -> None:
    parcel.rates.update(price=0)
    voucher = Voucher.objects.create(code="ALL", value=100)
    checkout = checkout_of(cart_with({boots: 1}, voucher=voucher), method=parcel, gateway="")

    order = place(checkout)

    assert (order.total, order.state) == (Decimal(0), "paid")
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("missing", ["email", "shipping", "delivery_method", "gateway"])
def test_what_is_missing_is_asked_for(boots: Variant, parcel: DeliveryMethod, missing: str) -> None:
    checkout = checkout_of(cart_with({boots: 1}), method=parcel)
    total = quote_of(checkout).totals.total
    empty = {"delivery_method": None, "shipping": {}}.get(missing, "")
    Checkout.objects.filter(pk=checkout.pk).update(**{missing: empty})

    with pytest.raises(Incomplete):
        place_order(key=checkout.key, total=total)


def test_an_empty_cart_and_an_unknown_key_are_no_order(parcel: DeliveryMethod) -> None:
    with pytest.raises(NotPlaced, match="cart is empty"):
        place_order(
            key=checkout_of(Cart.objects.create(), method=parcel).key, total=Decimal("4.90")
        )
    with pytest.raises(NotPlaced, match="start again"):
        place_order(key=uuid.uuid4(), total=Decimal(0))


def test_whoever_listens_is_told_of_the_products(parcel: DeliveryMethod) -> None:
    told: list[list[int]] = []

    def listen(product_ids: list[int], **_: object) -> None:
        told.append(product_ids)

    product = ProductFactory(variants=[{}, {}])
    small, large = product.variants.all()
    order_placed.connect(listen)
    try:
        place(checkout_of(cart_with({small: 1, large: 1}), method=parcel))
    finally:
        order_placed.disconnect(listen)

    assert told == [[product.pk]]


def test_the_number_of_queries_does_not_grow_with_the_lines(
    parcel: DeliveryMethod, django_assert_max_num_queries: Callable
) -> None:
    def queries_for(lines: int) -> int:
        cart = cart_with({VariantFactory(options={"size": "M"}): 1 for _ in range(lines)})
        checkout = checkout_of(cart, method=parcel)
        total = quote_of(checkout).totals.total
        with django_assert_max_num_queries(100) as seen:
            place_order(key=checkout.key, total=total)
        return len(seen)

    queries_for(1)
    assert queries_for(12) == queries_for(2)


def test_an_order_of_an_account_belongs_to_it(boots: Variant, parcel: DeliveryMethod) -> None:
    ada = User.objects.create_user("ada")

    order = place(checkout_of(cart_with({boots: 1}, user=ada), method=parcel))

    assert order.user == ada
    assert Cart.objects.filter(user=ada).exists()


def at_once(number: int, do: Callable[[int], str]) -> list[str]:
    """What comes of `do` in so many threads that begin together; of an error, its name."""
    outcomes: list[str] = []
    began = threading.Barrier(number)

    def run(place: int) -> None:
        began.wait()
        try:
            outcomes.append(do(place))
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


# --- What else locks the same rows ----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_product_is_deleted_after_those_who_buy_it(boots: Variant) -> None:
    cart_with({boots: 1})

    raised, begin = meanwhile(boots.product.delete)
    with transaction.atomic():
        Variant.objects.select_for_update(no_key=True).get(pk=boots.pk)
        begin()
        CartLine.objects.select_for_update(nowait=True).get()

    assert not raised()
    assert not Variant.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("paid", [False, True])
def test_an_order_is_cancelled_after_its_product_is_deleted(
    boots: Variant, parcel: DeliveryMethod, paid: bool
) -> None:
    order = place(checkout_of(cart_with({boots: 1}), method=parcel))
    if paid:
        transition(order_id=order.pk, to=State.PAID)

    raised, begin = meanwhile(lambda: transition(order_id=order.pk, to=State.CANCELLED))
    with transaction.atomic():  # what deleting locks, in its order
        Variant.objects.select_for_update().get(pk=boots.pk)
        begin()
        list(Reservation.objects.select_for_update(nowait=True))
        list(order.lines.select_for_update(nowait=True))

    assert not raised()
    assert Variant.objects.get(pk=boots.pk).stock == 5


@pytest.mark.django_db(transaction=True)
def test_an_account_is_deleted_after_it_ordered(boots: Variant, parcel: DeliveryMethod) -> None:
    ada = User.objects.create_user("ada")
    checkout_of(cart_with({boots: 1}, user=ada), method=parcel)

    raised, begin = meanwhile(lambda: erase_account(user=ada))
    with transaction.atomic():
        Checkout.objects.select_for_update().get()
        begin()
        with connection.cursor() as cursor:  # as the new order does, which refers to the account
            cursor.execute("SELECT FROM auth_user WHERE id = %s FOR KEY SHARE NOWAIT", [ada.pk])

    assert not raised()
    assert not User.objects.exists()


def meanwhile(
    act: Callable[[], object],
) -> tuple[Callable[[], list[BaseException]], Callable[[], None]]:
    """Two functions: what `act` raised in a thread, once it is over; and begin it, until it waits
    for a lock."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)

    def begin() -> None:
        thread.start()
        end = time.monotonic() + 10
        with connection.cursor() as cursor:
            while True:
                cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
                if cursor.fetchone()[0]:
                    return
                assert time.monotonic() < end
                time.sleep(0.02)

    def over() -> list[BaseException]:
        thread.join()
        return raised

    return over, begin
