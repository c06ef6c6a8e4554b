"""Picks for one visitor, from what they looked at: what looks like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Picked:
    """Products for cards, best first; and those that they were picked by, the last viewed first."""

    products: Sequence[Product]
    viewed: Sequence[Product]


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
    vectors = _pictures(viewed, model)
    known = [(place, vectors[key]) for place, key in enumerate(viewed) if key in vectors]
    if not known:
        return []
    taste = np.sum([FADING**place * vector for place, vector in known], axis=0)
    target = Target(taste / np.linalg.norm(taste), Embedding.Kind.IMAGE, model)
    matching = router.match(Filters())
    hits = router.nearest(target, matching, depth=limit + len(viewed)).hits
    return [hit.product_id for hit in hits if hit.product_id not in viewed][:limit]


def _pictures(products: Sequence[int], model: EmbeddingModel) -> dict[int, np.ndarray]:
    """The vector of each product's first picture, (dimension,), float32, norm 1."""
    rows = (
        Embedding.objects.filter(
            product__in=products, model=model, kind=Embedding.Kind.IMAGE, vector__isnull=False
        )
        .order_by("product", "image__position", "image")
        .distinct("product")
        .values_list("product", "vector")
    )
    found = {}
    for product, vector in rows:
        values = np.asarray(vector, np.float32)
        found[product] = values / np.linalg.norm(values)
    return found
