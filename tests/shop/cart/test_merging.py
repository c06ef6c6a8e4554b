"""What a visitor put into the cart goes along into the account at login."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from shop.cart import services
from shop.cart.merging import merge_at_login
from shop.cart.models import Cart
from shop.checkout.models import Checkout
from shop.promotions.models import Voucher
from tests.factories import VariantFactory
from tests.shop.shopping import cart_with, request_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


def test_of_each_thing_the_larger_number_counts(
    ada: User, django_capture_on_commit_callbacks: Any
) -> None:
    boots, mugs, hats = VariantFactory(), VariantFactory(), VariantFactory()
    own = cart_with({boots: 1, mugs: 3}, user=ada)
    guest = cart_with({boots: 2, mugs: 1, hats: 1})
    request = request_of()
    request.session[services.SESSION_KEY] = str(guest.token)

    with django_capture_on_commit_callbacks(execute=True):
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


@pytest.mark.django_db(transaction=True)
def test_whoever_logs_in_while_an_order_is_placed_holds_it_up_in_no_circle(ada: User) -> None:
    own = cart_with({VariantFactory(): 1}, user=ada)
    guest = cart_with({VariantFactory(): 1})
    checkout = Checkout.objects.create(cart=guest)
    request = request_of()
    request.session[services.SESSION_KEY] = str(guest.token)
    raised: list[BaseException] = []

    def log_in() -> None:
        try:
            merge_at_login(request=request, user=ada)
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=log_in)
    with transaction.atomic():  # what placing locks, in its order
        Checkout.objects.select_for_update().get(pk=checkout.pk)
        other.start()
        end = time.monotonic() + 10
        while not somebody_waits():
            assert time.monotonic() < end
            time.sleep(0.02)
        Cart.objects.select_for_update(nowait=True).get(pk=guest.pk)
    other.join()

    assert not raised
    assert own.lines.count() == 2
    assert list(Cart.objects.all()) == [own]


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
