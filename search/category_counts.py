"""How many products that pass a search's filters are in each category."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache

from search import retrieval
from search.filters import Filters
from shop.catalog.models import Category

# Counting a large shop takes longer than the search itself. What took longer than this (seconds) is
# kept for a minute; a small shop's counts are always fresh.
SLOW = 0.005
KEEP_SECONDS = 60


@dataclass(frozen=True)
class CategoryCount:
    category: Category
    count: int


def count_categories(filters: Filters, products: list[int] | None = None) -> list[CategoryCount]:
    """Of all products that pass, or of `products` among them; most first."""
    counts = _counts(filters) if products is None else retrieval.count_by_path(filters, products)
    categories = Category.objects.filter(path__in=counts)
    found = [CategoryCount(category, counts[category.path]) for category in categories]
    return sorted(found, key=lambda one: (-one.count, one.category.name))


def _counts(filters: Filters) -> Mapping[str, int]:
    key = f"category-counts:{hashlib.sha256(repr(filters).encode()).hexdigest()}"
    kept: Mapping[str, int] | None = cache.get(key)
    if kept is not None:
        return kept
    started = time.perf_counter()
    counts = retrieval.count_by_path(filters)
    if time.perf_counter() - started > SLOW:
        cache.set(key, counts, KEEP_SECONDS)
    return counts
