"""What a cart costs: goods, discount, delivery, tax. Pure arithmetic, the same for cart and order.

- A line costs its unit price times its quantity.
- A discount is divided among the lines in proportion to what they cost (`shop.money.allocate`).
- Tax is computed once for each rate, on all that has this rate together (lines less their
  discounts, and delivery), and rounded there; its parts are divided among the lines and delivery.
  Where prices include tax it is what they contain; else it comes on top.

So for every cart, to the cent: the amounts of the lines sum to the subtotal, their discounts to the
discount, the taxes of lines and delivery to the tax, as do those of the rates, and
`total == subtotal - discount + delivery (+ tax, where prices do not include it)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shop.money import allocate, rounded

ZERO = Decimal(0)


@dataclass(frozen=True)
class Item:
    """What goes in: a unit price, how many, and the tax rate in percent."""

    unit_price: Decimal
    quantity: int
    tax_rate: Decimal = ZERO


@dataclass(frozen=True)
class ItemTotal:
    """What comes out for an item: what it costs, its parts of the discount and of the tax."""

    amount: Decimal
    discount: Decimal
    tax: Decimal


@dataclass(frozen=True)
class RateTotal:
    """The tax of one rate in percent: on what (without the tax), and how much."""

    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Totals:
    items: tuple[ItemTotal, ...]
    subtotal: Decimal
    discount: Decimal
    delivery: Decimal
    delivery_tax: Decimal
    rates: tuple[RateTotal, ...]
    tax: Decimal
    total: Decimal
    prices_include_tax: bool
    currency: str


def add_up(
    items: Sequence[Item],
    *,
    currency: str,
    prices_include_tax: bool,
    discount: Decimal = ZERO,
    delivery: Decimal = ZERO,
    delivery_rate: Decimal = ZERO,
) -> Totals:
    """The totals of a cart. The discount is bounded by what the items cost."""
    amounts = [rounded(item.unit_price, currency) * item.quantity for item in items]
    subtotal = sum(amounts, ZERO)
    discount = min(rounded(discount, currency), subtotal)
    discounts = allocate(discount, amounts, currency) if discount else [ZERO] * len(items)
    delivery = rounded(delivery, currency)

    # What each part is taxed on; delivery is the last.
    bases = [amount - off for amount, off in zip(amounts, discounts, strict=True)] + [delivery]
    parts_of: dict[Decimal, list[int]] = {}
    for place, rate in enumerate([*(item.tax_rate for item in items), delivery_rate]):
        parts_of.setdefault(rate, []).append(place)
    taxes = [ZERO] * len(bases)
    rates = []
    for rate, places in sorted(parts_of.items()):
        base = sum((bases[place] for place in places), ZERO)
        tax = _tax(base, rate, currency, prices_include_tax)
        if tax:
            shares = allocate(tax, [bases[place] for place in places], currency)
            for place, share in zip(places, shares, strict=True):
                taxes[place] = share
        if rate and base:
            rates.append(RateTotal(rate, base - tax if prices_include_tax else base, tax))
    tax = sum(taxes, ZERO)
    return Totals(
        items=tuple(map(ItemTotal, amounts, discounts, taxes)),
        subtotal=subtotal,
        discount=discount,
        delivery=delivery,
        delivery_tax=taxes[-1],
        rates=tuple(rates),
        tax=tax,
        total=subtotal - discount + delivery + (ZERO if prices_include_tax else tax),
        prices_include_tax=prices_include_tax,
        currency=currency,
    )


def _tax(base: Decimal, rate: Decimal, currency: str, included: bool) -> Decimal:
    return rounded(base * rate / (100 + rate if included else 100), currency)
