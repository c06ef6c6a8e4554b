"""The currencies that a shop can have its prices in."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_precision, get_territory_currencies

# Prices are kept with two decimals, which some dinars do not fit into.
MOST_DECIMALS = 2


@lru_cache
def codes() -> tuple[str, ...]:
    """ISO 4217 codes of the money that people pay with today, in alphabetical order."""
    found = {
        code
        for territory in get_global("territory_currencies")
        for code in get_territory_currencies(territory)
        if get_currency_precision(code) <= MOST_DECIMALS
    }
    return tuple(sorted(found))


def choices(language: str) -> list[tuple[str, str]]:
    """(code, "EUR, euro") in a language, as for a select."""
    names = Locale.parse(language, sep="-").currencies
    return [(code, f"{code} · {names.get(code, code)}") for code in codes()]
