"""Stripe by its own library, which talks to a Stripe on loopback."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from decimal import Decimal

import pytest
import stripe
from django.conf import LazySettings
from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from shop.orders.models import Order, OrderEvent
from shop.orders.services import transition
from shop.orders.states import State
from shop.payments import refunds, services, stripe_gateway
from shop.payments.gateways import GatewayRefused, GatewayUnavailable
from shop.payments.models import GatewayEvent, Payment, Refund
from shop.payments.refunds import refund_order
from shop.payments.stripe_gateway import StripeGateway, from_minor_units, minor_units
from tests.shop.payments.factories import money_kept, placed_order, start, work_off
from tests.shop.payments.fake_stripe import FakeStripe

pytestmark = pytest.mark.django_db

Paid = Payment.State
URL = "/payments/webhooks/stripe/"


def tell(client: Client, fake: FakeStripe, kind: str, about: dict[str, object]) -> None:
    body, headers = fake.event(kind, about)
    answer = client.post(URL, body, content_type="application/json", headers=headers)
    assert answer.status_code == 200
    work_off()


def session_of(fake: FakeStripe, payment: Payment) -> dict[str, object]:
    return fake.sessions[payment.reference]


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def paid_order(fake: FakeStripe, client: Client) -> tuple[Order, Payment]:
    order = placed_order()
    payment = start(order, "stripe")
    fake.pay_session(payment.reference)
    tell(client, fake, "checkout.session.completed", session_of(fake, payment))
    payment.refresh_from_db()
    order.refresh_from_db()
    return order, payment


# --- Checkout for the web -------------------------------------------------------------------------


def test_a_session_is_of_the_total_as_the_order_has_it(fake_stripe: FakeStripe) -> None:
    order = placed_order()

    payment = start(order, "stripe")

    [(method, path, form)] = fake_stripe.requests
    assert (method, path) == ("POST", "/v1/checkout/sessions")
    assert form["mode"] == "payment"
    assert form["line_items[0][price_data][unit_amount]"] == "4490"
    assert form["line_items[0][price_data][currency]"] == "usd"
    assert form["line_items[0][quantity]"] == "1"
    assert order.number in form["line_items[0][price_data][product_data][name]"]
    assert form["client_reference_id"] == form["metadata[payment]"] == str(payment.key)
    assert form["payment_intent_data[metadata][payment]"] == str(payment.key)
    assert form["customer_email"] == order.email
    assert form["locale"] == "en"
    assert form["adaptive_pricing[enabled]"] == "false"
    assert str(payment.key) in form["success_url"]
    assert form["cancel_url"].endswith("?cancelled=1")
    assert int(form["expires_at"]) - time.time() > 30 * 60
    assert payment.reference.startswith("cs_test_")


def test_started_again_it_is_the_same_session(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    first = services.start_payment(
        order_id=order.pk, gateway="stripe", return_url="http://a/", cancel_url="http://a/"
    )

    again = services.start_payment(
        order_id=order.pk, gateway="stripe", return_url="http://b/", cancel_url="http://b/"
    )

    assert again.redirect_url == first.redirect_url
    assert len(fake_stripe.sessions) == 1


def test_an_answer_that_got_lost_makes_no_second_session(fake_stripe: FakeStripe) -> None:
    fake_stripe.faults = ["lost", "500"]

    payment = start(placed_order(), "stripe")

    assert list(fake_stripe.sessions) == [payment.reference]


def test_a_session_that_has_ended_is_followed_by_another(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    first = start(order, "stripe")
    session_of(fake_stripe, first)["status"] = "expired"

    second = start(order, "stripe")

    first.refresh_from_db()
    assert first.state == Paid.CANCELLED
    assert second.reference != first.reference


def test_a_far_time_to_pay_is_the_sessions(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    until = timezone.now() + timedelta(hours=5)
    Order.objects.filter(pk=order.pk).update(pay_until=until)

    start(order, "stripe")

    assert fake_stripe.requests[0][2]["expires_at"] == str(int(until.timestamp()))


@pytest.mark.parametrize("fault", ["500", "timeout", "hangup", "401"])
def test_stripe_unreachable(fault: str, fake_stripe: FakeStripe) -> None:
    order = placed_order()
    fake_stripe.faults = [fault] * 3
    began = time.monotonic()

    with pytest.raises(GatewayUnavailable, match="Your order is kept"):
        start(order, "stripe")

    assert time.monotonic() - began < 8
    assert state_of(order) == State.PLACED
    fake_stripe.faults = []
    assert start(order, "stripe").reference in fake_stripe.sessions
    assert order.payments.count() == 1


def test_stripe_says_no(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    Order.objects.filter(pk=order.pk).update(email="a@b@c.example")

    with pytest.raises(GatewayRefused, match="choose another way to pay"):
        start(order, "stripe")


def test_without_a_key_nothing_is_asked(fake_stripe: FakeStripe, settings: LazySettings) -> None:
    settings.STRIPE_SECRET_KEY = ""
    with pytest.raises(GatewayUnavailable):
        start(placed_order(), "stripe")
    assert not fake_stripe.requests


# --- Events ---------------------------------------------------------------------------------------


def test_paid(fake_stripe: FakeStripe, client: Client) -> None:
    order, payment = paid_order(fake_stripe, client)

    assert (order.state, payment.state) == (State.PAID, Paid.SUCCEEDED)
    assert payment.data["payment_intent"] in fake_stripe.intents
    event = GatewayEvent.objects.get()
    assert event.kind == "checkout.session.completed"
    assert "Ada" not in json.dumps(event.payload)  # nothing of the person is kept
    assert order.email not in json.dumps(event.payload)


def test_a_decline_on_its_page_leaves_the_session_open(
    fake_stripe: FakeStripe, client: Client
) -> None:
    order = placed_order()
    payment = start(order, "stripe")
    fake_stripe.decline(payment.reference)
    intent = fake_stripe.intents[str(session_of(fake_stripe, payment)["payment_intent"])]

    tell(client, fake_stripe, "payment_intent.payment_failed", intent)

    payment.refresh_from_db()
    assert (payment.state, payment.error) == (Paid.PENDING, "Your card has insufficient funds.")
    fake_stripe.pay_session(payment.reference)
    tell(client, fake_stripe, "payment_intent.succeeded", intent)
    assert state_of(order) == State.PAID


def test_a_method_that_takes_days(fake_stripe: FakeStripe, client: Client) -> None:
    good, bad = placed_order(), placed_order()
    for order in (good, bad):
        payment = start(order, "stripe")
        fake_stripe.pay_slowly(payment.reference)
        tell(client, fake_stripe, "checkout.session.completed", session_of(fake_stripe, payment))
        late = timezone.now() - timedelta(minutes=1)
        Order.objects.filter(pk=order.pk).update(pay_until=late)
        services.expire_unpaid()
        assert state_of(order) == State.PLACED

    payment = good.payments.get()
    fake_stripe.pay_session(payment.reference)
    session = session_of(fake_stripe, payment)
    tell(client, fake_stripe, "checkout.session.async_payment_succeeded", session)
    payment = bad.payments.get()
    fake_stripe.decline(payment.reference)
    session = session_of(fake_stripe, payment)
    tell(client, fake_stripe, "checkout.session.async_payment_failed", session)

    payment.refresh_from_db()
    assert state_of(good) == State.PAID
    assert (state_of(bad), payment.state) == (State.PLACED, Paid.FAILED)


@pytest.mark.parametrize("amount", [4489, 44900])
def test_another_amount(amount: int, fake_stripe: FakeStripe, client: Client) -> None:
    order = placed_order()
    payment = start(order, "stripe")
    fake_stripe.pay_session(payment.reference, amount=amount)

    tell(client, fake_stripe, "checkout.session.completed", session_of(fake_stripe, payment))

    payment.refresh_from_db()
    assert (payment.state, state_of(order)) == (Paid.MISMATCH, State.PLACED)


@pytest.mark.parametrize(("secret", "age"), [("whsec_of_another", 0), (None, 301)])
def test_a_wrong_signature_or_an_old_one(
    secret: str | None, age: int, fake_stripe: FakeStripe, client: Client, settings: LazySettings
) -> None:
    payment = start(placed_order(), "stripe")
    about = session_of(fake_stripe, payment)
    body, headers = fake_stripe.event(
        "checkout.session.completed",
        about,
        secret=secret or settings.STRIPE_WEBHOOK_SECRET,
        age=age,
    )

    answer = client.post(URL, body, content_type="application/json", headers=headers)

    assert answer.status_code == 400
    assert not GatewayEvent.objects.exists()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"id": 1}'])
def test_nonsense(body: bytes, fake_stripe: FakeStripe, client: Client) -> None:
    for headers in ({}, {"Stripe-Signature": "t=1,v1=x"}, {"Stripe-Signature": "nonsense"}):
        answer = client.post(URL, body, content_type="application/json", headers=headers)
        assert answer.status_code == 400


def test_signed_nonsense(fake_stripe: FakeStripe, client: Client, settings: LazySettings) -> None:
    for body in ("[]", "{}", '{"id": "evt_1", "object": "event", "type": "x", "data": {}}'):
        header = stripe.WebhookSignature.generate_signature_header(
            body, settings.STRIPE_WEBHOOK_SECRET
        )
        answer = client.post(
            URL, body, content_type="application/json", headers={"Stripe-Signature": header}
        )
        assert answer.status_code == 400
    assert not GatewayEvent.objects.exists()


def test_events_of_things_that_are_not_ours(fake_stripe: FakeStripe, client: Client) -> None:
    for kind, about in (
        ("customer.created", {"id": "cus_1", "object": "customer"}),
        ("payment_intent.succeeded", {"id": "pi_other", "object": "payment_intent"}),
        ("refund.created", {"id": "re_1", "object": "refund", "payment_intent": "pi_other"}),
    ):
        tell(client, fake_stripe, kind, about)
    assert not GatewayEvent.objects.filter(processed_at=None).exists()


def test_a_dispute_is_noted_once(fake_stripe: FakeStripe, client: Client) -> None:
    order, payment = paid_order(fake_stripe, client)
    intent = payment.data["payment_intent"]
    about = {
        "id": "dp_1",
        "object": "dispute",
        "payment_intent": intent,
        "status": "needs_response",
    }

    tell(client, fake_stripe, "charge.dispute.created", about)
    work_off()

    [note] = order.events.filter(kind=OrderEvent.Kind.NOTE)
    assert "disputed" in note.note


# --- Cancelling -----------------------------------------------------------------------------------


def test_not_paid_in_time(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    payment = start(order, "stripe")
    Order.objects.update(pay_until=timezone.now() - timedelta(minutes=1))

    services.expire_unpaid()

    assert state_of(order) == State.CANCELLED
    assert session_of(fake_stripe, payment)["status"] == "expired"


def test_paid_in_time_but_the_event_was_lost(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    fake_stripe.pay_session(start(order, "stripe").reference)
    Order.objects.update(pay_until=timezone.now() - timedelta(minutes=1))

    services.expire_unpaid()

    assert state_of(order) == State.PAID


def test_paid_in_the_moment_in_which_it_is_cancelled(
    fake_stripe: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = placed_order()
    payment = start(order, "stripe")
    expire = fake_stripe._expire_session

    def too_late(form: dict[str, str], session_id: str) -> tuple[int, dict[str, object]]:
        fake_stripe.pay_session(session_id)
        return expire(form, session_id)

    monkeypatch.setattr(fake_stripe, "_expire_session", too_late)
    Order.objects.update(pay_until=timezone.now() - timedelta(minutes=1))

    services.expire_unpaid()

    payment.refresh_from_db()
    assert (payment.state, state_of(order)) == (Paid.SUCCEEDED, State.PAID)


def test_money_after_a_cancel_goes_back(fake_stripe: FakeStripe, client: Client) -> None:
    order = placed_order()
    payment = start(order, "stripe")
    transition(order_id=order.pk, to=State.CANCELLED)
    fake_stripe.pay_session(payment.reference)

    tell(client, fake_stripe, "checkout.session.completed", session_of(fake_stripe, payment))

    assert state_of(order) == State.CANCELLED
    assert money_kept(order) == 0
    [refund] = fake_stripe.refunds.values()
    assert refund["amount"] == 4490


# --- Apps -----------------------------------------------------------------------------------------


def test_an_app_pays_by_an_intent(fake_stripe: FakeStripe, client: Client) -> None:
    order = placed_order()

    started = services.start_intent(order_id=order.pk, gateway="stripe")
    again = services.start_intent(order_id=order.pk, gateway="stripe")

    assert started.client_secret
    assert again == started
    payment = order.payments.get()
    assert fake_stripe.requests[0][2]["amount"] == "4490"
    assert started.client_secret not in json.dumps(payment.data)
    fake_stripe.pay_intent(started.reference)
    tell(client, fake_stripe, "payment_intent.succeeded", fake_stripe.intents[started.reference])
    assert state_of(order) == State.PAID


def test_an_intent_is_cancelled_with_its_order(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    started = services.start_intent(order_id=order.pk, gateway="stripe")
    transition(order_id=order.pk, to=State.CANCELLED)

    services.give_up_cancelled()

    assert fake_stripe.intents[started.reference]["status"] == "canceled"
    assert order.payments.get().state == Paid.CANCELLED


def test_from_the_app_to_the_web(fake_stripe: FakeStripe) -> None:
    order = placed_order()
    started = services.start_intent(order_id=order.pk, gateway="stripe")

    start(order, "stripe")

    assert fake_stripe.intents[started.reference]["status"] == "canceled"
    assert order.payments.filter(state=Paid.PENDING).count() == 1


# --- Refunds --------------------------------------------------------------------------------------


@pytest.mark.parametrize("faults", [[], ["500"], ["lost"], ["lost", "500", "500"]])
def test_a_refund_is_made_once(faults: list[str], fake_stripe: FakeStripe, client: Client) -> None:
    order, _payment = paid_order(fake_stripe, client)
    [refund] = refund_order(order_id=order.pk, amount=Decimal("10.00"))
    fake_stripe.faults = faults

    work_off()
    work_off()

    refund.refresh_from_db()
    assert refund.state == Refund.State.SUCCEEDED
    [made] = fake_stripe.refunds.values()
    assert (made["amount"], made["metadata"]["refund"]) == (1000, str(refund.key))


def test_a_refund_that_takes_days_and_fails(fake_stripe: FakeStripe, client: Client) -> None:
    order, _payment = paid_order(fake_stripe, client)
    fake_stripe.refund_status = "pending"
    [refund] = refund_order(order_id=order.pk, amount=order.total)
    refunds.make_one()
    refund.refresh_from_db()
    assert (refund.state, refund.reference[:3]) == (Refund.State.PENDING, "re_")
    made = fake_stripe.refunds[refund.reference]
    made |= {"status": "failed", "failure_reason": "expired_or_canceled_card"}

    tell(client, fake_stripe, "refund.failed", made)

    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, refund.error) == (Refund.State.FAILED, "expired_or_canceled_card")
    assert (order.state, order.refunded) == (State.CANCELLED, 0)


def test_a_refund_made_on_stripes_pages_is_taken_over_once(
    fake_stripe: FakeStripe, client: Client
) -> None:
    order, payment = paid_order(fake_stripe, client)
    made = fake_stripe.refund_by_hand(payment.data["payment_intent"], 1500)

    for kind in ("refund.created", "refund.updated"):
        tell(client, fake_stripe, kind, made)

    order.refresh_from_db()
    assert order.refunded == Decimal("15.00")
    assert Refund.objects.get().reference == made["id"]
    assert money_kept(order) == order.total - Decimal("15.00")


def test_more_than_stripe_has_left_is_refused(fake_stripe: FakeStripe, client: Client) -> None:
    order, payment = paid_order(fake_stripe, client)
    fake_stripe.refund_by_hand(payment.data["payment_intent"], 4000)  # nobody told us
    [refund] = refund_order(order_id=order.pk, amount=order.total)

    work_off()

    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, order.state, order.refunded) == (Refund.State.FAILED, State.CANCELLED, 0)


# --- Amounts, keys --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("12.50", "USD", 1250),
        ("12.50", "EUR", 1250),
        ("500.00", "JPY", 500),
        ("500.00", "KRW", 500),
        ("1.25", "KWD", 1250),
        ("0.01", "USD", 1),
        ("100.00", "ISK", 10000),
        ("9999999999.99", "USD", 999999999999),
    ],
)
def test_minor_units(amount: str, currency: str, units: int) -> None:
    assert minor_units(Decimal(amount), currency) == units
    assert from_minor_units(units, currency) == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "currency"), [("12.505", "USD"), ("500.50", "JPY"), ("1.255", "KWD"), ("1", "UGX")]
)
def test_amounts_that_stripe_cannot_take(amount: str, currency: str) -> None:
    with pytest.raises(GatewayRefused):
        minor_units(Decimal(amount), currency)


@given(
    units=st.integers(min_value=1, max_value=10**9),
    currency=st.sampled_from(["USD", "JPY", "KWD", "CHF", "CLP", "TND"]),
)
def test_amounts_go_there_and_back(units: int, currency: str) -> None:
    if currency in stripe_gateway.WITH_THREE_DECIMALS:
        units *= 10
    assert minor_units(from_minor_units(units, currency), currency) == units


def test_yen(fake_stripe: FakeStripe, client: Client) -> None:
    order = placed_order()
    payment = Payment.objects.create(
        order=order, gateway="stripe", amount=Decimal("500.00"), currency="JPY"
    )
    started = StripeGateway().start(payment, return_url="http://a/", cancel_url="http://a/")
    payment.reference = started.reference
    fake_stripe.pay_session(started.reference)

    outcome = StripeGateway().fetch(payment)

    assert fake_stripe.requests[0][2]["line_items[0][price_data][unit_amount]"] == "500"
    assert (outcome.amount, outcome.currency) == (Decimal(500), "JPY")


def test_the_keys_that_are_missing_are_named(settings: LazySettings) -> None:
    settings.PAYMENT_GATEWAYS = ["stripe", "paypal"]
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "", ""

    found = {one.id: one.msg for one in run_checks() if (one.id or "").startswith("payments.")}

    assert found == {
        "payments.E001": "PAYMENT_GATEWAYS names 'paypal', which is none of test, stripe.",
        "payments.E002": "STRIPE_SECRET_KEY is not set, and PAYMENT_GATEWAYS has stripe.",
        "payments.E003": "STRIPE_WEBHOOK_SECRET is not set, and PAYMENT_GATEWAYS has stripe.",
    }


def test_what_is_dangerous_or_useless_is_told(settings: LazySettings) -> None:
    settings.PAYMENT_TESTS_ARE_SAFE = False
    for gateways, wanted in ((["test"], "payments.W001"), ([], "payments.W002")):
        settings.PAYMENT_GATEWAYS = gateways
        assert wanted in {one.id for one in run_checks()}
