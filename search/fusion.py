"""One order of what several legs found, and what each gave to it.

Every candidate has a score from every leg, whichever leg found it. Cosines count as deviations
above the model's background (`search.background`), which makes those of pictures and those of texts
comparable; the leg of words counts as the share of the words that a product holds, and as far as
any product holds them: where the best has one word of three in its description, the model knows
better what was meant than those who happen to have it. The sum is weighted: a convex combination of
normalised scores beats reciprocal ranks in and out of domain (Bruch, Gai and Ingber, "An Analysis
of Fusion Functions for Hybrid Retrieval", 2023).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.query import Leg

Scores = np.ndarray

# How soon words lose their say as fewer are held: by the power of what the best product holds.
TRUST = 2
# Beside what a photo shows, so many that look most like it keep their places, by so little.
NEAREST, ABOVE = 3, 1e-6


@dataclass(frozen=True)
class Ranked:
    """A product in its place. `score`: in [0, 1], comparable within one search only. `parts`: what
    each leg gave to `total`. `image_id`: the picture that matched. `pinned`: whether the shop put
    it there by hand."""

    product_id: int
    score: float
    image_id: int | None = None
    total: float = 0.0
    parts: Mapping[str, float] | None = None
    pinned: bool = False


def totals(scores: Mapping[Leg, Scores], weights: Mapping[Leg, float]) -> Scores:
    """(n,) float64 of (n,) scores by leg: the weighted sum. What a leg does not know of a product
    (NaN: not embedded yet) is taken for the background, which is 0."""
    parts = [weights[leg] * np.nan_to_num(values) for leg, values in scores.items()]
    return np.sum(parts, axis=0) if parts else np.zeros(0)


def trusted(held: Scores, best: float) -> Scores:
    """(n,) of (n,) shares of the words that products hold, in [0, 1]: what they count, where the
    best product holds `best`."""
    return held * best**TRUST


def nearest_of(looks: Scores) -> list[int]:
    """The places of those `NEAREST` that look most like it, by (n,) `looks`, best first."""
    return [int(place) for place in np.argsort(-looks, kind="stable")[:NEAREST]]


def nearest_first(total: Scores, looks: Scores, nearest: Sequence[int]) -> Scores:
    """(n,) of (n,) totals: those at the places `nearest` before all others, by their `looks`. One
    of them may be the very thing, and be called otherwise than what looks like it."""
    if not nearest:
        return total
    rest = np.delete(total, nearest)
    first = total.copy()
    above = max(rest.max(initial=-np.inf), looks[nearest].min(initial=np.inf))
    first[nearest] = above + ABOVE + looks[nearest] - looks[nearest].min(initial=np.inf)
    return first


def order(products: Sequence[int], total: Scores) -> np.ndarray:
    """Places of `products` by their totals, best first; ties by product, so that pages never
    overlap."""
    return np.lexsort((np.asarray(products), -total))
