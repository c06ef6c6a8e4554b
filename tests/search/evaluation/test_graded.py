"""Graded measures are what their definitions say, and their library is asked for by name."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from search.evaluation import graded
from search.evaluation.graded import LibraryMissing, measure
from search.evaluation.judgements import JudgedQuery


def test_ndcg_is_the_gain_by_rank_over_the_best_there_could_be() -> None:
    query = JudgedQuery("red boots", {"a": 3, "b": 1, "c": 2})

    values = measure([query], [["b", "x", "a"]])

    found = 1 / np.log2(2) + 3 / np.log2(4)
    best = 3 / np.log2(2) + 2 / np.log2(3) + 1 / np.log2(4)
    assert values["ndcg_at_10"][0] == pytest.approx(found / best)


def test_grades_2_and_3_are_right() -> None:
    queries = [JudgedQuery("one", {"a": 2, "b": 1, "c": 3}), JudgedQuery("two", {"a": 3})]

    values = measure(queries, [["b", "a", "c"], ["a"]])

    assert values["mrr"].tolist() == [0.5, 1.0]
    assert values["p_at_1"].tolist() == [0.0, 1.0]
    assert values["r_at_10"].tolist() == [1.0, 1.0]


def test_a_query_that_finds_nothing_has_nothing() -> None:
    values = measure([JudgedQuery("one", {"a": 3}), JudgedQuery("two", {"a": 3})], [[], ["a"]])

    assert {name: found.tolist() for name, found in values.items()} == {
        name: [0.0, 1.0] for name in graded.MEASURES
    }


def test_the_order_of_names_breaks_no_tie() -> None:
    query = JudgedQuery("one", {"a": 3})

    assert measure([query], [["z", "a"]])["mrr"][0] == 0.5
    assert measure([query], [["a", "z"]])["mrr"][0] == 1.0


def test_without_the_library_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)

    with pytest.raises(LibraryMissing, match=r"pip install -r requirements-lab\.txt"):
        measure([JudgedQuery("one", {"a": 3})], [["a"]])
