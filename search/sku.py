"""The lane of SKUs: whoever writes an article's number gets that article.

Vectors rank the wrong number over the right one, for they look alike. So an exact SKU, or the
beginning of one, is looked up, and what has it comes before all that is ranked; where nothing else
can be meant, it is all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from search.filters import Filters
from search.words import lexicon

# Fewer characters begin half of all numbers.
SHORTEST = 3
# ... and among other words, where "usb3" is none, an SKU is exact, or as long as this.
SHORTEST_BESIDE = 6
LONGEST = 100
MOST = 24
_NUMBERED = re.compile(r"[\d_\-./]")
_BETWEEN = re.compile(r"[\s:#,;()]+")


@dataclass(frozen=True)
class Lane:
    """`products`: keys, in their order. `alone`: whether nothing else was asked for."""

    products: Sequence[int] = ()
    alone: bool = False


def lane(text: str, filters: Filters) -> Lane:
    """What an article's number in `text` finds. A number of digits and letters is meant as one, and
    what is said beside it ("SKU AB-12 in black") says which variant."""
    products = products_with(text, filters)
    if products:
        return Lane(products, alone=_is_number(text.strip()))
    words = [word for word in _BETWEEN.split(text) if _is_number(word)]
    for word in words:
        exact_only = len(word) < SHORTEST_BESIDE
        if products := products_with(word, filters, exact_only=exact_only):
            return Lane(products, alone=True)
    return Lane()


def numbers_in(text: str) -> frozenset[str]:
    """The words of `text` that may be SKUs, in capitals."""
    return frozenset(word.upper() for word in (text.strip(), *_BETWEEN.split(text)) if word)


def numbered(text: str) -> bool:
    """Whether `text` may be the beginning of a number, by its digits or by what joins them."""
    return bool(_NUMBERED.search(text))


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word)) and any(map(str.isalpha, word))


def products_with(text: str, filters: Filters, *, exact_only: bool = False) -> list[int]:
    """The products with a published variant of this SKU, or whose SKU begins so; those of the exact
    one first, then by SKU. None for a text that does not read as an SKU.

    Words are not taken for beginnings: a shop whose SKUs begin with "RED" has red things, too.
    """
    said = text.strip()
    if not SHORTEST <= len(said) <= LONGEST or " " in said:
        return []
    by_beginning = not exact_only and (numbered(said) or not lexicon.known([said.casefold()]))
    upper = said.upper()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT variant.product_id, min(upper(variant.sku))
              FROM catalog_variant variant
              JOIN search_listing listing ON listing.product_id = variant.product_id
             WHERE {
                "upper(variant.sku) LIKE %(beginning)s"
                if by_beginning
                else "upper(variant.sku) = %(sku)s"
            }
               AND {filters.variant()} AND {filters.listing()}
             GROUP BY variant.product_id
             ORDER BY bool_or(upper(variant.sku) = %(sku)s) DESC, min(upper(variant.sku))
             LIMIT {MOST}
            """,  # noqa: S608  (conditions of our own; values are parameters)
            {
                **filters.parameters(),
                "sku": upper,
                "beginning": _beginning(upper),
            },
        )
        return [product for product, _ in cursor]


def beginning_with(text: str, *, most: int) -> list[int]:
    """The first products on sale with a number that begins so, by it: read from the index as far as
    they are enough, however many begin so."""
    if not SHORTEST <= len(text) <= LONGEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT variant.product_id FROM catalog_variant variant
              JOIN search_listing listing ON listing.product_id = variant.product_id
             WHERE upper(variant.sku) LIKE %s AND variant.published
             ORDER BY upper(variant.sku) USING ~<~ LIMIT %s
            """,
            [_beginning(text.upper()), MOST * most],  # a product has several variants
        )
        return list(dict.fromkeys(product for (product,) in cursor))[:most]


def _beginning(number: str) -> str:
    """As LIKE has it."""
    return re.sub(r"([\\%_])", r"\\\1", number) + "%"
