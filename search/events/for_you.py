"""Picks for one visitor, from what they looked at: what looks like it.

A visitor who looked at shoes and at mugs wants shoes and mugs, and not what lies between: what was
looked at is one interest for each category, as several vectors stand for a person in PinnerSage
(Pal et al. 2020), each the mean of its pictures, the last ones counting most. It is looked for in
the department of its category first: a yellow mug looks like a yellow sweater, too.

On the demo shop, eight picks for 300 visitors who looked at nine products of two categories each:

                                     picks of a category    of those categories,
                                     that was looked at     are among the picks
    one mean of all                        .28                    .56
    a mean for each category               .42                    .80
    the same, within its department        .55                    .90
    clusters by picture (cosine .7)        .27                    .59
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
from shop.catalog.models import Category, Product

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
    """Products of one category that were looked at. `department`: the path of the top category
    above it; `taste`: the sum of their vectors by weight, (dimension,); `weight`: how much they
    count together."""

    department: str
    weight: float = 0.0
    taste: np.ndarray = field(default_factory=lambda: np.zeros(1, np.float32))

    def add(self, weight: float, vector: np.ndarray) -> None:
        self.weight += weight
        self.taste = self.taste + weight * vector

    def nearest(self, model: EmbeddingModel, filters: Filters, depth: int) -> list[int]:
        """The keys of the `depth` products nearest to the taste, of those that pass."""
        vector = self.taste / np.linalg.norm(self.taste)
        target = Target(vector, Embedding.Kind.IMAGE, model)
        found = router.nearest(target, router.match(filters), depth=depth)
        return [hit.product_id for hit in found.hits]


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
    depth = limit + len(viewed)
    interests = _interests(viewed, model)
    found = [one.nearest(model, Filters(path=one.department), depth) for one in interests]
    picks = _shared_out(found, [one.weight for one in interests], viewed, limit)
    if len(picks) < limit and interests:  # small departments: the rest from anywhere
        anywhere = interests[0].nearest(model, Filters(), depth + len(picks))
        picks += [key for key in anywhere if key not in {*viewed, *picks}]
    return picks[:limit]


def _interests(viewed: Sequence[int], model: EmbeddingModel) -> list[_Interest]:
    """The `INTERESTS` that count most, most first."""
    rows = (
        Embedding.objects.filter(
            product__in=viewed, model=model, kind=Embedding.Kind.IMAGE, vector__isnull=False
        )
        .order_by("product", "image__position", "image")
        .distinct("product")  # its first picture
        .values_list("product", "product__category__path", "vector")
    )
    interests: dict[str, _Interest] = {}
    for product, path, vector in rows:
        values = np.asarray(vector, np.float32)
        interest = interests.setdefault(path, _Interest(path[: Category.steplen]))
        interest.add(FADING ** viewed.index(product), values / np.linalg.norm(values))
    return sorted(interests.values(), key=lambda one: -one.weight)[:INTERESTS]


def _shared_out(
    found: list[list[int]], weights: list[float], without: Sequence[int], limit: int
) -> list[int]:
    """The first `limit` of the lists, each product once; a list gets places by its weight, the next
    going to whoever has most for each one it would have (d'Hondt)."""
    picks: list[int] = []
    got = [0] * len(found)
    rest = [[key for key in one if key not in without] for one in found]
    while len(picks) < limit and any(rest):
        open_ = [place for place, keys in enumerate(rest) if keys]
        chosen = max(open_, key=lambda place: weights[place] / (got[place] + 1))
        product = rest[chosen].pop(0)
        if product not in picks:
            picks.append(product)
            got[chosen] += 1
    return picks
