"""Which way a leg of vectors is searched: exact where that is cheap, bounded where it is not, and
never short of a product.

pgvector filters after the walk through its graph: a photo of a shoe, looked for among mugs, gets
none of them. So the way is chosen here, by how many products pass the filters, counted as far as it
matters:

    up to EXACT_PRODUCTS  exact: every vector that passes is compared
    more, no filter       the HNSW graph; of a large category: its own graph
    more, filtered        the graph, as far as enough of what it finds nearby passes; else
                          signatures: all that pass by Hamming distance, the best ranked by their
                          vectors

Each way is asked again for more where it leaves the leg short (a product with a thousand near-equal
pictures would fill its candidates), and the last is exact: whatever the filters, a leg has
min(depth, matching) products, as far as they are embedded.

What the thresholds rest on: `python -m benchmarks thresholds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from search import retrieval
from search.filters import Filters
from search.models import Embedding
from search.retrieval import Hit, Target
from search.vector_indexes import graph_around

# Products that are compared exactly: what takes 30 ms where their vectors lie anywhere. The count
# of what matches goes no further: beyond it a search says "more than".
EXACT_PRODUCTS = 2_500
# Vectors looked at for one product that is wanted: it has several pictures, of which the best
# counts, and one text.
VECTORS_EACH = {Embedding.Kind.IMAGE: 4, Embedding.Kind.TEXT: 1}
# Neighbours that the graph is asked for, at least.
GRAPH_CANDIDATES = 200
# How broad the walk is for a target that lies far from what it is compared with (words among
# pictures, a photo of a shoe among mugs): there it goes astray more easily. By so many neighbours
# it is seen to be far.
GRAPH_AWAY = 800
NEIGHBOURS = 20
# The most, where few of them pass. The signatures of a category lie side by side, and are read in
# the time of a shorter walk.
GRAPH_MOST = 4_000
GRAPH_MOST_IN_CATEGORY = 1_000
# Of what was seen to pass, so much more is asked for; and the walk is broader by so much.
SPARE = 1.3
BROADER = 1.5
# Signatures whose vectors are compared.
SIGNATURE_CANDIDATES = 1_200
# How much more is asked for where a way left the leg short.
AGAIN = 8


class Way(StrEnum):
    """How a leg was searched."""

    EXACT = "exact"
    GRAPH = "graph"
    SIGNATURES = "signatures"


@dataclass(frozen=True)
class Matching:
    """The products that pass the filters. `count`: as far as `EXACT_PRODUCTS`; `few`: whether that
    is all. `products`: their keys then, unless they are a category's."""

    filters: Filters
    count: int
    few: bool
    products: list[int]

    @property
    def known(self) -> list[int] | None:
        """The keys of all that pass, or None where they are not known one by one."""
        return self.products if self.few and not self.filters.category_only else None


@dataclass(frozen=True)
class Found:
    """What a leg of vectors found: products, each once, best first; and by which way."""

    hits: list[Hit]
    way: Way


def match(filters: Filters) -> Matching:
    """Count what passes, once for all legs of a search."""
    count, products = retrieval.matching(filters, bound=EXACT_PRODUCTS + 1)
    return Matching(filters, min(count, EXACT_PRODUCTS), count <= EXACT_PRODUCTS, products)


def nearest(target: Target, matching: Matching, *, depth: int) -> Found:
    """The `depth` products nearest to the target among those that match, fewer only if there are
    not so many. A product counts by its best picture, or by its text."""
    found = Found([], Way.EXACT)
    for way, hits, complete in _ways(target, matching, depth):
        found = Found(_each_once(hits)[:depth], way)
        if complete or len(found.hits) == depth:
            break
    return found


def _ways(target: Target, matching: Matching, depth: int) -> Iterator[tuple[Way, list[Hit], bool]]:
    """What each way finds, and whether that is all there is, until somebody is content."""
    filters, limit = matching.filters, depth * VECTORS_EACH[Embedding.Kind(target.kind)]
    if matching.few:
        ask: Callable[[int], list[Hit]]
        if filters.category_only:

            def ask(limit: int) -> list[Hit]:
                return retrieval.exact_in_category(target, filters, limit=limit)
        else:
            products = matching.products

            def ask(limit: int) -> list[Hit]:
                return retrieval.exact_among(target, filters, products, limit=limit)

        while True:
            hits = ask(limit)
            yield Way.EXACT, hits, len(hits) < limit
            limit *= AGAIN
    yield from _by_graph(target, filters, depth, limit)
    candidates = max(SIGNATURE_CANDIDATES, limit)
    for more in (1, AGAIN):
        hits, complete = retrieval.by_signatures(
            target, filters, candidates=candidates * more, limit=limit * more
        )
        yield Way.SIGNATURES, hits, complete and len(hits) < limit * more
    while True:
        hits = retrieval.exact_of_all(target, filters, limit=limit)
        yield Way.EXACT, hits, len(hits) < limit
        limit *= AGAIN


def _by_graph(
    target: Target, filters: Filters, depth: int, limit: int
) -> Iterator[tuple[Way, list[Hit], bool]]:
    """The graph, asked as widely as what passes nearby promises to be enough, and still more widely
    while it was not; nothing if that is too wide."""
    within = graph_around(target.model, target.kind, filters.path) if filters.path else ""
    all_pass = filters == Filters(path=within)
    candidates = max(GRAPH_CANDIDATES, limit)
    away = GRAPH_AWAY if target.across or (within and _is_away(target, filters)) else 0

    def ask(breadth: int) -> list[Hit]:
        return retrieval.by_graph(
            target, filters, candidates=candidates, breadth=breadth, within=within
        )

    if all_pass or not away:
        hits = ask(away)
        yield Way.GRAPH, hits, False
    else:
        hits = ask(0)  # only to see how many pass
    most, asked = GRAPH_MOST_IN_CATEGORY if filters.path else GRAPH_MOST, False
    while passing := len(_each_once(hits)):
        candidates = int(candidates * depth / passing * SPARE)
        if candidates > most and (asked or not all_pass):
            return
        # Among so many the walk misses more; the nearer ones it finds more surely than all.
        hits, asked = ask(max(away, int(BROADER * candidates))), True
        yield Way.GRAPH, hits, False


def _is_away(target: Target, filters: Filters) -> bool:
    """Whether what looks most like the target, in all the shop, is in other categories."""
    place = Filters(path=filters.path)
    return not retrieval.by_graph(target, place, candidates=NEIGHBOURS, breadth=2 * NEIGHBOURS)


def _each_once(hits: list[Hit]) -> list[Hit]:
    """The best of each product."""
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(hit.product_id, hit)
    return list(best.values())
