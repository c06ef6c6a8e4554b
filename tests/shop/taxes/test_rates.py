"""The tax rates of a country."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from shop.taxes.models import TaxRate
from tests.shop.shopping import tax

pytestmark = pytest.mark.django_db


def test_each_category_has_its_rate() -> None:
    tax("DE", "19")
    tax("DE", "7", "reduced")

    assert TaxRate.objects.of_country("DE") == {
        "standard": Decimal(19),
        "reduced": Decimal(7),
        "zero": Decimal(0),
    }


def test_a_country_without_a_reduced_rate_taxes_all_alike() -> None:
    tax("DK", "25")

    assert TaxRate.objects.of_country("DK")["reduced"] == 25


def test_a_country_without_rates_takes_nothing() -> None:
    tax("DK", "25")

    assert set(TaxRate.objects.of_country("US").values()) == {Decimal(0)}


@pytest.mark.parametrize(("country", "rate"), [("DE", "19"), ("FR", "101"), ("FR", "-1")])
def test_a_second_rate_and_no_percentage_are_refused(country: str, rate: str) -> None:
    tax("DE", "19")

    with pytest.raises(ValidationError):
        TaxRate(country=country, rate=Decimal(rate)).full_clean()
