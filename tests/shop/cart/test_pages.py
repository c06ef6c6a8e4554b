"""The cart's page, and what shoppers do on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from shop.cart import services
from shop.cart.models import Cart
from shop.catalog.models import Variant
from shop.promotions.models import Voucher
from shop.signals import cart_added
from tests.factories import ProductFactory, VariantFactory
from tests.shop.shopping import cart_with, delivery, tax

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def take(client: Client, cart: Cart) -> Cart:
    """Have the client's session hold the cart."""
    session = client.session
    session[services.SESSION_KEY] = str(cart.token)
    session.save()
    return cart


def page(client: Client) -> str:
    response = client.get("/cart/")
    assert response.status_code == 200
    return text(response)


def text(response: HttpResponse) -> str:
    """The page without tags, blanks as one: what is read on it."""
    body = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("&quot;", '"')


def told(response: HttpResponse) -> list[str]:
    return [re.sub(r"<[^>]+>", "", str(one)) for one in get_messages(response.wsgi_request)]


def quantities(cart: Cart) -> dict[str, int]:
    return dict(cart.lines.values_list("variant__sku", "quantity"))


def boots(**values: Any) -> Variant:
    product = ProductFactory(title="Red boots", variants=[])
    return VariantFactory(**{"product": product, "sku": "BOOTS", "price": "89.00", **values})


# --- The page -----------------------------------------------------------------------------------


def test_an_empty_cart_shows_ways_on(client: Client) -> None:
    html = client.get("/cart/").content.decode()

    assert "Your cart is empty" in html
    assert 'href="/account/login/?next=/cart/"' in html


def test_the_page_shows_what_it_is_about(client: Client) -> None:
    delivery("4.90", name="Parcel")
    tax(rate="10")
    variant = boots(compare_at_price="109.00", stock=3, options={"size": "M", "color": "Red"})
    take(client, cart_with({variant: 2}))

    words = page(client)

    for part in ("Red boots", "Red, M", "$89.00", "$109.00", "$178.00", "Only 3 left"):
        assert part in words
    assert "Delivery Parcel $4.90" in words
    assert "Total, estimated $182.90" in words
    assert "of which tax 10% $16.63" in words


def test_the_page_is_kept_by_nobody_and_found_by_no_search_engine(client: Client) -> None:
    response = client.get("/cart/")

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_queries_do_not_grow_with_the_lines(client: Client) -> None:
    delivery()
    tax()
    voucher = Voucher.objects.create(code="TEN", value=10)
    few = cart_with({boots(options={"size": "M"}): 1}, voucher=voucher)
    more = {}
    for number in range(20):
        product = ProductFactory(variants=[], images=1)
        more[VariantFactory(product=product, options={"size": f"Size {number}"})] = 1
    many = cart_with(more, voucher=voucher)

    counts = []
    for cart in (few, few, many):
        take(client, cart)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client)
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_somebody_else_s_cart_is_not_shown(client: Client) -> None:
    cart = cart_with({boots(): 1}, user=User.objects.create_user("eve"))
    take(client, cart)

    assert "Your cart is empty" in page(client)
    client.post("/cart/remove/", {"variant": "BOOTS"})
    client.post("/cart/update/", {"variant": "BOOTS", "quantity": "3"})
    assert quantities(cart) == {"BOOTS": 1}


# --- The link in the header ---------------------------------------------------------------------


def test_the_header_counts_what_is_in_the_cart(client: Client) -> None:
    take(client, cart_with({boots(): 2, VariantFactory(): 1}))

    assert "(3 items)" in text(client.get("/"))


def test_the_count_costs_a_query_only_where_there_is_a_cart(client: Client) -> None:
    client.get("/")  # what is read once
    with CaptureQueriesContext(connection) as without:
        client.get("/")
    take(client, cart_with({boots(): 2}))
    with CaptureQueriesContext(connection) as with_cart:
        client.get("/")

    def about_carts(queries: CaptureQueriesContext) -> int:
        return sum("cart_cart" in one["sql"] for one in queries.captured_queries)

    assert (about_carts(without), about_carts(with_cart)) == (0, 1)


