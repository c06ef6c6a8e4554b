"""What cells of any format hold: amounts, counts, weights, yes and no."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from shop.catalog.importing.data import MAX_NUMBER, MAX_PRICE, Row
from shop.catalog.importing.report import Tally

MAX_DEPTH = 60  # of categories
NUMBER = re.compile(r"\d{1,10}(\.\d{1,10})?", re.ASCII)
SIMPLE = re.compile(r"[0-9]{1,10}([.,][0-9]{0,10})?")
# Thousands as they are grouped: by one mark throughout, in India by twos above the first three.
GROUPS = (
    r"[1-9][0-9]{0,2}(?:,[0-9]{3})+",
    r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}",
    r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+",
    r"[1-9][0-9]{0,2}(?:(?P<mark>['’ \u00a0\u2009\u202f])[0-9]{3})(?:(?P=mark)[0-9]{3})*",
)
DECIMALS = (r"\.", r"\.", ",", "[.,]")  # what can stand before the decimal part of each
GROUPED = re.compile(
    "|".join(
        f"{groups}(?:{mark}[0-9]{{1,2}})?" for groups, mark in zip(GROUPS, DECIMALS, strict=True)
    )
)
THOUSANDS = re.compile("|".join(GROUPS))
LONGEST_AMOUNT = 50  # with its currency
CURRENCY = "(?:[A-Z]{3}|[€£$¥])"
CURRENCIES = re.compile(rf"^(?:{CURRENCY}\s*)+|(?:\s*{CURRENCY})+$")
# In which other shops show a weight, in grams.
WEIGHT_UNITS = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "oz": Decimal("28.349523125"),
    "lb": Decimal("453.59237"),
}
SIGNS = {"€": "EUR", "£": "GBP"}  # "$" and "¥" are many countries'
TRUE = ("true", "yes", "1", "y", "x", "ja", "wahr", "oui", "sí", "si", "active", "published")
FALSE = ("false", "no", "0", "n", "nein", "falsch", "non", "draft", "archived", "hidden")


def cut(row: Row, column: str, limit: int, handle: str, tally: Tally) -> str:
    """The short text of a cell, cut to what the shop has room for."""
    text = row.short(column)
    if len(text) > limit:
        tally.warn(
            row.line,
            handle,
            _("%(column)s is cut to %(limit)s characters") % {"column": column, "limit": limit},
        )
        text = text[:limit].strip()
    return text


def category_path(row: Row, names: list[str], handle: str, tally: Tally) -> tuple[str, ...]:
    """The names of a path, cut to what the shop has room for."""
    if len(names) > MAX_DEPTH or any(len(name) > 120 for name in names):
        tally.warn(
            row.line,
            handle,
            _("the category is cut to %(levels)s levels of 120 characters") % {"levels": MAX_DEPTH},
        )
        names = [name[:120].strip() for name in names[:MAX_DEPTH]]
    return tuple(name for name in names if name)


def price(text: str) -> tuple[Decimal | None, str]:
    """The amount, or None and what is wrong with it."""
    if not text:
        return None, _("the price is missing")
    if NUMBER.fullmatch(text):
        amount = Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP)
        if amount <= MAX_PRICE:
            return amount, ""
    if NUMBER.fullmatch(text.removeprefix("-")):
        if text.startswith("-"):
            return None, _("the price %(price)s is negative") % {"price": text}
        return None, _("the price %(price)s is too high") % {"price": text}
    return None, _no_number(text)


def _no_number(text: str) -> str:
    return _("the price %(price)s is no number such as 1234.50") % {"price": repr(text[:30])}


def amount(text: str) -> tuple[Decimal | None, str, str]:
    """An amount as people write it, its currency if it names one, or what is wrong with it.

    "1,234.50", "1.234,50 €", "12,5", "USD 12": a mark that groups thousands is not the decimal one.
    What could be either, such as 1.234, is nobody's to guess.
    """
    currency = next((code for sign, code in SIGNS.items() if sign in text), "")
    code = re.search(r"[A-Z]{3}", text)
    if code is not None:
        currency = code[0]
    if len(text) > LONGEST_AMOUNT:
        return None, currency, _no_number(text)
    written = CURRENCIES.sub("", text)
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", written):
        problem = _("the price %(price)s can be read in two ways: write %(one)s or %(other)s") % {
            "price": repr(text[:30]),
            "one": re.sub("[.,]", "", written) + ".00",
            "other": written.replace(",", ".")[:-1],
        }
        return None, currency, problem
    found, problem = price(_plain(written))
    if written and not NUMBER.fullmatch(_plain(written).removeprefix("-")):
        problem = _no_number(text)  # as it is written in the file
    return found, currency, problem


def _plain(written: str) -> str:
    """The number without groups and with a decimal point; as it is written if it is none."""
    sign = "-" if written.startswith("-") else ""
    digits = written.removeprefix("-")
    if GROUPED.fullmatch(digits):
        # A decimal part has two digits at most, and the last group has three.
        decimals = re.search(r"[.,][0-9]{1,2}$", digits)
        end = decimals.start() if decimals else len(digits)
        return sign + re.sub("[^0-9]", "", digits[:end]) + digits[end:].replace(",", ".")
    if SIMPLE.fullmatch(digits):
        return sign + digits.replace(",", ".").rstrip(".")
    return written


def former_price(
    text: str, now: Decimal | None, row: Row, handle: str, tally: Tally
) -> Decimal | None:
    """The price before a reduction; None where there is none."""
    if not text:
        return None
    amount, problem = price(text)
    if amount is None:
        tally.warn(
            row.line,
            handle,
            _("the compare-at price is left out: %(problem)s") % {"problem": problem},
        )
    elif now is not None and amount <= now:
        # Shopify writes 0, or the price itself, where there is none.
        if amount:
            tally.warn(row.line, handle, _("the compare-at price is left out: not above the price"))
        return None
    return amount


def stock(text: str, row: Row, handle: str, tally: Tally) -> int | None:
    """How many there are; None with a warning for what is no count: what the shop has stays."""
    if re.fullmatch(r"-\d+", text, re.ASCII):
        tally.warn(row.line, handle, _("the stock %(stock)s is taken as 0") % {"stock": text[:12]})
        return 0
    # Without decimals each mark groups thousands; but programs write 3.0 for 3.
    digits = re.sub("[^0-9]", "", text) if THOUSANDS.fullmatch(text) else text
    if not re.fullmatch(r"\d{1,50}(\.00?)?", digits, re.ASCII):
        problem = _("the stock %(stock)s is left out: it is no whole number such as 1200")
    elif Decimal(digits) > MAX_NUMBER:
        problem = _("the stock %(stock)s is left out: it is too high")
    else:
        return int(Decimal(digits))
    tally.warn(row.line, handle, problem % {"stock": repr(text[:20])})
    return None


def grams(text: str, unit: str) -> int | None:
    """A weight in grams, or None for what is no weight."""
    factor = WEIGHT_UNITS.get(unit.lower())
    if factor is None or not NUMBER.fullmatch(text):
        return None
    weight = (Decimal(text) * factor).quantize(Decimal(1), ROUND_HALF_UP)
    return int(weight) if weight <= MAX_NUMBER else None


def yes_or_no(text: str) -> bool | None:
    """What a cell says, or None if it is neither."""
    word = text.lower()
    return True if word in TRUE else False if word in FALSE else None


def set_if(values: dict[str, Any], name: str, value: Any) -> None:
    """Put into `values` what the file says; an empty cell says nothing."""
    if value not in ("", None):
        values[name] = value
