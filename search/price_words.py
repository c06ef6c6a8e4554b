"""Prices that are said in words: "boots under 50" is a search for boots with a highest price.

They become the filter that they are, so that it is shown as one and can be removed.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_AMOUNT = r"(?P<{0}>\d{{1,7}}(?:[.,]\d{{1,2}})?)"
_CURRENCY = r"(?:[$€£¥]|usd|eur|euros?|dollars?|gbp|pounds?|chf)"
_AT_MOST = "under|below|less than|cheaper than|up to|at most|max|unter|bis zu|bis|höchstens|maximal"
_AT_LEAST = "over|above|more than|at least|über|ab|mindestens"


def _said(words: str, name: str, *, currency: str) -> str:
    before = rf"{_CURRENCY}\s*{_AMOUNT.format(name)}\b"
    behind = rf"{_AMOUNT.format(name + '_')}\s*{currency}"
    return rf"\b(?:{words})\s+(?:{before}|{behind})"


# "over 40" may be an age or a size; with a currency it is a price.
_HIGHEST = re.compile(
    _said(_AT_MOST, "high", currency=rf"(?:{_CURRENCY}\b|{_CURRENCY}(?=\s|$)|(?![\w%.,-]))"), re.I
)
_LOWEST = re.compile(
    _said(_AT_LEAST, "low", currency=rf"(?:{_CURRENCY}\b|{_CURRENCY}(?=\s|$))"), re.I
)


def read(text: str) -> tuple[str, Decimal | None, Decimal | None]:
    """`text` without the prices that it says, and the lowest and highest that it asks for."""
    text, low = _taken(_LOWEST, "low", text)
    text, high = _taken(_HIGHEST, "high", text)
    if low is not None and high is not None and low > high:
        low = None
    return text, low, high


def _taken(pattern: re.Pattern[str], name: str, text: str) -> tuple[str, Decimal | None]:
    found = pattern.search(text)
    if found is None:
        return text, None
    amount = found[name] or found[f"{name}_"]
    try:
        price = Decimal(amount.replace(",", "."))
    except InvalidOperation:  # digits of another script
        return text, None
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split()), price
