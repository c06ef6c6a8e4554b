"""Prices that are said in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.price_words import read


@pytest.mark.parametrize(
    ("text", "left", "low", "high"),
    [
        ("boots under 50", "boots", None, 50),
        ("boots under $50 in red", "boots in red", None, 50),
        ("boots under 49,90 €", "boots", None, Decimal("49.90")),
        ("Stiefel unter 80 Euro", "Stiefel", None, 80),
        ("boots over 100 dollars", "boots", 100, None),
        ("boots over €20 under €50", "boots", 20, 50),
        ("dress for over 40s", "dress for over 40s", None, None),
        ("shoes over 40", "shoes over 40", None, None),
        ("under 5s toys", "under 5s toys", None, None),
        ("under armour", "under armour", None, None),
        ("", "", None, None),
    ],
)
def test_prices_are_taken_out_of_the_words(text, left, low, high) -> None:
    assert read(text) == (left, low, high)


@given(st.text(max_size=100))
def test_whatever_is_said_prices_are_prices(text: str) -> None:
    _, low, high = read(text)

    assert low is None or low >= 0
    assert high is None or high >= 0
    assert low is None or high is None or low <= high
