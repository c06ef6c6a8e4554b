"""The learned combiner finds the leg that is right, and never sees what it is judged on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from search.evaluation.combining import LEGS
from search.evaluation.judgements import JudgedQuery
from search.evaluation.learned import Pool, learned_rankings, pool

PRODUCTS = 30


def made(number: int, *, right_leg: str = "text", form: str = "words") -> Pool:
    """A query whose `right_leg` ranks by grade, while the others say anything."""
    chance = np.random.default_rng(number)
    grades = chance.integers(0, 4, PRODUCTS).astype(np.float64)
    legs = {leg: chance.normal(size=PRODUCTS) for leg in LEGS}
    legs[right_leg] = grades + chance.normal(0, 0.1, PRODUCTS)
    query = JudgedQuery(f"query {number}", {}, kind=form)
    return pool(query, legs, grades)


def test_the_leg_that_is_right_gets_the_weight_and_the_order() -> None:
    pools = [made(number) for number in range(20)]

    rankings, weights = learned_rankings(pools)

    assert max(weights["words"], key=lambda leg: weights["words"][leg]) == "text"
    for each, ranking in zip(pools, rankings, strict=True):
        best = each.rows[each.grades == each.grades.max()]
        assert ranking[0] in best


def test_a_querys_own_grades_do_not_change_its_ranking() -> None:
    pools = [made(number) for number in range(8)]
    before, _ = learned_rankings(pools, seed=3)

    for number in range(len(pools)):
        changed = list(pools)
        changed[number] = replace(pools[number], grades=3 - pools[number].grades)
        after, _ = learned_rankings(changed, seed=3)
        assert after[number].tolist() == before[number].tolist()


def test_where_there_is_nothing_to_learn_from_legs_count_alike() -> None:
    only = made(1)

    (ranking,), weights = learned_rankings([only])

    assert set(weights["words"].values()) != set()
    assert (
        ranking.tolist()
        == only.rows[np.argsort(-only.features.sum(axis=1), kind="stable")].tolist()
    )


def test_what_no_leg_finds_is_learned_from_and_not_ranked() -> None:
    grades = np.zeros(5)
    grades[4] = 3.0
    nothing = np.full(5, -np.inf)
    legs = dict.fromkeys(LEGS, nothing) | {"text": np.array([0.9, 0.8, 0.7, -np.inf, -np.inf])}

    each = pool(JudgedQuery("any", {}), legs, grades)
    (ranking,), _ = learned_rankings([each])

    assert each.rows.tolist() == [0, 1, 2, 4]
    assert ranking.tolist() == [0, 1, 2]
