"""What a product's page shows beside it: what is like it, and what goes with it.

What is like it is what the search for more like it finds first.

What goes with a product is what was bought with it (`search.events.bought_together`). Until orders
tell, what looks most like it among other things: in the branches of the category tree beside its
own, where a sofa's are lamps and blankets. Nothing is shown twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.cache import cache

from search import retrieval, router
from search.events.bought_together import goes_with as bought_with
from search.filters import Filters
from search.models import Embedding, EmbeddingModel
from search.query import SearchQuery
from search.ranking import first_of
from search.retrieval import Target
from shop.catalog.models import Category, Product

SIMILAR, GOES_WITH = 6, 6
# Categories beside a product's own that are looked through.
BESIDE = 8
KEEP_SECONDS = 600


def similar_to(product: Product) -> list[Product]:
    """What is most like it, for cards; none while it has no vector."""
    return _cards(_kept("similar", product, lambda: _similar(product)), SIMILAR)


def goes_with(product: Product) -> list[Product]:
    """What was bought with it, filled up by what looks like it in the categories beside its own."""
    bought = bought_with(product.pk, GOES_WITH)
    if len(bought) < GOES_WITH:
        shown = {*bought, *_kept("similar", product, lambda: _similar(product))}
        looks = _kept("beside", product, lambda: _beside(product))
        bought += [one for one in looks if one not in shown]
    return _cards(bought, GOES_WITH)


def _similar(product: Product) -> list[int]:
    if _target(product) is None:
        return []
    return [one.product_id for one in first_of(SearchQuery(like=product), SIMILAR)]


def _beside(product: Product) -> list[int]:
    """The most alike of each branch beside the product's, the most alike first."""
    target = _target(product)
    if target is None:
        return []
    found = []
    for path in _branches(product.category)[:BESIDE]:
        found += router.nearest(target, router.match(Filters(path=path)), depth=1).hits
    return [hit.product_id for hit in sorted(found, key=lambda hit: -hit.score)]


def _branches(category: Category) -> list[str]:
    """Paths of the branches beside the one that the category is in: beside its parent, within the
    same department; where there are none, beside the category itself."""
    step = Category.steplen
    parent = category.path[:-step]
    for path in (parent, category.path) if len(parent) > step else (category.path,):
        beside = Category.objects.filter(depth=len(path) // step, path__startswith=path[:-step])
        if found := list(beside.exclude(path=path).order_by("path")):
            return [branch.path for branch in found]
    others = Category.objects.filter(depth=category.depth).exclude(pk=category.pk)
    return list(others.order_by("path").values_list("path", flat=True))


def _target(product: Product) -> Target | None:
    model = EmbeddingModel.objects.live()
    if model is None:
        return None
    vector = retrieval.vectors_of(product.pk, model).get(Embedding.Kind.IMAGE)
    return None if vector is None else Target(vector, Embedding.Kind.IMAGE, model)


def _kept(name: str, product: Product, find: Callable[[], list[int]]) -> list[int]:
    """What `find` finds, kept for a while: pages of one product are looked at many times."""
    model = EmbeddingModel.objects.live()
    changed = product.updated_at.timestamp()
    key = f"recommended:{name}:{model.pk if model else 0}:{product.pk}:{changed}"
    kept: list[int] | None = cache.get(key)
    if kept is None:
        kept = find()
        if kept:
            cache.set(key, kept, KEEP_SECONDS)
    return kept


def _cards(keys: Sequence[int], most: int) -> list[Product]:
    products = Product.objects.published().for_cards().in_bulk(keys[: 2 * most])
    return [products[key] for key in keys if key in products][:most]
