"""The wishlist: of guests, of users, and at login."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.accounts.personal_data import erase_account, export_account
from shop.cart.models import CartLine
from shop.catalog.models import Product
from shop.wishes import wishlist
from shop.wishes.models import WishlistItem
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long password of a test"


@pytest.fixture
def user() -> User:
    return User.objects.create_user("ada", "ada@example.com", PASSWORD)


def product(title: str = "Red boots", **values: Any) -> Product:
    return ProductFactory(title=title, **values)


def wish(client: Client, of: Product, sku: str = "") -> Any:
    variant = of.variants.get(sku=sku) if sku else of.variants.first()
    return client.post(reverse("wishes:add"), {"variant": variant.sku, "next": "/"})  # type: ignore[union-attr]


def page(client: Client) -> str:
    response = client.get("/wishlist/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("logged_in", [False, True])
def test_a_wish_is_kept_shown_and_taken_off(client: Client, user: User, logged_in: bool) -> None:
    if logged_in:
        client.force_login(user)
    boots = product()
    address = boots.get_absolute_url()
    assert "Put on the wishlist" in client.get(address).content.decode()

    assert wish(client, boots).headers["Location"] == "/"

    assert "Red boots" in page(client)
    html = client.get(address).content.decode()
    assert "Take off the wishlist" in html
    key = html.split('name="wish" value="')[1].split('"')[0]

    client.post(reverse("wishes:remove"), {"wish": key})

    assert "Nothing here yet" in page(client)


def test_wishing_twice_is_once_with_the_later_choice(client: Client, user: User) -> None:
    client.force_login(user)
    boots = product(variants=[{"sku": "S"}, {"sku": "M"}])
    wish(client, boots, "S")
    wish(client, boots, "M")

    assert [one.variant.sku for one in WishlistItem.objects.all()] == ["M"]  # type: ignore[union-attr]


def test_a_guest_who_logs_in_takes_the_wishes_along(client: Client, user: User) -> None:
    boots, mug, hat = product("Red boots"), product("Mug"), product("Hat")
    WishlistItem.objects.create(user=user, product=mug, title="Mug")
    wish(client, boots)
    wish(client, mug)
    wish(client, hat)

    client.force_login(user)

    kept = WishlistItem.objects.filter(user=user).values_list("title", flat=True)
    assert list(kept) == ["Hat", "Red boots", "Mug"]
    assert client.session.get(wishlist.SESSION_KEY) is None


@pytest.mark.parametrize("logged_in", [False, True])
def test_a_product_that_is_gone_is_said(client: Client, user: User, logged_in: bool) -> None:
    if logged_in:
        client.force_login(user)
    gone, hidden = product("Gone boots"), product("Hidden mug")
    wish(client, gone)
    wish(client, hidden)
    gone.delete()
    Product.objects.filter(pk=hidden.pk).update(published=False)

    html = page(client)

    assert "Gone boots" in html and "Hidden mug" in html
    assert html.count("The shop no longer has this") == 2
    assert "Move to the cart" not in html


def test_a_wish_moves_to_the_cart(client: Client) -> None:
    boots = product(variants=[{"sku": "B", "stock": 2}])
    wish(client, boots)

    response = client.post(reverse("wishes:move"), {"wish": str(boots.pk)}, follow=True)

    assert CartLine.objects.get().variant.sku == "B"
    html = response.content.decode()
    assert "Red boots is in the cart" in html and "Nothing here yet" in html


def test_what_is_sold_out_meanwhile_stays_on_the_list(client: Client) -> None:
    boots = product(variants=[{"sku": "B", "stock": 1}])
    wish(client, boots)
    boots.variants.update(stock=0)

    html = client.post(reverse("wishes:move"), {"wish": str(boots.pk)}, follow=True)

    assert "is sold out" in html.content.decode()
    assert not CartLine.objects.exists()
    assert "Red boots" in page(client)


def test_another_ones_wishes_are_out_of_reach(client: Client, user: User) -> None:
    other = User.objects.create_user("eve")
    theirs = WishlistItem.objects.create(user=other, product=product(), title="Red boots")
    client.force_login(user)

    client.post(reverse("wishes:remove"), {"wish": theirs.pk})
    client.post(reverse("wishes:move"), {"wish": theirs.pk})

    assert WishlistItem.objects.filter(pk=theirs.pk).exists()
    assert not CartLine.objects.exists()
    assert "Red boots" not in page(client)


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 40, "²"])
def test_whatever_is_sent_nothing_breaks(client: Client, user: User, key: str) -> None:
    for _ in range(2):
        assert client.post(reverse("wishes:remove"), {"wish": key}).status_code == 302
        assert client.post(reverse("wishes:move"), {"wish": key}).status_code == 302
        client.force_login(user)
    assert client.post(reverse("wishes:add"), {"variant": key}).status_code == 404
    assert client.get(reverse("wishes:add")).status_code == 405


def test_next_stays_in_the_shop(client: Client) -> None:
    sent = {"variant": product().variants.get().sku, "next": "https://evil.example/"}
    assert client.post(reverse("wishes:add"), sent).headers["Location"] == "/wishlist/"


def test_a_full_list_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wishlist, "MOST", 1)
    wish(client, product("Mug"))
    boots = product()
    sku = boots.variants.get().sku
    response = client.post(reverse("wishes:add"), {"variant": sku}, follow=True)

    assert "Your wishlist is full" in response.content.decode()
    assert "Red boots" not in page(client)


def test_queries_do_not_grow_with_the_list(client: Client, user: User) -> None:
    client.force_login(user)
    counts = []
    for number in range(2):
        for _ in range(1 + 7 * number):
            made = product(images=1, variants=[{"options": {"size": "S"}}, {}])
            wish(client, made)
        page(client)
        with CaptureQueriesContext(connection) as asked:
            page(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_wishes_are_part_of_ones_data(user: User) -> None:
    WishlistItem.objects.create(user=user, product=product(), title="Red boots")

    assert export_account(user)["wishlist"][0]["product"] == "Red boots"
    erase_account(user=user)

    assert not WishlistItem.objects.exists()


def test_what_no_page_sends_is_no_error(client: Client) -> None:
    boots = product()
    variant = boots.variants.get()

    odd = client.post(reverse("wishes:add"), {"variant": "a\0b"})
    named = client.post(reverse("wishes:add"), {"variant": variant.sku, "next": "not-a-view"})
    off = client.post(reverse("wishes:remove"), {"wish": "1", "next": "not-a-view"})

    assert odd.status_code == 404
    assert named.headers["Location"] == off.headers["Location"] == "not-a-view"
