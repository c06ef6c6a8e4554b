"""The indexes over one model's vectors, and the thresholds of its signatures.

Models differ in dimension, so each has indexes of its own, made once it has vectors enough:

    exact       B-tree (kind, path, product_id) with the vector in it: a category's vectors lie side
                by side, and are compared without a visit to the table
    signatures  the same with the signature: 3/16 of the bytes, for categories that are large
    hnsw        one a kind (Malkov and Yashunin, 2016): where nothing is filtered

Only what is on sale is in them. None has a price or a stock, so none is touched when one changes.
An index that is made after a bulk load is made in a fraction of the time that a million insertions
take: `ensure` waits until little is pending.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from django.db import connection
from pgvector import HalfVector

from search.models import Embedding, EmbeddingModel

logger = logging.getLogger(__name__)

# A mean of so many vectors is known to a few per cent of its deviation.
THRESHOLDS_FROM, THRESHOLDS_OF = 1_000, 20_000
# A small shop's vectors are found as fast without.
INDEXES_FROM = 2_000
# Fewer vectors are compared exactly in the time that a walk through the graph takes.
HNSW_FROM = 20_000
# A B-tree's entry is at most 2,704 bytes; a halfvec has two a dimension.
COVERING_DIMENSIONS = 1_280
# Links of a node, and candidates while building: pgvector's own defaults (16, 64) gave recall .98.
HNSW_LINKS, HNSW_CANDIDATES = 16, 64


# One process at a time makes indexes: a lock of the session, freed by PostgreSQL if it dies.
_LOCK = 0x76697472  # "vitr"


PURPOSES = ("exact", "signatures", *Embedding.Kind.values)


def name(model_id: int, purpose: str) -> str:
    """The name of a model's index; `purpose`: one of `PURPOSES`, a kind for its graph."""
    return f"embedding_{model_id}_{purpose}"


def ensure(model: EmbeddingModel) -> Iterator[str]:
    """Make what `model` should have by now and has not; gives the name of each when it is made.

    Cheap when there is nothing to do. Nobody waits for it: indexes are made concurrently, except
    inside a transaction. One process at a time; another gets nothing to do meanwhile.
    """
    with _alone() as alone:
        if alone:
            yield from _make(model)


def _make(model: EmbeddingModel) -> Iterator[str]:
    existing = _existing(model)
    if existing >= {name(model.pk, purpose) for purpose in PURPOSES}:
        return  # a large shop's vectors are not counted every time
    counts, waiting = _counts(model)
    for kind, count in counts.items():
        # Before the indexes: it changes every signature.
        if count >= THRESHOLDS_FROM and getattr(model, f"{kind}_thresholds") is None:
            set_thresholds(model, kind)
            yield f"thresholds of {kind} vectors"
    wanted = ["exact", "signatures"] if sum(counts.values()) >= INDEXES_FROM else []
    # While much is still to come, each vector would be put into the graph one by one.
    wanted += [
        kind for kind, count in counts.items() if count >= HNSW_FROM and waiting <= count // 10
    ]
    for purpose in wanted:
        if name(model.pk, purpose) not in existing:
            _create(model, purpose)
            yield name(model.pk, purpose)


def drop(model: EmbeddingModel) -> None:
    """Drop the indexes of a model that answers no more; its vectors stay."""
    for index in _existing(model):
        _execute(f"DROP INDEX {_concurrently()} IF EXISTS {index}")


def _counts(model: EmbeddingModel) -> tuple[dict[str, int], int]:
    """How many vectors there are of each kind, and how many embeddings are still to be made."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT kind, count(vector), count(*) FILTER (WHERE status IN ('pending', 'running'))
              FROM search_embedding WHERE model_id = %s GROUP BY kind
            """,
            [model.pk],
        )
        rows = cursor.fetchall()
    counts = dict.fromkeys(Embedding.Kind.values, 0) | {kind: count for kind, count, _ in rows}
    return counts, sum(waiting for _, _, waiting in rows)


def set_thresholds(model: EmbeddingModel, kind: str) -> None:
    """Three thresholds a dimension from a sample of vectors: the mean, and a deviation (over all
    dimensions) to either side.

    With signs alone, category by category, .76 to .93 of the first 24 were among the best 800; with
    three bits .97 to .99 (200,000 products). Taken once: later ones would change every row for
    little.
    """
    sample = Embedding.objects.filter(model=model, kind=kind, vector__isnull=False)
    vectors = np.array(
        [np.asarray(vector) for vector in sample.values_list("vector", flat=True)[:THRESHOLDS_OF]],
        dtype=np.float32,
    )
    mean = vectors.mean(axis=0)
    deviation = np.sqrt(np.square(vectors - mean).mean())
    thresholds = np.concatenate([mean - deviation, mean, mean + deviation])
    setattr(model, f"{kind}_thresholds", HalfVector(thresholds))
    model.save(update_fields=[f"{kind}_thresholds"])


def _existing(model: EmbeddingModel) -> set[str]:
    """The model's indexes. One whose making was cut off is of no use: it is dropped here."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT class.relname, index.indisvalid
              FROM pg_index index JOIN pg_class class ON class.oid = index.indexrelid
             WHERE index.indrelid = 'search_embedding'::regclass AND class.relname LIKE %s
            """,
            [f"embedding\\_{model.pk}\\_%"],
        )
        found = dict(cursor.fetchall())
    for index in [index for index, valid in found.items() if not valid]:
        _execute(f"DROP INDEX {_concurrently()} IF EXISTS {index}")
        del found[index]
    return set(found)


def _create(model: EmbeddingModel, purpose: str) -> None:
    on_sale = f"model_id = {model.pk} AND listed AND vector IS NOT NULL"
    if purpose == "exact":
        held = "image_id, vector" if model.dimension <= COVERING_DIMENSIONS else "image_id"
        definition = f"(kind, path, product_id) INCLUDE ({held})"
    elif purpose == "signatures":
        definition = "(kind, path, product_id) INCLUDE (image_id, id, signature)"
    else:
        definition = (
            f"USING hnsw ((vector::halfvec({model.dimension})) halfvec_ip_ops)"
            f" WITH (m = {HNSW_LINKS}, ef_construction = {HNSW_CANDIDATES})"
        )
        on_sale += f" AND kind = '{purpose}'"
    index = name(model.pk, purpose)
    logger.info("Making the index %s.", index)
    _execute(
        f"CREATE INDEX {_concurrently()} {index} ON search_embedding {definition} WHERE {on_sale}"
    )
    if not connection.in_atomic_block:
        # So that the index alone answers, and the planner knows how much is in it.
        _execute("VACUUM (ANALYZE) search_embedding")


def _concurrently() -> str:
    return "" if connection.in_atomic_block else "CONCURRENTLY"


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        alone = bool(cursor.fetchone()[0])
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
