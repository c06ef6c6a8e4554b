"""What tests about payments share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from shop.payments import stripe_gateway
from tests.shop.payments.fake_stripe import SECRET, FakeStripe


@pytest.fixture
def fake_stripe(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeStripe]:
    """The shop offers Stripe, which is on loopback, and both ways to pay."""
    fake = FakeStripe()
    settings.PAYMENT_GATEWAYS = ["stripe", "test"]
    settings.STRIPE_SECRET_KEY = "sk_test_of_the_tests"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    settings.STRIPE_API_BASE = fake.url
    monkeypatch.setattr(stripe_gateway, "TIMEOUT", (1.0, 0.5))
    stripe_gateway._client_of.cache_clear()
    yield fake
    fake.stop()
