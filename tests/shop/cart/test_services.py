"""What a shopper does with a cart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest

from shop.cart import services
from shop.cart.models import MOST_LINES, MOST_OF_ONE, Cart, CartLine
from shop.cart.services import NotAdded
from shop.catalog.models import Product, Variant
from shop.promotions.models import Voucher
from shop.promotions.services import Customer, VoucherRejected
from shop.signals import cart_added
from tests.factories import ProductFactory, VariantFactory
from tests.shop.shopping import cart_with, request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> HttpRequest:
    return request_of()


def held(cart: Cart | None) -> dict[str, int]:
    assert cart is not None
    return dict(cart.lines.values_list("variant__sku", "quantity"))


def test_a_visitor_has_no_cart_until_something_is_in_it(visitor: HttpRequest) -> None:
    assert services.cart_of(visitor) is None
    assert services.count_items(visitor) == 0


def test_what_is_added_is_in_the_session_s_cart(visitor: HttpRequest) -> None:
    VariantFactory(sku="BOOT", stock=5)

    services.add_to_cart(request=visitor, sku="BOOT", quantity=2)
    services.add_to_cart(request=visitor, sku="BOOT")

    assert held(services.cart_of(visitor)) == {"BOOT": 3}
    assert services.count_items(visitor) == 3


def test_a_user_has_one_cart_on_all_devices() -> None:
    ada = User.objects.create_user("ada")
    VariantFactory(sku="BOOT", stock=5)

    services.add_to_cart(request=request_of(ada), sku="BOOT")

    assert held(services.cart_of(request_of(ada))) == {"BOOT": 1}


def test_a_token_of_a_cart_that_belongs_to_an_account_is_no_key_to_it(
    visitor: HttpRequest,
) -> None:
    cart = cart_with({VariantFactory(): 1}, user=User.objects.create_user("ada"))
    visitor.session[services.SESSION_KEY] = str(cart.token)

    assert services.cart_of(visitor) is None
    assert services.count_items(visitor) == 0


def test_no_more_is_added_than_there_is(visitor: HttpRequest) -> None:
    product = ProductFactory(title="Boots", variants=[{"sku": "BOOT", "stock": 3}])

    added = services.add_to_cart(request=visitor, sku="BOOT", quantity=5)

    assert (added.quantity, added.message) == (3, "Only 3 of Boots are left.")
    with pytest.raises(NotAdded, match="only 3 of Boots, and they are in your cart"):
        services.add_to_cart(request=visitor, sku="BOOT")
    Product.objects.filter(pk=product.pk).update(published=False)
    with pytest.raises(NotAdded, match="no longer sold"):
        services.add_to_cart(request=visitor, sku="BOOT")


def test_a_cart_holds_so_many_of_one_thing(visitor: HttpRequest) -> None:
    VariantFactory(sku="NAIL", stock=1000)

    added = services.add_to_cart(request=visitor, sku="NAIL", quantity=500)

    assert added.quantity == MOST_OF_ONE
    assert "99 of one thing" in added.message


@pytest.mark.parametrize(
    ("sku", "quantity", "said"),
    [
        ("NOTHING", 1, "no longer sold"),
        ("GONE", 1, "sold out"),
        ("HIDDEN", 1, "no longer sold"),
        ("BOOT", 0, "1 or more"),
        ("BOOT", -2, "1 or more"),
    ],
)
def test_what_cannot_be_had_is_said(
    visitor: HttpRequest, sku: str, quantity: int, said: str
) -> None:
    VariantFactory(sku="BOOT")
    VariantFactory(sku="GONE", stock=0)
    VariantFactory(sku="HIDDEN", published=False)

    with pytest.raises(NotAdded, match=said):
        services.add_to_cart(request=visitor, sku=sku, quantity=quantity)

    assert not CartLine.objects.exists()


def test_a_full_cart_says_so(visitor: HttpRequest) -> None:
    product = ProductFactory(variants=[])
    variants = Variant.objects.bulk_create(
        Variant(product=product, sku=f"N{n}", price=1, stock=1) for n in range(MOST_LINES + 1)
    )
    cart = services.cart_or_new(visitor)
    CartLine.objects.bulk_create(
        CartLine(cart=cart, variant=one, quantity=1, price_seen=1) for one in variants[:-1]
    )

    with pytest.raises(NotAdded, match="full"):
        services.add_to_cart(request=visitor, sku=variants[-1].sku)


def test_listeners_hear_of_what_was_added(visitor: HttpRequest) -> None:
    variant = VariantFactory(sku="BOOT", stock=3)
    told = []

    def listen(product_id: int, variant_id: int, quantity: int, **_: object) -> None:
        told.append((product_id, variant_id, quantity))

    cart_added.connect(listen)
    try:
        services.add_to_cart(request=visitor, sku="BOOT", quantity=9)
    finally:
        cart_added.disconnect(listen)

    assert told == [(variant.product_id, variant.pk, 3)]


def test_a_quantity_is_set_lowered_and_taken_out() -> None:
    boots = VariantFactory(stock=5)
    cart = cart_with({boots: 1})

    assert services.set_quantity(cart=cart, variant_id=boots.pk, quantity=4) == ""
    assert "Only 5" in services.set_quantity(cart=cart, variant_id=boots.pk, quantity=7)
    assert cart.lines.get().quantity == 5
    services.set_quantity(cart=cart, variant_id=boots.pk, quantity=0)
    assert not cart.lines.exists()
    services.set_quantity(cart=cart, variant_id=boots.pk, quantity=2)
    assert cart.lines.get().quantity == 2


def test_a_quantity_of_what_is_sold_out_is_none() -> None:
    boots = VariantFactory(stock=5)
    cart = cart_with({boots: 1})
    Variant.objects.update(stock=0)

    said = services.set_quantity(cart=cart, variant_id=boots.pk, quantity=1)

    assert "no longer to be had" in said
    assert not cart.lines.exists()


def test_a_voucher_is_used_once_it_fits() -> None:
    cart = cart_with({VariantFactory(price=Decimal(30)): 1})
    Voucher.objects.create(code="FORTY", value=5, minimum=40)
    Voucher.objects.create(code="TWENTY", value=5, minimum=20)

    with pytest.raises(VoucherRejected, match=r"40\.00 or more"):
        services.apply_voucher(cart=cart, code="forty", customer=Customer())
    services.apply_voucher(cart=cart, code=" twenty ", customer=Customer())
    cart.refresh_from_db()

    assert cart.voucher is not None
    assert cart.voucher.code == "TWENTY"
