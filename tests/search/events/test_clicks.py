"""Results that were opened, put in the cart and bought, as the shop's signals tell it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from search.events import buffer, query_ids, trail
from search.events.models import BoughtTogether, Click
from shop.catalog.models import Product, Variant
from shop.signals import cart_added, order_placed
from tests.factories import ProductFactory
from tests.search.events.conftest import asked, record, request, stored

pytestmark = pytest.mark.django_db

SESSION = django_settings.SESSION_COOKIE_NAME


@pytest.fixture
def boots() -> Product:
    return ProductFactory(title="Boots", slug="boots")


def open_result(client: Client, product: Product, query_id: str, **headers: str) -> Any:
    return client.get(product.get_absolute_url(), {"from": query_id}, headers=headers)


def clicks() -> list[tuple[int, int, str]]:
    stored()
    rows = Click.objects.order_by("pk").values_list("product_id", "position", "kind")
    return list(rows)


def put_in_cart(made: HttpRequest, product: Product) -> None:
    variant = product.variants.get()
    cart_added.send_robust(
        sender=Variant, request=made, product_id=product.pk, variant_id=variant.pk, quantity=1
    )


def order(made: HttpRequest | None, *products: Product) -> None:
    keys = [product.pk for product in products]
    order_placed.send_robust(sender=object, request=made, product_ids=keys)


# --- Opened -------------------------------------------------------------------------------------


def test_a_result_that_is_opened_is_a_click(shopper: Client, boots: Product) -> None:
    other = ProductFactory(title="Boots, too")
    query_id = record({"q": "boots"})

    response = open_result(shopper, other, query_id)

    assert response.status_code == 200
    assert clicks() == [(other.pk, 2, "click")]


def test_opened_again_it_is_the_same_click(shopper: Client, boots: Product) -> None:
    query_id = record({"q": "boots"})

    open_result(shopper, boots, query_id)
    open_result(shopper, boots, query_id)
    assert buffer.waiting() == 2  # the search and one click
    stored()
    buffer._client().flushdb()  # what was told lately is forgotten, too
    open_result(shopper, boots, query_id)

    assert clicks() == [(boots.pk, 1, "click")]


def test_the_page_is_the_same_page_with_and_without(shopper: Client, boots: Product) -> None:
    query_id = record({"q": "boots"})

    plain = shopper.get(boots.get_absolute_url())
    opened = open_result(shopper, boots, query_id)

    assert without_origin(opened.content, query_id) == without_origin(plain.content, query_id)
    assert (
        '<link rel="canonical" href="http://testserver/product/boots/">' in plain.content.decode()
    )


def test_a_page_that_no_search_led_to_begins_no_session(shopper: Client, boots: Product) -> None:
    page = shopper.get(boots.get_absolute_url())

    assert SESSION not in page.cookies


def without_origin(page: bytes, query_id: str) -> str:
    """A page but for what its forms carry along: where from, and a CSRF token of their own."""
    shown = page.decode().replace(f"&amp;from={query_id}", "")
    shown = shown.replace(f'<input type="hidden" name="from" value="{query_id}">', "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)


@pytest.mark.parametrize("told", ["", "x", "0" * 32, "' OR 1=1 --", "a" * 5000, "\x00"])
def test_what_is_no_search_of_ours_is_ignored(shopper: Client, boots: Product, told: str) -> None:
    assert open_result(shopper, boots, told).status_code == 200
    assert buffer.waiting() == 0


def test_a_product_that_the_search_did_not_show_is_no_click(
    shopper: Client, boots: Product
) -> None:
    mug = ProductFactory(title="Mug")
    query_id = record({"q": "boots"})

    open_result(shopper, mug, query_id)

    assert clicks() == []


def test_a_search_that_is_too_old_gets_no_clicks(shopper: Client, boots: Product) -> None:
    old = asked(products=[boots.pk], at=timezone.now() - timedelta(days=2))

    open_result(shopper, boots, old.pk.hex)

    assert clicks() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"DNT": "1"},
        {"Sec-GPC": "1"},
        {"User-Agent": "Mozilla/5.0 (compatible; bingbot/2.0)"},
    ],
)
def test_a_page_that_is_not_opened_by_a_shopper_is_no_click(
    shopper: Client, boots: Product, headers: dict[str, str]
) -> None:
    query_id = record({"q": "boots"})

    page = open_result(shopper, boots, query_id, **headers)

    assert page.status_code == 200
    assert clicks() == []
    assert SESSION not in page.cookies


def test_a_head_request_is_no_click(shopper: Client, boots: Product) -> None:
    query_id = record({"q": "boots"})

    shopper.head(f"{boots.get_absolute_url()}?from={query_id}")

    assert clicks() == []


# --- Cart and order -----------------------------------------------------------------------------


def with_session_of(client: Client) -> HttpRequest:
    made = request("/cart/", method="POST")
    made.COOKIES[SESSION] = client.cookies[SESSION].value
    made.session = client.session
    return made


def test_cart_and_order_belong_to_the_search_that_led_there(
    shopper: Client, boots: Product, django_capture_on_commit_callbacks: Any
) -> None:
    query_id = record({"q": "boots"})
    open_result(shopper, boots, query_id)
    made = with_session_of(shopper)

    with django_capture_on_commit_callbacks(execute=True):
        put_in_cart(made, boots)
        order(made, boots, ProductFactory())

    assert clicks() == [(boots.pk, 1, "click"), (boots.pk, 1, "cart"), (boots.pk, 1, "purchase")]
    assert trail.find(made, boots.pk) is None  # it has told its part


def test_what_was_not_searched_for_is_nobodys_cart(
    shopper: Client, boots: Product, django_capture_on_commit_callbacks: Any
) -> None:
    open_result(shopper, boots, record({"q": "boots"}))
    made = with_session_of(shopper)

    with django_capture_on_commit_callbacks(execute=True):
        put_in_cart(made, ProductFactory())
        put_in_cart(request("/cart/", method="POST"), boots)  # another visitor

    assert [kind for *_, kind in clicks()] == ["click"]


def test_a_cart_beside_a_result_says_of_which_search(
    boots: Product, django_capture_on_commit_callbacks: Any
) -> None:
    query_id = record({"q": "boots"})

    with django_capture_on_commit_callbacks(execute=True):
        put_in_cart(request(f"/cart/?from={query_id}", method="POST"), boots)

    assert clicks() == [(boots.pk, 1, "cart")]


def test_the_newest_search_that_led_to_a_product_counts(shopper: Client, boots: Product) -> None:
    first, second = record({"q": "boots"}), record({"q": "boots boots"})

    open_result(shopper, boots, first)
    open_result(shopper, boots, second)

    step = trail.find(with_session_of(shopper), boots.pk)
    assert step is not None and step.query_id.hex == second


def test_the_trail_is_short_and_of_a_few_hours(
    shopper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    products = [ProductFactory(title="Boots") for _ in range(trail.MOST + 3)]
    query_id = record({"q": "boots"})
    for product in products:
        open_result(shopper, product, query_id)
    made = with_session_of(shopper)
    assert [trail.find(made, one.pk) is not None for one in products].count(True) == trail.MOST
    assert trail.find(made, products[0].pk) is None

    (key,) = buffer._client().keys("*search-trail*")
    assert 0 < buffer._client().ttl(key) <= trail.KEEP_SECONDS
    later = time.time() + trail.KEEP_SECONDS + 60
    monkeypatch.setattr(time, "time", lambda: later)

    assert trail.find(made, products[-1].pk) is None


def test_an_order_that_is_rolled_back_was_none(boots: Product) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        order(None, boots, ProductFactory())
        1 / 0  # noqa: B018

    assert buffer.waiting() == 0


def test_an_order_without_a_request_counts_what_was_bought_together(
    boots: Product, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        order(None, boots, ProductFactory())
    stored()

    assert BoughtTogether.objects.count() == 4


@pytest.mark.parametrize("made", [None, "DNT"])
def test_no_order_is_counted_where_it_is_not_wanted(
    boots: Product, settings: Any, made: str | None, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EVENTS = made is not None

    with django_capture_on_commit_callbacks(execute=True):
        order(request(DNT="1") if made else None, boots, ProductFactory())

    assert buffer.waiting() == 0


def test_a_receiver_that_fails_is_no_concern_of_the_shopper(
    shopper: Client, boots: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    query_id = record({"q": "boots"})
    monkeypatch.setattr(query_ids, "parse", lambda *_: 1 / 0)

    page = open_result(shopper, boots, query_id)

    assert page.status_code == 200
