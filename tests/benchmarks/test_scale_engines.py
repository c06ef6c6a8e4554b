"""Engines: each finds only what passes; the exact ones find what exact search finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from django.db import connection

from benchmarks.scale.cells import Cell, Truth, cells, measure
from benchmarks.scale.engines import ENGINES, first_of_each, make
from benchmarks.scale.engines.postgres import Plain
from benchmarks.scale.filtering import Filter, Shop

# Recall of small shops, where the graph holds few wrong turns, in the worst of all cells.
AT_LEAST = {"faiss-flat": 1.0, "qdrant": 0.9, "lancedb": 0.9, "hnswlib": 0.9}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def compared(loaded: Shop) -> list[tuple[Cell, Truth]]:
    return [(cell, Truth(loaded, cell)) for cell in cells(loaded, queries=4)]


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "vitrine"])
def test_engine(
    loaded: Shop, compared: list[tuple[Cell, Truth]], name: str, tmp_path: Path
) -> None:
    engine = make(name)
    if engine is None:
        pytest.skip("requirements-benchmarks.txt is not installed")
    engine.build(loaded, tmp_path)
    assert engine.size(tmp_path) > 0
    engine.open(loaded, tmp_path)
    if isinstance(engine, Plain):
        engine.connection = connection  # another one would not see this transaction
    for cell, truth in compared:
        row = measure(name, engine, cell, truth)  # raises on what does not pass
        assert row["rows"] <= truth.page
        assert row["recall"] >= AT_LEAST.get(name, 0.0), row


def test_truth_is_that_of_the_database(loaded: Shop, compared: list[tuple[Cell, Truth]]) -> None:
    # Without its index, the plain statement is exact.
    engine = Plain()
    engine.build(loaded, Path())
    engine.connection = connection
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = off")
    for cell, truth in compared:
        assert measure("exact", engine, cell, truth)["recall"] == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_indexscan = on")


def test_a_wrong_answer_ends_the_run(loaded: Shop) -> None:
    vectors = loaded.catalogue.queries(1, among=loaded.facts.leaf)
    truth = Truth(loaded, Cell("none", Filter(), "any", vectors))
    hidden = int(np.flatnonzero(~loaded.facts.published)[0])
    with pytest.raises(AssertionError, match="does not match"):
        truth.right(0, [hidden])
    with pytest.raises(AssertionError, match="twice"):
        truth.right(0, [int(loaded.products[0])] * 2)


def test_first_of_each() -> None:
    assert first_of_each([3, 3, 1, 3, 2, 1], 2) == [3, 1]
