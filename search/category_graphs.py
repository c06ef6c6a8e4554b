"""Graphs of large categories.

A walk through the graph of the whole shop ends near the query. A photo of a shoe, looked for among
mugs, meets none there; in the mugs' own graph it walks to the mugs that look most like it. So each
large category has one, and what is searched within a smaller one walks through the graph of the
category that it lies in.

Here is which categories should; `search.vector_indexes` makes and drops them.
"""

from __future__ import annotations

from collections.abc import Collection

from search import retrieval
from search.filters import Filters
from shop.catalog.models import Category

# Products on sale from which a category has a graph: the signatures of fewer are read in the time
# that two walks take. In a large shop a share of it, so that there are not too many graphs.
PRODUCTS, SHARE = 10_000, 0.05
# A category that holds more than this share of the next larger graph has none of its own.
NEARLY_ALL = 0.7
# One that has a graph loses it with less than this share of what is asked for a new one, or when it
# holds more than this share of the next larger: a product more or less makes and drops none.
LESS, MORE = 0.5, 0.85
# The name of an index has room for so much of a path: ten levels.
LONGEST = 40


def wanted(existing: Collection[str] = ()) -> set[str]:
    """The paths of the categories that should have graphs; `existing`: of those that have."""
    sizes: dict[str, int] = {}
    for path, count in retrieval.count_by_path(Filters()).items():
        for end in range(0, len(path) + 1, Category.steplen):
            sizes[path[:end]] = sizes.get(path[:end], 0) + count
    least = max(PRODUCTS, sizes.get("", 0) * SHARE)
    found = {""}
    for path in sorted(sizes):  # the larger ones first
        around = max((one for one in found if path.startswith(one)), key=len)
        enough = least * LESS if path in existing else least
        most = sizes[around] * (MORE if path in existing else NEARLY_ALL)
        if enough <= sizes[path] <= most and len(path) <= LONGEST:
            found.add(path)
    return found - {""}
