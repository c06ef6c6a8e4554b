"""What gateways tell: checked, stored once, acted on once, in whatever order it comes."""

from __future__ import annotations

import json
import logging

import pytest
from django.conf import LazySettings
from django.test import Client

from shop.orders.models import Order
from shop.orders.services import transition
from shop.orders.states import State
from shop.payments import services, test_gateway, webhooks
from shop.payments.gateways import GatewayUnavailable, Outcome
from shop.payments.models import MOST_ATTEMPTS, GatewayEvent, Payment, Refund, TestCharge
from tests.shop.payments.factories import (
    money_kept,
    placed_order,
    signed_event,
    start,
    work_off,
)

pytestmark = pytest.mark.django_db

URL = "/payments/webhooks/test/"


def post(client: Client, body: bytes, headers: dict[str, str], url: str = URL) -> int:
    answer = client.post(url, body, content_type="application/json", headers=headers)
    return answer.status_code


def settled(payment: Payment) -> None:
    """The money is there, but no event came."""
    TestCharge.objects.filter(key=payment.key).update(state="succeeded")


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def test_an_event_is_stored_and_acted_on() -> None:
    order = placed_order()
    payment = start(order)
    settled(payment)
    client = Client(enforce_csrf_checks=True)

    status = post(client, *signed_event(payment))

    assert status == 200
    event = GatewayEvent.objects.get()
    assert (event.payment_key, event.processed_at) == (payment.key, None)
    assert state_of(order) == State.PLACED  # not within the request
    work_off()
    event.refresh_from_db()
    assert event.processed_at is not None
    assert (event.attempts, event.error) == (1, "")
    assert state_of(order) == State.PAID


def test_delivered_twice_it_is_acted_on_once(client: Client) -> None:
    order = placed_order()
    payment = start(order)
    settled(payment)
    told = signed_event(payment)

    assert post(client, *told) == post(client, *told) == 200
    work_off()
    assert post(client, *told) == 200
    work_off()

    event = GatewayEvent.objects.get()
    assert event.attempts == 1
    assert order.events.filter(after=State.PAID).count() == 1
    assert money_kept(order) == order.total


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Test-Signature": ""}, {"X-Test-Signature": "0" * 64}, {"X-Test-Signature": "ü"}],
)
def test_what_is_not_signed_is_not_stored(client: Client, headers: dict[str, str]) -> None:
    payment = start(placed_order())
    body, _signed = signed_event(payment)

    assert post(client, body, headers) == 400

    assert not GatewayEvent.objects.exists()


def test_what_was_changed_on_its_way_is_not_stored(client: Client) -> None:
    body, headers = signed_event(start(placed_order()))

    assert post(client, body.replace(b"succeeded", b"cancelled"), headers) == 400

    assert not GatewayEvent.objects.exists()


def test_what_is_too_long_is_not_read(client: Client) -> None:
    body, headers = signed_event(start(placed_order()))

    assert post(client, body + b" " * 300_000, headers) == 413

    assert not GatewayEvent.objects.exists()


def test_only_gateways_that_the_shop_has_may_tell(client: Client, settings: LazySettings) -> None:
    body, headers = signed_event(start(placed_order()))
    assert post(client, body, headers, "/payments/webhooks/stripe/") == 404
    settings.PAYMENT_GATEWAYS = []
    assert post(client, body, headers) == 404
    assert client.get(URL).status_code == 405


def test_an_event_before_the_answer_to_the_start_was_stored(client: Client) -> None:
    order = placed_order()
    payment = start(order)
    settled(payment)
    told = signed_event(payment)
    Payment.objects.update(reference="")

    post(client, *told)
    work_off()

    assert state_of(order) == State.PAID


def test_the_kind_of_an_event_is_not_believed(client: Client) -> None:
    order = placed_order()
    payment = start(order)

    post(client, *signed_event(payment, kind="payment.succeeded"))
    work_off()
    assert state_of(order) == State.PLACED
    settled(payment)
    post(client, *signed_event(payment, kind="payment.failed"))
    work_off()

    assert state_of(order) == State.PAID


def test_an_event_after_a_cancel(client: Client) -> None:
    order = placed_order()
    payment = start(order)
    transition(order_id=order.pk, to=State.CANCELLED)
    settled(payment)

    post(client, *signed_event(payment))
    work_off()

    assert state_of(order) == State.CANCELLED
    assert money_kept(order) == 0
    assert Refund.objects.get().state == Refund.State.SUCCEEDED


def test_an_event_about_nothing_of_ours_is_done(client: Client) -> None:
    payment = start(placed_order())
    body = json.dumps(
        {"id": "e", "kind": "k", "payment": "no key", "reference": "unknown"}
    ).encode()

    post(client, body, {test_gateway.SIGNATURE: test_gateway.signature(body)})
    work_off()

    assert GatewayEvent.objects.get().processed_at is not None
    payment.refresh_from_db()
    assert payment.state == Payment.State.PENDING


def test_a_gateway_that_does_not_answer_is_asked_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = placed_order()
    payment = start(order)
    settled(payment)
    post(client, *signed_event(payment))
    with monkeypatch.context() as patch:
        patch.setattr(test_gateway.TestGateway, "fetch", silent)
        assert webhooks.process_one()
        assert not webhooks.process_one()  # it waits
        event = GatewayEvent.objects.get()
        assert (event.attempts, event.error, event.processed_at) == (1, "Nobody is there.", None)

    work_off()

    assert state_of(order) == State.PAID
    assert GatewayEvent.objects.get().error == ""


def test_it_is_not_asked_for_ever(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    payment = start(placed_order())
    post(client, *signed_event(payment))
    monkeypatch.setattr(test_gateway.TestGateway, "fetch", silent)

    for _ in range(MOST_ATTEMPTS + 5):
        GatewayEvent.objects.update(due_at="2020-01-01T00:00Z")
        webhooks.process_one()

    assert GatewayEvent.objects.get().attempts == MOST_ATTEMPTS


def test_an_event_that_fails_holds_up_no_other(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = placed_order(), placed_order()
    for order in (bad, good):
        payment = start(order)
        settled(payment)
        post(client, *signed_event(payment))
    real = services.apply_outcome

    def broken(*, payment_id: int, outcome: Outcome) -> Payment:
        if Payment.objects.get(pk=payment_id).order_id == bad.pk:
            raise ZeroDivisionError("A slip.")
        return real(payment_id=payment_id, outcome=outcome)

    monkeypatch.setattr(webhooks, "apply_outcome", broken)
    caplog.set_level(logging.CRITICAL)

    while webhooks.process_one():
        pass

    assert (state_of(bad), state_of(good)) == (State.PLACED, State.PAID)
    assert GatewayEvent.objects.order_by("pk")[0].error == "ZeroDivisionError: A slip."


def test_old_events_are_forgotten(client: Client) -> None:
    payment = start(placed_order())
    for processed in ("2020-01-01T00:00Z", None):
        post(client, *signed_event(payment))
        GatewayEvent.objects.filter(processed_at=None).update(processed_at=processed)

    webhooks.forget_old()

    assert GatewayEvent.objects.get().processed_at is None


def silent(self: object, payment: Payment) -> Outcome:
    raise GatewayUnavailable("Nobody is there.")
