"""The shopper's pages of an order, and whose eyes they are for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shop.accounts import personal_data
from shop.catalog.models import Product
from shop.fulfilment.services import take_back
from shop.orders import links, services
from shop.orders.amounts import tax_by_rate
from shop.orders.models import SESSION_KEY, Order, OrderEvent
from shop.orders.states import State
from tests.shop.orders.factories import ADDRESS, OrderFactory

pytestmark = pytest.mark.django_db

NASTY = "“Größe <b>'quoted'</b> & \"more\"” 🧦 שלום " + "x" * 150


def user(email: str = "ada@example.com") -> User:
    made = User.objects.create_user(email.split("@")[0], email, "a password of hers")
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def guest_of(order: Order) -> Client:
    client = Client()
    client.get(links.signed_path(order))
    return client


def placer_of(order: Order) -> Client:
    """The browser in which a guest placed the order."""
    client = Client()
    session = client.session
    session[SESSION_KEY] = [order.number]
    session.save()
    return client


def page_of(order: Order) -> str:
    response = guest_of(order).get(order.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


# --- Who may look -------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["", "invoice.pdf", "credit-note.pdf"])
def test_somebody_elses_order_is_not_found(part: str) -> None:
    order = services.transition(order_id=OrderFactory(user=user()).pk, to=State.PAID)
    address = order.get_absolute_url() + part
    anonymous, other = Client(), Client()
    other.force_login(user("eve@example.com"))
    guest_of(OrderFactory())

    assert anonymous.get(address).status_code == 404
    assert other.get(address).status_code == 404
    assert guest_of(OrderFactory()).get(address).status_code == 404


def test_somebody_elses_order_is_not_ordered_again() -> None:
    order = OrderFactory()

    assert Client().post(f"{order.get_absolute_url()}again/").status_code == 404


def test_an_order_is_seen_by_its_account_and_by_the_session_that_placed_it() -> None:
    owner = user()
    order = OrderFactory(user=owner)
    by_account, by_session = Client(), placer_of(order)
    by_account.force_login(owner)

    assert by_account.get(order.get_absolute_url()).status_code == 200
    assert by_session.get(order.get_absolute_url()).status_code == 200


# --- What it says -------------------------------------------------------------------------------


def test_amounts_are_as_they_were_stored() -> None:
    order = OrderFactory(
        lines=[
            {"title": "Boots", "unit_price": "89.90", "quantity": 3, "tax_rate": "19"},
            {"title": "Book", "unit_price": "7.35", "quantity": 1, "tax_rate": "7"},
        ],
        discounted="20.00",
        voucher_code="SPRING",
        billing=ADDRESS.as_dict() | {"name": "Babbage & Co"},
    )

    page = page_of(order)

    for amount in (order.subtotal, order.delivery, order.total):
        assert f"${amount}" in page
    for one in tax_by_rate(order, order.lines.all()):
        assert f"${one.tax}" in page
    assert "-$20.00" in page
    assert "SPRING" in page
    assert "Babbage &amp; Co" in page
    assert "St James&#x27;s" in page


@pytest.mark.parametrize("included", [True, False])
def test_the_taxes_of_the_rates_sum_to_the_orders(included: bool) -> None:
    order = OrderFactory(
        lines=[
            {"unit_price": "0.99", "quantity": 7, "tax_rate": rate}
            for rate in ("19", "7", "0", "19")
        ],
        prices_include_tax=included,
        discounted="3.33",
    )

    rates = tax_by_rate(order, order.lines.all())

    assert [one.rate for one in rates] == [0, 7, 19]
    assert sum(one.tax for one in rates) == order.tax
    assert sum(one.net + one.tax for one in rates) == order.total


@pytest.mark.parametrize("state", State)
def test_each_state_is_told_in_words(state: State) -> None:
    order = OrderFactory(state=state)

    page = page_of(order)

    assert page.count('aria-current="step"') == 1
    assert "None" not in page
    assert "Red boots" in page


def test_a_placed_order_says_until_when_to_pay_and_that_it_lapses() -> None:
    order = OrderFactory()

    page = page_of(order)

    assert "Please pay by" in page
    assert "cancelled by itself" in page
    assert "Invoice (PDF)" not in page


def test_an_order_that_nobody_paid_says_so() -> None:
    order = OrderFactory(pay_until=timezone.now() - timedelta(minutes=1))
    services.transition(order_id=order.pk, to=State.CANCELLED)

    page = page_of(order)

    assert "not paid in time" in page
    assert "Please pay" not in page


def test_an_order_whose_time_to_pay_is_over_offers_no_payment() -> None:
    page = page_of(OrderFactory(pay_until=timezone.now() - timedelta(seconds=1)))

    assert "The time to pay is over." in page
    assert "Pay now" not in page
    assert "Please pay by" not in page


def test_what_will_not_be_sent_and_what_came_back_are_told_apart() -> None:
    order = OrderFactory(state=State.PAID, lines=[{"quantity": 3}, {}])
    line = order.lines.first()
    take_back(order_id=order.pk, quantities={line.pk: 1}, restock=True, refund=False, actor=None)
    for state in (State.PACKED, State.SHIPPED):
        services.transition(order_id=order.pk, to=state)
    services.return_lines(order_id=order.pk, quantities={line.pk: 1})

    page = page_of(order)

    assert "2 of 3 taken back" in page
    assert page.count("A part of the order was taken off") == 1
    assert page.count("Things that you sent back arrived.") == 1


def test_a_shipped_order_links_to_where_the_parcel_is() -> None:
    order = OrderFactory(
        state=State.SHIPPED,
        tracking_carrier="Post & Co",
        tracking_number="00340",
        tracking_url="https://carrier.example/?id=00340",
    )

    page = page_of(order)

    assert 'href="https://carrier.example/?id=00340"' in page
    assert "Post &amp; Co" in page


def test_a_part_that_was_given_back_is_shown() -> None:
    order = OrderFactory(state=State.SHIPPED)
    services.record_refund(order_id=order.pk, amount=Decimal("10.50"), note="a scratch (Bob)")

    page = page_of(order)

    assert "-$10.50" in page
    assert "$10.50 was given back." in page
    assert "a scratch" not in page


def test_the_shops_own_notes_stay_its_own() -> None:
    order = OrderFactory()
    services.add_note(order_id=order.pk, note="A difficult customer.")

    assert "difficult" not in page_of(order)


def test_titles_are_shown_as_they_are_and_harm_nothing() -> None:
    order = OrderFactory(lines=[{"title": NASTY, "options": [["Größe", "<i>40</i>"]]}])

    page = page_of(order)

    assert "Größe &lt;b&gt;&#x27;quoted&#x27;&lt;/b&gt; &amp; &quot;more&quot;” 🧦 שלום" in page
    assert "&lt;i&gt;40&lt;/i&gt;" in page


def test_the_order_outlives_its_products() -> None:
    order = OrderFactory(lines=[{"title": "Red boots"}])
    Product.objects.all().delete()

    page = page_of(order)

    assert "Red boots" in page
    assert "no-picture.svg" in page


def test_who_placed_an_order_is_thanked_once_and_a_guest_is_offered_an_account() -> None:
    order = OrderFactory()
    client = placer_of(order)
    client.get(links.signed_path(order))  # from the mail, in the same browser

    first = client.get(order.get_absolute_url()).content.decode()
    second = client.get(order.get_absolute_url()).content.decode()

    assert "Thank you!" in first
    assert "Create an account" in first
    assert "Thank you!" not in second


def test_who_comes_by_a_link_is_not_thanked_for_placing() -> None:
    assert "Thank you!" not in page_of(OrderFactory())


def test_an_account_is_not_offered_another() -> None:
    owner = user()
    order = OrderFactory(user=owner)
    client = placer_of(order)
    client.force_login(owner)

    page = client.get(order.get_absolute_url()).content.decode()

    assert "Thank you!" in page
    assert "Create an account" not in page


def test_queries_do_not_grow_with_the_lines() -> None:
    counts = []
    for number in (1, 20):
        order = OrderFactory(lines=[{"title": f"Thing {place}"} for place in range(number)])
        client = guest_of(order)
        client.get(order.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(order.get_absolute_url())
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- An account's orders ------------------------------------------------------------------------


def test_the_history_needs_a_login(client: Client) -> None:
    response = client.get("/account/orders/")

    assert response.status_code == 302
    assert "login" in response["Location"]


def test_the_history_shows_ones_own_orders_ten_a_page(client: Client) -> None:
    owner = user()
    orders = [OrderFactory(user=owner) for _ in range(12)]
    stranger = OrderFactory(user=user("eve@example.com"))
    client.force_login(owner)

    first = client.get("/account/orders/").content.decode()
    second = client.get("/account/orders/?page=2").content.decode()

    assert first.count('class="order-card"') == 10
    assert second.count('class="order-card"') == 2
    assert orders[-1].number in first
    assert orders[0].number in second
    assert stranger.number not in first + second
    assert 'href="/account/orders/" aria-current="page"' in first


def test_the_history_takes_the_same_queries_for_one_order_and_ten(client: Client) -> None:
    counts = []
    for number in (1, 9):
        owner = user(f"someone{number}@example.com")
        for _ in range(number):
            OrderFactory(user=owner, lines=[{}, {}, {}])
        client.force_login(owner)
        client.get("/account/orders/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/account/orders/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_accounts_first_page_shows_the_last_orders(client: Client) -> None:
    owner = user()
    orders = [OrderFactory(user=owner) for _ in range(4)]
    client.force_login(owner)

    page = client.get("/account/").content.decode()

    assert [order.number in page for order in orders] == [False, True, True, True]


def test_who_ordered_nothing_is_told_so(client: Client) -> None:
    client.force_login(user())

    assert "not ordered anything yet" in client.get("/account/orders/").content.decode()


def test_a_confirmed_address_brings_what_was_ordered_as_a_guest(client: Client) -> None:
    order = OrderFactory(email="Ada@Example.com")
    stranger = OrderFactory(email="eve@example.com")
    owner = user()

    email_confirmed.send(
        sender=EmailAddress, request=None, email_address=owner.emailaddress_set.get()
    )

    order.refresh_from_db()
    stranger.refresh_from_db()
    assert order.user == owner
    assert stranger.user is None


# --- Personal data ------------------------------------------------------------------------------


def test_orders_are_part_of_ones_data() -> None:
    owner = user()
    order = OrderFactory(user=owner, state=State.PAID)
    services.add_note(order_id=order.pk, note="A difficult customer.")
    OrderFactory(user=user("eve@example.com"))

    told = personal_data.export_account(owner)["orders"]

    assert [one["number"] for one in told] == [order.number]
    assert told[0]["total"] == str(order.total)
    assert told[0]["lines"][0]["title"] == "Red boots"
    assert "difficult" not in str(told)


def test_orders_outlive_the_account_and_those_that_came_to_nothing_forget_whose_they_were() -> None:
    owner = user()
    paid = OrderFactory(user=owner, state=State.PAID)
    never_paid = OrderFactory(user=owner, state=State.CANCELLED)
    OrderEvent.objects.update(actor=owner)

    personal_data.erase_account(user=owner)

    paid.refresh_from_db()
    never_paid.refresh_from_db()
    assert paid.user is None
    assert paid.billing["name"] == "Ada Lovelace"
    assert (never_paid.user, never_paid.email, never_paid.shipping) == (None, "", {})
    assert not OrderEvent.objects.exclude(actor=None).exists()
