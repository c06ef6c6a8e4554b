"""Trying again what failed: one, all of a reason, or all."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from search.board import reading
from search.board.reasons import failed
from search.models import Embedding
from search.tasks import embed_pending
from shop.celery import dispatch

# Rows that one request gives new attempts: some seconds.
AT_ONCE = 2_000
AT_MOST = 50_000


def retry_one(*, embedding: int) -> int:
    """The picture or text of a failed embedding (its key), for every model that failed at it."""
    row = failed().filter(pk=embedding).first()
    if row is None:
        return 0
    alike = failed().filter(kind=row.kind, product=row.product_id, image=row.image_id)
    return _retry(alike)


def retry_group(*, reason: str) -> int:
    """All that failed for a reason, at most `AT_MOST`; how many."""
    return _retry(failed(reason))


def retry_all() -> int:
    """All that failed, at most `AT_MOST`; how many."""
    return _retry(failed())


def _retry(rows: QuerySet[Any, Any]) -> int:
    """Give them three new attempts. In lots: a worker that stores a vector does not wait long."""
    retried = 0
    while retried < AT_MOST:
        with transaction.atomic():
            keys = list(rows.order_by().values_list("pk", flat=True)[:AT_ONCE])
            lot = Embedding.objects.filter(pk__in=keys, status=Embedding.Status.FAILED)
            lot.update(
                status=Embedding.Status.PENDING,
                attempts=0,
                error="",
                retry_at=None,
                claim=None,
                updated_at=Now(),
            )
        retried += len(keys)
        if len(keys) < AT_ONCE:
            break
    reading.forget()
    dispatch(embed_pending)
    return retried
