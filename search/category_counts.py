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
    """`slug` and `name` are the category's."""

    slug: str
    name: str
    count: int


def count_categories(filters: Filters, products: list[int] | None = None) -> list[CategoryCount]:
    """Of all products that pass, or of `products` among them; most first."""
    if products is not None:
        return _named(retrieval.count_by_path(filters, products))
    key = f"category-counts:{hashlib.sha256(repr(filters).encode()).hexdigest()}"
    kept: list[CategoryCount] | None = cache.get(key)
    if kept is not None:
        return kept
    started = time.perf_counter()
    counts = retrieval.count_by_path(filters)
    slow = time.perf_counter() - started > SLOW
    found = _named(counts)
    if slow:
        # By name, not by path: a new category moves those beside it, and a path is then another's.
        cache.set(key, found, KEEP_SECONDS)
    return found


def _named(counts: Mapping[str, int]) -> list[CategoryCount]:
    # All of them: to name hundreds of paths in a statement takes longer than to read every one.
    categories = Category.objects.values_list("path", "slug", "name")
    found = [
        CategoryCount(slug, name, counts[path]) for path, slug, name in categories if path in counts
    ]
    return sorted(found, key=lambda one: (-one.count, one.name))
