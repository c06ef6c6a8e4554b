"""What a product's page says of delivery."""

from decimal import Decimal

import pytest

from shop.delivery.words import delivery_words
from tests.shop.shopping import delivery

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "prices", "said"),
    [
        ({}, ["4.90"], "Parcel: 2–4 working days, $4.90"),
        ({"days_min": 1, "days_max": 1}, ["9"], "Parcel: 1 working day, $9.00"),
        ({"free_from": 50}, ["4.90"], "Parcel: 2–4 working days, $4.90, free from $50.00"),
        ({}, ["4.90", "8.90"], "Parcel: 2–4 working days, from $4.90"),
        ({"free_from": 50}, ["0"], "Parcel: 2–4 working days, free"),
    ],
)
def test_how_long_and_how_much(values: dict, prices: list[str], said: str) -> None:
    method = delivery(prices[0], **values)
    for number, price in enumerate(prices[1:]):
        method.rates.create(up_to=number, price=Decimal(price))

    assert delivery_words(country="US", currency="USD") == [said]
    assert delivery_words(country="FR", currency="USD") == []
