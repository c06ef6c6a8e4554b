"""`manage.py evaluate enrichment`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.models import EmbeddingModel
from tests.search.enrichment.shops import make_shop
from tests.search.vectors import make_model


def evaluate(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", "enrichment", "--folds", "4", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_json_says_what_is_right_accepted_and_how_reliable(vitrine_mini: EmbeddingModel) -> None:
    make_shop(vitrine_mini)

    report = json.loads(evaluate("--json"))

    assert report["queries"] == {"category": 60, "category_by_pictures": 60, "colour": 60}
    for kind in report["queries"]:
        assert report[f"{kind}.exact"] > 0.9
        assert report[f"{kind}.accepted_right"] > 0.9
        low, high = report["intervals"][f"{kind}.right"]
        assert 0 <= low <= report[f"{kind}.right"] <= high <= 1
        assert sum(one["count"] for one in report["reliability"][kind]) <= 60
    assert (report["above"], report["folds"], report["model"]) == (0.9, 4, "vitrine-mini")


@pytest.mark.django_db
def test_without_json_it_is_a_table(vitrine_mini: EmbeddingModel) -> None:
    make_shop(vitrine_mini, each=8)

    told = evaluate("--above", "0.8")

    assert told.startswith("category, by pictures and title: 24")
    assert "said to be sure by" in told
    assert told.splitlines()[-1] == "accepted from 0.80 on; model vitrine-mini"


@pytest.mark.django_db
def test_what_cannot_be_measured_says_what_is_missing() -> None:
    with pytest.raises(CommandError, match="No model is live"):
        evaluate()
    make_model()
    with pytest.raises(CommandError, match="0 products have a category"):
        evaluate()
