"""Prices that are said in words: "boots under 50" is a search for boots with a highest price.

They become the filter that they are, so that it is shown as one and can be removed. A number alone
may be a size, an age or a year: without a currency it is a price only where nothing else is meant
so.
"""

from __future__ import annotations

import re
from decimal import Decimal

Bounds = tuple[Decimal | None, Decimal | None]

_NUMBER = r"(?:[0-9]{1,3}(?:[.,'’][0-9]{3})+|[0-9]{1,11})(?:[.,][0-9]{1,2})?"
_CURRENCY = r"(?:[$€£¥]|(?:usd|eur|euros?|dollars?|gbp|pounds?|chf)\b)"
# "5 pounds" of something are none, unless "under" or the like says that they are a price.
_SURE_CURRENCY = r"(?:[$€£¥]|(?:usd|eur|euros?|dollars?|gbp|chf)\b)"
# What is measured otherwise: "under 80 cm", "between 3 and 5 years".
_OTHERWISE = (
    r"(?![\w%-]|[.,]\d|\s*(?:°|%|(?:years?|yrs?|months?|weeks?|days?|hours?|minutes?|cm|mm|m|km|kg|g"
    r"|l|ml|cl|oz|lbs?|inch(?:es)?|feet|ft|watts?|volts?|pcs|pieces?|persons?|people|jahren?|monaten?"
    r"|stück|personen|zoll)\b))"
)
_AT_MOST = "under|below|less than|cheaper than|up to|at most|max|unter|bis zu|bis|höchstens|maximal"
_AT_LEAST = "over|above|more than|at least|über|ab|mindestens"
_ABOUT = "around|about|circa|ca\\.?|approx\\.?|etwa|ungefähr|rund"
# Sizes and ages end below it: "over 100" is a price.
_SURELY_A_PRICE = 100
# From 50 to 100 is no range of sizes, as from 36 to 38 may be.
_WIDE = Decimal("1.5")
_NEAR = Decimal("0.2")


def _amount(name: str) -> str:
    return rf"(?P<{name}>{_NUMBER})"


def _with_currency(name: str, currency: str = _CURRENCY) -> str:
    """An amount with its currency before or behind; the group is `name`, or `name` and "_"."""
    return rf"(?:{currency}\s*{_amount(name)}(?![\w%]|[.,]\d)|{_amount(name + '_')}\s*{currency})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_BETWEEN = _pattern(
    rf"\b(?P<word>between|zwischen|from|von)\s+(?P<before>{_CURRENCY})?\s*{_amount('low')}"
    rf"\s*{_CURRENCY}?\s*(?:and|und|to|bis|[-–])\s*{_CURRENCY}?\s*{_amount('high')}"
    rf"(?:\s*(?P<behind>{_CURRENCY})|{_OTHERWISE})"
)
_DASHED = _pattern(
    rf"(?<![\w.,-])(?P<before>{_CURRENCY})?\s*{_amount('low')}\s*{_CURRENCY}?\s*[-–]"
    rf"\s*{_CURRENCY}?\s*{_amount('high')}(?:\s*(?P<behind>{_CURRENCY})|{_OTHERWISE})"
)
_HIGHEST = _pattern(
    rf"\b(?:{_AT_MOST})\s+(?:{_with_currency('high')}|(?P<bare>{_NUMBER}){_OTHERWISE})"
)
_LOWEST = _pattern(
    rf"\b(?:{_AT_LEAST})\s+(?:{_with_currency('low')}|(?P<bare>{_NUMBER}){_OTHERWISE})"
)
_NEARLY = _pattern(rf"\b(?:{_ABOUT})\s+{_with_currency('at')}")
_ALONE = _pattern(rf"(?<![\w.,-])(?:(?:for|für|um)\s+)?{_with_currency('at', _SURE_CURRENCY)}")


def read(text: str) -> tuple[str, Decimal | None, Decimal | None]:
    """`text` without the prices that it says, and the lowest and highest that it asks for."""
    low: Decimal | None = None
    high: Decimal | None = None
    for pattern, bounds in (
        (_BETWEEN, _between),
        (_DASHED, _dashed),
        (_HIGHEST, _highest),
        (_LOWEST, _lowest),
        (_NEARLY, _nearly),
        (_ALONE, _alone),
    ):
        found = pattern.search(text)
        if found is None:
            continue
        lowest, highest = bounds(found, low is not None or high is not None)
        if (lowest, highest) == (None, None):
            continue
        low, high = low if lowest is None else lowest, high if highest is None else highest
        text = f"{text[: found.start()]} {text[found.end() :].lstrip('.,;!?')}"
        text = " ".join(text.split())
    if low is not None and high is not None and low > high:
        low = None
    return text, low, high


# Each gives the bounds that a match says; neither, if it is not about prices. `priced`: whether
# other words were.


def _between(found: re.Match[str], priced: bool) -> Bounds:
    low, high = _number(found["low"]), _number(found["high"])
    said = found["before"] or found["behind"] or found["word"].lower() in ("between", "zwischen")
    return (low, high) if low < high and (said or _is_wide(low, high)) else (None, None)


def _dashed(found: re.Match[str], priced: bool) -> Bounds:
    low, high = _number(found["low"]), _number(found["high"])
    said = found["before"] or found["behind"]
    return (low, high) if low < high and (said or _is_wide(low, high)) else (None, None)


def _highest(found: re.Match[str], priced: bool) -> Bounds:
    return None, _number(found["high"] or found["high_"] or found["bare"])


def _lowest(found: re.Match[str], priced: bool) -> Bounds:
    price = _number(found["low"] or found["low_"] or found["bare"])
    return (None if found["bare"] and not priced and price < _SURELY_A_PRICE else price), None


def _nearly(found: re.Match[str], priced: bool) -> Bounds:
    price = _number(found["at"] or found["at_"])
    cent = Decimal("0.01")
    return (price * (1 - _NEAR)).quantize(cent), (price * (1 + _NEAR)).quantize(cent)


def _alone(found: re.Match[str], priced: bool) -> Bounds:
    return None, None if priced else _number(found["at"] or found["at_"])


def _is_wide(low: Decimal, high: Decimal) -> bool:
    return low >= 10 and high >= _WIDE * low


def _number(said: str) -> Decimal:
    """1.000 and 1,000 are a thousand, 49,90 and 49.90 are not."""
    whole, cents = said, ""
    if len(said) > 3 and said[-2] in ".,":
        whole, cents = said[:-2], said[-1]
    elif len(said) > 3 and said[-3] in ".,":
        whole, cents = said[:-3], said[-2:]
    elif len(said) == 3 and said[1] in ".,":
        whole, cents = said[0], said[2]
    digits = re.sub(r"[^0-9]", "", whole)
    return Decimal(f"{digits}.{cents}" if cents else digits)
