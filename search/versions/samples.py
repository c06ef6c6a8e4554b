"""What two models are asked to be compared: what shoppers ask, and pictures of the shop."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from search.background import random_keys
from search.models import LoggedQuery
from shop.catalog.models import Product, ProductImage

# Searches that are looked through for those that are asked most.
LOGGED = 5_000


def words(count: int, *, others: Sequence[str] = ()) -> list[str]:
    """What shoppers searched for most, then `others`, then titles of products; each once."""
    logged = (
        LoggedQuery.objects.filter(kind=LoggedQuery.Kind.WORDS, page=1)
        .exclude(words="")
        .order_by("-pk")
        .values_list("words", flat=True)[:LOGGED]
    )
    most = [said for said, _ in Counter(logged).most_common(count)]
    found = dict.fromkeys([*most, *others])
    if len(found) < count:
        keys = random_keys("search_listing", "product_id", 4 * count)
        titles = Product.objects.filter(pk__in=keys).order_by("pk").values_list("title", flat=True)
        found |= dict.fromkeys(title.lower() for title in titles)
    return list(found)[:count]


def products(count: int) -> list[Product]:
    """With a picture, from as many categories as there are; the same each time for the same
    shop."""
    keys = random_keys("search_listing", "product_id", 20 * count)
    pictured = ProductImage.objects.filter(product__in=keys).values("product")
    found = list(Product.objects.published().filter(pk__in=pictured).order_by("pk"))
    random.Random(0).shuffle(found)  # noqa: S311  (a sample, no secret)
    seen: Counter[int] = Counter()
    turns: list[tuple[int, int, Product]] = []
    for product in found:
        turns.append((seen[product.category_id], len(turns), product))
        seen[product.category_id] += 1
    return [product for _, _, product in sorted(turns, key=lambda turn: turn[:2])[:count]]
