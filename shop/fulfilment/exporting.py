"""Orders as rows of CSV files. `docs/orders-csv.md` says what the columns hold."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from shop.addresses import PostalAddress
from shop.fulfilment.amounts import line_total
from shop.orders.models import Order, OrderLine
from shop.spreadsheets import Cell

AT_ONCE = 1000  # orders that are read at a time

ADDRESS = ["name", "company", "line1", "line2", "postcode", "city", "region", "country", "phone"]
ORDER_HEADER = [
    "number",
    "state",
    "placed_at",
    "paid_at",
    "shipped_at",
    "email",
    "currency",
    "prices_include_tax",
    "subtotal",
    "discount",
    "delivery",
    "tax",
    "total",
    "refunded",
    "units",
    "weight_grams",
    "voucher",
    "delivery_method",
    "payment",
    "carrier",
    "tracking_number",
    *(f"shipping_{part}" for part in ADDRESS),
    *(f"billing_{part}" for part in ADDRESS),
]
LINE_HEADER = [
    "number",
    "state",
    "placed_at",
    "currency",
    "sku",
    "product",
    "options",
    "quantity",
    "returned",
    "unit_price",
    "amount",
    "discount",
    "tax_rate",
    "tax",
    "paid",
]


def order_rows(orders: QuerySet[Order]) -> Iterator[list[Cell]]:
    """A row for each order."""
    for order in _read(orders):
        yield [
            order.number,
            order.state,
            order.placed_at,
            order.paid_at,
            order.shipped_at,
            order.email,
            order.currency,
            "yes" if order.prices_include_tax else "no",
            order.subtotal,
            order.discount,
            order.delivery,
            order.tax,
            order.total,
            order.refunded,
            sum(line.quantity for line in order.lines.all()),
            order.weight,
            order.voucher_code,
            order.delivery_name,
            order.gateway,
            order.tracking_carrier,
            order.tracking_number,
            *_address(order.shipping_address),
            *_address(order.billing_address),
        ]


def line_rows(orders: QuerySet[Order]) -> Iterator[list[Cell]]:
    """A row for each line of each order."""
    for order in _read(orders):
        for line in order.lines.all():
            yield [
                order.number,
                order.state,
                order.placed_at,
                order.currency,
                line.sku,
                line.title,
                line.options_text,
                line.quantity,
                line.returned,
                line.unit_price,
                line.amount,
                line.discount,
                line.tax_rate,
                line.tax,
                line_total(order, line),
            ]


def _read(orders: QuerySet[Order]) -> Iterator[Order]:
    lines = Prefetch("lines", OrderLine.objects.order_by("pk"))
    return orders.prefetch_related(None).prefetch_related(lines).iterator(chunk_size=AT_ONCE)


def _address(address: PostalAddress) -> list[Cell]:
    return [getattr(address, part) for part in ADDRESS]
