"""Makes rows of pricing for tests."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from shop.pricing.models import SalePrice
from tests.factories import VariantFactory


class SalePriceFactory(DjangoModelFactory):
    """A sale that begins now, for a day: 8 instead of the 10 of a variant that is not given."""

    class Meta:
        model = SalePrice

    variant = factory.SubFactory(VariantFactory)
    price = Decimal("8.00")
    starts_at = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(days=1))
