"""A search from query to page: vectors, legs, fusion, products."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from search import metrics, recall_samples, retrieval, router
from search.category_counts import CategoryCount, count_categories
from search.encoders import EncoderUnavailable
from search.facts import Facts
from search.fusion import Ranked, fuse
from search.models import Embedding, EmbeddingModel
from search.query import PAGE_SIZE, WINDOW, Leg, SearchQuery
from search.query_vectors import of_photo, of_text
from search.retrieval import Hit, Target
from search.router import Matching
from shop.catalog.choices import variants_of
from shop.catalog.models import Product, ProductImage, Variant

logger = logging.getLogger(__name__)

# Products that each leg ranks for the first pages. Few shoppers go further: for those who do, legs
# are asked for all of the window.
DEPTH = 3 * PAGE_SIZE

# How far words move a photo: norm((1 - a) * photo + a * words).
COMPOSITION = 0.5

# The way of the leg of words; those of vectors are `router.Way`.
FULL_TEXT = "full-text"

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
class SearchPage:
    """One page of results. `total` counts what matches: all, or, where not `counted`, as far as
    `router.EXACT_PRODUCTS`. Pages end at `WINDOW`."""

    results: list[Result]
    total: int
    number: int
    counted: bool = True
    notice: str = ""  # what a shopper should know of how this was searched
    nothing_close: bool = False  # whether nothing that is sold is near what was asked for
    categories: Sequence[CategoryCount] = ()
    facts: Facts = field(default_factory=Facts)  # how it was searched

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, WINDOW) // PAGE_SIZE))

    @property
    def has_next(self) -> bool:
        return self.number < self.pages


def search(query: SearchQuery, *, facets: bool = True) -> SearchPage:
    """Answer `query`. Every page is full while products match, whatever the filters.

    Without `facets`, `categories` stays empty: counting takes longer than a small search.

    Without an encoder it answers by words alone and says so in `notice`; raises
    `SearchUnavailable` if there are no words, and `PageNotFound` beyond the last page.
    """
    facts = Facts()
    with facts.stage("filter"):
        matching = router.match(query.filters)
    ranking = _rank(query, matching, facts)
    if ranking.complete:
        total, counted = matching.count, matching.few
    else:
        total, counted = len(ranking.ranked), True
    facts.matching, facts.counted = total, counted
    page = SearchPage([], total, query.page, counted, ranking.notice, facts=facts)
    if query.page > page.pages:
        raise PageNotFound(
            f"This search has {page.pages} page{'s' if page.pages > 1 else ''}, not {query.page}."
        )
    ranked = ranking.ranked
    with facts.stage("products"):
        if ranking.complete:
            ranked = _padded(ranked, query)
        shown = ranked[(query.page - 1) * PAGE_SIZE : min(query.page * PAGE_SIZE, WINDOW)]
        results = _load(shown, query)
    categories: Sequence[CategoryCount] = ()
    if facets:
        with facts.stage("facets"):
            found = None if ranking.complete else [hit.product_id for hit in ranked]
            categories = count_categories(replace(query.filters, path=""), found)
    facts.finish()
    metrics.observe(facts)
    return replace(page, results=results, categories=categories)


@dataclass(frozen=True)
class _Ranking:
    ranked: list[Ranked]
    # Vectors rank whatever passes the filters; words alone find only what holds them.
    complete: bool
    notice: str = ""


def _rank(query: SearchQuery, matching: Matching, facts: Facts) -> _Ranking:
    """One order of what the legs find, as deep as the page asked for needs."""
    complete = query.legs != {Leg.WORDS} or not query.text
    if not query.ranks:
        return _Ranking([], complete)
    model = EmbeddingModel.objects.live()
    try:
        if model is None:
            raise EncoderUnavailable("no model is live: run `manage.py model build`")
        targets = _targets(query, model, facts)
    except EncoderUnavailable as error:
        logger.warning("Searching by words alone: %s", error)
        if not query.text:
            raise SearchUnavailable(
                "Search by photo is not available right now. Try words, or come back soon."
            ) from error
        with facts.stage(Leg.WORDS):
            held = retrieval.worded(query.text, query.filters)
        facts.ways[Leg.WORDS] = FULL_TEXT
        return _Ranking(fuse({Leg.WORDS: held}, {Leg.WORDS: 1.0}), False, WORDS_ONLY)
    words: list[Hit] | None = None
    if query.text and query.weights.get(Leg.WORDS):
        with facts.stage(Leg.WORDS):
            words = retrieval.worded(query.text, query.filters)
        facts.ways[Leg.WORDS] = FULL_TEXT
    if not complete:  # all the words find, for they say how many there are
        return _Ranking(_fused(query, targets, words, matching, WINDOW, facts), False)
    ranked = _fused(query, targets, words, matching, DEPTH, facts)
    if query.page * PAGE_SIZE > DEPTH and len(ranked) >= DEPTH:
        # The first pages stay what they were; what they did not show follows in the deeper order.
        first = ranked[:DEPTH]
        shown = {hit.product_id for hit in first}
        deeper = _fused(query, targets, words, matching, WINDOW, facts)
        ranked = first + [hit for hit in deeper if hit.product_id not in shown]
    asked = bool(targets) or words is not None
    return _Ranking(ranked, complete, "" if asked or not matching.count else NOT_READY)


def _fused(
    query: SearchQuery,
    targets: dict[Leg, Target],
    words: list[Hit] | None,
    matching: Matching,
    depth: int,
    facts: Facts,
) -> list[Ranked]:
    """What the vectors give, as far as `depth`, and the words, if they were asked: in one order."""
    found: dict[Leg, list[Hit]] = {}
    for leg, target in targets.items():
        with facts.stage(leg):
            nearest = router.nearest(target, matching, depth=depth)
        facts.ways[leg] = nearest.way
        recall_samples.offer(target, matching.filters, nearest.way)
        found[leg] = nearest.hits
    if words is not None:
        found[Leg.WORDS] = words
    return fuse(found, query.weights)


def _targets(query: SearchQuery, model: EmbeddingModel, facts: Facts) -> dict[Leg, Target]:
    """What each leg of vectors with a weight looks for. Raises `EncoderUnavailable`."""
    wanted = [leg for leg in (Leg.IMAGE, Leg.TEXT) if query.weights.get(leg)]
    if not wanted:
        return {}
    with facts.stage("encode"):
        looks, text = _vectors(query, model)
    vectors = {Leg.IMAGE: looks, Leg.TEXT: text}
    across = {Leg.IMAGE: bool(query.text), Leg.TEXT: False}
    return {
        leg: Target(vector, leg, model, across[leg])
        for leg in wanted
        if (vector := vectors[leg]) is not None
    }


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
    rest = retrieval.newest(
        query.filters, without=[hit.product_id for hit in ranked], limit=missing
    )
    return [*ranked, *(Ranked(product, 0.0, None) for product in rest)]


def _load(ranked: list[Ranked], query: SearchQuery) -> list[Result]:
    keys = [hit.product_id for hit in ranked]
    products = Product.objects.for_cards().in_bulk(keys)
    variants: dict[int, list[Variant]] = {}
    if query.narrows_variants:
        for variant in query.variants().filter(product__in=keys).order_by("position", "pk"):
            variants.setdefault(variant.product_id, []).append(variant)
    else:
        variants = {key: variants_of(product) for key, product in products.items()}
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
