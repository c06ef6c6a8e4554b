"""The steps of a checkout, and what may go wrong on the way."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from shop.accounts.models import Address
from shop.accounts.services import save_address
from shop.addresses import PostalAddress
from shop.cart import services as carts
from shop.cart.models import Cart
from shop.catalog.models import Variant
from shop.checkout import typed
from shop.checkout.models import Checkout
from shop.delivery.models import DeliveryMethod
from shop.orders.models import Order
from shop.orders.states import State
from shop.payments.gateways import GatewayUnavailable
from shop.promotions.models import Voucher
from shop.store.current import current_store
from shop.store.models import LegalPage
from tests.factories import ProductFactory, VariantFactory
from tests.shop.shopping import HOME, cart_with, delivery, tax

pytestmark = pytest.mark.django_db

ADDRESS, DELIVERY, PAYMENT, REVIEW = (
    "/checkout/",
    "/checkout/delivery/",
    "/checkout/payment/",
    "/checkout/review/",
)
TYPED = {
    "email": "ada@example.com",
    "shipping-which": "new",
    "shipping-country": "US",
    "shipping-name": "Ada Lovelace",
    "shipping-line1": "12 Long Lane",
    "shipping-postcode": "12345",
    "shipping-city": "Springfield",
    "billing-which": "same",
}


@pytest.fixture
def parcel() -> DeliveryMethod:
    return delivery("4.90", name="Parcel")


@pytest.fixture
def variant(parcel: DeliveryMethod) -> Variant:
    return VariantFactory(
        product=ProductFactory(title="Red boots", variants=[]), sku="BOOTS", price="89.00", stock=5
    )


@pytest.fixture
def cart(client: Client, variant: Variant) -> Cart:
    """The cart of a guest: two pairs of boots."""
    return hold(client, cart_with({variant: 2}))


@pytest.fixture
def ada(client: Client) -> User:
    """A customer who is logged in."""
    user = User.objects.create_user("ada", "ada@example.com", "for these tests")
    client.force_login(user)
    return user


def hold(client: Client, cart: Cart) -> Cart:
    session = client.session
    session[carts.SESSION_KEY] = str(cart.token)
    session.save()
    return cart


def text(response: HttpResponse) -> str:
    """What is read on the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(client: Client, address: str) -> str:
    """What is read where the address leads to."""
    response = client.get(address, follow=True)
    assert response.status_code == 200
    return text(response)


def say_all(client: Client, method: DeliveryMethod | None = None) -> None:
    """Go through the steps up to the review."""
    assert client.post(ADDRESS, TYPED)["Location"] == DELIVERY
    method = method or DeliveryMethod.objects.get()
    assert client.post(DELIVERY, {"method": method.pk})["Location"] == REVIEW


def order_form(client: Client) -> dict[str, str]:
    """The hidden fields of the form that orders."""
    html = client.get(REVIEW).content.decode()
    found = dict(re.findall(r'name="(key|total)" value="([^"]+)"', html))
    assert set(found) == {"key", "total"}
    return found


# --- The way ------------------------------------------------------------------------------------


def test_a_guest_orders(client: Client, cart: Cart) -> None:
    tax(rate="10")
    say_all(client)
    review = page(client, REVIEW)
    for part in ("ada@example.com", "12 Long Lane", "Parcel, 2–4 working days", "$182.90"):
        assert part in review
    assert "Place order and pay $182.90" in review

    response = client.post(REVIEW, order_form(client))

    order = Order.objects.get()
    assert response.status_code == 302
    assert response["Location"].startswith("http://testserver/payments/test/") or response[
        "Location"
    ].startswith("/payments/test/")
    assert (order.total, order.email, order.user) == (Decimal("182.90"), "ada@example.com", None)
    assert client.get(order.get_absolute_url()).status_code == 200
    assert cart.lines.count() == 0


def test_a_customer_orders_to_a_kept_address(client: Client, variant: Variant, ada: User) -> None:
    cart_with({variant: 1}, user=ada)
    kept = save_address(user=ada, postal=HOME)
    html = client.get(ADDRESS).content.decode()
    assert "You are logged in as <b>ada@example.com</b>" in html
    assert re.search(rf'name="shipping-which" value="{kept.pk}"[^>]*checked', html)

    client.post(ADDRESS, {"shipping-which": str(kept.pk), "billing-which": "same"})
    client.post(DELIVERY, {"method": DeliveryMethod.objects.get().pk})
    client.post(REVIEW, order_form(client))

    order = Order.objects.get()
    assert (order.user, order.email) == (ada, "ada@example.com")
    assert order.shipping_address == HOME


