"""What a model takes on disk."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from search import vector_indexes
from search.models import EmbeddingModel

# Rows whose size is looked at; a model's are all alike.
SAMPLE = 500
# What a row takes besides its vector and signature.
ROW_BYTES = 180


@dataclass(frozen=True)
class Size:
    """Bytes. `vectors`: estimated from some rows and their number."""

    vectors: int
    indexes: int

    @property
    def total(self) -> int:
        return self.vectors + self.indexes


def size_of(model: EmbeddingModel, embeddings: int) -> Size:
    """Of so many `embeddings` and the model's indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(avg(pg_column_size(vector) + coalesce(pg_column_size(signature), 0)), 0)
              FROM (SELECT vector, signature FROM search_embedding
                     WHERE model_id = %s AND kind IN ('image', 'text') AND status = 'done'
                     LIMIT %s) sampled
            """,
            [model.pk, SAMPLE],
        )
        bytes_each = float(cursor.fetchone()[0])
    vectors = round((bytes_each + ROW_BYTES) * embeddings)
    return Size(vectors, sum(vector_indexes.sizes(model).values()))
