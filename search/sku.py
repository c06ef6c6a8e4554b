"""The lane of SKUs: whoever writes an article's number gets that article first.

Vectors rank the wrong number over the right one, for they look alike. So an exact SKU, or the
beginning of one, is looked up, and what has it comes before all that is ranked.
"""

from __future__ import annotations

import re

from django.db import connection

from search.filters import Filters
from search.words import lexicon

# Fewer characters begin half of all numbers.
SHORTEST = 3
MOST = 24
_NUMBERED = re.compile(r"[\d_\-./]")


def products_with(text: str, filters: Filters) -> list[int]:
    """The products with a published variant of this SKU, or whose SKU begins so; those of the exact
    one first, then by SKU. None for a text that does not read as an SKU.

    Words are not taken for beginnings: a shop whose SKUs begin with "RED" has red things, too.
    """
    said = text.strip()
    if len(said) < SHORTEST or len(said) > 100 or " " in said:
        return []
    by_beginning = bool(_NUMBERED.search(said)) or not lexicon.known([said.casefold()])
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
                "beginning": re.sub(r"([\\%_])", r"\\\1", upper) + "%",
            },
        )
        return [product for product, _ in cursor]
