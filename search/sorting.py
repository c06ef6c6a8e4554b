"""The order that a shopper asks for, in place of the best match first: by price, or newest first.

It orders what the search shows, all that passes its filters and its cut-off, however many pages
that is. A product's price is that of the variant that its result shows then: the cheapest of those
that pass the filters, among those in stock if any is; so says the card of a product everywhere. In
both directions: "from 20" stands above "from 10" where the dearest come first. What costs the same
stays as it was found, best match first; of what nothing ranked, which may be the whole shop,
products follow each other by their keys.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from search.filters import Filters
from search.fusion import Ranked
from search.query import Sort
from shop.catalog.models import Variant

# As the index `listing_price` has it, where every published variant passes.
_LOWEST = "coalesce(lower(listing.prices_in_stock), lower(listing.prices))"
# ... within bounds of the price ...
_ASKED = "int8multirange(%(prices)s::int8range)"
_LOWEST_ASKED = (
    f"coalesce(lower(listing.prices_in_stock * {_ASKED}), lower(listing.prices * {_ASKED}))"
)
# ... and of the variants themselves.
_LOWEST_OF_VARIANTS = (
    "coalesce(min(variant.price) FILTER (WHERE variant.stock > 0), min(variant.price))"
)


def first(
    sort: Sort, filters: Filters, *, limit: int, among: Collection[int] | None = None
) -> list[int]:
    """The keys of the first products that pass, at most `limit`. `among`: the keys of all that
    pass, where they are known."""
    direction = "ASC" if sort is Sort.PRICE else "DESC"
    order = f"ORDER BY value {direction}, listing.product_id {direction} LIMIT %(limit)s"
    return [product for product, _ in _values(sort, filters, among, order, limit=limit)]


def ordered(ranked: Sequence[Ranked], sort: Sort, filters: Filters) -> list[Ranked]:
    """The same products, which pass, in the order that is asked for; without those that have gone
    since they were ranked."""
    values = dict(_values(sort, filters, [one.product_id for one in ranked]))
    there = [one for one in ranked if values.get(one.product_id) is not None]
    # Both ways what is equal stays in its order.
    return sorted(there, key=lambda one: values[one.product_id], reverse=sort is not Sort.PRICE)


def offered(variants: Sequence[Variant]) -> list[Variant]:
    """Those of a product's variants, which all pass, at whose price it is sorted."""
    buyable = [variant for variant in variants if variant.in_stock] or variants
    lowest = min(variant.price for variant in buyable)
    return [variant for variant in buyable if variant.price == lowest]


def _values(
    sort: Sort, filters: Filters, among: Collection[int] | None, ending: str = "", **others: Any
) -> list[tuple[int, Any]]:
    """Products, and by what each is sorted."""
    if among is None:
        conditions = f"{filters.listing()} AND {filters.offered('listing')}"
    else:
        conditions, others["among"] = "listing.product_id = ANY(%(among)s::bigint[])", list(among)
    joined = grouped = ""
    if sort is Sort.NEWEST:
        value = "listing.created_at"
    elif filters.values or filters.picture_color:
        # Variants may lack what is asked for, of which listings tell no prices.
        value = _LOWEST_OF_VARIANTS
        joined = "JOIN catalog_variant variant ON variant.product_id = listing.product_id"
        conditions = f"{conditions} AND {filters.variant()}"
        grouped = "GROUP BY listing.product_id"
    else:
        value = _LOWEST_ASKED if filters.priced else _LOWEST
    statement = f"""
        SELECT listing.product_id, {value} AS value FROM search_listing listing {joined}
         WHERE {conditions} {grouped} {ending}
    """  # noqa: S608  (conditions of our own; values are parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, {**filters.parameters(), **others})
        return list(cursor.fetchall())
