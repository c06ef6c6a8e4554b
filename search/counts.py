"""How many embeddings there are, by kind and status.

What is done and what is not, each from an index that has nothing else in it: a plain GROUP BY
reads the table, vectors and all (300,000 of 512 dimensions are 470 MB, those indexes 5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import connection

from search.models import Embedding, EmbeddingModel

_COUNT = """
    SELECT kind, 'done', count(*) FROM search_embedding
     WHERE model_id = ANY(%(models)s) AND status = 'done'
     GROUP BY kind
    UNION ALL
    SELECT kind, status, count(*) FROM search_embedding
     WHERE model_id = ANY(%(models)s) AND status <> 'done'
     GROUP BY kind, status
"""


def by_kind_and_status(models: Iterable[EmbeddingModel]) -> dict[str, Counter[str]]:
    """How many embeddings `models` have together: for every kind, by status."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in Embedding.Kind.values}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"models": [model.pk for model in models]})
        for kind, status, count in cursor:
            counts[kind][status] = int(count)
    return counts


def by_status(models: Iterable[EmbeddingModel] | None = None) -> dict[str, int]:
    """How many embeddings `models` have together, or those that workers embed for; every status is
    there."""
    if models is None:
        models = EmbeddingModel.objects.worked_on()
    kinds = by_kind_and_status(models).values()
    total = sum(kinds, Counter())
    return {status: total[status] for status in Embedding.Status.values}


def at_least(count: int, model: EmbeddingModel, kind: str = "") -> bool:
    """Whether `model` has so many vectors, of a kind or of any; reads no more than that many."""
    done = Embedding.objects.filter(model=model, status=Embedding.Status.DONE)
    if kind:
        done = done.filter(kind=kind)
    return done[count - 1 : count].exists()
