"""Carts and checkouts that nobody comes back to, and those of who goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import now

from shop.accounts.personal_data import erase_account, export_account
from shop.cart.models import Cart
from shop.checkout.models import Checkout
from shop.checkout.tasks import forget_abandoned
from shop.orders.models import Order
from tests.factories import VariantFactory
from tests.shop.shopping import cart_with, checkout_of, delivery, place

pytestmark = pytest.mark.django_db


def test_what_was_left_alone_for_long_is_forgotten() -> None:
    boots, method = VariantFactory(stock=9), delivery()
    old, fresh = cart_with({boots: 1}), cart_with({boots: 1})
    own = cart_with({boots: 1}, user=User.objects.create_user("ada"))
    for cart in (old, fresh, own):
        checkout_of(cart, method=method)
    order = place(checkout_of(cart_with({boots: 1}), method=method))
    long_ago = now() - timedelta(days=61)
    Cart.objects.exclude(pk=fresh.pk).update(updated_at=long_ago)
    Checkout.objects.exclude(cart=fresh).update(updated_at=long_ago)

    forget_abandoned()

    assert set(Cart.objects.all()) == {fresh, own}
    assert [checkout.cart for checkout in Checkout.objects.all()] == [fresh]
    assert Order.objects.get() == order


def test_a_customer_s_cart_and_checkout_are_told_and_erased() -> None:
    ada = User.objects.create_user("ada", "ada@example.com")
    boots = VariantFactory(sku="BOOTS", product__title="Red boots")
    checkout_of(cart_with({boots: 2}, user=ada), method=delivery())

    told = export_account(ada)
    erase_account(user=ada)

    assert (told["cart"][0]["product"], told["cart"][0]["quantity"]) == ("Red boots", 2)
    assert told["checkouts"][0]["delivery_address"]["city"] == "Springfield"
    assert not Cart.objects.exists()
    assert not Checkout.objects.exists()
