"""The shop's own products as arrays: their pictures under a model, and the values they have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from search.attributes.learning import Examples
from search.attributes.terms import AttributeTerms
from search.attributes.tree import Floats, Numbers
from search.encoders.base import unit_rows
from search.models import EmbeddingModel

# So many products are learnt from: half of them by chance among those with a value that is read, so
# that a shop which has described few of its products learns from these, half among all. Some 200
# bytes a dimension and thousand, several times over.
SAMPLE = 20_000
# Products whose pictures are fetched in one statement.
AT_ONCE = 2_000

_CHOSEN = """
    WITH valued AS (
        SELECT DISTINCT product_id FROM (
            SELECT product_id FROM catalog_product_attributes
             WHERE attributevalue_id = ANY(%(values)s)
            UNION ALL
            SELECT variant.product_id FROM catalog_variant_options option
              JOIN catalog_variant variant ON variant.id = option.variant_id
             WHERE option.attributevalue_id = ANY(%(values)s)
        ) held
    ),
    first AS (
        SELECT product_id FROM valued
         WHERE EXISTS (SELECT FROM search_embedding e
                        WHERE e.product_id = valued.product_id AND e.model_id = %(model)s
                          AND e.kind = 'image' AND e.vector IS NOT NULL)
         ORDER BY hashint8(product_id) LIMIT %(half)s
    )
    SELECT product_id FROM first
    UNION
    (SELECT id FROM catalog_product
      WHERE EXISTS (SELECT FROM search_embedding e
                     WHERE e.product_id = catalog_product.id AND e.model_id = %(model)s
                       AND e.kind = 'image' AND e.vector IS NOT NULL)
      ORDER BY hashint8(id) LIMIT %(half)s)
    ORDER BY 1
"""

# One vector for all pictures of a product. While new content is pending, the old one's counts.
_PICTURES = """
    SELECT product.id, category.path, pictures.mean
      FROM catalog_product product
      JOIN catalog_category category ON category.id = product.category_id
      JOIN LATERAL (
          SELECT vector_send(avg(e.vector::vector)) AS mean FROM search_embedding e
           WHERE e.product_id = product.id AND e.model_id = %(model)s AND e.kind = 'image'
             AND e.vector IS NOT NULL
      ) pictures ON pictures.mean IS NOT NULL
     WHERE product.id = ANY(%(products)s)
     ORDER BY product.id
"""

_VALUES = """
    SELECT product_id, attributevalue_id FROM catalog_product_attributes
     WHERE product_id = ANY(%(products)s) AND attributevalue_id = ANY(%(values)s)
    UNION
    SELECT variant.product_id, option.attributevalue_id
      FROM catalog_variant variant
      JOIN catalog_variant_options option ON option.variant_id = variant.id
     WHERE variant.product_id = ANY(%(products)s) AND option.attributevalue_id = ANY(%(values)s)
"""


@dataclass(frozen=True)
class Pictured:
    """n products with pictures under one model: their keys, (n,) int64; the paths of their
    categories; and their pictures, (n, d) float32, each product's as one vector of norm 1."""

    products: Numbers
    paths: list[str]
    vectors: Floats


def collect(
    model: EmbeddingModel, vocabulary: Sequence[AttributeTerms]
) -> tuple[Numbers, Examples]:
    """What is learnt from: the keys of n products, (n,) int64, and the products as examples."""
    values = [value.pk for attribute in vocabulary for value in attribute.values]
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN, {"values": values, "model": model.pk, "half": SAMPLE // 2})
        chosen = [product for (product,) in cursor]
    pictured = pictures_of(chosen, model)
    return pictured.products, examples_of(pictured, vocabulary)


def examples_of(pictured: Pictured, vocabulary: Sequence[AttributeTerms]) -> Examples:
    """Products with the values that they have, on themselves or as options of a variant."""
    place = {product: row for row, product in enumerate(pictured.products.tolist())}
    values = {
        attribute.pk: np.zeros((len(place), len(attribute.values)), np.bool_)
        for attribute in vocabulary
    }
    column = {
        value.pk: (attribute.pk, number)
        for attribute in vocabulary
        for number, value in enumerate(attribute.values)
    }
    with connection.cursor() as cursor:
        cursor.execute(_VALUES, {"products": list(place), "values": list(column)})
        for product, value in cursor:
            attribute, number = column[value]
            values[attribute][place[product], number] = True
    return Examples(pictured.vectors, pictured.paths, values)


def pictures_of(products: Collection[int], model: EmbeddingModel) -> Pictured:
    """Those of `products` (keys) that have a picture under `model`, by key."""
    ids = sorted(products)
    keys: list[int] = []
    paths: list[str] = []
    rows = [np.empty((0, model.dimension), np.float32)]
    for start in range(0, len(ids), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(_PICTURES, {"model": model.pk, "products": ids[start : start + AT_ONCE]})
            found = cursor.fetchall()
        keys += [product for product, _, _ in found]
        paths += [path for _, path, _ in found]
        rows.append(vectors_of([mean for _, _, mean in found], model.dimension))
    return Pictured(np.array(keys, np.int64), paths, np.concatenate(rows))


def vectors_of(sent: Sequence[bytes], dimension: int) -> Floats:
    """(n, d) float32, rows of norm 1, from what pgvector's `vector_send` gives of each: two
    numbers of two bytes, then the values, big-endian."""
    content = b"".join(bytes(one)[4:] for one in sent)
    return unit_rows(np.frombuffer(content, ">f4").reshape(len(sent), dimension))
