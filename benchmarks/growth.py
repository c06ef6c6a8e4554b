"""What a filtered search costs as the shop grows, while as many products match: about 1,000.

Sizes take turns, so that what else the machine does strikes all of them.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import charts
from benchmarks.scale.cells import Cell, milliseconds
from benchmarks.scale.database import index_folder, scale_shop
from benchmarks.scale.engines import make, ready
from benchmarks.scale.filtering import Filter, Shop, category_holding, prices_holding

SIZES = (10_000, 200_000, 1_000_000)
MATCHING = 1_000  # products
ROUNDS = 3


def run(
    *,
    products: int,
    engines: list[str] | None = None,
    queries: int = 50,
    plot: Path | None = None,
) -> dict[str, Any]:
    """{"rows": one dict for each engine, filter and size}, and ratios of p50: largest size to
    smallest. Sizes are those of `SIZES` below `products`, and `products`."""
    sizes = [size for size in SIZES if size < products] + [products]
    shops: dict[int, Shop] = {}
    times: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    matching: dict[tuple[str, int], int] = {}
    for _ in range(ROUNDS):
        for size in sizes:
            with scale_shop(size) as catalogue:
                shop = shops.get(size) or shops.setdefault(size, Shop(catalogue))
                for name in engines or ["vitrine"]:
                    engine = make(name)
                    if engine is None:
                        continue
                    ready(name, engine, shop, index_folder(catalogue) / name)
                    for cell in _cells(shop, queries):
                        matching[cell.name, size] = int(shop.matching_products(cell.asked).sum())
                        times[name, cell.name, size] += milliseconds(engine, cell)[0]
    rows = [
        {
            "engine": name,
            "filter": kind,
            "products": size,
            "matching": matching[kind, size],
            "p50_ms": float(np.percentile(several, 50)),
            "p95_ms": float(np.percentile(several, 95)),
        }
        for (name, kind, size), several in sorted(times.items())
    ]
    _print(rows)
    if plot:
        charts.growth(rows, plot)
    return {**_ratios(rows), "rows": rows}


def _cells(shop: Shop, queries: int) -> list[Cell]:
    share = MATCHING / shop.facts.published.sum()
    asked = {
        "category": Filter(path=category_holding(shop, share)),
        "price": Filter(price=prices_holding(shop, share)),
    }
    vectors = shop.catalogue.queries(queries, among=shop.facts.leaf)
    return [Cell(kind, filter_, "any", vectors) for kind, filter_ in asked.items()]


def _ratios(rows: list[dict[str, Any]]) -> dict[str, float]:
    found = {}
    for engine, kind in sorted({(row["engine"], row["filter"]) for row in rows}):
        several = [row for row in rows if (row["engine"], row["filter"]) == (engine, kind)]
        several.sort(key=lambda row: row["products"])
        found[f"{engine}, {kind}: largest to smallest"] = (
            several[-1]["p50_ms"] / several[0]["p50_ms"]
        )
    return found


def _print(rows: list[dict[str, Any]]) -> None:
    print(f"  {'':32}{'products':>10}{'match':>8}{'p50 ms':>9}{'p95 ms':>9}")
    for row in rows:
        print(
            f"  {row['engine'] + ', ' + row['filter']:32}{row['products']:10,}"
            f"{row['matching']:8,}{row['p50_ms']:9.2f}{row['p95_ms']:9.2f}"
        )
