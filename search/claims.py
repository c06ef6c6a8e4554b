"""Work on embeddings, taken on in batches: claimed, then done, put back, or taken back.

A claim counts the attempt first, commits, and holds an advisory lock of its worker's session while
the work lasts: if the worker dies, PostgreSQL frees the lock, and the sweep sees that the claim has
no owner. Every statement is one for a whole batch, and changes only rows that are still the
claim's: content that changed meanwhile has been made pending anew, and is nobody's.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop
from pgvector import HalfVector

from search.connection import raw_connection
from search.encoders.base import Vectors
from search.models import Embedding, EmbeddingModel

# The wait before the second attempt; it doubles with each.
RETRY_SECONDS = 10.0
# Why a row failed, as it is kept (`search.stored_words`).
INTERRUPTED = gettext_noop("Embedding it was interrupted.")
DIED = gettext_noop("The worker died while embedding it.")
DIED_OFTEN = gettext_noop("The worker died while embedding it, %(number)s times.")


@dataclass(frozen=True)
class Claimed:
    """An embedding in a claim: its key, that of its picture if it is one's, and how often it was
    tried, this time included."""

    pk: int
    image_id: int | None
    attempts: int


@dataclass(frozen=True)
class Claim:
    """A batch of embeddings that this process has taken on, all of one model and one kind.

    `key`: of the advisory lock.
    """

    key: int
    model: EmbeddingModel
    kind: str
    embeddings: list[Claimed]

    @property
    def suspect(self) -> bool:
        """Whether it was tried before, and may have been what killed its worker. Such a one is
        alone in its claim."""
        return self.embeddings[0].attempts > 1


# One statement, for a claim in the ORM takes the time of three pictures' inference.
_CLAIM = """
    WITH first AS MATERIALIZED (
        SELECT id, model_id, kind, attempts FROM search_embedding
         WHERE status = 'pending' AND (retry_at IS NULL OR retry_at <= now())
           AND model_id = %(model)s AND (attempts = 0 OR NOT %(fresh)s)
         ORDER BY attempts, id LIMIT 1
           FOR UPDATE SKIP LOCKED
    ),
    alike AS MATERIALIZED (
        SELECT e.id FROM search_embedding e, first
         WHERE first.attempts = 0 AND e.attempts = 0
           AND e.status = 'pending' AND (e.retry_at IS NULL OR e.retry_at <= now())
           AND e.model_id = first.model_id AND e.kind = first.kind
         ORDER BY e.id LIMIT %(limit)s
           FOR UPDATE OF e SKIP LOCKED
    )
    UPDATE search_embedding e
       SET status = 'running', attempts = attempts + 1, claim = %(key)s, updated_at = now()
     WHERE id IN (SELECT id FROM alike UNION ALL SELECT id FROM first WHERE attempts > 0)
    RETURNING id, image_id, attempts, model_id, kind
