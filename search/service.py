"""A search from query to page: vectors, legs, fusion, products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from search import metrics, retrieval, router
from search.category_counts import CategoryCount, count_categories
from search.facts import Facts
from search.fusion import Ranked
from search.query import PAGE_SIZE, WINDOW, SearchQuery
from search.ranking import rank
from shop.catalog.choices import variants_of
from shop.catalog.models import Product, ProductImage, Variant


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
    nothing_close: bool = False  # what was found is not what was meant, and is not shown
    corrected: Mapping[str, str] = field(
        default_factory=dict
    )  # words, and what they were taken for
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
    facts.matching, facts.counted = matching.count, matching.few
    ranking = rank(query, matching, facts)
    if ranking.complete and not ranking.cut:
        total, counted = matching.count, matching.few
    else:
        total, counted = len(ranking.ranked), True
    page = SearchPage(
        [],
        total,
        query.page,
        counted,
        ranking.notice,
        nothing_close=not ranking.close,
        corrected=ranking.words.corrected,
        facts=facts,
    )
    if query.page > page.pages:
        raise PageNotFound(
            f"This search has {page.pages} page{'s' if page.pages > 1 else ''}, not {query.page}."
        )
    ranked = ranking.ranked
    with facts.stage("products"):
        if ranking.complete and not ranking.cut:
            ranked = _padded(ranked, query)
        shown = ranked[(query.page - 1) * PAGE_SIZE : min(query.page * PAGE_SIZE, WINDOW)]
        results = _load(shown, query)
    categories: Sequence[CategoryCount] = ()
    if facets:
        with facts.stage("facets"):
            whole = ranking.complete and not ranking.cut
            found = None if whole else [hit.product_id for hit in ranked]
            categories = count_categories(replace(query.filters, path=""), found)
    facts.finish()
    metrics.observe(facts)
    return replace(page, results=results, categories=categories)


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
