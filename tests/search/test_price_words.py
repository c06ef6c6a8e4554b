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
        ("boots over 100", "boots", 100, None),
        ("boots over 100 under 150", "boots", 100, 150),
        ("boots over 20 under 50", "boots", 20, 50),
        ("boots between 50 and 100", "boots", 50, 100),
        ("Vase zwischen 20 und 40 Euro", "Vase", 20, 40),
        ("boots 50-100", "boots", 50, 100),
        ("2-3€", "", 2, 3),
        ("from 50 to 100 euros", "", 50, 100),
        ("boots under 1.000", "boots", None, 1000),
        ("boots under 1,000.50", "boots", None, Decimal("1000.50")),
        ("vase $1,200", "vase", None, 1200),
        ("50 euro boots", "boots", None, 50),
        ("mugs for 10 euros", "mugs", None, 10),
        ("boots around $50", "boots", 40, 60),
        ("mug under 20.", "mug", None, 20),
        ("boots 36-38", "boots 36-38", None, None),
        ("ZX-50-100", "ZX-50-100", None, None),
        ("t-shirt 3-6 months", "t-shirt 3-6 months", None, None),
        ("toys between 3 and 5 years", "toys between 3 and 5 years", None, None),
        ("table under 80 cm", "table under 80 cm", None, None),
        ("5 pound bag", "5 pound bag", None, None),
        ("boots under ٥٠", "boots under ٥٠", None, None),
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
