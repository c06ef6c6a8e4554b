"""Rows -> products, whatever the format: all rows with one key are one product."""

from __future__ import annotations

from collections.abc import Iterator

from shop.catalog.importing.data import Format, ProductData, Row
from shop.catalog.importing.report import Tally
from shop.catalog.importing.source import Source


def count_products(kind: Format, source: Source) -> dict[str, int]:
    """Which row is the last of each product; reads the file through, so it fails early."""
    last: dict[str, int] = {}
    for number, row in enumerate(kind.rows(source, Tally())):
        if key := kind.key(row):
            last[key] = number
    return last


def read_products(
    kind: Format, source: Source, last: dict[str, int], tally: Tally
) -> Iterator[ProductData]:
    """The products of the file, each as soon as its last row is read."""
    waiting: dict[str, list[Row]] = {}
    for number, row in enumerate(kind.rows(source, tally)):
        tally.counts["rows"] += 1
        key = kind.key(row)
        if not key:
            tally.skip(row.line, row["Handle"][:50], kind.no_key())
            continue
        waiting.setdefault(key, []).append(row)
        if number >= last.get(key, 0):
            rows = waiting.pop(key)
            product = kind.product(key, rows, tally)
            if product is None:
                tally.counts["products skipped"] += 1
            else:
                yield product
