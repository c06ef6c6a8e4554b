"""Workers that are killed, a Redis that is emptied: every event and refund is done, each once.

Real processes: a worker with its scheduler, and a Stripe that says what it was asked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import redis
from django.test import Client

from shop.orders.models import OrderEvent
from shop.orders.states import State
from shop.payments.models import GatewayEvent, Payment, Refund
from shop.payments.refunds import refund_order
from tests.e2e.servers import with_path
from tests.shop.payments.factories import placed_order, start
from tests.shop.payments.fake_stripe import SECRET, FakeStripe
from tests.shop.workers import Workers, kill, workers

pytestmark = pytest.mark.django_db(transaction=True)

# Another database of Redis than other tests have, for it is emptied.
REDIS_URL = with_path(os.environ["REDIS_URL"], "4")
ORDERS = 10


@pytest.fixture
def start_worker(tmp_path: Path, fake_stripe: FakeStripe) -> Iterator[Workers]:
    redis.Redis.from_url(REDIS_URL).flushdb()
    environ = {
        "PAYMENT_GATEWAYS": "stripe",
        "STRIPE_SECRET_KEY": "sk_test_of_the_tests",
        "STRIPE_WEBHOOK_SECRET": SECRET,
        "STRIPE_API_BASE": fake_stripe.url,
        "PAYMENT_PAUSE": "2",
    }
    with workers(tmp_path / "worker.log", "payments", REDIS_URL, **environ) as start:
        yield start


def wait_until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def all_done() -> bool:
    events = GatewayEvent.objects.filter(processed_at__isnull=True)
    return not events.exists() and not Refund.objects.filter(state="pending").exists()


def test_a_killed_worker_loses_and_doubles_nothing(
    start_worker: Workers, fake_stripe: FakeStripe, client: Client
) -> None:
    orders = [placed_order() for _ in range(ORDERS)]
    for order in orders:
        session = fake_stripe.sessions[start(order, "stripe").reference]
        fake_stripe.pay_session(session["id"])
        intent = fake_stripe.intents[session["payment_intent"]]
        for kind, about in (
            ("checkout.session.completed", session),
            ("payment_intent.succeeded", intent),
        ):
            body, headers = fake_stripe.event(kind, about)
            url = "/payments/webhooks/stripe/"
            for _delivery in range(2):
                client.post(url, body, content_type="application/json", headers=headers)
    fake_stripe.hold = ORDERS

    worker = start_worker()
    assert fake_stripe.holding.wait(60), "The worker asked nothing."
    kill(worker)  # while it waits for an answer
    redis.Redis.from_url(REDIS_URL).flushdb()
    fake_stripe.released.set()
    assert not all_done()

    start_worker()
    wait_until(all_done, "Events were lost.")
    assert GatewayEvent.objects.count() == 2 * ORDERS
    assert Payment.objects.filter(state=Payment.State.SUCCEEDED).count() == ORDERS
    assert OrderEvent.objects.filter(after=State.PAID).count() == ORDERS


def test_a_killed_worker_refunds_once(start_worker: Workers, fake_stripe: FakeStripe) -> None:
    from shop.payments.services import refresh

    for _ in range(ORDERS):
        payment = start(placed_order(), "stripe")
        fake_stripe.pay_session(payment.reference)
        refresh(payment_id=payment.pk)
        refund_order(order_id=payment.order_id, amount=Decimal("10.00"))
    fake_stripe.hold = ORDERS // 2

    worker = start_worker()
    assert fake_stripe.holding.wait(60), "The worker asked nothing."
    kill(worker)
    fake_stripe.released.set()  # Stripe does it, and tells nobody

    start_worker()
    wait_until(all_done, "Refunds were lost.")
    assert Refund.objects.filter(state=Refund.State.SUCCEEDED).count() == ORDERS
    assert len(fake_stripe.refunds) == ORDERS
