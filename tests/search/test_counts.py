"""How many embeddings there are, and that counting them does not read them."""

import pytest
from django.db import connection

from search import counts
from search.models import Embedding, EmbeddingModel
from tests.factories import ProductFactory
from tests.search.vectors import embed_text, make_model, unit

pytestmark = pytest.mark.django_db


def test_counts_by_kind_and_status() -> None:
    model = make_model()
    embed_text(ProductFactory(images=2), model, unit(1))
    ProductFactory()
    Embedding.objects.filter(kind="image").update(status="failed")

    assert counts.by_kind_and_status([model]) == {
        "image": {"failed": 2},
        "text": {"done": 1, "pending": 1},
    }
    assert counts.by_status() == {"pending": 1, "running": 0, "done": 1, "failed": 2}


def test_a_retired_model_does_not_count() -> None:
    make_model(state=EmbeddingModel.State.BUILDING)
    ProductFactory()

    EmbeddingModel.objects.update(state=EmbeddingModel.State.RETIRED)

    assert not any(counts.by_status().values())


def test_at_least() -> None:
    model = make_model()
    for _ in range(2):
        embed_text(ProductFactory(images=1), model, unit(1))
    ProductFactory()

    assert counts.at_least(2, model, "text")
    assert not counts.at_least(3, model, "text")
    assert not counts.at_least(1, model, "image")
    assert counts.at_least(2, model)


def test_counting_can_do_with_indexes_alone() -> None:
    model = make_model()
    with connection.cursor() as cursor:
        # Which of several an empty table is best read by is chance: those meant are left alone.
        cursor.execute(
            """
            SELECT indexrelid::regclass::text FROM pg_index
             WHERE indrelid = 'search_embedding'::regclass
               AND indexrelid::regclass::text NOT IN ('embedding_done', 'embedding_unfinished')
            """
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE search_embedding DROP CONSTRAINT IF EXISTS {name}")
            cursor.execute(f"DROP INDEX IF EXISTS {name}")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {counts._COUNT}", {"models": [model.pk]})
        plan = "\n".join(line for (line,) in cursor)

    assert "Index Only Scan using embedding_done" in plan
    assert "Index Only Scan using embedding_unfinished" in plan
