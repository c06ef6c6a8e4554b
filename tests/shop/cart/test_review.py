"""Prices and stock change while a cart waits: it is brought in step, and the shopper told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shop.cart.models import Cart
from shop.cart.review import review_cart
from shop.catalog.models import Product, Variant
from tests.factories import ProductFactory
from tests.shop.shopping import cart_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def cart() -> Cart:
    product = ProductFactory(title="Boots", variants=[{"price": "20.00", "stock": 5}])
    return cart_with({product.variants.get(): 3})


def test_a_cart_in_step_has_nothing_to_say(cart: Cart) -> None:
    assert review_cart(cart=cart) == []


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("15", "Boots now costs $15.00, which is less than before ($20.00)."),
        ("25", "Boots now costs $25.00, which is more than before ($20.00)."),
    ],
)
def test_a_price_is_told_once(cart: Cart, price: str, said: str) -> None:
    Variant.objects.update(price=Decimal(price))

    assert [change.text for change in review_cart(cart=cart)] == [said]
    assert review_cart(cart=cart) == []


def test_of_what_is_short_the_rest_stays(cart: Cart) -> None:
    Variant.objects.update(stock=2)

    assert [change.text for change in review_cart(cart=cart)] == [
        "Only 2 of Boots are left: the quantity was lowered."
    ]
    assert cart.lines.get().quantity == 2


def test_what_is_sold_out_is_taken_out(cart: Cart) -> None:
    Variant.objects.update(stock=0)

    (change,) = review_cart(cart=cart)

    assert change.text == "Boots is sold out by now, and was taken out."
    assert change.product is not None  # its page has more of its kind
    assert not cart.lines.exists()


def test_what_is_no_longer_shown_is_taken_out(cart: Cart) -> None:
    Product.objects.update(published=False)

    (change,) = review_cart(cart=cart)

    assert "no longer sold" in change.text
    assert change.product is None
    assert not cart.lines.exists()
