"""The cells of a comparison: a filter, shoppers' vectors, and what an exact search finds."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.scale.engines import Engine
from benchmarks.scale.filtering import (
    Filter,
    Shop,
    brand_holding,
    category_holding,
    colour_holding,
    prices_holding,
)

LIMIT = 24  # a page
TIE = 2e-4  # float16 moves lengths by up to that, and only some engines divide by them
SHARES = {".1%": 0.001, "1%": 0.01, "10%": 0.1, "50%": 0.5}
BLOCK = 65_536  # rows
WARM = 3  # queries that are not timed
ENOUGH, BUDGET = 10, 20.0  # queries; seconds


@dataclass(frozen=True)
class Cell:
    """A filter, and who asks.

    `origin`, of what the query shows: "same", a product of the category that is asked for;
    "other", one of another department; "any", one of any category, in proportion; "words", no
    picture but a description (of a product of that category, or of any).
    `vectors`: float32, (queries, dimension), norm 1, of values that float16 can hold.
    """

    name: str
    asked: Filter
    origin: str
    vectors: np.ndarray


def cells(shop: Shop, queries: int) -> list[Cell]:
    """Every kind of filter, by share of the published products and by origin."""
    found: list[Cell] = []

    def add(name: str, asked: Filter, *origins: str) -> None:
        for origin in origins:
            vectors = _vectors(shop, asked.path, origin, queries, seed=len(found))
            found.append(Cell(name, asked, origin, vectors))

    for label, share in SHARES.items():
        origins = ["same", "other"] + ["words"] * (label in ("1%", "10%"))
        add(f"category {label}", Filter(path=category_holding(shop, share)), *origins)
    for label, share in SHARES.items():
        add(f"price {label}", Filter(price=prices_holding(shop, share)), "any")
    add("colour 10%", Filter(colour=colour_holding(shop, 0.1)), "any")
    add("brand 1%", Filter(brand=brand_holding(shop, 0.01)), "any")
    add("in stock", Filter(in_stock=True), "any")
    combined = Filter(
        path=category_holding(shop, 0.1), price=prices_holding(shop, 0.5), in_stock=True
    )
    add("category 10%, price 50%, in stock", combined, "same", "other")
    add("none", Filter(), "any", "words")
    return found


def _vectors(shop: Shop, path: str | None, origin: str, queries: int, *, seed: int) -> np.ndarray:
    catalogue, leaves = shop.catalogue, shop.facts.leaf
    if path is not None:
        within = np.isin(leaves, catalogue.leaves_below(path))
        department = np.isin(leaves, catalogue.leaves_below(path[:4]))
        leaves = leaves[~department] if origin == "other" else leaves[within]
    kind = "text" if origin == "words" else "image"
    drawn = catalogue.queries(queries, among=leaves, kind=kind, seed=seed)
    return drawn.astype(np.float16).astype(np.float32)


class Truth:
    """What exact search finds for a cell: the similarity (float32 cosine) of the last product on
    the page, by query; and how many products match."""

    def __init__(self, shop: Shop, cell: Cell) -> None:
        self._shop, self._cell = shop, cell
        self.rows = shop.matching_rows(cell.asked)
        passing = np.flatnonzero(self.rows)
        products = shop.products[passing]
        self.matching = len(np.unique(products))
        self.page = min(LIMIT, self.matching)
        similarity = np.concatenate(
            [
                shop.vectors[passing[at : at + BLOCK]].astype(np.float32) @ cell.vectors.T
                for at in range(0, len(passing), BLOCK)
            ]
        )
        # Rows of a product follow each other.
        best = np.maximum.reduceat(similarity, np.unique(products, return_index=True)[1], axis=0)
        self.last = np.sort(np.partition(best, -self.page, axis=0)[-self.page :], axis=0)[0]

    def right(self, query: int, found: list[int]) -> int:
        """How many of the products found are on the exact page; ties count.

        Raises `AssertionError` if one does not match, or comes twice.
        """
        if len(set(found)) != len(found):
            raise AssertionError(f"A product comes twice: {self._cell.name}.")
        right = 0
        for product in found:
            start, end = np.searchsorted(self._shop.products, [product, product + 1])
            rows = np.arange(start, end)[self.rows[start:end]]
            if not len(rows):
                raise AssertionError(f"Product {product} does not match: {self._cell.name}.")
            vectors = self._shop.vectors[rows].astype(np.float32)
            right += bool((vectors @ self._cell.vectors[query]).max() >= self.last[query] - TIE)
        return min(right, self.page)


def milliseconds(engine: Engine, cell: Cell) -> tuple[list[float], list[list[int]]]:
    """How long each query takes, one client, after some that are not timed; and what it finds.

    The first `ENOUGH` queries, and as many more as there are and as `BUDGET` leaves time for.
    """
    prepared = engine.prepare(cell.asked, across=cell.origin == "words")
    started = time.perf_counter()
    for vector in cell.vectors[:WARM]:
        engine.search(vector, prepared, LIMIT)
    times: list[float] = []
    pages = []
    for vector in cell.vectors:
        began = time.perf_counter()
        if len(times) >= ENOUGH and began - started > BUDGET:
            break
        pages.append(engine.search(vector, prepared, LIMIT))
        times.append((time.perf_counter() - began) * 1000)
    return times, pages


def measure(name: str, engine: Engine, cell: Cell, truth: Truth) -> dict[str, Any]:
    """The row of one engine for one cell."""
    times, pages = milliseconds(engine, cell)
    right = [truth.right(query, page) for query, page in enumerate(pages)]
    return {
        "engine": name,
        "filter": cell.name,
        "origin": cell.origin,
        "matching": truth.matching,
        "rows": float(np.mean([len(page) for page in pages])),
        "recall": float(np.mean(right)) / truth.page,
        "queries": len(times),
        "p50_ms": float(np.percentile(times, 50)),
        "p95_ms": float(np.percentile(times, 95)),
    }