def test_a_typed_address_is_kept_in_the_account_if_wished(
    client: Client, variant: Variant, ada: User
) -> None:
    cart_with({variant: 1}, user=ada)

    client.post(ADDRESS, TYPED | {"shipping-keep": "on"})
    client.post(ADDRESS, TYPED | {"shipping-keep": "on"})
    client.post(ADDRESS, TYPED | {"shipping-city": "Shelbyville"})

    assert [one.postal for one in Address.objects.filter(user=ada)] == [HOME]


def test_the_invoice_may_go_elsewhere(client: Client, cart: Cart) -> None:
    other = {
        key.replace("shipping-", "billing-"): value
        for key, value in TYPED.items()
        if key.startswith("shipping-")
    }
    client.post(ADDRESS, TYPED | other | {"billing-country": "FR", "billing-city": "Lyon"})

    checkout = Checkout.objects.get()
    assert (checkout.shipping["city"], checkout.billing["city"]) == ("Springfield", "Lyon")
    assert page(client, ADDRESS).count("Another address") == 1


def test_the_payment_is_asked_for_where_there_is_a_choice(
    client: Client, cart: Cart, settings: Any
) -> None:
    settings.PAYMENT_GATEWAYS = ["test", "stripe"]
    client.post(ADDRESS, TYPED)
    method = DeliveryMethod.objects.get()
    assert client.post(DELIVERY, {"method": method.pk})["Location"] == PAYMENT
    assert "First choose how to pay." in page(client, REVIEW)

    assert client.post(PAYMENT, {"gateway": "nothing"})["Location"] == PAYMENT
    assert "That is not offered any more." in page(client, PAYMENT)
    assert client.post(PAYMENT, {"gateway": "test"})["Location"] == REVIEW

    assert Checkout.objects.get().gateway == "test"
    assert 'href="/checkout/payment/"' in client.get(REVIEW).content.decode()


def test_nothing_is_paid_for_what_costs_nothing(
    client: Client, cart: Cart, parcel: DeliveryMethod, settings: Any
) -> None:
    settings.PAYMENT_GATEWAYS = ["test", "stripe"]
    parcel.rates.update(price=0)
    Cart.objects.update(voucher=Voucher.objects.create(code="ALL", value=100))
    client.post(ADDRESS, TYPED)
    client.post(DELIVERY, {"method": parcel.pk})
    assert client.get(PAYMENT)["Location"] == REVIEW
    assert "Place order, nothing to pay" in page(client, REVIEW)

    response = client.post(REVIEW, order_form(client))

    order = Order.objects.get()
    assert order.state == State.PAID
    assert response["Location"] == f"{order.get_absolute_url()}?placed=1"


def test_a_shop_without_payments_takes_no_orders(client: Client, cart: Cart, settings: Any) -> None:
    settings.PAYMENT_GATEWAYS = []
    client.post(ADDRESS, TYPED)
    client.post(DELIVERY, {"method": DeliveryMethod.objects.get().pk})

    words = page(client, REVIEW)

    assert "This shop takes no payments at the moment" in words
    assert "Place order" not in words


@pytest.mark.parametrize("address", [ADDRESS, DELIVERY, REVIEW])
def test_pages_are_kept_by_nobody(client: Client, cart: Cart, address: str) -> None:
    say_all(client)

    response = client.get(address)

    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_queries_do_not_grow_with_the_lines(client: Client, cart: Cart) -> None:
    tax()
    say_all(client)

    def count() -> list[int]:
        counts = []
        for address in (ADDRESS, DELIVERY, REVIEW):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    count()
    before = count()
    for number in range(20):
        product = ProductFactory(variants=[], images=1)
        more = VariantFactory(product=product, options={"size": f"Size {number}"})
        cart.lines.create(variant=more, quantity=1, price_seen=more.price)

    assert count() == before


# --- The order of the steps ---------------------------------------------------------------------


def test_later_steps_lead_to_the_first_open_one(client: Client, cart: Cart) -> None:
    for address in (DELIVERY, REVIEW):
        assert client.get(address)["Location"] == ADDRESS
    assert "First say where the order goes." in page(client, REVIEW)
    client.post(ADDRESS, TYPED)

    assert client.get(REVIEW)["Location"] == DELIVERY
    assert "First choose how the order is delivered." in page(client, REVIEW)


