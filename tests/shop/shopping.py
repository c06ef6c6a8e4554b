"""Makes what a test about buying needs: a shop that delivers, carts, checkouts, placed orders."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from shop.addresses import PostalAddress
from shop.cart.models import Cart, CartLine
from shop.cart.quotes import Quote, quote
from shop.catalog.models import Variant
from shop.checkout.models import Checkout
from shop.checkout.placing import place_order
from shop.delivery.models import DeliveryMethod
from shop.orders.models import Order
from shop.promotions.models import Voucher
from shop.promotions.services import Customer
from shop.taxes.models import TaxRate

HOME = PostalAddress(
    name="Ada Lovelace", line1="12 Long Lane", postcode="12345", city="Springfield", country="US"
)


def delivery(price: str = "4.90", **values: Any) -> DeliveryMethod:
    """A way of delivery to the US and Germany at one price."""
    method = DeliveryMethod.objects.create(
        **{"name": "Parcel", "countries": ["US", "DE"], **values}
    )
    method.rates.create(price=Decimal(price))
    return method


def tax(country: str = "US", rate: str = "10", category: str = "standard") -> TaxRate:
    return TaxRate.objects.create(country=country, rate=Decimal(rate), category=category)


def request_of(user: User | None = None) -> HttpRequest:
    """A request with a session, of a visitor or a user."""
    request = RequestFactory().post("/")
    request.user = user or AnonymousUser()
    request.session = SessionStore()
    return request


def cart_with(
    quantities: Mapping[Variant, int], *, user: User | None = None, voucher: Voucher | None = None
) -> Cart:
    """A cart whose shopper has seen the prices of today."""
    cart = Cart.objects.create(user=user, voucher=voucher)
    for variant, quantity in quantities.items():
        CartLine.objects.create(
            cart=cart, variant=variant, quantity=quantity, price_seen=variant.price
        )
    return cart


def checkout_of(
    cart: Cart,
    *,
    method: DeliveryMethod,
    email: str = "ada@example.com",
    address: PostalAddress = HOME,
    gateway: str = "test",
) -> Checkout:
    """A checkout in which all is said."""
    return Checkout.objects.create(
        cart=cart,
        user=cart.user,
        email=email,
        shipping=address.as_dict(),
        delivery_method=method,
        gateway=gateway,
    )


def quote_of(checkout: Checkout) -> Quote:
    """What the shopper is shown at the end of a checkout."""
    cart = checkout.cart
    assert cart is not None
    return quote(
        lines=list(cart.lines.in_full()),
        country=checkout.shipping["country"],
        method_id=checkout.delivery_method_id,
        voucher=cart.voucher,
        customer=Customer(user=checkout.user, email=checkout.email),
    )


def place(checkout: Checkout) -> Order:
    """The order of a checkout, at the total that it shows now."""
    return place_order(key=checkout.key, total=quote_of(checkout).totals.total)


def order_of(
    quantities: Mapping[Variant, int], *, user: User | None = None, **values: Any
) -> Order:
    """An order, just placed; delivered by a method of its own unless one is given."""
    method = values.pop("method", None) or delivery()
    voucher = values.pop("voucher", None)
    cart = Cart.objects.filter(user=user).first() if user is not None else None
    if cart is None:
        cart = cart_with(quantities, user=user, voucher=voucher)
    else:
        for variant, quantity in quantities.items():
            CartLine.objects.create(
                cart=cart, variant=variant, quantity=quantity, price_seen=variant.price
            )
        cart.voucher = voucher
        cart.save()
    return place(checkout_of(cart, method=method, **values))