# --- Adding -------------------------------------------------------------------------------------


def test_adding_puts_it_into_a_cart_and_goes_back(client: Client) -> None:
    boots()

    response = client.post(
        "/cart/add/", {"variant": "BOOTS", "quantity": "2", "next": "/product/x/?variant=BOOTS"}
    )

    assert (response.status_code, response["Location"]) == (302, "/product/x/?variant=BOOTS")
    assert told(response) == ["2 × “Red boots” are in your cart. Go to the cart"]
    assert quantities(Cart.objects.get()) == {"BOOTS": 2}


def test_adding_is_told_to_listeners(client: Client) -> None:
    variant = boots()
    heard: list[tuple[int, int, str]] = []

    def hear(request: Any, variant_id: int, quantity: int, **_: Any) -> None:
        heard.append((variant_id, quantity, request.POST["from"]))

    cart_added.connect(hear)
    client.post("/cart/add/", {"variant": "BOOTS", "from": "abc"})
    cart_added.disconnect(hear)

    assert heard == [(variant.pk, 1, "abc")]


@pytest.mark.parametrize(
    "address",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\else", ""],
)
def test_next_leads_nowhere_else(client: Client, address: str) -> None:
    boots()

    response = client.post("/cart/add/", {"variant": "BOOTS", "next": address})

    assert response["Location"] == "/cart/"


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("0", "Enter how many as a whole number, such as 1."),
        ("-1", "Enter how many as a whole number, such as 1."),
        ("many", "Enter how many as a whole number, such as 1."),
        ("", "Enter how many, such as 1."),
        ("100", "99 of one thing is the most that the cart holds."),
    ],
)
def test_a_wrong_quantity_is_refused_with_words(client: Client, quantity: str, words: str) -> None:
    boots()

    response = client.post("/cart/add/", {"variant": "BOOTS", "quantity": quantity})

    assert told(response) == [words]
    assert not Cart.objects.exists()


def test_more_than_there_is_is_refused_or_lowered_with_words(client: Client) -> None:
    boots(stock=3)

    first = client.post("/cart/add/", {"variant": "BOOTS", "quantity": "5"})
    second = client.post("/cart/add/", {"variant": "BOOTS", "quantity": "1"})

    assert told(first)[0].startswith("Only 3 of Red boots are left.")
    assert told(second)[-1] == "There are only 3 of Red boots, and they are in your cart."
    assert quantities(Cart.objects.get()) == {"BOOTS": 3}


@pytest.mark.parametrize("values", [{"published": False}, {"stock": 0}])
def test_what_cannot_be_bought_is_not_added(client: Client, values: dict[str, Any]) -> None:
    boots(**values)

    client.post("/cart/add/", {"variant": "BOOTS"})
    client.post("/cart/add/", {"variant": "NO SUCH"})

    assert not Cart.objects.exists()


def test_htmx_gets_words_and_the_link(client: Client) -> None:
    boots()

    html = client.post("/cart/add/", {"variant": "BOOTS"}, headers=HTMX).content.decode()

    assert "“Red boots” is in your cart." in html
    assert re.search(r'id="cart-link"[^>]*hx-swap-oob="true"', html)
    assert "(1 item)" in html
    assert "<html" not in html


@pytest.mark.parametrize("name", ["add", "update", "remove", "undo", "voucher", "country"])
def test_changes_are_posts_with_a_token(name: str) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.get(f"/cart/{name}/").status_code == 405
    assert client.post(f"/cart/{name}/", {"variant": "BOOTS"}).status_code == 403


# --- Changing -----------------------------------------------------------------------------------

Change = Callable[..., HttpResponse]


@pytest.fixture
def cart(client: Client) -> Cart:
    return take(client, cart_with({boots(stock=5): 2}))


def test_a_quantity_is_changed(client: Client, cart: Cart) -> None:
    response = client.post("/cart/update/", {"variant": "BOOTS", "quantity": "4"})

    assert response["Location"] == "/cart/"
    assert quantities(cart) == {"BOOTS": 4}