def test_earlier_steps_can_be_gone_back_to(client: Client, cart: Cart) -> None:
    say_all(client)

    html = client.get(REVIEW).content.decode()

    assert f'href="{ADDRESS}"' in html
    assert f'href="{DELIVERY}"' in html
    assert 'value="12 Long Lane"' in client.get(ADDRESS).content.decode()


def test_posting_a_later_step_changes_nothing(client: Client, cart: Cart) -> None:
    response = client.post(DELIVERY, {"method": DeliveryMethod.objects.get().pk})

    assert response["Location"] == ADDRESS
    assert Checkout.objects.get().delivery_method is None


# --- What is typed ------------------------------------------------------------------------------


def test_what_is_missing_is_said_at_its_field(client: Client, cart: Cart) -> None:
    response = client.post(ADDRESS, {"email": "ada@", "shipping-name": "Ada", "billing-which": ""})
    assert response["Location"] == ADDRESS  # a redirect: reloading sends nothing again

    html = client.get(ADDRESS).content.decode()

    for words in (
        "Enter a whole e-mail address, such as name@example.com.",
        "Choose the country.",
        "Enter the street and the number of the house.",
        "Invoice address: Enter the town.",
    ):
        assert words in html
    assert '<a href="#id_shipping-line1">' in html
    field = re.search(r'<input[^>]*name="email"[^>]*>', html)
    assert field
    for attribute in ('value="ada@"', 'aria-invalid="true"', "autofocus", "id_email_error"):
        assert attribute in field[0]
    assert html.count("autofocus") == 1
    assert 'value="Ada"' in html  # nothing is lost
    assert Checkout.objects.get().email == ""


def test_once_it_is_right_nothing_more_is_said(client: Client, cart: Cart) -> None:
    client.post(ADDRESS, {})
    client.post(ADDRESS, TYPED)

    assert "not right yet" not in page(client, ADDRESS)


def test_fields_carry_what_browsers_and_phones_need(client: Client, cart: Cart) -> None:
    html = client.get(ADDRESS).content.decode()

    assert re.search(r'type="email" name="email"[^>]*autocomplete="email"', html)
    assert 'autocomplete="shipping postal-code"' in html
    assert 'autocomplete="billing address-line1"' in html
    assert re.search(r'type="tel" name="shipping-phone"', html)


def test_a_country_that_is_not_served_is_refused(client: Client, cart: Cart) -> None:
    client.post(ADDRESS, TYPED | {"shipping-country": "FR"})

    assert "We do not deliver there. Choose a country of the list." in page(client, ADDRESS)


def test_a_kept_address_that_is_not_served_is_refused(
    client: Client, variant: Variant, ada: User
) -> None:
    cart_with({variant: 1}, user=ada)
    paris = PostalAddress("Ada", "1 Rue de Lyon", "75001", "Paris", "FR")
    kept = save_address(user=ada, postal=paris)

    client.post(ADDRESS, {"shipping-which": str(kept.pk), "billing-which": "same"})

    assert "We do not deliver there. Choose another address." in page(client, ADDRESS)


def test_somebody_else_s_address_cannot_be_chosen(
    client: Client, variant: Variant, ada: User
) -> None:
    cart_with({variant: 1}, user=ada)
    eve = User.objects.create_user("eve")
    hers = save_address(user=eve, postal=HOME)

    client.post(ADDRESS, {"shipping-which": str(hers.pk), "billing-which": str(hers.pk)})

    words = page(client, ADDRESS)
    assert "Choose one of the addresses." in words
    assert "12 Long Lane" not in words
    assert Checkout.objects.get().shipping == {}


def test_a_method_that_does_not_go_there_cannot_be_chosen(client: Client, cart: Cart) -> None:
    other = delivery(name="Elsewhere", countries=["DE"])
    client.post(ADDRESS, TYPED)

    client.post(DELIVERY, {"method": other.pk})

    assert "That is no longer offered for this order. Choose another." in page(client, DELIVERY)
    assert Checkout.objects.get().delivery_method is None


def test_goods_that_nothing_delivers_there_leave_ways_on(
    client: Client, cart: Cart, parcel: DeliveryMethod
) -> None:
    client.post(ADDRESS, TYPED)
    parcel.rates.update(up_to=1)

    words = page(client, DELIVERY)

    assert "We cannot deliver these goods to this address" in words
    assert "Choose another address" in words


