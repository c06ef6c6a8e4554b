"""What the shop arranged by hand, in the order that a search found: first what is pinned, last what
is buried.

It changes no filter: what does not pass is not shown, pinned or not. An article's number goes
before pins; where it is all that was asked for, nothing is arranged.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from search import retrieval
from search.fusion import Ranked
from search.query import Arranged
from search.router import Matching
from search.sku import Lane


def arrange(
    ranked: Sequence[Ranked], arranged: Arranged, lane: Lane, matching: Matching, *, whole: bool
) -> tuple[list[Ranked], list[Ranked]]:
    """`ranked` with the pins in front and without what is buried; and what is buried, to follow
    all others. One statement at most.

    `whole`: whether all that matches is shown, ranked or not; then so is what is buried.
    """
    if lane.alone or not (arranged.pinned or arranged.buried):
        return list(ranked), []
    numbers = [one for one in ranked if one.product_id in set(lane.products)]
    numbered = {one.product_id for one in numbers}
    passing = _passing((*arranged.pinned, *arranged.buried), matching)
    found = {one.product_id: one for one in ranked}
    pinned = [key for key in dict.fromkeys(arranged.pinned) if key in passing - numbered]
    buried = set(arranged.buried) - set(arranged.pinned) - numbered
    pins = [replace(found.get(key, Ranked(key, 0.0)), pinned=True) for key in pinned]
    rest = [one for one in ranked if one.product_id not in {*pinned, *numbered}]
    last = [one for one in rest if one.product_id in buried]
    if whole:
        unranked = [key for key in arranged.buried if key in buried & passing - found.keys()]
        last += [Ranked(key, 0.0) for key in dict.fromkeys(unranked)]
    others = [one for one in rest if one.product_id not in buried]
    return [*numbers, *pins, *others], last


def _passing(products: Collection[int], matching: Matching) -> set[int]:
    """Those of `products` that pass the filters."""
    if matching.known is not None:
        return set(products).intersection(matching.known)
    return set(retrieval.passing(matching.filters, products))
