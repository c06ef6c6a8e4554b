"""Old vectors, deleted in slices: a shop's searches and saves go on meanwhile."""

from __future__ import annotations

import logging
import time

from django.db import connection, transaction

from search import vector_indexes
from search.models import EmbeddingModel
from search.versions import comparing

logger = logging.getLogger(__name__)

# Rows that one statement deletes: some tenths of a second.
SLICE = 2_000


def due() -> bool:
    """Whether a model is to be deleted."""
    return EmbeddingModel.objects.filter(state=EmbeddingModel.State.DROPPING).exists()


def drop_some(*, budget_seconds: float) -> bool:
    """Delete for some time; whether all is done. It may be cut off anywhere, and goes on there."""
    deadline = time.monotonic() + budget_seconds
    for model in EmbeddingModel.objects.filter(state=EmbeddingModel.State.DROPPING).order_by("pk"):
        comparing.stop(model)
        try:
            # First: a vector that is deleted is taken out of no index then.
            vector_indexes.drop(model)
        except vector_indexes.BeingMade:
            pass  # whoever makes the others drops these, too
        while _delete_slice(model):
            if time.monotonic() > deadline:
                return False
        if _delete_row(model):
            logger.info("%s and its vectors are deleted.", model.name)
    return True


def _delete_row(model: EmbeddingModel) -> bool:
    """Whether it was still to be deleted: it may have been asked for again meanwhile."""
    with transaction.atomic():
        dropping = EmbeddingModel.objects.select_for_update().filter(
            pk=model.pk, state=EmbeddingModel.State.DROPPING
        )
        found = dropping.first()
        if found is not None:
            found.delete()
        return found is not None


def _delete_slice(model: EmbeddingModel) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM search_embedding WHERE id IN (
                SELECT id FROM search_embedding
                 WHERE model_id = %(model)s
                   AND EXISTS (SELECT FROM search_embeddingmodel
                                WHERE id = %(model)s AND state = %(dropping)s)
                 ORDER BY product_id LIMIT %(slice)s)
            """,
            {
                "model": model.pk,
                "dropping": EmbeddingModel.State.DROPPING,
                "slice": SLICE,
            },
        )
        return int(cursor.rowcount)