"""


def due() -> QuerySet[Embedding]:
    """What is pending and need not wait, of whichever model."""
    return Embedding.objects.filter(
        Q(retry_at__isnull=True) | Q(retry_at__lte=timezone.now()),
        status=Embedding.Status.PENDING,
    )


def claim_batch(
    models: Mapping[int, EmbeddingModel], *, limit: int | None = None, fresh: bool = False
) -> Claim | None:
    """Claim due embeddings of the first of `models` (by key, the most urgent first) that has some;
    None when none has.

    Up to `limit`, or `settings.EMBEDDING_BATCH`: a quarter of that for a model that does not
    answer, since a photo that shoppers may look for waits until what is begun is done. Attempts are
    counted, and committed, before any work. What was tried before is claimed one at a time: of a
    batch that killed its worker, only the culprit is lost again. With `fresh`, only what was never
    tried is claimed; where the live model has something else, nothing is, so that its turn comes.
    The caller calls `release` in the end, whatever happens.
    """
    key = secrets.randbits(62)
    taken: list[tuple[int, int | None, int, int, str]] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        try:
            for model in models.values():
                live = model.state == EmbeddingModel.State.LIVE
                most = settings.EMBEDDING_BATCH if live else max(1, settings.EMBEDDING_BATCH // 4)
                cursor.execute(
                    _CLAIM,
                    {"model": model.pk, "limit": limit or most, "fresh": fresh, "key": key},
                )
                taken = sorted(cursor.fetchall())
                if taken or (live and fresh and due().filter(model=model).exists()):
                    break
        finally:
            if not taken:
                _unlock(key)
    if not taken:
        return None
    model_id, kind = taken[0][3:]
    return Claim(key, models[model_id], kind, [Claimed(*row[:3]) for row in taken])


def release(claim: Claim) -> None:
    """End a claim. Rows of it that are still running were interrupted: they go back to pending
    with their attempt spent, or have failed if it was the last."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE search_embedding
               SET status = CASE WHEN attempts >= %s THEN 'failed' ELSE 'pending' END,
                   error = %s, claim = NULL
             WHERE claim = %s AND status = 'running'
            """,
            [Embedding.MAX_ATTEMPTS, INTERRUPTED, claim.key],
        )
    _unlock(claim.key)


def _unlock(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def store(claim: Claim, rows: Sequence[Claimed], hashes: Sequence[str], vectors: Vectors) -> int:
    """Write the vectors (n, dimension) float32 of content with these SHA-256 hashes (hex); how
    many are done.

    What is no longer the claim's is left alone. Vectors that the model cannot have are refused,
    and their rows put back with the reason.
    """
    if vectors.shape != (len(rows), claim.model.dimension) or not np.isfinite(vectors).all():
        put_back(
            claim,
            rows,
            f"The encoder gave {vectors.shape[1:]} values, or not finite ones, where the model "
            f"has {claim.model.dimension}.",
        )
        return 0
    # Django's cursors write parameters into the statement as text, which takes ten times as long
    # as all the rest: 512 dimensions of 64 rows, 40 ms against 3.
    with connection.wrap_database_errors, psycopg.Cursor(raw_connection()) as cursor:
        cursor.execute(
            """
            UPDATE search_embedding e
               SET vector = new.vector, content_hash = new.content_hash, status = 'done',
                   error = '', claim = NULL, retry_at = NULL, attempts = 0, updated_at = now()
              FROM unnest(%s::bigint[], %s::text[], %b) new (id, content_hash, vector)
             WHERE e.id = new.id AND e.claim = %s
            """,
            [
                [row.pk for row in rows],
                list(hashes),
                [HalfVector(vector) for vector in vectors],
                claim.key,
            ],
        )
        return cursor.rowcount


def put_back(claim: Claim, rows: Sequence[Claimed], reason: str, *, at_once: bool = False) -> None:
    """Return rows to pending, after a wait that doubles or `at_once`; those that had their
    attempts have failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE search_embedding
               SET status = CASE WHEN attempts >= %(most)s THEN 'failed' ELSE 'pending' END,
                   error = %(reason)s, claim = NULL, updated_at = now(),
                   retry_at = CASE WHEN attempts < %(most)s AND NOT %(at_once)s
                       THEN now() + make_interval(secs => %(wait)s * 2 ^ (attempts - 1)) END
             WHERE id = ANY(%(rows)s) AND claim = %(key)s
            """,
            {
                "most": Embedding.MAX_ATTEMPTS,
                "reason": reason[:1000],
                "at_once": at_once,
                "wait": RETRY_SECONDS,
                "rows": [row.pk for row in rows],
                "key": claim.key,
            },
        )


def release_abandoned() -> int:
    """Take back what is claimed by workers that are gone; how many rows.

    After its last attempt such a row is failed: whatever happens, a picture that kills its worker
    is not tried for ever.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            WITH abandoned AS MATERIALIZED (
                SELECT claim FROM (SELECT DISTINCT claim FROM search_embedding
                                    WHERE status = 'running') claims
                 WHERE claim IS NULL OR pg_try_advisory_xact_lock(claim)
            )
            UPDATE search_embedding e
               SET status = CASE WHEN attempts >= %s THEN 'failed' ELSE 'pending' END,
                   error = CASE WHEN attempts >= %s
                       THEN replace(%s, '%%(number)s', attempts::text) ELSE %s END,
                   claim = NULL, retry_at = NULL, updated_at = now()
              FROM abandoned
             WHERE e.status = 'running' AND e.claim IS NOT DISTINCT FROM abandoned.claim
            """,
            [Embedding.MAX_ATTEMPTS, Embedding.MAX_ATTEMPTS, DIED_OFTEN, DIED],
        )
        return cursor.rowcount
