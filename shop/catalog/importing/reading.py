"""Rows -> products, whatever the format: all rows with one key are one product."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
    kind: Format,
    source: Source,
    last: dict[str, int],
    tally: Tally,
    *,
    skip: int = 0,
    pass_by: Callable[[ProductData], None] | None = None,
) -> Iterator[ProductData]:
    """The products of the file, each as soon as its last row is read.

    The first `skip` of them were read before: they go to `pass_by`, and what is wrong with them
    is not told again.
    """
    waiting: dict[str, list[Row]] = {}
    finished = 0
    tally.muted = skip > 0
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
            finished += 1
            if finished <= skip:
                if product is not None and pass_by is not None:
                    pass_by(product)
                tally.muted = finished < skip
            elif product is None:
                tally.done(ProductOutcome(rows[0].line, key[:200], "", "skipped"))
            else:
                yield product
