"""Orders that wait to be paid hold stock: one shopper has so many of them, and no more."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from shop.cart import services as carts
from shop.checkout.limits import MOST_UNPAID
from shop.orders.models import Order
from shop.orders.services import transition
from shop.orders.states import State
from tests.factories import VariantFactory
from tests.shop.shopping import cart_with, delivery, order_of

pytestmark = pytest.mark.django_db

TYPED = {
    "email": "Ada@example.com",
    "shipping-which": "new",
    "shipping-country": "US",
    "shipping-name": "Ada Lovelace",
    "shipping-line1": "12 Long Lane",
    "shipping-postcode": "12345",
    "shipping-city": "Springfield",
    "billing-which": "same",
}


def test_who_has_too_many_unpaid_orders_pays_one_first(client: Client) -> None:
    method, boots = delivery(), VariantFactory(stock=9)
    for _ in range(MOST_UNPAID):
        order = order_of({boots: 1}, method=method)
    session = client.session
    session[carts.SESSION_KEY] = str(cart_with({boots: 1}).token)
    session.save()
    client.post("/checkout/", TYPED)
    client.post("/checkout/delivery/", {"method": method.pk})
    review = client.get("/checkout/review/").content.decode()
    form = dict(re.findall(r'name="(key|total)" value="([^"]*)"', review))

    refused = client.post("/checkout/review/", form, follow=True).content.decode()

    assert f"{MOST_UNPAID} orders of yours wait to be paid." in refused
    assert Order.objects.count() == MOST_UNPAID

    transition(order_id=order.pk, to=State.PAID)
    client.post("/checkout/review/", form)

    assert Order.objects.count() == MOST_UNPAID + 1
