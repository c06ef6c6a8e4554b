"""The legs of a search, and the only place with distance operators.

A leg gives the best products that pass the filters, each once, best first. Filters are part of
the statement, and the scan is exact: no filter can leave a page short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet
from pgvector import HalfVector

from search.models import Embedding, EmbeddingModel
from search.query import WINDOW, SearchQuery
from shop.catalog.models import Variant

# The same expression as the index `search_product_words` (migration 0002).
DOCUMENT = """(
    setweight(to_tsvector('english', title), 'A')
    || setweight(to_tsvector('english', brand), 'B')
    || setweight(to_tsvector('english', description), 'D')
)"""

# What a word is worth in the description; as a category, colour, material or other value; in the
# brand; in the title.
WORD_WEIGHTS = "{0.4, 0.8, 0.6, 1.0}"
# What `ts_rank` gives a title that holds every word once: the rank's natural unit.
FULL_RANK = 0.6079271


@dataclass(frozen=True)
class Hit:
    """A product that a leg found. `score`: cosine similarity in [-1, 1], or share of the words."""

    product_id: int
    score: float
    image_id: int | None = None  # the picture that matched


def nearest(
    vector: np.ndarray, *, kind: str, model: EmbeddingModel, query: SearchQuery
) -> list[Hit]:
    """The products nearest to `vector` (shape (dimension,), float32, norm 1), at most `WINDOW`.

    With `kind` "image" a product counts by its best picture; with "text" by its text. Where the
    query asks for options, pictures of variants that do not have them do not count.
    """
    passing, passing_parameters = _sql(query.products().order_by().values("pk"))
    pictures, picture_parameters = "", []
    if kind == Embedding.Kind.IMAGE and query.options:
        shown = Variant.objects.filter(image__isnull=False).order_by().values("image")
        all_shown, all_parameters = _sql(shown)
        right, right_parameters = _sql(
            query.variants().filter(image__isnull=False).order_by().values("image")
        )
        pictures = f"AND (e.image_id NOT IN ({all_shown}) OR e.image_id IN ({right}))"
        picture_parameters = [*all_parameters, *right_parameters]
    statement = f"""
        SELECT product_id, image_id, distance FROM (
            SELECT DISTINCT ON (e.product_id)
                   e.product_id, e.image_id, e.vector <=> %s::halfvec AS distance
              FROM search_embedding e
             WHERE e.model_id = %s AND e.kind = %s AND e.vector IS NOT NULL
               AND e.product_id IN ({passing}) {pictures}
             ORDER BY e.product_id, distance, e.image_id
        ) best
        ORDER BY distance, product_id
        LIMIT {WINDOW}
    """  # noqa: S608  (SQL of our own querysets; values are parameters)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [
                HalfVector(vector).to_text(),
                model.pk,
                kind,
                *passing_parameters,
                *picture_parameters,
            ],
        )
        return [Hit(product, 1.0 - distance, image) for product, image, distance in cursor]


def worded(text: str, *, query: SearchQuery) -> list[Hit]:
    """The products that hold any of the words, by how many and where, at most `WINDOW`.

    Looks in titles, brands and descriptions, and in the names of categories, of attribute values
    and of the options of published variants.
    """
    passing, parameters = _sql(query.products().order_by().values("pk"))
    statement = f"""
        WITH asked AS (
            SELECT replace(plainto_tsquery('english', %s)::text, ' & ', ' | ')::tsquery AS words
        ),
        -- Values and categories are few: those that hold a word lead to their products.
        named AS (
            SELECT id, value FROM catalog_attributevalue, asked
             WHERE to_tsvector('english', value) @@ words
        ),
        facts AS (
            SELECT product_id, string_agg(value, ' ') AS text FROM (
                SELECT product_id, value
                  FROM catalog_product_attributes JOIN named ON named.id = attributevalue_id
                UNION
                SELECT variant.product_id, value
                  FROM catalog_variant variant
                  JOIN catalog_variant_options option ON option.variant_id = variant.id
                  JOIN named ON named.id = option.attributevalue_id
                 WHERE variant.published
                UNION
                SELECT product.id, category.name
                  FROM catalog_product product
                  JOIN catalog_category category ON category.id = product.category_id, asked
                 WHERE to_tsvector('english', category.name) @@ words
            ) held GROUP BY product_id
        ),
        found AS (
            SELECT id FROM catalog_product, asked WHERE {DOCUMENT} @@ words
            UNION
            SELECT product_id FROM facts
        )
        SELECT product.id, ts_rank(
                   %s,
                   {DOCUMENT} || setweight(to_tsvector('english', coalesce(text, '')), 'C'),
                   words
               ) AS rank
          FROM found JOIN catalog_product product USING (id)
          LEFT JOIN facts ON facts.product_id = product.id, asked
         WHERE product.id IN ({passing})
         ORDER BY rank DESC, product.id
         LIMIT {WINDOW}
    """  # noqa: S608  (constants and SQL of our own querysets; values are parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, [text, WORD_WEIGHTS, *parameters])
        return [Hit(product, min(1.0, rank / FULL_RANK)) for product, rank in cursor]


def vectors_of(product_id: int, model: EmbeddingModel) -> dict[str, np.ndarray]:
    """A product's own vectors by kind, float32, norm 1: of its first picture, and of its text."""
    rows = (
        Embedding.objects.filter(product=product_id, model=model, vector__isnull=False)
        .order_by("kind", "image__position", "image")
        .values_list("kind", "vector")
    )
    found: dict[str, np.ndarray] = {}
    for kind, vector in rows:
        if kind not in found:
            values = np.asarray(vector, dtype=np.float32)
            found[kind] = values / np.linalg.norm(values)
    return found


def _sql(queryset: QuerySet[Any, Any]) -> tuple[str, list[Any]]:
    statement, parameters = queryset.query.sql_with_params()
    return statement, list(parameters)
