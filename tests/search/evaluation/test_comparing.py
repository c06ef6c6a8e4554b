"""A difference is told with its interval, and only where it is one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from search.evaluation.comparing import NotComparable, Verdict, compare_reports, difference


def test_the_same_small_gain_everywhere_is_ahead_however_much_queries_differ() -> None:
    hard_and_easy = np.linspace(0, 0.9, 50)

    apart = difference(hard_and_easy + 0.02, hard_and_easy)

    assert apart.verdict is Verdict.AHEAD
    assert apart.mean == pytest.approx(0.02)
    assert apart.low == pytest.approx(0.02) == apart.high


def test_the_other_way_round_it_is_behind() -> None:
    one, other = np.full(30, 0.2), np.full(30, 0.5)

    assert difference(one, other).verdict is Verdict.BEHIND


def test_what_chance_explains_is_no_difference() -> None:
    chance = np.random.default_rng(1)

    apart = difference(chance.uniform(size=40), chance.uniform(size=40))

    assert apart.verdict is Verdict.EVEN
    assert apart.low < 0 < apart.high


@pytest.mark.parametrize("queries", [1, 5])
def test_few_queries_cannot_tell_however_clear_they_are(queries: int) -> None:
    apart = difference(np.full(queries, 0.9), np.full(queries, 0.7))

    assert str(apart) == "+0.200 (-1.000 to +1.000), too few queries to tell"
    assert apart.as_json(4)["verdict"] == "too few queries to tell"


def test_the_same_seed_gives_the_same_interval() -> None:
    chance = np.random.default_rng(2)
    one, other = chance.uniform(size=40), chance.uniform(size=40)

    assert difference(one, other, seed=5) == difference(one, other, seed=5)
    assert difference(one, other, seed=5) != difference(one, other, seed=6)


def test_other_queries_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="Not the same queries: 3 and 4"):
        difference(np.zeros(3), np.zeros(4))


def report(values: list[float], queries: list[str]) -> dict[str, Any]:
    return {
        "by_query": {
            "queries": [{"query": words, "picture": "", "kind": ""} for words in queries],
            "ways": {"ours": {"ndcg_at_10": values}},
        }
    }


def test_reports_are_compared_the_second_less_the_first() -> None:
    found = compare_reports(report([0.1, 0.2], ["a", "b"]), report([0.5, 0.6], ["a", "b"]), "ours")

    assert found["ndcg_at_10"].mean == pytest.approx(0.4)


def test_reports_of_other_queries_or_without_the_way_are_refused() -> None:
    one = report([0.1, 0.2], ["a", "b"])

    with pytest.raises(NotComparable, match="different queries"):
        compare_reports(one, report([0.1, 0.2], ["a", "c"]), "ours")
    with pytest.raises(NotComparable, match=r"The first file .* the way “RRF”"):
        compare_reports(one, one, "RRF")
    with pytest.raises(NotComparable, match="The second file is no report"):
        compare_reports(one, {"ndcg_at_10": 0.3}, "ours")
