"""The pages of paying, by the test gateway, for the shopper whose order it is and for others."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from shop.orders.models import Order
from shop.orders.services import transition
from shop.orders.states import State
from shop.payments import services, test_gateway
from shop.payments.gateways import GatewayUnavailable, Outcome
from shop.payments.models import Payment, TestCharge
from tests.shop.payments.factories import (
    charge_of,
    may_see,
    paid_order,
    pay,
    placed_order,
    start,
    work_off,
)
from tests.shop.payments.fake_stripe import FakeStripe

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(client: Client) -> Order:
    """A placed order of the client's session."""
    order = placed_order()
    may_see(client, order)
    return order


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def back(payment: Payment, query: str = "") -> str:
    return f"/payments/return/{payment.key}/{query}"


def at_the_gateway(client: Client, payment: Payment, action: str, **fields: str) -> str:
    """Where the page of the test gateway sends the shopper after a button."""
    page = f"/payments/test/{payment.key}/"
    assert client.get(page).status_code == 200
    answer = client.post(page, {"action": action, **fields})
    assert answer.status_code == 302
    location: str = answer["Location"]
    return location


# --- The whole way --------------------------------------------------------------------------------


def test_pay(client: Client, order: Order) -> None:
    answer = client.post(f"/payments/retry/{order.number}/", {"gateway": "test"})
    payment = order.payments.get()
    assert answer["Location"] == f"/payments/test/{payment.key}/"

    location = at_the_gateway(client, payment, "pay")

    assert location == f"http://testserver{back(payment)}"
    answer = client.get(location)
    assert answer["Location"] == f"/orders/{order.number}/?placed=1"
    assert state_of(order) == State.PAID  # before any event was acted on
    work_off()
    assert order.payments.count() == 1
    assert client.get(back(payment))["Location"] == f"/orders/{order.number}/?placed=1"


def test_decline_and_try_again(client: Client, order: Order) -> None:
    payment = start(order)

    answer = client.get(at_the_gateway(client, payment, "decline"))

    html = answer.content.decode()
    assert "The payment did not go through" in html
    assert "The card was declined." in html
    assert f'action="/payments/retry/{order.number}/"' in html
    answer = client.post(f"/payments/retry/{order.number}/", {"gateway": "test"})
    second = order.payments.get(state=Payment.State.PENDING)
    assert answer["Location"] == f"/payments/test/{second.key}/"
    client.get(at_the_gateway(client, second, "pay"))
    assert state_of(order) == State.PAID


@pytest.mark.parametrize(("action", "state"), [("confirm", State.PAID), ("fail", State.PLACED)])
def test_a_further_step(action: str, state: State, client: Client, order: Order) -> None:
    payment = start(order)
    step = at_the_gateway(client, payment, "challenge")
    assert step == f"/payments/test/{payment.key}/confirm/"
    assert client.get(f"/payments/test/{payment.key}/")["Location"] == step
    assert "$44.90" in client.get(step).content.decode()

    answer = client.get(client.post(step, {"action": action})["Location"])

    assert state_of(order) == state
    if action == "fail":
        assert "Your bank did not confirm the payment." in answer.content.decode()
    assert client.get(step)["Location"] == f"/payments/test/{payment.key}/"


def test_time_out(client: Client, order: Order) -> None:
    payment = start(order)

    answer = client.get(at_the_gateway(client, payment, "timeout"))

    html = answer.content.decode()
    assert "Waiting for your payment" in html
    assert '<meta http-equiv="refresh" content="3; url=?tries=1">' in html
    assert "Pay now" not in html
    html = client.get(back(payment, "?tries=99999")).content.decode()
    assert 'content="3;' in html
    html = client.get(back(payment, "?tries=90")).content.decode()
    assert 'content="30; url=?tries=91"' in html
    assert "Pay now" in html
    work_off()
    assert state_of(order) == State.PLACED
    Order.objects.update(pay_until=timezone.now() - timedelta(minutes=1))
    services.expire_unpaid()
    assert "This order was cancelled" in client.get(back(payment)).content.decode()


def test_late(client: Client, order: Order) -> None:
    payment = start(order)

    html = client.get(at_the_gateway(client, payment, "late")).content.decode()

    assert "Your payment is under way" in html
    assert "Let it arrive now" in client.get(f"/payments/test/{payment.key}/").content.decode()
    assert test_gateway.settle_due() == 0
    TestCharge.objects.update(arrives_at=timezone.now())
    assert test_gateway.settle_due() == 1
    work_off()
    assert state_of(order) == State.PAID


def test_late_and_cancelled_meanwhile(client: Client, order: Order) -> None:
    payment = start(order)
    at_the_gateway(client, payment, "late")
    transition(order_id=order.pk, to=State.CANCELLED)
    assert "This order was cancelled." in client.get(back(payment)).content.decode()

    at_the_gateway(client, payment, "pay")

    html = client.get(back(payment)).content.decode()
    assert "Your payment came after the order was cancelled. It goes back to you." in html


def test_refunds_that_will_fail(client: Client, order: Order) -> None:
    payment = start(order)
    at_the_gateway(client, payment, "pay", refuses_refunds="on")
    assert charge_of(payment).refuses_refunds


def test_back_without_paying(client: Client, order: Order) -> None:
    payment = start(order)

    html = client.get(back(payment, "?cancelled=1")).content.decode()

    assert "You have not paid yet" in html
    assert "http-equiv" not in html
    pay(payment)
    assert client.get(back(payment, "?cancelled=1")).status_code == 302


