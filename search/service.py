"""A search from query to page: vectors, legs, fusion, products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext, ngettext

from search import facets as counted_facets
from search import metrics, retrieval, router, sorting
from search.asked import Asked, ask
from search.facets import Facet
from search.facts import Facts
from search.fusion import Ranked
from search.query import PAGE_SIZE, WINDOW, SearchQuery
from search.ranking import Ranking, first_of, rank, spread_out
from search.results import Result, load
from search.router import Matching
from shop.catalog.models import Variant
from shop.catalog.templatetags.catalog_pictures import money

CENT = Decimal("0.01")


class PageNotFound(Exception):
    """The search has fewer pages. The message is for shoppers."""


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
    facets: Sequence[Facet] = ()
    # Of how many products facets are counted; and whether the search has more.
    faceted: int = 0
    facts: Facts = field(default_factory=Facts)  # how it was searched

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, WINDOW) // PAGE_SIZE))

    @property
    def has_next(self) -> bool:
        return self.number < self.pages


def search(query: SearchQuery, *, facets: bool = True, results: bool = True) -> SearchPage:
    """Answer `query`. Every page is full while products match, whatever the filters.

    Without `facets` none are counted: that may take longer than a small search. Without `results`
    none are put in order and loaded, for whoever wants the total alone.

    Without an encoder it answers by words alone and says so in `notice`; raises
    `SearchUnavailable` if there are no words, and `PageNotFound` beyond the last page.
    """
    if query.cheaper:
        return _below(query, facets=facets, results=results)
    facts = Facts()
    with facts.stage("filter"):
        matching = router.match(query.filters)
    facts.matching, facts.counted = matching.count, matching.few
    # What a photo shows, the whole shop says: a facet does not make it another thing.
    widened = _widened(query)
    whole = router.match(widened.filters) if widened else matching
    asked = ask(query, whole, facts)
    wide = None
    if widened:
        with facts.stage("widen"):
            wide = _Wide(widened, whole, rank(widened, asked, whole, Facts()))
    bar = wide.ranking.bar if wide else None
    ranking = rank(query, asked, matching, facts, bar=bar, sampled=True)
    if ranking.complete and not ranking.cut:
        total, counted = matching.count, matching.few
    else:
        total, counted = len(ranking.found), not ranking.goes_on
    facts.found = total
    page = SearchPage(
        [],
        total,
        query.page,
        counted,
        ranking.notice,
        nothing_close=not ranking.close,
        corrected=asked.words.corrected,
        facts=facts,
    )
    if query.page > page.pages:
        raise PageNotFound(
            ngettext(
                "This search has %(pages)d page, not %(asked)d.",
                "This search has %(pages)d pages, not %(asked)d.",
                page.pages,
            )
            % {"pages": page.pages, "asked": query.page}
        )
    if results:
        ranked = _in_order(ranking, query, asked, matching, facts)
        with facts.stage("products"):
            shown = ranked[(query.page - 1) * PAGE_SIZE : min(query.page * PAGE_SIZE, WINDOW)]
            page = replace(page, results=load(shown, query, asked))
    if facets:
        with facts.stage("facets"):
            among = _counted(query, ranking, matching)
            found = {"": among} | _without_each(query, asked, wide)
            page = replace(page, facets=counted_facets.count(query, found), faceted=len(among))
    facts.finish()
    metrics.observe(facts)
    return page


def price_of_the_like(query: SearchQuery, results: Sequence[Result]) -> Decimal:
    """The lowest price of the product that more is asked like, or of what is most like the photo;
    0 where there is none."""
    if query.like is None:
        return min((one.variant.price for one in results[:1]), default=Decimal(0))
    offered = Variant.objects.published().filter(product=query.like)
    return min(offered.values_list("price", flat=True), default=Decimal(0))


def _below(query: SearchQuery, *, facets: bool, results: bool) -> SearchPage:
    """What costs less than the product that more is asked like, or than what is most like the
    photo."""
    plain = replace(query, cheaper=False)
    alike: Sequence[Result] = ()
    if query.like is None:
        photo = SearchQuery(photo=query.photo, setting=query.setting)
        alike = load(first_of(photo, 1), photo, Asked())
    price = price_of_the_like(query, alike)
    if price <= CENT:
        return search(plain, facets=facets, results=results)
    highest = min(price - CENT, query.price_max or price)
    page = search(replace(plain, price_max=highest), facets=facets, results=results)
    # Other prices are not there to be chosen.
    others = [facet for facet in page.facets if facet.name != counted_facets.PRICE]
    notice = (
        gettext("Only what costs less than it, %(price)s.")
        if query.like is not None
        else gettext("Only what costs less than what is most like your photo, %(price)s.")
    ) % {"price": money(price)}
    return replace(page, notice=f"{page.notice} {notice}".strip(), facets=others)


@dataclass(frozen=True)
class _Wide:
    """A search without any facet that is chosen: what it found is what others are measured by."""

    query: SearchQuery
    matching: Matching
    ranking: Ranking


def _widened(query: SearchQuery) -> SearchQuery | None:
    """The query without any facet; None where none is chosen, or nothing is ranked."""
    chosen = counted_facets.chosen(query)
    if not chosen or not query.ranks:
        return None
    for name in chosen:
        query = counted_facets.without(query, name)
    return query


def _counted(query: SearchQuery, ranking: Ranking, matching: Matching) -> list[int]:
    """The products of which facets are counted: all that a search shows, on whatever page, as far
    as `WINDOW`. Where it cuts nothing and matches thousands, those that were ranked for the first
    pages: what has most of what was asked for, and not what is new."""
    products = ranking.found
    whole = matching.few or not products
    if whole and ranking.complete and not ranking.cut and len(products) < WINDOW:
        limit = WINDOW - len(products)
        products += retrieval.newest(query.filters, without=products, limit=limit)
    return products[:WINDOW]


def _without_each(query: SearchQuery, asked: Asked, wide: _Wide | None) -> dict[str, list[int]]:
    """For each facet that is chosen: what the search would show if it were not."""
    chosen = counted_facets.chosen(query)
    if wide and len(chosen) == 1:
        return {chosen[0]: _counted(wide.query, wide.ranking, wide.matching)}
    found = {}
    for name in chosen:
        wider = counted_facets.without(query, name)
        matching = router.match(wider.filters)
        bar = wide.ranking.bar if wide else None
        ranking = rank(wider, asked, matching, Facts(), bar=bar)
        found[name] = _counted(wider, ranking, matching)
    return found


def _in_order(
    ranking: Ranking, query: SearchQuery, asked: Asked, matching: Matching, facts: Facts
) -> list[Ranked]:
    """What is shown, as far as the page asked for: what was ranked; then, where all that matches is
    shown, what no leg ranked (not embedded yet). Or that in the order that is asked for."""
    whole = ranking.complete and not ranking.cut
    if query.sort:
        with facts.stage("sort"):
            found = [*ranking.ranked, *ranking.buried]
            return _sorted(found, query, matching, whole=whole)
    ranked = spread_out(ranking, asked, facts).ranked
    if whole:
        most = min(query.page * PAGE_SIZE, WINDOW)
        ranked = _padded(ranked, query, most, without=ranking.buried)
    # While later pages find more, none is the last.
    return ranked if ranking.goes_on else [*ranked, *ranking.buried]


def _sorted(
    ranked: list[Ranked], query: SearchQuery, matching: Matching, *, whole: bool
) -> list[Ranked]:
    """What the search shows on all its pages, in the order that is asked for; of a search that
    ranked nothing, the first of all that matches, however much that is."""
    if ranked or not whole:
        shown = _padded(ranked, query, WINDOW) if whole else ranked[:WINDOW]
        return sorting.ordered(shown, query.sort, query.filters)
    first = min(query.page * PAGE_SIZE, WINDOW)
    products = sorting.first(query.sort, query.filters, limit=first, among=matching.known)
    return [Ranked(product, 0.0, None) for product in products]


def _padded(
    ranked: list[Ranked], query: SearchQuery, most: int, *, without: Sequence[Ranked] = ()
) -> list[Ranked]:
    """The ranked, then others that match, newest first, to at least `most`; none of `without`."""
    missing = most - len(ranked)
    if missing <= 0:
        return ranked
    rest = retrieval.newest(
        query.filters,
        without=[hit.product_id for hit in (*ranked, *without)],
        limit=missing,
    )
    return [*ranked, *(Ranked(product, 0.0, None) for product in rest)]
