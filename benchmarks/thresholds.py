"""What the thresholds of `search.router` rest on: what each way of searching costs as more products
match, and what it finds as it looks at more candidates.

Ways are asked by themselves, not by the router. A category's vectors lie side by side; those in a
range of prices lie anywhere: so both are asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from benchmarks.scale.cells import LIMIT, Cell, Truth, cells
from benchmarks.scale.database import index_folder, scale_shop
from benchmarks.scale.engines import make, ready
from benchmarks.scale.engines.vitrine import Vitrine
from benchmarks.scale.filtering import Filter, Shop, category_holding, prices_holding
from search import retrieval, router
from search.filters import Filters
from search.models import Embedding
from search.retrieval import Hit, Target

SHARES = (0.0025, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.5)
SIGNATURES = (400, 800, 1_600, 3_200)
BOUND = 30.0  # milliseconds that no search should exceed
GRAPH = (100, 200, 400, 1_000)
Ask = Callable[[Target, Filters], list[Hit]]


def run(*, products: int) -> dict[str, Any]:
    """{"rows": a dict for each measurement}, and how many products exact search compares within
    `BOUND`."""
    with scale_shop(products) as catalogue:
        shop = Shop(catalogue)
        engine = make("vitrine")
        assert isinstance(engine, Vitrine)  # noqa: S101  (it needs no package)
        ready("vitrine", engine, shop, index_folder(catalogue) / "vitrine")
        rows = [*_costs(shop, engine), *_candidates(shop, engine)]
    return {
        **{
            f"{kind}: exact in {BOUND:.0f} ms, products": _within_bound(rows, kind)
            for kind in ("category", "price")
        },
        "rows": rows,
    }


def _costs(shop: Shop, engine: Vitrine) -> Iterator[dict[str, Any]]:
    """Milliseconds of exact search, and of signatures, by how many products match."""
    signatures = _signatures(router.SIGNATURE_CANDIDATES)
    print(f"  {'':10}{'products':>9}{'exact ms':>10}{'signatures ms':>15}")
    for kind in ("category", "price"):
        for share in SHARES:
            if kind == "category":
                asked = Filter(path=category_holding(shop, share))
            else:
                asked = Filter(price=prices_holding(shop, share))
            vectors = shop.catalogue.queries(20, among=shop.facts.leaf)
            cell = Cell(kind, asked, "any", vectors)
            matching = int(shop.matching_products(asked).sum())
            row: dict[str, Any] = {"measured": "cost", "filter": kind, "matching": matching}
            for way, ask in (("exact", _exact), ("signatures", signatures)):
                row[f"{way}_ms"] = _measured(engine, cell, ask)[0]
            print(f"  {kind:10}{matching:9,}{row['exact_ms']:10.2f}{row['signatures_ms']:15.2f}")
            yield row


def _candidates(shop: Shop, engine: Vitrine) -> Iterator[dict[str, Any]]:
    """Milliseconds and recall by how many candidates are looked at."""
    print(f"  {'':40}{'candidates':>11}{'ms':>8}{f'recall@{LIMIT}':>11}")
    for cell in cells(shop, 30):
        if cell.asked == Filter():
            way, asks = "graph", {n: _graph(n) for n in GRAPH}
        elif cell.asked.path and cell.name in ("category 10%", "category 50%"):
            way, asks = "signatures", {n: _signatures(n) for n in SIGNATURES}
        else:
            continue
        truth = Truth(shop, cell)
        for candidates, ask in asks.items():
            median, pages = _measured(engine, cell, ask)
            right = [truth.right(query, page) for query, page in enumerate(pages)]
            recall = float(np.mean(right)) / truth.page
            name = f"{way}: {cell.name}, {cell.origin}"
            print(f"  {name:40}{candidates:11,}{median:8.2f}{recall:11.3f}")
            yield {
                "measured": "candidates",
                "way": way,
                "filter": cell.name,
                "origin": cell.origin,
                "candidates": candidates,
                "ms": median,
                "recall": recall,
            }


def _measured(engine: Vitrine, cell: Cell, ask: Ask) -> tuple[float, list[list[int]]]:
    """The median of milliseconds, and the page of each query."""
    filters, across = engine.prepare(cell.asked, across=cell.origin == "words")
    times, pages = [], []
    for vector in cell.vectors:
        target = Target(vector, "image", engine.model, across)
        began = time.perf_counter()
        hits = ask(target, filters)
        times.append((time.perf_counter() - began) * 1000)
        each_once = dict.fromkeys(hit.product_id - 1 for hit in hits)
        pages.append(list(each_once)[:LIMIT])
    return float(np.median(times)), pages


def _exact(target: Target, filters: Filters) -> list[Hit]:
    limit = LIMIT * router.VECTORS_EACH[Embedding.Kind.IMAGE]
    if filters.category_only:
        return retrieval.exact_in_category(target, filters, limit=limit)
    _, products = retrieval.matching(filters, bound=10**9)
    return retrieval.exact_among(target, filters, products, limit=limit)


def _signatures(candidates: int) -> Ask:
    limit = LIMIT * router.VECTORS_EACH[Embedding.Kind.IMAGE]
    return lambda target, filters: retrieval.by_signatures(
        target, filters, candidates=candidates, limit=limit
    )[0]


def _graph(candidates: int) -> Ask:
    return lambda target, filters: retrieval.by_graph(target, filters, candidates=candidates)


def _within_bound(rows: list[dict[str, Any]], kind: str) -> int:
    """How many products may match for exact search to take no longer than `BOUND`."""
    costs = [row for row in rows if row["measured"] == "cost" and row["filter"] == kind]
    exact = [row["exact_ms"] for row in costs]
    return int(np.interp(BOUND, exact, [row["matching"] for row in costs]))
