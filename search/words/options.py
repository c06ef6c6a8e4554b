"""What variants say by their options: which one is meant by "boots 38", and which by "boots -38".

The document of a product holds the options of all its variants, so that words find it. A word that
some of its variants have and others have not is no property of the product, but chooses among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import connection

from search.words.analysis import Words


def held_by_options(words: Words, products: Collection[int]) -> dict[int, dict[int, int]]:
    """For each of `products` (keys) of which any published variant's options hold any of the terms:
    by variant, how many. One statement."""
    if not words.held or not products:
        return {}
    parameters: dict[str, Any] = {"products": list(products)}
    parameters |= {f"term_{n}": term.tsquery() for n, term in enumerate(words.held)}
    held = [f"(words @@ %(term_{n})s::tsquery)" for n in range(len(words.held))]
    counted = [f"coalesce(bool_or(held_{n}), false)::int" for n in range(len(held))]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH variant AS MATERIALIZED (
                SELECT id, product_id FROM catalog_variant
                 WHERE product_id = ANY(%(products)s::bigint[]) AND published
            ),
            option AS MATERIALIZED (
                SELECT link.variant_id, link.attributevalue_id AS value_id
                  FROM catalog_variant_options link JOIN variant ON variant.id = link.variant_id
            ),
            said AS MATERIALIZED (
                SELECT id, {", ".join(f"{one} AS held_{n}" for n, one in enumerate(held))}
                  FROM (SELECT id, search_words(value) AS words FROM catalog_attributevalue
                         WHERE id IN (SELECT value_id FROM option)) value
                 WHERE {" OR ".join(held)}
            )
            SELECT variant.product_id, variant.id,
                   {" + ".join(counted)}
              FROM variant
              LEFT JOIN option ON option.variant_id = variant.id
              LEFT JOIN said ON said.id = option.value_id
             GROUP BY variant.product_id, variant.id
            """,  # noqa: S608  (names of ours; values are parameters)
            parameters,
        )
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for product, variant, terms in cursor:
            found[product][variant] = terms
    return {product: held for product, held in found.items() if any(held.values())}


def left_to_variants(words: Words, products: Collection[int]) -> set[int]:
    """Those of `products` of which some published variants have the words as options, and others
    have not."""
    held = held_by_options(words, products)
    return {product for product, by_variant in held.items() if not all(by_variant.values())}
