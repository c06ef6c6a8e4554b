"""Makes orders for tests, whose amounts add up.

    OrderFactory(lines=[{"title": "Red boots", "unit_price": "89.00", "quantity": 2}], state="paid")

An order that is given no lines gets one. Its rows are as they would be in that state; but nothing
that follows from a change of state (stock, mails, invoices) has happened.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from shop.addresses import PostalAddress
from shop.cart.totals import Item, add_up
from shop.orders.models import Order, OrderEvent, OrderLine
from shop.orders.states import State
from tests.factories import VariantFactory

ADDRESS = PostalAddress(
    name="Ada Lovelace",
    line1="12 St James's Square",
    postcode="90210",
    city="Springfield",
    country="US",
    phone="+1 555 0100",
)
WAYS = {
    State.PLACED: [],
    State.PAID: [State.PAID],
    State.PACKED: [State.PAID, State.PACKED],
    State.SHIPPED: [State.PAID, State.PACKED, State.SHIPPED],
    State.RETURNED: [State.PAID, State.PACKED, State.SHIPPED, State.RETURNED],
    State.CANCELLED: [State.CANCELLED],
    State.REFUNDED: [State.PAID, State.CANCELLED, State.REFUNDED],
}


class OrderFactory(DjangoModelFactory):
    """An order of a guest. `lines` as in the module's example, each of a variant that is sold
    unless it says `variant=None`."""

    class Meta:
        model = Order

    idempotency_key = factory.LazyFunction(uuid.uuid4)
    state = State.PLACED
    email = "ada@example.com"
    currency = "USD"
    prices_include_tax = True
    delivery_name = "Parcel"
    delivery_tax_rate = Decimal("19.00")
    country = "US"
    shipping = factory.LazyFunction(ADDRESS.as_dict)
    billing = factory.LazyFunction(ADDRESS.as_dict)
    gateway = "test"

    @classmethod
    def create(cls, **kwargs: Any) -> Order:
        lines = [_line(**given) for given in kwargs.pop("lines", None) or [{}]]
        discounted = Decimal(kwargs.pop("discounted", 0))
        delivery = Decimal(kwargs.pop("delivery_price", "4.90"))
        state = State(kwargs.get("state", State.PLACED))
        rate = Decimal(kwargs.get("delivery_tax_rate", cls.delivery_tax_rate))
        totals = add_up(
            [Item(line.unit_price, line.quantity, line.tax_rate) for line in lines],
            currency=kwargs.get("currency", "USD"),
            prices_include_tax=kwargs.get("prices_include_tax", True),
            discount=discounted,
            delivery=delivery,
            delivery_rate=rate,
        )
        for line, item in zip(lines, totals.items, strict=True):
            line.amount, line.discount, line.tax = item.amount, item.discount, item.tax
        way = WAYS[state]
        now = timezone.now()
        times = {
            "paid_at": now if State.PAID in way else None,
            "shipped_at": now if State.SHIPPED in way else None,
            "pay_until": None if State.PAID in way else now + timedelta(minutes=30),
        }
        amounts = {
            name: getattr(totals, name)
            for name in ("subtotal", "discount", "delivery", "delivery_tax", "tax", "total")
        }
        if state == State.REFUNDED:
            amounts["refunded"] = totals.total
        order: Order = super().create(**{**times, **amounts, **kwargs})
        for line in lines:
            line.order = order
        OrderLine.objects.bulk_create(lines)
        states = ["", State.PLACED, *way]
        OrderEvent.objects.bulk_create(
            OrderEvent(order=order, kind=OrderEvent.Kind.STATE, before=before, after=after)
            for before, after in pairwise(states)
        )
        return order


def _line(**given: Any) -> OrderLine:
    values = {
        "title": "Red boots",
        "sku": "BOOT-M",
        "options": [["Color", "Red"], ["Size", "M"]],
        "unit_price": "89.00",
        "quantity": 1,
        "tax_rate": "19.00",
        **given,
    }
    if "variant" not in values:
        values["variant"] = VariantFactory(price=Decimal(values["unit_price"]), stock=5)
        values["sku"] = values["variant"].sku
    if values["variant"] is not None:
        values["product"] = values["variant"].product
    values["unit_price"] = Decimal(values["unit_price"])
    values["tax_rate"] = Decimal(values["tax_rate"])
    return OrderLine(**values)
