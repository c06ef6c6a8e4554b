"""Weights of evidence, and from where on a reading is sure."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.attributes.fitting import EXPECTED, OWN_FLOOR, RIGHT, fit_weights, floors, sure_from


def evidence_for(right: np.ndarray, *, kind: int, count: int, chance: float) -> np.ndarray:
    """(count, V, 3): one kind tells the right value, the others say what they like."""
    noise = np.random.default_rng(0).normal(scale=chance, size=(*right.shape, 3))
    noise[:, :, kind] = 3.0 * right
    return noise.astype(np.float32)


def test_without_examples_weights_are_as_expected() -> None:
    weights = fit_weights(np.empty((0, 3, 3), np.float32), np.empty((0, 3), np.bool_))

    assert np.allclose(weights, EXPECTED)


@pytest.mark.parametrize("kind", range(3))
def test_the_kind_of_evidence_that_tells_comes_to_count(kind: int) -> None:
    right = np.eye(4, dtype=np.bool_)[np.arange(200) % 4]

    weights = fit_weights(evidence_for(right, kind=kind, count=200, chance=1.0), right)

    others = np.delete(weights, kind)
    assert weights[kind] > 2 * others.max()


def test_evidence_that_misleads_comes_to_count_nothing_and_never_less() -> None:
    right = np.eye(2, dtype=np.bool_)[np.arange(400) % 2]
    evidence = np.zeros((400, 2, 3), np.float32)
    evidence[:, :, 0] = -2.0 * right
    evidence[:, :, 1] = 2.0 * right

    weights = fit_weights(evidence, right)

    assert weights[0] == 0
    assert weights[1] > 0


def test_of_several_values_any_one_is_right() -> None:
    right = np.ones((50, 2), np.bool_)

    weights = fit_weights(
        np.random.default_rng(0).normal(size=(50, 2, 3)).astype(np.float32), right
    )

    assert np.allclose(weights, EXPECTED, atol=1e-6)


def test_what_is_always_right_is_sure_once_there_are_enough() -> None:
    confidence = np.linspace(0.6, 0.9, 25, dtype=np.float32)

    assert sure_from(confidence, np.ones(25, np.bool_)) == pytest.approx(0.6, abs=0.002)
    assert sure_from(confidence[:20], np.ones(20, np.bool_)) == math.inf


def test_where_all_are_right_they_do_not_raise_the_floor_above_what_is_asked_for() -> None:
    confidence = np.linspace(0.95, 0.99, 40, dtype=np.float32)

    assert sure_from(confidence, np.ones(40, np.bool_)) == pytest.approx(RIGHT)


def test_below_an_even_chance_nothing_is_sure() -> None:
    confidence = np.full(200, 0.4, np.float32)

    assert sure_from(confidence, np.ones(200, np.bool_)) == math.inf


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.3, 1.0))
def test_what_is_sure_is_right_often_enough_among_the_examples(seed: int, share: float) -> None:
    chance = np.random.default_rng(seed)
    confidence = chance.random(300).astype(np.float32)
    right = chance.random(300) < share * np.sqrt(confidence)

    floor = sure_from(confidence, right)

    sure = confidence >= floor
    # The floor is rounded down to three digits, which may let one in.
    assert not sure.any() or right[sure].mean() >= RIGHT - 1 / sure.sum()


def test_a_value_that_is_right_does_not_vouch_for_one_that_is_not() -> None:
    best = np.repeat([0, 1], [500, OWN_FLOOR])
    confidence = np.full(len(best), 0.9, np.float32)
    right = best == 0

    assert floors(best, confidence, right, values=2).tolist() == [
        pytest.approx(0.9, abs=0.002),
        math.inf,
    ]


def test_values_with_few_readings_share_a_floor() -> None:
    best = np.arange(60) % 3
    confidence = np.full(60, 0.8, np.float32)

    found = floors(best, confidence, np.ones(60, np.bool_), values=4)

    assert found == pytest.approx([0.8] * 4, abs=0.002)
