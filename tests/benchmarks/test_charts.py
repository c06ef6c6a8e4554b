"""Plots, where matplotlib is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from benchmarks import charts


def row(engine: str, origin: str, matching: int) -> dict[str, Any]:
    return {
        "engine": engine,
        "filter": "category 1%",
        "origin": origin,
        "matching": matching,
        "products": 100 * matching,
        "recall": 0.9,
        "p50_ms": 1.0 + matching / 1_000,
    }


@pytest.mark.parametrize("chart", [charts.filters, charts.growth])
def test_a_chart_is_written(chart: Any, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    rows = [
        row(engine, origin, matching)
        for engine in ("vitrine", "pgvector", "qdrant")
        for origin in ("same", "other", "words")
        for matching in (10, 100, 1_000)
    ]
    chart(rows, tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as image:
        assert image.width > 500