def test_other_money(client: Client, order: Order) -> None:
    payment = start(order)
    TestCharge.objects.update(amount=1)
    pay(payment)

    html = client.get(back(payment)).content.decode()

    assert "Something is not right with this payment" in html


def test_a_silent_gateway_and_a_shopper_who_came_back(
    client: Client, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment = start(order)
    test_gateway.pay(charge_of(payment))

    def silent(self: object, payment: Payment) -> Outcome:
        raise GatewayUnavailable("No.")

    with monkeypatch.context() as patch:
        patch.setattr(test_gateway.TestGateway, "fetch", silent)
        assert "Waiting for your payment" in client.get(back(payment)).content.decode()
    assert client.get(back(payment)).status_code == 302


# --- Choosing again -------------------------------------------------------------------------------


def test_choose_among_gateways(
    client: Client, order: Order, fake_stripe: FakeStripe, settings: LazySettings
) -> None:
    html = client.get(f"/payments/retry/{order.number}/").content.decode()
    assert re.findall(r'name="gateway" value="(\w+)"', html) == ["stripe", "test"]
    assert re.search(r'value="test" checked', html)

    answer = client.post(f"/payments/retry/{order.number}/", {"gateway": "stripe"})

    payment = order.payments.get()
    assert answer["Location"] == fake_stripe.sessions[payment.reference]["url"]
    assert fake_stripe.sessions[payment.reference]["success_url"] == (
        f"http://testserver{back(payment)}"
    )


def test_stripe_is_unreachable(client: Client, order: Order, fake_stripe: FakeStripe) -> None:
    fake_stripe.faults = ["500"] * 3

    answer = client.post(f"/payments/retry/{order.number}/", {"gateway": "stripe"})

    assert answer.status_code == 503
    html = answer.content.decode()
    assert "Stripe cannot be reached at the moment, and nothing was charged." in html
    assert 'value="test"' in html


def test_another_than_is_offered(client: Client, order: Order) -> None:
    answer = client.post(f"/payments/retry/{order.number}/", {"gateway": "gold"})
    assert answer.status_code == 400
    assert "Choose one of these." in answer.content.decode()


def test_what_is_paid_or_over_is_not_paid_again(client: Client, order: Order) -> None:
    paid, _payment = paid_order()
    may_see(client, paid)
    Order.objects.filter(pk=order.pk).update(pay_until=timezone.now() - timedelta(minutes=1))

    for number in (paid.number, order.number):
        for answer in (
            client.get(f"/payments/retry/{number}/"),
            client.post(f"/payments/retry/{number}/", {"gateway": "test"}),
        ):
            assert answer["Location"] == f"/orders/{number}/"
    assert Payment.objects.count() == 1


def test_without_any_gateway(client: Client, order: Order, settings: LazySettings) -> None:
    settings.PAYMENT_GATEWAYS = []
    html = client.get(f"/payments/retry/{order.number}/").content.decode()
    assert "This shop cannot take payments at the moment." in html


# --- Somebody else's ------------------------------------------------------------------------------


@pytest.mark.parametrize("logged_in", [False, True])
def test_of_anothers_order_there_are_no_pages(logged_in: bool) -> None:
    order = placed_order()
    payment = start(order)
    other = Client()
    if logged_in:
        other.force_login(User.objects.create_user("eve"))
    pages = [
        back(payment),
        f"/payments/test/{payment.key}/",
        f"/payments/test/{payment.key}/confirm/",
        f"/payments/retry/{order.number}/",
        f"/payments/return/{uuid.uuid4()}/",
    ]

    for page in pages:
        assert other.get(page).status_code == 404, page
        if "return" not in page:
            assert other.post(page, {"action": "pay", "gateway": "test"}).status_code == 404, page

    assert charge_of(payment).state == "open"
    assert state_of(order) == State.PLACED


def test_ones_own_account_sees_it_anywhere() -> None:
    user = User.objects.create_user("ada")
    order = placed_order(user=user)
    payment = start(order)
    other_device = Client()
    other_device.force_login(user)

    assert other_device.get(f"/payments/test/{payment.key}/").status_code == 200


def test_where_it_is_not_offered_there_is_no_test_page(
    client: Client, order: Order, settings: LazySettings
) -> None:
    payment = start(order)
    settings.PAYMENT_GATEWAYS = ["stripe"]
    for page in ("", "confirm/"):
        assert client.post(f"/payments/test/{payment.key}/{page}").status_code == 404


def test_forms_are_protected(order: Order) -> None:
    client = Client(enforce_csrf_checks=True)
    may_see(client, order)
    payment = start(order)
    for page in (f"/payments/test/{payment.key}/", f"/payments/retry/{order.number}/"):
        assert client.post(page, {"action": "pay", "gateway": "test"}).status_code == 403


def test_pages_are_kept_by_nobody(client: Client, order: Order) -> None:
    payment = start(order)
    for page in (
        back(payment),
        f"/payments/test/{payment.key}/",
        f"/payments/retry/{order.number}/",
    ):
        answer = client.get(page)
        assert "no-store" in answer["Cache-Control"]
        assert 'name="robots" content="noindex"' in answer.content.decode()
        assert not re.search(r" style=|<script(?! type=.module. src)", answer.content.decode())
