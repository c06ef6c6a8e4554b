"""What of an order's amounts is not stored as such, by sums of what is: never computed anew."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from shop.cart.totals import RateTotal
from shop.orders.models import Order, OrderLine

ZERO = Decimal(0)


def tax_by_rate(order: Order, lines: Iterable[OrderLine]) -> list[RateTotal]:
    """The tax of each rate and what it is on, lowest rate first; their taxes sum to the order's.

    Rates on nothing (a free delivery's) are left out, a rate of zero is not.
    """
    bases: dict[Decimal, Decimal] = {}
    taxes: dict[Decimal, Decimal] = {}
    parts = [(line.tax_rate, line.amount - line.discount, line.tax) for line in lines]
    parts.append((order.delivery_tax_rate, order.delivery, order.delivery_tax))
    for rate, base, tax in parts:
        bases[rate] = bases.get(rate, ZERO) + base
        taxes[rate] = taxes.get(rate, ZERO) + tax
    return [
        RateTotal(
            rate,
            bases[rate] - taxes[rate] if order.prices_include_tax else bases[rate],
            taxes[rate],
        )
        for rate in sorted(bases)
        if bases[rate] or taxes[rate]
    ]


def rate_words(rate: Decimal) -> str:
    """A rate in percent without zeros at its end: 19, 8.1."""
    return f"{rate.normalize():f}"
