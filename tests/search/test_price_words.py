"""Prices that are said in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.price_words import cheaper, read


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
        ("2-3€", "", 2, 3),
        ("from 50 to 100 euros", "", 50, 100),
        ("boots under 1.000", "boots", None, 1000),
        ("boots under 1,000.50", "boots", None, Decimal("1000.50")),
        ("vase $1,200", "vase", None, 1200),
        ("50 euro boots", "boots", None, 50),
        ("mugs for 10 euros", "mugs", None, 10),
        ("boots around $50", "boots", 40, 60),
        ("mug under 20.", "mug", None, 20),
        ("boots 50-100 €", "boots", 50, 100),
        ("boots 20 to 40 euro", "boots", 20, 40),
        ("boots between $100 and $50", "boots", 50, 100),
        ("ab 20 Euro bis 40 Euro", "", 20, 40),
        ("boots from $50", "boots", 50, None),
        ("Stiefel ab 50 €", "Stiefel", 50, None),
        ("boots 50 euros or more", "boots", 50, None),
        ("boots $50+", "boots", 50, None),
        ("boots not under 50", "boots", 50, None),
        ("boots not more than $50", "boots", None, 50),
        ("no less than $20 boots", "boots", 20, None),
        ("boots over 50 and under 100", "boots", 50, 100),
        ("dress max. 50 €", "dress", None, 50),
        ("boots under 50.-", "boots", None, 50),
        ('boots "under 50"', 'boots "under 50"', None, None),
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


@pytest.mark.parametrize(
    "text",
    [
        "boots 36-38",
        "boots 50-100",
        "dress 10-16",
        "rug 120-180",
        "toys for ages 10-16",
        "shoes between 36 and 38",
        "dress size between 36 and 60",
        "toys between 3 and 6",
        "shoes up to 46",
        "tent for up to 4",
        "toys for children under 12",
        "bag up to 20 litres",
        "table over 120 centimetres",
        "table under 80 cm",
        "air max 90",
        "euro 2024 football",
        "dumbbell 5-10 pounds",
        "5 pound bag",
        "ZX-50-100",
        "t-shirt 3-6 months",
        "toys between 3 and 5 years",
    ],
)
def test_sizes_ages_measures_and_names_are_no_prices(text: str) -> None:
    assert read(text) == (text, None, None)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("cheaper", ""),
        ("cheaper than this!", ""),
        ("günstigere in rot", "in rot"),
        ("in red, but cheaper", "in red"),
        ("a bit cheaper in red", "in red"),
        ("etwas günstiger", ""),
        ("less expensive boots", "boots"),
    ],
)
def test_the_wish_to_pay_less_is_taken_out_of_the_words(text: str, left: str) -> None:
    assert cheaper(text) == (left, True)


def test_who_does_not_wish_to_pay_less_does_not_say_so() -> None:
    assert cheaper("red boots") == ("red boots", False)
    assert cheaper("not cheaper") == ("not cheaper", False)


@given(st.text(max_size=100))
def test_whatever_is_said_prices_are_prices(text: str) -> None:
    _, low, high = read(text)

    assert low is None or low >= 0
    assert high is None or high >= 0
    assert low is None or high is None or low <= high
