"""The legs of a search, and the only place with distance operators.

A leg gives the best products that pass the filters, each once, best first. Filters are part of
the statement, and the scan is exact: no filter can leave a page short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
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

# What a word is worth in the description, in C (unused), in the brand and in the title.
WORD_WEIGHTS = "{0.4, 0.5, 0.6, 1.0}"
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
    """The products that hold any of the words, by how many and where, at most `WINDOW`."""
    passing, parameters = _sql(query.products().order_by().values("pk"))
    statement = f"""
        WITH asked AS (
            SELECT replace(plainto_tsquery(%s::regconfig, %s)::text, ' & ', ' | ')::tsquery AS words
        )
        SELECT id, ts_rank(%s, {DOCUMENT}, words) AS rank
          FROM catalog_product, asked
         WHERE {DOCUMENT} @@ words AND id IN ({passing})
         ORDER BY rank DESC, id
         LIMIT {WINDOW}
    """  # noqa: S608  (constants and SQL of our own querysets; values are parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, [settings.SEARCH_LANGUAGE, text, WORD_WEIGHTS, *parameters])
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