def test_a_shop_that_delivers_nowhere_says_so(client: Client, cart: Cart) -> None:
    DeliveryMethod.objects.update(active=False)

    assert "This shop does not deliver anywhere yet" in page(client, ADDRESS)


def test_terms_are_agreed_to_where_there_are_any(client: Client, cart: Cart) -> None:
    LegalPage.objects.update_or_create(
        kind="terms", language="en", defaults={"text": "Words.", "published": True}
    )
    say_all(client)
    form = order_form(client)

    response = client.post(REVIEW, form)
    assert response["Location"] == REVIEW
    assert "Tick this to say that you agree" in page(client, REVIEW)
    assert not Order.objects.exists()

    client.post(REVIEW, form | {"terms": "on"})
    assert Order.objects.count() == 1


# --- Meanwhile ----------------------------------------------------------------------------------


def refused(client: Client, form: dict[str, str]) -> str:
    """Try to order, which must not be: what is read then."""
    response = client.post(REVIEW, form, follow=True)
    assert response.status_code == 200
    assert not Order.objects.exists()
    return text(response)


def test_a_price_that_changed_is_shown_again(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    Variant.objects.update(price=Decimal("95.00"))

    words = refused(client, form)

    assert "Red boots now costs $95.00, which is more than before ($89.00)." in words
    assert "Place order and pay $194.90" in words
    client.post(REVIEW, order_form(client))
    assert Order.objects.get().total == Decimal("194.90")


def test_what_changes_during_another_step_is_told_on_the_next_page(
    client: Client, cart: Cart
) -> None:
    client.get(ADDRESS)
    Variant.objects.update(price=Decimal("95.00"))

    client.post(ADDRESS, TYPED)

    words = "Red boots now costs $95.00, which is more than before ($89.00)."
    assert words in page(client, DELIVERY)
    assert words not in page(client, DELIVERY)


def test_of_what_is_short_the_rest_is_offered(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    Variant.objects.update(stock=1)

    words = refused(client, form)

    assert "Only 1 of Red boots is left: the quantity was lowered." in words
    assert "Place order and pay $93.90" in words


def test_what_was_sold_out_meanwhile_leads_to_the_cart(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    Variant.objects.update(stock=0)

    words = refused(client, form)

    assert "Red boots is sold out by now, and was taken out." in words
    assert "Your cart is empty" in words


def test_a_voucher_that_expired_meanwhile_is_taken_off(client: Client, cart: Cart) -> None:
    voucher = Voucher.objects.create(code="TEN", value=10)
    Cart.objects.update(voucher=voucher)
    say_all(client)
    form = order_form(client)
    Voucher.objects.update(ends_at=now() - timedelta(minutes=1))

    words = refused(client, form)

    assert "The voucher TEN expired on" in words
    assert words.count("The voucher TEN expired on") == 1
    assert "It was taken off." in words
    assert "Place order and pay $182.90" in words
    client.post(REVIEW, order_form(client))
    assert Order.objects.get().voucher_code == ""


def test_a_voucher_that_the_customer_has_used_is_taken_off_once_they_are_known(
    client: Client, cart: Cart
) -> None:
    voucher = Voucher.objects.create(code="ONCE", value=10, limit_per_customer=1)
    voucher.uses.create(reference="EARLIER", customer="ada@example.com")
    Cart.objects.update(voucher=voucher)

    client.post(ADDRESS, TYPED)

    assert "You have used the voucher ONCE already." in page(client, DELIVERY)


def test_delivery_that_is_no_longer_offered_is_chosen_again(
    client: Client, cart: Cart, parcel: DeliveryMethod
) -> None:
    say_all(client)
    form = order_form(client)
    express = delivery("9.90", name="Express")
    DeliveryMethod.objects.filter(pk=parcel.pk).update(active=False)

    words = refused(client, form)

    assert "The delivery that you chose is no longer offered" in words
    assert "How should it come?" in words
    say_all(client, express)
    assert "Express" in page(client, REVIEW)


def test_another_total_in_another_tab_is_refused(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    client.post("/cart/update/", {"variant": "BOOTS", "quantity": "3"})

    words = refused(client, form)

    assert "The total has changed. Please look at it once more." in words
    assert "Place order and pay $271.90" in words


@pytest.mark.parametrize("total", ["", "much", "NaN", "sNaN", "-Infinity", "-1", "1e999999"])
def test_a_total_that_no_form_sends_is_refused(client: Client, cart: Cart, total: str) -> None:
    say_all(client)
    form = order_form(client)

    refused(client, form | {"total": total})


def test_another_currency_is_another_total(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    assert form["total"] == "182.90 USD"
    store = current_store()
    store.currency = "GBP"
    store.save()

    words = refused(client, form)

    assert "The total has changed. Please look at it once more." in words
    assert "Place order and pay £182.90" in words


def test_what_no_form_asks_for_is_not_kept_in_the_session(client: Client, cart: Cart) -> None:
    client.post(ADDRESS, {**TYPED, "email": "ada@", "more": "x" * 100_000})

    assert len(client.session[typed.SESSION_KEY]["data"]) < typed.MOST_KEPT


def test_an_emptied_cart_is_not_ordered(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    client.post("/cart/remove/", {"variant": "BOOTS"})

    assert "Your cart is empty" in refused(client, form)


# --- Once, and only one's own -------------------------------------------------------------------


def test_the_same_form_again_is_the_same_order(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)

    first, second = client.post(REVIEW, form), client.post(REVIEW, form)

    assert Order.objects.count() == 1
    assert Order.objects.get().payments.count() == 1
    assert first["Location"] == second["Location"]


@pytest.mark.parametrize("address", [ADDRESS, DELIVERY, PAYMENT, REVIEW])
def test_pages_of_a_placed_checkout_lead_to_its_order(
    client: Client, cart: Cart, address: str
) -> None:
    say_all(client)
    client.post(REVIEW, order_form(client))

    assert client.get(address)["Location"] == Order.objects.get().get_absolute_url()


def test_after_an_order_there_is_a_fresh_checkout(
    client: Client, cart: Cart, variant: Variant
) -> None:
    say_all(client)
    form = order_form(client)
    client.post(REVIEW, form)
    client.post("/cart/add/", {"variant": "BOOTS"})

    assert "Where does it go?" in page(client, ADDRESS)
    again = client.post(REVIEW, form)

    assert Order.objects.count() == 1
    assert "/payments/test/" in again["Location"]


def test_an_empty_cart_is_not_checked_out(client: Client) -> None:
    for address in (ADDRESS, DELIVERY, PAYMENT, REVIEW):
        assert client.get(address)["Location"] == "/cart/"
    words = page(client, ADDRESS)
    assert "There is nothing to check out." in words
    assert "Your cart is empty" in words


def test_a_lost_session_says_where_the_order_is(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    client.cookies.clear()

    words = refused(client, form)

    assert "the mail that confirms the order has a link to it" in words


def test_somebody_else_s_checkout_is_not_placed(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    stranger = Client()

    for key in (form["key"], str(uuid.uuid4()), "nothing", ""):
        response = stranger.post(REVIEW, form | {"key": key})
        assert response["Location"] == "/cart/"
    assert not Order.objects.exists()


def test_somebody_else_s_placed_order_is_not_shown_by_its_key(client: Client, cart: Cart) -> None:
    say_all(client)
    form = order_form(client)
    client.post(REVIEW, form)
    stranger = Client()

    response = stranger.post(REVIEW, form)

    assert response["Location"] == "/cart/"
    assert stranger.get(Order.objects.get().get_absolute_url()).status_code == 404


def test_forms_need_a_token(cart: Cart) -> None:
    client = Client(enforce_csrf_checks=True)

    for address in (ADDRESS, DELIVERY, PAYMENT, REVIEW):
        assert client.post(address, TYPED).status_code == 403


# --- Paying -------------------------------------------------------------------------------------


@pytest.fixture
def silent_gateway() -> Iterator[None]:
    with patch(
        "shop.payments.test_gateway.TestGateway.start",
        side_effect=GatewayUnavailable("It does not answer."),
    ):
        yield


def test_a_payment_that_cannot_start_leaves_the_order(
    client: Client, cart: Cart, silent_gateway: None
) -> None:
    say_all(client)

    response = client.post(REVIEW, order_form(client), follow=True)

    words = text(response)
    assert Order.objects.get().state == State.PLACED
    assert "Your order is placed and kept for you" in words
    assert "It does not answer." in words
    assert "Pay now" in words


def test_orders_are_not_placed_too_often(
    client: Client, cart: Cart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "rest_framework.throttling.SimpleRateThrottle.THROTTLE_RATES",
        {"placing": "60/min", "placing-session": "2/min"},
    )
    say_all(client)
    form = order_form(client)
    for _ in range(2):
        client.post(REVIEW, form | {"total": "1"})

    words = refused(client, form)

    assert "That was often. Nothing is lost" in words
