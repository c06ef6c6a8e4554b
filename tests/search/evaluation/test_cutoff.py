"""A signal is as good as its order of real and hopeless queries."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from search.evaluation.cutoff import ELSEWHERE, GIBBERISH, REAL, signals_of, weigh


def test_a_signal_that_tells_them_apart_refuses_all_and_has_an_area_of_one() -> None:
    signal = weigh({REAL: [0.5, 0.6, 0.7], GIBBERISH: [0.1, 0.2], ELSEWHERE: [0.3]})

    assert signal.area == 1.0
    assert signal.refused == {GIBBERISH: 1.0, ELSEWHERE: 1.0}
    assert signal.threshold == 0.5


def test_a_signal_that_says_nothing_has_half_the_area() -> None:
    signal = weigh({REAL: [0.5] * 4, GIBBERISH: [0.5] * 3, ELSEWHERE: [0.5]})

    assert signal.area == 0.5
    assert signal.refused == {GIBBERISH: 0.0, ELSEWHERE: 0.0}


def test_the_threshold_answers_all_but_two_of_a_hundred_real_queries() -> None:
    signal = weigh({REAL: list(range(100)), GIBBERISH: [1.5, 50], ELSEWHERE: [1]})

    assert signal.threshold == 2
    assert signal.refused == {GIBBERISH: 0.5, ELSEWHERE: 1.0}


def test_a_curve_goes_from_all_answered_to_none() -> None:
    curve = weigh({REAL: [0.4, 0.9], GIBBERISH: [0.1], ELSEWHERE: [0.5]}).curve

    assert curve[0] == (1.0, 0.0)
    assert curve[-1] == (0.5, 1.0)
    assert all(a[0] >= b[0] and a[1] <= b[1] for a, b in pairwise(curve))


def test_signals_are_the_best_score_and_how_far_it_stands_out() -> None:
    nothing = np.full(4, -np.inf)
    legs = {"words": nothing, "text": nothing, "image": np.array([0.1, 0.1, 0.1, 0.5])}

    found = signals_of(legs)

    assert found["words, best"] == 0
    assert found["image, best"] == 0.5
    assert found["image, deviations above the mean"] == pytest.approx(0.3 / np.std(legs["image"]))
    assert "text, best" not in found
