"""Suggestions for products, made from readings of their pictures; `search.enrichment.decisions` is
where they are decided.

Making them may happen any number of times: what is as it was is left alone, and no decision is ever
changed. A suggestion that a newer reader does not make any more, or whose attribute the product has
got by other ways, is *superseded*.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction

from search.attributes.examples import pictures_of
from search.attributes.models import AttributeSuggestion
from search.attributes.reader import Found
from search.attributes.reading import source_of
from search.attributes.stored import Loaded
from search.models import EmbeddingModel

State = AttributeSuggestion.State

# The attributes that products have, by themselves or by a variant's options.
_HAVING = """
    SELECT own.product_id, value.attribute_id FROM catalog_product_attributes own
      JOIN catalog_attributevalue value ON value.id = own.attributevalue_id
     WHERE own.product_id = ANY(%(products)s)
    UNION
    SELECT variant.product_id, value.attribute_id FROM catalog_variant variant
      JOIN catalog_variant_options option ON option.variant_id = variant.id
      JOIN catalog_attributevalue value ON value.id = option.attributevalue_id
     WHERE variant.product_id = ANY(%(products)s)
"""

_LOCK = """
    SELECT FROM search_attributesuggestion WHERE product_id = ANY(%(products)s)
     ORDER BY product_id, value_id FOR UPDATE
"""

# What is not wanted any more goes first: a product has one open suggestion an attribute.
_SUPERSEDE = """
    UPDATE search_attributesuggestion old
       SET state = 'superseded', decided_at = now()
     WHERE old.product_id = ANY(%(products)s) AND old.state = 'suggested'
       AND NOT EXISTS (
           SELECT FROM unnest(%(product)s::bigint[], %(value)s::bigint[]) wanted (product, value)
            WHERE wanted.product = old.product_id AND wanted.value = old.value_id
       )
"""

_SUGGEST = """
    INSERT INTO search_attributesuggestion AS old (product_id, attribute_id, value_id, confidence,
           calibrated, margin, source, model_id, model_name, version, state, suggested_at)
    SELECT product.id, value.attribute_id, value.id, new.confidence, new.confidence, new.margin,
           new.source, %(model)s, %(model_name)s, %(version)s, 'suggested', now()
      FROM unnest(%(product)s::bigint[], %(value)s::bigint[], %(confidence)s::float8[],
                  %(margin)s::float8[], %(source)s::text[])
           new (product, value, confidence, margin, source)
      JOIN catalog_product product ON product.id = new.product
      JOIN catalog_attributevalue value ON value.id = new.value
     ORDER BY product.id, value.id
        ON CONFLICT (product_id, value_id) DO UPDATE
       SET confidence = excluded.confidence, calibrated = excluded.calibrated,
           margin = excluded.margin, source = excluded.source,
           model_id = excluded.model_id, model_name = excluded.model_name,
           version = excluded.version, state = 'suggested', decided_at = NULL,
           suggested_at = CASE WHEN old.state = 'suggested' THEN old.suggested_at ELSE now() END
     WHERE old.state IN ('suggested', 'superseded')
       AND (old.state, old.version, old.model_id)
           IS DISTINCT FROM ('suggested', excluded.version, excluded.model_id)
"""


def suggest(products: Collection[int], model: EmbeddingModel, loaded: Loaded) -> int:
    """Read the pictures of `products` (keys), and suggest what they lack and surely show; how many
    suggestions are new or changed. Joins the transaction that it is called in."""
    pictured = pictures_of(products, model)
    having = _having(products)
    decided = _decided(products)
    reader, keys = loaded.reader, pictured.products.tolist()
    wanted: list[tuple[int, Found]] = [
        (keys[place], found)
        for place, found in reader.read(
            pictured.vectors, reader.known(pictured.paths), guessed=False
        )
        if found.sure
        and found.value_id in loaded.values
        and (keys[place], found.attribute_id) not in having
        and (keys[place], found.value_id) not in decided
    ]
    parameters: dict[str, Any] = {
        "products": sorted(products),
        "product": [product for product, _ in wanted],
        "value": [found.value_id for _, found in wanted],
        "confidence": [found.confidence for _, found in wanted],
        "margin": [found.margin for _, found in wanted],
        "source": [str(source_of(found)) for _, found in wanted],
        "model": model.pk,
        "model_name": model.name,
        "version": loaded.version,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order in which decisions lock them, too.
        cursor.execute(_LOCK, parameters)
        cursor.execute(_SUPERSEDE, parameters)
        cursor.execute(_SUGGEST, parameters)
        return int(cursor.rowcount)


def _having(products: Collection[int]) -> set[tuple[int, int]]:
    """(product, attribute), keys, of all attributes that products have."""
    with connection.cursor() as cursor:
        cursor.execute(_HAVING, {"products": list(products)})
        return {(product, attribute) for product, attribute in cursor}


def _decided(products: Collection[int]) -> set[tuple[int, int]]:
    """(product, value), keys, of what an admin accepted or rejected."""
    rows = AttributeSuggestion.objects.filter(
        product__in=products, state__in=[State.ACCEPTED, State.CORRECTED, State.REJECTED]
    )
    return set(rows.values_list("product_id", "value_id"))
