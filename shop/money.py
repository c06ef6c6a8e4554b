"""Amounts of money: one rounding rule, exact shares, and how a language writes them.

The rule. An amount is a `Decimal` in the currency's smallest unit (cents; whole yen). What is
computed beyond that is rounded half up, once, where it becomes an amount that someone pays or
reads: a voucher's discount, the tax of one rate, a delivery price. Sums are never rounded, for sums
of rounded amounts are exact. An amount that is divided among lines is divided by `allocate`, so
that the parts sum to it to the cent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, get_currency_precision

from shop.formats import active_locale


def exponent(currency: str) -> Decimal:
    """The smallest unit of a currency (ISO 4217): 0.01 for USD, 1 for JPY."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def rounded(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole units of the currency, rounded half up (away from zero)."""
    return amount.quantize(exponent(currency), rounding=ROUND_HALF_UP)


def allocate(amount: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Divide `amount` (in whole units, not negative) in proportion to `weights`, exactly.

    By the largest remainder (Hamilton's method): each part is rounded down, and the units that are
    left go to the parts that lost most, the first of equals first. No part exceeds its weight
    where the amount does not exceed their sum. Weights that sum to zero share evenly.
    """
    if not weights:
        return []
    unit = exponent(currency)
    total = sum(weights, Decimal(0))
    if total == 0:
        weights, total = [Decimal(1)] * len(weights), Decimal(len(weights))
    units = int(amount / unit)
    # Whole numbers, lest a quotient without end is cut before it is compared.
    shares = [divmod(units * int(weight / unit), int(total / unit)) for weight in weights]
    left = units - sum(whole for whole, _ in shares)
    by_loss = sorted(range(len(shares)), key=lambda place: -shares[place][1])
    extra = set(by_loss[:left])
    return [(whole + (place in extra)) * unit for place, (whole, _) in enumerate(shares)]


def formatted(
    amount: Decimal, currency: str, language: str | None = None, *, brief: bool = False
) -> str:
    """As a language writes it, the active one unless it is given: $1,234.50; 1.234,50 €. `brief`:
    without the cents, for an amount that has none: $25."""
    # Babel would round half to even, and show ¥12 for what is charged as ¥13.
    amount = rounded(Decimal(amount), currency)
    locale = active_locale(language)
    pattern = None
    if brief:
        pattern = re.sub(r"\.0+", "", locale.currency_formats["standard"].pattern)
    written = format_currency(amount, currency, pattern, locale, currency_digits=not brief)
    # Babel leaves out the space between a code of letters and a number, which CLDR asks for.
    return re.sub(r"(?<=[A-Za-z])(?=\d)", "\N{NO-BREAK SPACE}", written)
