"""The gate: on the demo shop, by its bundled judgements, the search may not become worse.

`demo/judgements/` has what is asked and what is right. The whole range is there, with each
colour's first picture alone (`fronts.py`), so the figures are near those of the demo shop and not
equal to them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection

from search import indexing, pipeline
from search.evaluation.catalogue import read_catalogue
from search.evaluation.catalogue_evaluation import evaluate_search
from search.evaluation.judgements import read_judgements
from search.models import Embedding, EmbeddingModel
from tests.demo.fronts import draw_fronts

JUDGEMENTS = Path(__file__).resolve().parents[2] / "demo" / "judgements"
# nDCG@10, measured .796; raise them when the search becomes better. Of queries that share no word
# with what they want, .420.
FLOOR = 0.78
FLOOR_OTHER_WORDS = 0.4


@pytest.mark.timeout(600)  # half a minute on two idle cores, most of it for drawing
@pytest.mark.django_db
def test_the_search_finds_what_is_right_in_the_demo_shop(
    vitrine_mini: EmbeddingModel, tmp_path: Path
) -> None:
    call_command("import_catalog", str(draw_fronts(tmp_path / "demo")), "--json")
    with connection.cursor() as cursor:
        # All is in one transaction, which no autovacuum sees: the planner takes a shop for empty.
        cursor.execute("ANALYZE")
    indexing.mark_pending()
    for _ in pipeline.run():
        pass
    assert not Embedding.objects.exclude(status="done").exists()
    catalogue = read_catalogue()
    queries = [
        query
        for path in sorted(JUDGEMENTS.glob("*.csv"))
        for query in read_judgements(path, catalogue)
    ]

    ndcg = evaluate_search(queries, catalogue, progress=lambda steps, _: steps)["ndcg_at_10"]

    assert len(queries) > 200
    other_words = np.array([query.kind == "natural, other words" for query in queries])
    assert ndcg.mean() >= FLOOR
    assert ndcg[other_words].mean() >= FLOOR_OTHER_WORDS
