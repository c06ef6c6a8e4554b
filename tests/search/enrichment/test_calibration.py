"""Scores become shares that are right."""

from __future__ import annotations

import numpy as np

from search.enrichment.calibration import Calibration, Outcomes, fit, no_outcomes, sigmoid


def outcomes(scores: np.ndarray, right: np.ndarray, group: str = "category:1") -> Outcomes:
    return Outcomes(scores, right.astype(np.bool_), np.ones(len(scores)), [[group]] * len(scores))


def test_without_outcomes_a_score_is_taken_for_what_it_says() -> None:
    found = fit(no_outcomes()).confidence([0.2, 0.9], [[], []])

    assert np.allclose(found, [0.2, 0.9], atol=1e-6)


def test_scores_that_are_too_sure_come_down_to_what_is_right() -> None:
    chance = np.random.default_rng(0)
    scores = chance.uniform(0.5, 0.999, 4_000)
    truth = sigmoid(0.4 * np.log(scores / (1 - scores)) - 0.3)
    right = chance.random(len(scores)) < truth

    found = fit(outcomes(scores, right)).confidence(scores, [["category:1"]] * len(scores))

    assert float(np.abs(found - truth).mean()) < 0.03


def test_a_higher_score_is_never_less_sure_whatever_came_out() -> None:
    scores = np.linspace(0.5, 0.99, 200)

    found = fit(outcomes(scores, scores < 0.7)).confidence([0.6, 0.9], [[], []])

    assert found[0] < found[1]


def test_a_few_rejections_move_a_group_a_little_and_many_much() -> None:
    base = outcomes(np.full(200, 0.9), np.arange(200) % 10 > 0, "category:1")

    def after(rejected: int) -> tuple[float, float]:
        turned_down = outcomes(np.full(rejected, 0.9), np.zeros(rejected), "category:2")
        both = fit(base + turned_down).confidence([0.9, 0.9], [["category:2"], ["category:1"]])
        return float(both[0]), float(both[1])

    few, many = after(2), after(40)
    assert 0.75 < few[0] < 0.9
    assert many[0] < 0.45
    assert few[1] > 0.87  # the other group hardly


def test_what_is_below_is_drawn_towards_what_holds_above() -> None:
    groups = [["category:1", f"category:{number % 4 + 2}"] for number in range(80)]
    found = fit(Outcomes(np.full(80, 0.9), np.zeros(80, np.bool_), np.ones(80), groups))

    unseen = Calibration(found.slope, found.offset, found.groups).confidence(
        [0.9, 0.9], [["category:1", "category:9"], ["category:8"]]
    )

    assert unseen[0] < unseen[1]
