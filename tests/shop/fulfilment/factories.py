"""Makes what tests of the merchant's side need: orders with their stock, people in roles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from shop.accounts import roles
from shop.catalog.models import Variant
from shop.orders.models import Order
from shop.orders.services import transition
from shop.orders.states import State
from shop.payments.models import Payment
from tests.factories import ProductFactory
from tests.shop.shopping import order_of

WAYS = {
    State.PLACED: [],
    State.PAID: [State.PAID],
    State.PACKED: [State.PAID, State.PACKED],
    State.SHIPPED: [State.PAID, State.PACKED, State.SHIPPED],
    State.RETURNED: [State.PAID, State.PACKED, State.SHIPPED, State.RETURNED],
    State.CANCELLED: [State.CANCELLED],
    State.REFUNDED: [State.PAID, State.PACKED, State.SHIPPED, State.REFUNDED],
}


def variant(sku: str = "BOOT-M", price: str = "10.00", stock: int = 10) -> Variant:
    product = ProductFactory(
        title=f"Boot {sku}", variants=[{"sku": sku, "price": Decimal(price), "stock": stock}]
    )
    return product.variants.get()


def order(
    state: State = State.PAID,
    quantities: dict[Variant, int] | None = None,
    *,
    by_gateway: bool = True,
    **values: Any,
) -> Order:
    """An order that was placed and brought into `state` as in the shop: 3 × $10, $4.90 delivery."""
    placed = order_of(quantities or {variant(): 3}, **values)
    for step in WAYS[state]:
        if step == State.PAID and by_gateway:
            Payment.objects.create(
                order=placed,
                gateway="test",
                reference=f"paid-{placed.pk}",
                state=Payment.State.SUCCEEDED,
                amount=placed.total,
                currency=placed.currency,
            )
        transition(order_id=placed.pk, to=step)
    placed.refresh_from_db()
    return placed


def person(role: str) -> User:
    """Somebody of the staff in one of the shop's roles."""
    roles.apply()
    user = User.objects.create_user(f"{role.lower()}-{User.objects.count()}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


def logged_in(role: str) -> Client:
    client = Client()
    client.force_login(person(role))
    return client