def test_htmx_gets_the_cart_as_it_is_then(client: Client, cart: Cart) -> None:
    response = client.post("/cart/update/", {"variant": "BOOTS", "quantity": "4"}, headers=HTMX)

    words = text(response)
    assert "$356.00" in words
    assert "(4 items)" in words
    assert "<html" not in response.content.decode()


def test_a_quantity_beyond_the_stock_is_lowered_and_said(client: Client, cart: Cart) -> None:
    client.post("/cart/update/", {"variant": "BOOTS", "quantity": "9"})

    assert "Only 5 of Red boots are left." in page(client)
    assert quantities(cart) == {"BOOTS": 5}


def test_a_wrong_quantity_stands_beside_its_field(client: Client, cart: Cart) -> None:
    client.post("/cart/update/", {"variant": "BOOTS", "quantity": "2.5"})

    html = client.get("/cart/").content.decode()

    assert re.search(r'value="2.5"[^>]*aria-invalid="true"[^>]*autofocus', html)
    assert "Enter how many as a whole number, such as 1." in html
    assert quantities(cart) == {"BOOTS": 2}


def test_quantity_zero_takes_out(client: Client, cart: Cart) -> None:
    client.post("/cart/update/", {"variant": "BOOTS", "quantity": "0"})

    assert "Removed “Red boots”." in page(client)
    assert quantities(cart) == {}


