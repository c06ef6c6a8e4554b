"""What of an order's money can go back, and what was paid for some of its units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from shop.money import rounded
from shop.orders.models import Order, OrderLine
from shop.orders.states import State


def left_to_refund(order: Order) -> Decimal:
    """What was paid and not given back yet."""
    if not order.is_paid or order.state == State.PLACED:
        return Decimal(0)
    return order.total - order.refunded


def line_total(order: Order, line: OrderLine) -> Decimal:
    """What was paid for a line: after its share of the discount, with tax."""
    return line.amount - line.discount + (Decimal(0) if order.prices_include_tax else line.tax)


def paid_for(order: Order, lines: Iterable[OrderLine], quantities: Mapping[int, int]) -> Decimal:
    """What was paid for so many more units of lines (by primary key), without delivery.

    Units that went back before are counted first: however they are divided among returns, the
    parts sum to what the line cost.
    """
    return sum(
        (
            _share(order, line, line.returned + quantities[line.pk])
            - _share(order, line, line.returned)
            for line in lines
            if quantities.get(line.pk)
        ),
        Decimal(0),
    )


def _share(order: Order, line: OrderLine, units: int) -> Decimal:
    return rounded(line_total(order, line) * units / line.quantity, order.currency)
