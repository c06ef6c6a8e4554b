"""Filtered search on one catalogue: Vitrine, plain pgvector, and vector engines in this process.

By filter, by how much it leaves, and by where the query comes from: p50 and p95 of one client,
recall of the first 24 products against exact search, and how many products came. All engines get
the same vectors and the same meaning of each filter; a product that does not pass ends the run.

Indexes are kept in the data folder (building takes minutes), one engine is in memory at a time.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks import charts
from benchmarks.scale.cells import LIMIT, Truth, cells, measure
from benchmarks.scale.database import index_folder, scale_shop
from benchmarks.scale.engines import ENGINES, make, ready
from benchmarks.scale.filtering import Shop


def run(
    *,
    products: int,
    engines: list[str] | None = None,
    queries: int = 50,
    plot: Path | None = None,
) -> dict[str, Any]:
    """{"rows": one dict for each engine and cell}, and each engine's building time and size."""
    rows: list[dict[str, Any]] = []
    figures: dict[str, Any] = {"products": products, "queries a cell": queries}
    with scale_shop(products) as catalogue:
        shop = Shop(catalogue)
        compared = cells(shop, queries)
        truths = [Truth(shop, cell) for cell in compared]
        folder = index_folder(catalogue)
        for name in engines or ENGINES:
            engine = make(name)
            if engine is None:
                continue
            built = ready(name, engine, shop, folder / name)
            figures[f"{name}: seconds to build"] = built.seconds
            figures[f"{name}: MB"] = built.size / 1e6
            began = time.perf_counter()
            for cell, truth in zip(compared, truths, strict=True):
                rows.append(measure(name, engine, cell, truth))
            took = time.perf_counter() - began
            print(f"  {name}: {len(compared)} filters in {took:.0f} s", flush=True)
            del engine, built  # its memory
    _print(rows)
    if plot:
        charts.filters(rows, plot)
    return {**figures, "rows": rows}


def _print(rows: list[dict[str, Any]]) -> None:
    """A line for each engine, under each filter."""
    print(f"  {'':22}{'p50 ms':>9}{'p95 ms':>9}{f'recall@{LIMIT}':>11}{'rows':>7}")
    by_cell: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_cell.setdefault((row["filter"], row["origin"]), []).append(row)
    for (name, origin), several in by_cell.items():
        print(f"  {name}, {origin}: {several[0]['matching']:,} products match")
        for row in several:
            print(
                f"    {row['engine']:20}{row['p50_ms']:9.2f}{row['p95_ms']:9.2f}"
                f"{row['recall']:11.3f}{row['rows']:7.1f}"
            )
