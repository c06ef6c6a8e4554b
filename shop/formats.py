"""Numbers as the active language writes them."""

from __future__ import annotations

from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent
from django.utils.translation import get_language


def active_locale(language: str | None = None) -> Locale:
    """Babel's locale of a language such as "de" or "pt-br", the active one unless it is given."""
    try:
        return Locale.parse(language or get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def number(value: int | float | Decimal) -> str:
    """With a mark between thousands: 1,234.5; 1.234,5."""
    return format_decimal(value, locale=active_locale())


def percent(share: float, *, decimals: int = 0) -> str:
    """A share of 1: 12%; 12 %."""
    locale = active_locale()
    head, zero, tail = str(locale.percent_formats[None].pattern).rpartition("0")
    point = "." + "0" * decimals if decimals else ""
    return format_percent(share, f"{head}{zero}{point}{tail}", locale=locale)
