"""Rows -> products, whatever the format: all rows with one key are one product."""

from __future__ import annotations

from collections.abc import Iterator

from shop.catalog.importing.data import Format, ProductData, Row
from shop.catalog.importing.report import ProductOutcome, Tally
from shop.catalog.importing.source import Source


def count_products(kind: Format, source: Source) -> dict[str, int]:
    """Which row is the last of each product; reads the file through, so it fails early."""
    last: dict[str, int] = {}
    for number, row in enumerate(kind.rows(source, Tally())):
        if key := kind.key(row):
            last[key] = number
    return last


def read_products(
    kind: Format, source: Source, last: dict[str, int], tally: Tally, *, skip: int = 0
) -> Iterator[ProductData | ProductOutcome]:
    """The products of the file, each as soon as its last row is read; the outcome of one of which
    nothing can be taken.

    What is wrong with the first `skip` of them was told before, and is not told again.
    """
    found = 0
    tally.muted = skip > 0
    waiting: dict[str, list[Row]] = {}
    for number, row in enumerate(kind.rows(source, tally)):
        tally.count("rows")
        key = kind.key(row)
        if not key:
            tally.skip(row.line, row["Handle"][:50], kind.no_key(), costs="row")
            continue
        waiting.setdefault(key, []).append(row)
        if number >= last.get(key, 0):
            rows = waiting.pop(key)
            product = kind.product(key, rows, tally)
            found += 1
            tally.muted = found < skip
            yield product or ProductOutcome(rows[0].line, key[:200], "", "skipped")
