"""Prices that are said in words: "boots under 50" is a search for boots with a highest price.

They become the filter that they are, so that it is shown as one and can be removed. A number alone
may be a size, an age, a measure or a name: without a currency it is a price only where little else
can be meant. A price that is not read costs a filter; one that is none hides what was asked for.
"""

from __future__ import annotations

import re
from decimal import Decimal

Bounds = tuple[Decimal | None, Decimal | None]

_NUMBER = r"(?:[0-9]{1,3}(?:[.,'’][0-9]{3})+|[0-9]{1,11})(?:[.,][0-9]{1,2})?"
_BEFORE = r"(?:[$€£¥]|(?:usd|eur|gbp|chf)\b)"
_BEHIND = r"(?:[$€£¥]|(?:usd|eur|euros?|dollars?|gbp|chf)\b)"
# "5 pounds" of something are none, unless "under" or the like says that they are a price.
_BEHIND_BOUND = r"(?:[$€£¥]|(?:usd|eur|euros?|dollars?|gbp|pounds?|chf)\b)"
# What is measured otherwise: "under 80 cm", "between 3 and 5 years".
_OTHERWISE = (
    r"(?![\w%+-]|[.,][0-9]|\s*(?:°|%|[\"”]|(?:years?|yrs?|months?|mo|weeks?|days?|hours?|minutes?"
    r"|cm|mm|m|km|kgs?|g|l|ml|cl|oz|lbs?|inch(?:es)?|feet|ft|watts?|volts?|pcs|pieces?|persons?"
    r"|people|lit(?:er|re)s?|(?:centi|milli)?met(?:er|re)s?|pounds?|wide|long|high|deep|tall"
    r"|denier|jahren?|monaten?|stück|personen|zoll|teilen?)\b))"
)
# Beside them a number without a currency is one of these.
_COUNTED = re.compile(
    r"\b(?:sizes?|ages?|aged|years?|kids?|child(?:ren)?|baby|babies|toddlers?|pack|set|größen?|gr"
    r"|alter|kinder|jahre)\b",
    re.IGNORECASE,
)
_BELOW = "under|below|less than|cheaper than|unter|weniger als"
_AT_MOST = rf"{_BELOW}|up to|at most|max\.?|maximum|bis zu|bis|höchstens|maximal"
_ABOVE = "over|above|more than|über|mehr als"
_AT_LEAST = rf"{_ABOVE}|at least|from|starting (?:at|from)|ab|von|mindestens"
_OR_MORE = r"(?:\+|(?:or|and|und|oder)\s+(?:more|up|above|over|mehr)\b|upwards?\b|aufwärts\b)"
_ABOUT = "around|about|circa|ca\\.?|approx\\.?|etwa|ungefähr|rund"
_NOT = r"(?:\b(?:not|no|nicht)\s+)"
_TO = r"(?:to|bis|[-–—])"
# Sizes and ages end below it: "over 100" is a price.
_SURELY_A_PRICE = 100
# From 50 to 100 is no range of sizes, as from 36 to 38 may be.
_WIDE = Decimal("1.5")
_NEAR = Decimal("0.2")


