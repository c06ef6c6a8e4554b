"""One rounding rule, exact shares, and how languages write amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.money import allocate, exponent, formatted, rounded

cents = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("0.005", "USD", "0.01"),
        ("0.015", "USD", "0.02"),
        ("0.0149", "USD", "0.01"),
        ("-0.005", "USD", "-0.01"),
        ("10.5", "JPY", "11"),
        ("1.2345", "BHD", "1.235"),
    ],
)
def test_half_a_unit_is_rounded_up(amount: str, currency: str, expected: str) -> None:
    assert str(rounded(Decimal(amount), currency)) == expected


@given(cents, st.lists(cents, min_size=1, max_size=12))
def test_parts_sum_to_the_amount(amount: Decimal, weights: list[Decimal]) -> None:
    parts = allocate(amount, weights, "USD")

    assert sum(parts) == amount
    assert len(parts) == len(weights)
    assert all(part >= 0 and part == rounded(part, "USD") for part in parts)


@given(st.lists(cents, min_size=1, max_size=12), st.data())
def test_no_part_exceeds_its_weight(weights: list[Decimal], data: st.DataObject) -> None:
    most = int(sum(weights) * 100)
    amount = Decimal(data.draw(st.integers(0, most))) / 100

    parts = allocate(amount, weights, "USD")

    assert all(part <= weight for part, weight in zip(parts, weights, strict=True))


@given(cents, st.lists(cents, min_size=2, max_size=12))
def test_parts_are_within_a_unit_of_the_exact_share(
    amount: Decimal, weights: list[Decimal]
) -> None:
    total = sum(weights)
    if total:
        for part, weight in zip(allocate(amount, weights, "USD"), weights, strict=True):
            assert abs(part - amount * weight / total) < exponent("USD")


def test_nothing_is_divided_among_none() -> None:
    assert allocate(Decimal(5), [], "USD") == []


@pytest.mark.parametrize(
    ("currency", "language", "expected"),
    [
        ("USD", "en", "$1,234.50"),
        ("EUR", "de", "1.234,50 €"),
        ("CHF", "en", "CHF 1,234.50"),
        ("JPY", "en", "¥1,234"),
        ("EUR", "de-at", "€ 1.234,50"),
        ("EUR", "xx-unknown", "€1,234.50"),
    ],
)
def test_amounts_are_written_as_the_language_does(
    currency: str, language: str, expected: str
) -> None:
    amount = Decimal(1234) if currency == "JPY" else Decimal("1234.50")

    written = formatted(amount, currency, language)

    assert " ".join(written.split()) == expected


@pytest.mark.parametrize(
    ("currency", "language", "expected"),
    [
        ("USD", "en", "$1,250"),
        ("EUR", "de", "1.250 €"),
        ("CHF", "en", "CHF 1,250"),
        ("JPY", "en", "¥1,250"),
    ],
)
def test_what_has_no_cents_can_be_written_without(
    currency: str, language: str, expected: str
) -> None:
    written = formatted(Decimal(1250), currency, language, brief=True)

    assert " ".join(written.split()) == expected


@pytest.mark.parametrize(("amount", "currency"), [("12.50", "JPY"), ("0.005", "USD")])
def test_half_a_unit_is_written_as_it_is_charged(amount: str, currency: str) -> None:
    exact = Decimal(amount)

    assert formatted(exact, currency, "en") == formatted(rounded(exact, currency), currency, "en")
