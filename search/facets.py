"""What a search's results have in common, counted: categories, brands, prices, colours in
pictures, every attribute.

Counted is what the search shows, its cut set, never the whole shop: what the tail would add is
nothing that was asked for. It is bounded: beyond `WINDOW` products the counts are of the best ones.
A facet that is chosen is not narrowed by itself, so that other values can be seen and chosen; it is
counted in the search without it (`search.service` asks for that).

A value counts a product if one and the same variant has it and passes the filters: red *and* 42 is
a red 42.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from django.db import connection
from django.utils.translation import gettext

from search.colors import reading
from search.colors.names import NAMED
from search.filters import Filters
from search.query import SearchQuery, Sort
from shop.catalog.models import AttributeValue, Category

CATEGORY, BRAND, PRICE, PICTURE_COLOR = "category", "brand", "price", "picture_color"
# Of a longer list nobody reads the end; what is chosen is always in it.
MOST_VALUES = 40
BANDS = 5
# Where the edges of bands of prices may lie, in each power of ten.
_CENT = Decimal("0.01")
_ROUND = (10, 15, 20, 25, 30, 40, 50, 60, 75, 80)


@dataclass(frozen=True)
class FacetValue:
    """`value` is what a request says: a slug, a brand, or "25-49.99" for a band of prices."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """`name`: of the field that filters by it."""

    name: str
    label: str
    values: Sequence[FacetValue]

    @property
    def chosen(self) -> FacetValue | None:
        return next((value for value in self.values if value.chosen), None)


@dataclass(frozen=True)
class _Offer:
    """What one product offers that passes: its category's path, its brand; and of its variants that
    pass, prices and keys of values."""

    path: str
    brand: str
    prices: frozenset[Decimal]
    values: frozenset[int]


def chosen(query: SearchQuery) -> list[str]:
    """The names of the facets that a query filters by."""
    names = [CATEGORY] if query.category else []
    names += [BRAND] if query.brand else []
    names += [PRICE] if query.filters.priced else []
    names += [PICTURE_COLOR] if query.picture_color else []
    return [*names, *query.values]


def without(query: SearchQuery, name: str) -> SearchQuery:
    """The query as it would be if the facet of that name were not chosen: its first page, with the
    best match first."""
    query = replace(query, page=1, sort=Sort.BEST)
    match name:
        case "category":
            return replace(query, category=None)
        case "brand":
            return replace(query, brand="")
        case "price":
            return replace(query, price_min=None, price_max=None)
        case "picture_color":
            return replace(query, picture_color="")
    return replace(query, values={slug: v for slug, v in query.values.items() if slug != name})


def count(query: SearchQuery, found: Mapping[str, Sequence[int]]) -> list[Facet]:
    """The facets of a search, each with its values, most products first.

    `found`: the products that the search shows, by ""; and for each facet that is chosen those that
    it would show without, by the facet's name.
    """
    offers = {
        name: _offers(products, (without(query, name) if name else query).filters)
        for name, products in found.items()
    }
    facets = [
        _categories(offers.get(CATEGORY, offers[""]), query.category),
        _brands(offers.get(BRAND, offers[""]), query.brand),
        _prices(offers.get(PRICE, offers[""]), query),
        _picture_colors(found.get(PICTURE_COLOR, found[""]), query),
        *_attributes(offers, query),
    ]
    return [facet for facet in facets if facet.values]


def _offers(products: Sequence[int], filters: Filters) -> list[_Offer]:
    if not products:
        return []
    if filters.narrows_variants:
        return list(_by_variant(products, filters))
    return list(_by_listing(products))


def _by_listing(products: Sequence[int]) -> Iterator[_Offer]:
    """Where every published variant passes, listings say all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT path, brand, ARRAY(SELECT lower(price) FROM unnest(prices) price), value_ids
              FROM search_listing WHERE product_id = ANY(%s::bigint[])
            """,
            [list(products)],
        )
        for path, brand, prices, values in cursor:
            hundredths = frozenset(_of_hundredths(price) for price in prices)
            yield _Offer(path, brand, hundredths, frozenset(values))


@lru_cache(maxsize=10_000)
def _of_hundredths(price: int) -> Decimal:
    return Decimal(price) / 100


def _by_variant(products: Sequence[int], filters: Filters) -> Iterator[_Offer]:
    """Where some variants may not pass: what those have that do."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT listing.path, listing.brand, array_agg(DISTINCT variant.price),
                   array_agg(DISTINCT value.id) FILTER (WHERE value.id IS NOT NULL)
              FROM search_listing listing
              JOIN catalog_variant variant ON variant.product_id = listing.product_id
              LEFT JOIN LATERAL (
                  SELECT attributevalue_id AS id FROM catalog_variant_options
                   WHERE variant_id = variant.id
                  UNION ALL
                  SELECT attributevalue_id FROM catalog_product_attributes
                   WHERE product_id = listing.product_id
              ) value ON true
             WHERE listing.product_id = ANY(%(products)s::bigint[]) AND {filters.variant()}
             GROUP BY listing.product_id
            """,  # noqa: S608  (conditions of our own; values are parameters)
            {**filters.parameters(), "products": list(products)},
        )
        for path, brand, prices, values in cursor:
            yield _Offer(path, brand, frozenset(prices), frozenset(values or ()))


def _categories(offers: Iterable[_Offer], category: Category | None) -> Facet:
    step = Category.steplen
    # A category has what those below it have.
    counts = Counter(
        offer.path[:end] for offer in offers for end in range(step, len(offer.path) + 1, step)
    )
    # All of them: to name hundreds of paths in a statement takes longer than to read every one.
    rows = Category.objects.values_list("path", "slug", "name")
    values = [
        FacetValue(slug, name, counts[path], bool(category and category.slug == slug))
        for path, slug, name in rows
        if path in counts or (category and category.slug == slug)
    ]
    return Facet(CATEGORY, gettext("Category"), _first(values))


def _brands(offers: Iterable[_Offer], brand: str) -> Facet:
    counts = Counter(offer.brand for offer in offers if offer.brand)
    if brand:
        counts.setdefault(brand, 0)
    values = [FacetValue(name, name, n, name == brand) for name, n in counts.items()]
    return Facet(BRAND, gettext("Brand"), _first(values))


def _picture_colors(products: Sequence[int], query: SearchQuery) -> Facet:
    counts = reading.count(products, without(query, PICTURE_COLOR).filters)
    if query.picture_color:
        counts.setdefault(query.picture_color, 0)
    values = [
        FacetValue(color.name, color.label, counts[color.name], color.name == query.picture_color)
        for color in NAMED
        if color.name in counts
    ]
    return Facet(PICTURE_COLOR, gettext("Colour in the picture"), values)


def _attributes(offers: Mapping[str, list[_Offer]], query: SearchQuery) -> Iterator[Facet]:
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    keys = {key for several in offers.values() for offer in several for key in offer.values}
    keys |= {value.pk for value in query.values.values()}
    values = {
        value.pk: value
        for value in AttributeValue.objects.filter(pk__in=keys).select_related("attribute")
    }
    slugs = {key: value.attribute.slug for key, value in values.items()}
    for name, several in offers.items():
        held = Counter(key for offer in several for key in offer.values)
        for key, n in held.items():
            slug = slugs.get(key, "")
            # Of the search as it is, or, if the attribute is chosen, without it.
            if slug and name == (slug if slug in offers else ""):
                counts[slug][key] += n
    for slug, value in query.values.items():
        counts[slug].setdefault(value.pk, 0)
    by_slug = {value.attribute.slug: value.attribute for value in values.values()}
    for slug in sorted(counts, key=lambda slug: (slug != "color", slug != "size", slug)):
        asked = query.values.get(slug)
        found = [
            FacetValue(values[key].slug, values[key].value, n, bool(asked and asked.pk == key))
            for key, n in counts[slug].items()
        ]
        if slug == "size":  # in the order of sizes: 40, 41, 42
            place = {value.slug: value.position for value in values.values()}
            found = sorted(_first(found), key=lambda value: (place[value.value], value.label))
            yield Facet(slug, by_slug[slug].name, found)
        else:
            yield Facet(slug, by_slug[slug].name, _first(found))


def _first(values: Iterable[FacetValue]) -> list[FacetValue]:
    """Most products first; what is chosen is among them."""
    best = sorted(values, key=lambda value: (-value.count, value.label.casefold()))
    return best[:MOST_VALUES] + [value for value in best[MOST_VALUES:] if value.chosen]


def _prices(offers: Sequence[_Offer], query: SearchQuery) -> Facet:
    """Bands between round prices, with about as many products in each."""
    lowest = sorted(min(offer.prices) for offer in offers if offer.prices)
    found = bands(lowest)
    highs = [high for _, high in found]
    # Bands lie side by side, from nothing on: a price is in the first that does not end below it.
    counts = Counter(
        place for offer in offers for place in {bisect_left(highs, price) for price in offer.prices}
    )
    values = []
    for place, (low, high) in enumerate(found):
        n = counts[place]
        is_last = place == len(found) - 1
        is_chosen = (query.price_min or 0) == low and (
            query.price_max == high or (is_last and query.price_max is None)
        )
        values.append(FacetValue(f"{_plain(low)}-{_plain(high)}", "", n, is_chosen))
    return Facet(PRICE, gettext("Price"), [value for value in values if value.count])


def edges(band: str) -> tuple[Decimal, Decimal]:
    """The round prices that a band such as "25-49.99" lies between: 25 and 50."""
    low, _, high = band.partition("-")
    return Decimal(low), Decimal(high) + _CENT


def bands(prices: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Bounds of bands, both included, that hold all `prices` (ascending); none if one band would
    hold them all."""
    if not prices:
        return []
    quantiles = [prices[len(prices) * n // BANDS] for n in range(1, BANDS)]
    edges = sorted({_rounded(price) for price in quantiles} - {Decimal(0)})
    edges = [edge for edge in edges if prices[0] < edge <= prices[-1]]
    if not edges:
        return []
    highest = max(_rounded(prices[-1]) * 2, prices[-1])
    bounds = [Decimal(0), *edges, highest + _CENT]
    return [(low, high - _CENT) for low, high in pairwise(bounds)]


def _rounded(price: Decimal) -> Decimal:
    """The round price next to it."""
    if price <= 0:
        return Decimal(0)
    scale = Decimal(10) ** (price.adjusted() - 1)
    rounds = [*(Decimal(step) for step in _ROUND), Decimal(100)]
    nearest = min((step * scale for step in rounds), key=lambda step: abs(step - price))
    return nearest.quantize(_CENT).normalize()


def _plain(price: Decimal) -> str:
    """Without an exponent, and without zeros that say nothing."""
    text = f"{price:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
