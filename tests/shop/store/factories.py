"""Makes the shop's own rows for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from shop.store.models import LegalPage


class LegalPageFactory(DjangoModelFactory):
    """A published text in English."""

    class Meta:
        model = LegalPage

    kind = LegalPage.Kind.IMPRINT
    language = "en"
    text = factory.LazyAttribute(lambda made: f"The text of {made.kind} in {made.language}.")
