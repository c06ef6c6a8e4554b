"""What is to be put into which parcel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.templatetags.static import static

from shop.orders.models import Order, OrderLine

MOST = 200  # orders on one list: more are no list that somebody packs by


@dataclass
class Picked:
    """So many of one thing, for all orders of a list."""

    line: OrderLine
    quantity: int
    orders: int


def to_pack(order: Order) -> list[tuple[OrderLine, int]]:
    """What belongs into the parcel: lines with their units, less what was taken off."""
    return [
        (line, line.quantity - line.returned)
        for line in order.lines.all()
        if line.quantity > line.returned
    ]


def pick_list(orders: Sequence[Order]) -> list[Picked]:
    """What to fetch for all of them, by SKU."""
    found: dict[str, Picked] = {}
    for order in orders:
        for line, quantity in to_pack(order):
            picked = found.setdefault(line.sku, Picked(line, 0, 0))
            picked.quantity += quantity
            picked.orders += 1
    return [found[sku] for sku in sorted(found)]


def picture_url(line: OrderLine) -> str:
    """Of the picture that was kept with the line."""
    return default_storage.url(line.picture) if line.picture else static("img/no-picture.svg")
