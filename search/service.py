"""A search from query to page: vectors, legs, fusion, products."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Case, Count, When

from search import retrieval
from search.encoders import EncoderUnavailable
from search.fusion import Ranked, fuse
from search.models import Embedding, EmbeddingModel
from search.query import PAGE_SIZE, WINDOW, Leg, SearchQuery
from search.query_vectors import of_photo, of_text
from shop.catalog.models import Category, Product, ProductImage, ProductQuerySet, Variant

logger = logging.getLogger(__name__)

# How far words move a photo: norm((1 - a) * photo + a * words).
COMPOSITION = 0.5

WORDS_ONLY = (
    "Search by looks is not available right now, so these are the products that hold your words."
)


NOT_READY = "There is nothing to compare with yet, so these are the newest products."


class SearchUnavailable(Exception):
    """The search cannot be answered now, not even by words. The message is for shoppers."""


class PageNotFound(Exception):
    """The search has fewer pages. The message is for shoppers."""


@dataclass(frozen=True)
class Result:
    """A product found: with the variant that matches best and the picture that matched."""

    product: Product
    variant: Variant
    image: ProductImage | None
    score: float  # in [0, 1]; comparable within one search only

    @property
    def in_stock(self) -> bool:
        return self.variant.in_stock


@dataclass(frozen=True)
class CategoryCount:
    category: Category
    count: int


@dataclass(frozen=True)
class SearchPage:
    """One page of results. `total` counts all that match; pages end at `WINDOW`."""

    results: list[Result]
    total: int
    number: int
    notice: str = ""  # what a shopper should know of how this was searched
    categories: Sequence[CategoryCount] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, WINDOW) // PAGE_SIZE))

    @property
    def has_next(self) -> bool:
        return self.number < self.pages


def search(query: SearchQuery) -> SearchPage:
    """Answer `query`. Every page is full while products match, whatever the filters.

    Without an encoder it answers by words alone and says so in `notice`; raises
    `SearchUnavailable` if there are no words, and `PageNotFound` beyond the last page.
    """
    notice = ""
    # Vectors rank whatever passes the filters; words alone find only what holds them.
    complete = query.legs != {Leg.WORDS} or not query.text
    weights = query.weights
    ranked: list[Ranked] = []
    if query.ranks:
        model = EmbeddingModel.objects.live()
        try:
            if model is None:
                raise EncoderUnavailable("no model is live: run `manage.py model build`")
            found = _legs(query, model)
            if not found:
                notice = NOT_READY
        except EncoderUnavailable as error:
            logger.warning("Searching by words alone: %s", error)
            if not query.text:
                raise SearchUnavailable(
                    "Search by photo is not available right now. Try words, or come back soon."
                ) from error
            found = {Leg.WORDS: retrieval.worded(query.text, query=query)}
            notice, complete, weights = WORDS_ONLY, False, {Leg.WORDS: 1.0}
        ranked = fuse(found, weights)
    products = query.products()
    total = products.count() if complete else len(ranked)
    page = SearchPage([], total, query.page, notice)
    if query.page > page.pages:
        raise PageNotFound(
            f"This search has {page.pages} page{'s' if page.pages > 1 else ''}, not {query.page}."
        )
    counted = replace(query, category=None).products()
    if complete:
        ranked = _padded(ranked, query)
    else:
        counted = counted.filter(pk__in=[hit.product_id for hit in ranked])
    shown = ranked[(query.page - 1) * PAGE_SIZE : min(query.page * PAGE_SIZE, WINDOW)]
    return replace(page, results=_load(shown, query), categories=_count_categories(counted))


def _legs(query: SearchQuery, model: EmbeddingModel) -> dict[Leg, list[retrieval.Hit]]:
    """What each leg with a weight and something to look for finds."""
    found: dict[Leg, list[retrieval.Hit]] = {}
    if query.legs & {Leg.IMAGE, Leg.TEXT}:
        looks, text = _vectors(query, model)
        for leg, vector in ((Leg.IMAGE, looks), (Leg.TEXT, text)):
            if vector is not None and query.weights.get(leg):
                found[leg] = retrieval.nearest(vector, kind=leg, model=model, query=query)
    if query.text and query.weights.get(Leg.WORDS):
        found[Leg.WORDS] = retrieval.worded(query.text, query=query)
    return found


def _vectors(
    query: SearchQuery, model: EmbeddingModel
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """What to look for among pictures and among texts. Raises `EncoderUnavailable`."""
    words = of_text(query.text, model) if query.text else None
    if query.like is None:
        picture = of_photo(query.photo, model) if query.photo else None
        return compose(picture, words), words
    own = retrieval.vectors_of(query.like.pk, model)
    picture = own.get(Embedding.Kind.IMAGE, own.get(Embedding.Kind.TEXT))
    return compose(picture, words), words if query.text else own.get(Embedding.Kind.TEXT)


def compose(picture: np.ndarray | None, words: np.ndarray | None) -> np.ndarray | None:
    """One unit vector for a picture, for words, or for the picture as the words change it."""
    if picture is None or words is None:
        return words if picture is None else picture
    mixed = (1 - COMPOSITION) * picture + COMPOSITION * words
    return mixed / np.linalg.norm(mixed)


def _padded(ranked: list[Ranked], query: SearchQuery) -> list[Ranked]:
    """The ranked, then what matches but no leg ranked (not embedded yet), newest first."""
    missing = min(query.page * PAGE_SIZE, WINDOW) - len(ranked)
    if missing <= 0:
        return ranked
    rest = (
        query.products()
        .exclude(pk__in=[hit.product_id for hit in ranked])
        .order_by("-created_at", "-pk")
        .values_list("pk", flat=True)[:missing]
    )
    return [*ranked, *(Ranked(product, 0.0, None) for product in rest)]


def _load(ranked: list[Ranked], query: SearchQuery) -> list[Result]:
    keys = [hit.product_id for hit in ranked]
    products = Product.objects.for_cards().in_bulk(keys)
    variants: dict[int, list[Variant]] = {}
    for variant in query.variants().filter(product__in=keys).order_by("position", "pk"):
        variants.setdefault(variant.product_id, []).append(variant)
    results = []
    for hit in ranked:
        product = products.get(hit.product_id)
        passing = variants.get(hit.product_id)
        if product is None or not passing:
            continue  # sold, hidden or deleted since it was ranked
        best = min(passing, key=lambda v: (v.image_id != hit.image_id, not v.in_stock))
        pictures = list(product.images.all())
        own = hit.image_id or best.image_id
        image = next((i for i in pictures if i.pk == own), pictures[0] if pictures else None)
        results.append(Result(product, best, image, round(hit.score, 4)))
    return results


def _count_categories(products: ProductQuerySet) -> list[CategoryCount]:
    """How many of `products` are in each category, most first."""
    counts = dict(products.order_by().values_list("category").annotate(n=Count("pk")))
    order = Case(*(When(pk=pk, then=n) for pk, n in counts.items()), default=0)
    categories = Category.objects.filter(pk__in=counts).order_by(order.desc(), "name")
    return [CategoryCount(category, counts[category.pk]) for category in categories]
