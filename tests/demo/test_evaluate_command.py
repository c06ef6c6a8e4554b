"""`manage.py evaluate demo`: the measures as a table or as JSON."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from search.management.commands.evaluate import DEMO_NAMES


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Measures that took no time; the arguments they were asked for with."""
    asked: dict[str, Any] = {}

    def evaluate_demo(encoder: Any, catalogue: Path, **options: Any) -> dict[str, Any]:
        asked.update(options, catalogue=catalogue, encoder=encoder)
        return {name: np.array([1.0, 0.0, 1.0, 1.0]) for name in DEMO_NAMES}

    monkeypatch.setattr("demo.evaluation.evaluate_demo", evaluate_demo)
    return asked


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("evaluate", "demo", "--model", "vitrine-mini", *arguments, stdout=out)
    return out.getvalue()


def test_json_has_each_measure_with_its_interval(measured: dict[str, Any]) -> None:
    report = json.loads(run("--json"))

    assert set(DEMO_NAMES) <= set(report)
    assert report["r_at_5"] == 0.75
    low, high = report["intervals"]["colour"]
    assert 0 <= low <= 0.75 <= high <= 1
    assert report["queries"]["kind"] == 4
    assert report["model"] == "vitrine-mini"


def test_the_table_names_what_it_measures(measured: dict[str, Any]) -> None:
    table = run()

    assert "colour right in the first ten" in table
    assert "0.750" in table


def test_the_catalogue_is_the_one_named(measured: dict[str, Any], tmp_path: Path) -> None:
    run("--catalogue", str(tmp_path))

    assert measured["catalogue"] == tmp_path


def test_a_model_that_there_is_not_is_a_clear_error(measured: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="no-such-model"):
        call_command("evaluate", "demo", "--model", "no-such-model")
