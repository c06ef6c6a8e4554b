"""Makes mails for tests."""

from __future__ import annotations

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from shop.mail.models import OutgoingMail


class MailFactory(DjangoModelFactory):
    """A mail that waits; `sent=True` gives one that was sent."""

    class Meta:
        model = OutgoingMail

    class Params:
        sent = factory.Trait(state="sent", attempts=1, sent_at=factory.LazyFunction(timezone.now))

    key = factory.Sequence(lambda n: f"test-{n}")
    to = factory.Sequence(lambda n: f"shopper-{n}@example.com")
    subject = factory.Sequence(lambda n: f"Mail {n}")
    text = "The text."
    language = "en"