def _priced(name: str, behind: str = _BEHIND) -> str:
    """An amount with its currency; the group is `name`, or `name` and "_"."""
    return (
        rf"(?:{_BEFORE}\s*(?P<{name}>{_NUMBER})(?![\w%]|[.,][0-9])"
        rf"|(?P<{name}_>{_NUMBER})\s*{behind})"
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_RANGE = _pattern(
    rf"(?<![\w.,-])(?:(?P<between>between|zwischen)\s+|(?:from|von|ab)\s+)?(?P<before>{_BEFORE})?\s*"
    rf"(?P<low>{_NUMBER})\s*(?P<middle>{_BEHIND})?\s*(?:{_TO}|(?(between)(?:and|und)|{_TO}))"
    rf"\s*(?P<again>{_BEFORE})?\s*(?P<high>{_NUMBER})(?:\s*(?P<behind>{_BEHIND})|{_OTHERWISE})"
)
_UPWARDS = _pattern(rf"{_priced('low')}\s*{_OR_MORE}")
_HIGHEST = _pattern(
    rf"(?P<no>{_NOT})?\b(?P<said>{_AT_MOST})\s+"
    rf"(?:{_priced('at', _BEHIND_BOUND)}|(?P<bare>{_NUMBER}){_OTHERWISE})"
)
_LOWEST = _pattern(
    rf"(?P<no>{_NOT})?\b(?P<said>{_AT_LEAST})\s+"
    rf"(?:{_priced('at', _BEHIND_BOUND)}|(?P<bare>{_NUMBER}){_OTHERWISE})"
)
_NEARLY = _pattern(rf"\b(?:{_ABOUT})\s+{_priced('at')}")
_ALONE = _pattern(rf"(?<![\w.,-])(?:(?:for|für|um)\s+)?{_priced('at')}")
_IS_BELOW, _IS_ABOVE = _pattern(f"(?:{_BELOW})"), _pattern(f"(?:{_ABOVE})")
_QUOTED = re.compile(r'"[^"]*"')


def read(text: str) -> tuple[str, Decimal | None, Decimal | None]:
    """`text` without the prices that it says, and the lowest and highest that it asks for. What
    stands in "double quotes" is none."""
    low: Decimal | None = None
    high: Decimal | None = None
    for pattern, bounds in (
        (_RANGE, _range),
        (_UPWARDS, _upwards),
        (_HIGHEST, _highest),
        (_LOWEST, _lowest),
        (_NEARLY, _nearly),
        (_ALONE, _alone),
    ):
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        for found in pattern.finditer(text):
            if any(start <= found.start() < end for start, end in quoted):
                continue
            others = (low, high) != (None, None)
            lowest, highest = bounds(found, others or bool(_COUNTED.search(text)), others)
            if (lowest, highest) != (None, None):
                low = low if lowest is None else lowest
                high = high if highest is None else highest
                text = _without(text, found)
                break
    if low is not None and high is not None and low > high:
        low = None
    return text, low, high


def _without(text: str, found: re.Match[str]) -> str:
    before = text[: found.start()]
    behind = re.sub(r"^(?:\.[-–]|[.,;!?])+", "", text[found.end() :])
    if behind.strip():
        return " ".join(f"{before} {behind}".split())
    # "over 50 and under 100": what joined the two joins nothing now.
    return re.sub(r"\s+(?:and|but|und|aber|for|für)\s*$", "", " ".join(before.split()))


# Each gives the bounds that a match says; neither, if it is not about prices. `counted`: whether a
# number without a currency is rather something else; `priced`: whether other words say a price.


def _range(found: re.Match[str], counted: bool, priced: bool) -> Bounds:
    ends = sorted((_number(found["low"]), _number(found["high"])))
    low, high = ends
    if any(found[name] for name in ("before", "middle", "again", "behind")):
        return low, high
    wide = low >= 10 and high >= _WIDE * low
    return (low, high) if found["between"] and wide and not counted else (None, None)


def _upwards(found: re.Match[str], counted: bool, priced: bool) -> Bounds:
    return _number(found["low"] or found["low_"]), None


def _highest(found: re.Match[str], counted: bool, priced: bool) -> Bounds:
    price = _number(found["at"] or found["at_"] or found["bare"])
    below = bool(_IS_BELOW.fullmatch(found["said"]))
    if found["bare"] and ((counted and not priced) or not below):
        return None, None
    # "Not under 50" is at least that.
    return (price, None) if found["no"] and below else (None, price)


def _lowest(found: re.Match[str], counted: bool, priced: bool) -> Bounds:
    price = _number(found["at"] or found["at_"] or found["bare"])
    above = bool(_IS_ABOVE.fullmatch(found["said"]))
    if found["bare"]:
        sure = priced or (price >= _SURELY_A_PRICE and not counted)
        if not above or not sure:
            return None, None
    return (None, price) if found["no"] and above else (price, None)


def _nearly(found: re.Match[str], counted: bool, priced: bool) -> Bounds:
    price = _number(found["at"] or found["at_"])
    cent = Decimal("0.01")
    return (price * (1 - _NEAR)).quantize(cent), (price * (1 + _NEAR)).quantize(cent)


def _alone(found: re.Match[str], counted: bool, priced: bool) -> Bounds:
    return None, None if priced else _number(found["at"] or found["at_"])


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


_CHEAPER = _pattern(
    r"[,;]?\s*\b(?<!not )(?:but\s+|and\s+|aber\s+|und\s+)?(?:a (?:bit|little) |much |etwas |viel )?"
    r"(?:cheaper|less expensive|at a lower price|günstiger(?:e[srn]?)?|billiger(?:e[srn]?)?"
    r"|preiswerter(?:e[srn]?)?)\b(?:\s+(?:ones?|than this|than that|please|bitte))*[!.,;?]*"
)


def cheaper(text: str) -> tuple[str, bool]:
    """`text` without the wish to pay less than for what is shown, and whether it has one."""
    left = _CHEAPER.sub(" ", text)
    return " ".join(left.split()), left != text