def test_what_was_removed_can_be_put_back(client: Client, cart: Cart) -> None:
    client.post("/cart/remove/", {"variant": "BOOTS"})
    html = client.get("/cart/").content.decode()
    assert "Removed “Red boots”." in html
    assert "Undo" not in page(client)  # it is offered once
    form = re.search(r'<form action="/cart/undo/".*?</form>', html, re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(variant|quantity)" value="([^"]+)"', form[0]))

    client.post("/cart/undo/", fields)

    assert quantities(cart) == {"BOOTS": 2}


def test_undo_of_what_is_no_longer_sold_says_so(client: Client, cart: Cart) -> None:
    client.post("/cart/remove/", {"variant": "BOOTS"})
    Variant.objects.update(published=False)

    client.post("/cart/undo/", {"variant": "BOOTS", "quantity": "2"})

    assert "This is no longer sold." in page(client)


def test_changes_of_what_is_gone_do_no_harm(client: Client, cart: Cart) -> None:
    for name in ("update", "remove", "undo"):
        response = client.post(f"/cart/{name}/", {"variant": "NO SUCH", "quantity": "1"})
        assert response.status_code == 302
    assert quantities(cart) == {"BOOTS": 2}


# --- Changes meanwhile --------------------------------------------------------------------------


def test_a_changed_price_is_said_once(client: Client, cart: Cart) -> None:
    Variant.objects.update(price=Decimal("95.00"))

    first, second = page(client), page(client)

    words = "Red boots now costs $95.00, which is more than before ($89.00)."
    assert words in first
    assert words not in second
    assert "$190.00" in second


def test_fewer_left_lowers_the_quantity(client: Client, cart: Cart) -> None:
    Variant.objects.update(stock=1)

    assert "Only 1 of Red boots is left: the quantity was lowered." in page(client)
    assert quantities(cart) == {"BOOTS": 1}


@pytest.mark.parametrize("values", [{"published": False}, {"stock": 0}])
def test_what_is_gone_is_taken_out_and_said(
    client: Client, cart: Cart, values: dict[str, Any]
) -> None:
    Variant.objects.update(**values)

    words = page(client)

    assert "was taken out." in words
    assert "Your cart is empty" in words


# --- Vouchers -----------------------------------------------------------------------------------


def test_a_voucher_is_used_and_taken_off(client: Client, cart: Cart) -> None:
    Voucher.objects.create(code="TEN", value=10)

    client.post("/cart/voucher/", {"code": " ten "})
    used = page(client)
    client.post("/cart/voucher/", {"remove": "1"})

    assert "Discount TEN -$17.80" in used
    assert "Discount" not in page(client)


def test_an_empty_cart_says_nothing_of_its_voucher(client: Client) -> None:
    voucher = Voucher.objects.create(code="TEN", value=10, minimum=20)
    take(client, cart_with({}, voucher=voucher))

    assert "TEN" not in page(client)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nope", "There is no voucher “nope”."),
        ("", "Enter the code of the voucher."),
        ("BIG", "The voucher BIG is for orders of $500.00 or more."),
    ],
)
def test_a_wrong_voucher_stands_beside_its_field(
    client: Client, cart: Cart, code: str, words: str
) -> None:
    Voucher.objects.create(code="BIG", value=10, minimum=500)

    client.post("/cart/voucher/", {"code": code})
    html = client.get("/cart/").content.decode()

    assert words in html
    assert re.search(r'name="code"[^>]*aria-invalid="true"', html)


def test_a_voucher_that_expired_meanwhile_takes_nothing_off(client: Client, cart: Cart) -> None:
    voucher = Voucher.objects.create(code="TEN", value=10)
    client.post("/cart/voucher/", {"code": "TEN"})
    Voucher.objects.filter(pk=voucher.pk).update(ends_at=now() - timedelta(minutes=1))

    words = page(client)

    assert "The voucher TEN expired on" in words
    assert "Discount" not in words


# --- The estimate -------------------------------------------------------------------------------


def test_the_estimate_is_for_the_chosen_country(client: Client, cart: Cart) -> None:
    delivery("4.90", name="Parcel")
    delivery("2.00", name="Letter", countries=["DE"])
    tax("DE", "19")

    client.post("/cart/country/", {"country": "DE"})

    words = page(client)
    assert "Delivery Letter $2.00" in words
    assert "of which tax 19%" in words


def test_a_country_that_is_not_served_is_refused(client: Client, cart: Cart) -> None:
    delivery()

    client.post("/cart/country/", {"country": "FR"})

    assert "We do not deliver there yet. Choose a country of the list." in page(client)
    cart.refresh_from_db()
    assert cart.country == ""


def test_a_shop_that_delivers_nowhere_shows_its_carts(client: Client, cart: Cart) -> None:
    assert "$178.00" in page(client)


# --- Logging in ---------------------------------------------------------------------------------


def test_the_cart_goes_along_into_the_account(client: Client, cart: Cart) -> None:
    ada = User.objects.create_user("ada", "ada@example.com", "for these tests")
    own = cart_with({VariantFactory(sku="MUG"): 1}, user=ada)

    client.force_login(ada)

    assert quantities(own) == {"MUG": 1, "BOOTS": 2}
    assert "Red boots" in page(client)


# --- What no page of ours sends -------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/cart/add/", "/cart/update/", "/cart/remove/", "/cart/undo/"])
def test_a_character_that_no_sku_has_is_no_error(client: Client, cart: Cart, address: str) -> None:
    for quantity in ("0", "1"):
        response = client.post(address, {"variant": "BOOT\0", "quantity": quantity})
        assert response.status_code == 302


@pytest.mark.parametrize("address", ["-1", "catalog:home", "shop.cart.views.page", "?x=1"])
def test_next_is_an_address_and_never_the_name_of_a_view(
    client: Client, cart: Cart, address: str
) -> None:
    response = client.post("/cart/add/", {"variant": "BOOT-M", "next": address})

    assert (response.status_code, response.url) == (  # type: ignore[attr-defined]
        302,
        "/cart/" if ":" in address else address,
    )


def test_undo_puts_nothing_into_a_full_cart(
    client: Client, cart: Cart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_LINES", cart.lines.count())
    other = VariantFactory(stock=5)

    client.post("/cart/undo/", {"variant": other.sku, "quantity": "1"})

    assert "The cart is full" in page(client)
    assert not cart.lines.filter(variant=other).exists()


def test_codes_of_vouchers_are_not_guessed_without_end(client: Client, cart: Cart) -> None:
    Voucher.objects.create(code="RIGHT", kind="percent", value=10)
    for number in range(30):
        client.post("/cart/voucher/", {"code": f"WRONG{number}"})

    client.post("/cart/voucher/", {"code": "RIGHT"})

    cart.refresh_from_db()
    assert cart.voucher is None
    assert "That was often. Please wait a minute, then try again." in page(client)
