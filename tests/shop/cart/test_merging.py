"""What a visitor put into the cart goes along into the account at login."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from shop.cart import services
from shop.cart.merging import merge_at_login
from shop.cart.models import Cart
from shop.promotions.models import Voucher
from tests.factories import VariantFactory
from tests.shop.shopping import cart_with, request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


def test_of_each_thing_the_larger_number_counts(ada: User) -> None:
    boots, mugs, hats = VariantFactory(), VariantFactory(), VariantFactory()
    own = cart_with({boots: 1, mugs: 3}, user=ada)
    guest = cart_with({boots: 2, mugs: 1, hats: 1})
    request = request_of()
    request.session[services.SESSION_KEY] = str(guest.token)

    said = merge_at_login(request=request, user=ada)

    assert dict(own.lines.values_list("variant", "quantity")) == {
        boots.pk: 2,
        mugs.pk: 3,
        hats.pk: 1,
    }
    assert said == "1 thing that you put into the cart earlier is in it again."
    assert list(Cart.objects.all()) == [own]


def test_an_account_without_a_cart_takes_the_visitor_s(ada: User) -> None:
    boots = VariantFactory()
    voucher = Voucher.objects.create(code="TEN", value=10)
    guest = cart_with({boots: 2}, voucher=voucher)
    request = request_of()
    request.session[services.SESSION_KEY] = str(guest.token)

    said = merge_at_login(request=request, user=ada)

    cart = Cart.objects.get(user=ada)
    assert (cart, cart.voucher, said) == (guest, voucher, "")
    assert services.SESSION_KEY not in request.session


def test_merging_twice_does_no_harm(ada: User) -> None:
    cart_with({VariantFactory(): 1}, user=ada)
    guest = cart_with({VariantFactory(): 1})
    request = request_of()
    request.session[services.SESSION_KEY] = str(guest.token)

    merge_at_login(request=request, user=ada)
    request.session[services.SESSION_KEY] = str(guest.token)
    merge_at_login(request=request, user=ada)

    assert Cart.objects.get(user=ada).lines.count() == 2


def test_the_cart_of_somebody_else_is_not_merged(ada: User) -> None:
    other = cart_with({VariantFactory(): 1}, user=User.objects.create_user("eve"))
    request = request_of()
    request.session[services.SESSION_KEY] = str(other.token)

    merge_at_login(request=request, user=ada)

    assert other.lines.count() == 1
    assert not Cart.objects.filter(user=ada).exists()
