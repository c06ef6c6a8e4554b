"""Ordering again: what is still sold is in the cart, what is not is named."""

from __future__ import annotations

import pytest
from django.test import Client

from shop.cart.models import CartLine
from shop.catalog.models import Variant
from shop.orders import links
from shop.orders.models import Order
from tests.factories import ProductFactory
from tests.shop.orders.factories import OrderFactory

pytestmark = pytest.mark.django_db


def variant(title: str, **values: object) -> Variant:
    made: Variant = ProductFactory(title=title, variants=[{"stock": 5, **values}]).variants.get()
    return made


def order_again(order: Order) -> list[str]:
    """The messages that the shopper reads."""
    client = Client()
    client.get(links.signed_path(order))
    response = client.post(f"{order.get_absolute_url()}again/", follow=True)
    assert response.status_code == 200
    return [str(message) for message in response.context["messages"]]


def test_what_is_sold_goes_into_the_cart() -> None:
    boots, mug = variant("Boots"), variant("Mug")
    order = OrderFactory(lines=[{"variant": boots, "quantity": 2}, {"variant": mug, "quantity": 1}])

    told = order_again(order)

    lines = {line.variant: line.quantity for line in CartLine.objects.all()}
    assert lines == {boots: 2, mug: 1}
    assert told == ["3 things of your order are in the cart."]


def test_what_is_gone_or_fewer_is_named() -> None:
    fewer, sold_out = variant("Boots", stock=1), variant("Lamps", stock=0)
    hidden, gone = variant("Hats"), variant("Vases")
    order = OrderFactory(
        lines=[
            {"variant": one, "title": one.product.title, "sku": one.sku, "quantity": 2}
            for one in (fewer, sold_out, hidden, gone)
        ]
    )
    hidden.product.published = False
    hidden.product.save()
    gone.product.delete()

    told = order_again(order)

    assert CartLine.objects.get().quantity == 1
    for title in ("Boots", "Lamps", "Hats", "Vases"):
        assert sum(title in words for words in told) == 1, title
    assert "1 thing of your order is in the cart." in told


def test_an_order_of_which_nothing_is_left_leads_back_to_it() -> None:
    order = OrderFactory(lines=[{"title": "Vases", "variant": None}])

    told = order_again(order)

    assert told == ["“Vases” is no longer sold."]
    assert not CartLine.objects.exists()


def test_it_takes_a_post() -> None:
    order = OrderFactory()
    client = Client()
    client.get(links.signed_path(order))

    assert client.get(f"{order.get_absolute_url()}again/").status_code == 405
