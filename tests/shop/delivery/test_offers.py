"""What delivery costs for goods that go to a country."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from shop.delivery.models import DeliveryMethod, DeliveryRate
from shop.delivery.offers import countries_served, offers_for
from tests.shop.shopping import delivery

pytestmark = pytest.mark.django_db


def by_weight(**values: object) -> DeliveryMethod:
    method = DeliveryMethod.objects.create(
        **{"name": "Parcel", "countries": ["US"], "basis": "weight", **values}
    )
    method.rates.create(up_to=1000, price=Decimal("4.90"))
    method.rates.create(up_to=5000, price=Decimal("8.90"))
    return method


def price(country: str = "US", weight: int = 0, total: str = "10") -> Decimal | None:
    offers = offers_for(country=country, weight=weight, total=Decimal(total))
    return offers[0].price if offers else None


@pytest.mark.parametrize(
    ("weight", "expected"),
    [(0, "4.90"), (1000, "4.90"), (1001, "8.90"), (5000, "8.90"), (5001, None)],
)
def test_the_narrowest_rate_counts(weight: int, expected: str | None) -> None:
    by_weight()

    assert price(weight=weight) == (Decimal(expected) if expected else None)


def test_a_rate_without_a_bound_takes_the_rest() -> None:
    by_weight().rates.create(price=Decimal("19.00"))

    assert price(weight=50_000) == Decimal("19.00")


def test_rates_by_total() -> None:
    method = DeliveryMethod.objects.create(name="Parcel", countries=["US"], basis="total")
    method.rates.create(up_to=Decimal("49.99"), price=Decimal("4.90"))
    method.rates.create(price=Decimal(0))

    assert price(total="49.99") == Decimal("4.90")
    assert price(total="50") == 0


def test_from_a_total_it_is_free_but_nothing_is_too_heavy() -> None:
    by_weight(free_from=Decimal(100))

    assert price(weight=1500, total="99.99") == Decimal("8.90")
    assert price(weight=1500, total="100") == 0
    assert price(weight=9000, total="100") is None


def test_only_what_goes_there_is_offered_in_the_merchant_s_order() -> None:
    delivery(name="Slow", position=2)
    delivery(name="Fast", position=1, countries=["US"])
    delivery(name="Gone", position=0, active=False)

    assert [one.method.name for one in offers_for(country="US", weight=0, total=Decimal(1))] == [
        "Fast",
        "Slow",
    ]
    assert offers_for(country="FR", weight=0, total=Decimal(1)) == []
    assert countries_served() == ["DE", "US"]


def test_a_country_s_code_is_no_part_of_another_s() -> None:
    delivery(countries=["US"])

    assert offers_for(country="S", weight=0, total=Decimal(1)) == []
    assert offers_for(country="", weight=0, total=Decimal(1)) == []


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValidationError):
        DeliveryMethod(name="X", countries=["US"], days_min=5, days_max=2).full_clean()
    method = by_weight()
    with pytest.raises(IntegrityError):
        DeliveryRate.objects.create(method=method, up_to=1000, price=1)
