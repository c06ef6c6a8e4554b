"""How much each kind of evidence counts, and from which confidence on a reading is sure.

Both are decided by the shop's own confirmed attributes, each judged by what the others say. Three
numbers and a floor are all that is fitted, so a few dozen confirmed products are enough; with none,
they are what theory says.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from search.attributes.categories import softmax
from search.attributes.tree import Floats, Numbers

Flags = npt.NDArray[np.bool_]

# What each kind of evidence counts without examples: texts as the model itself was trained to weigh
# them, prototypes half of what their statistics say (they are of one model of covariance for all),
# and how common a value is in full. Examples have to speak against it: a deviation from it.
EXPECTED = np.array([1.0, 0.5, 1.0])
DEVIATION = 0.5

# What is sure is right so often, as far as the examples can tell: the lower end of Wilson's
# interval, one-sided 95% (Wilson, "Probable Inference", 1927).
RIGHT = 0.90
Z = 1.645
# Twenty-five that are all right are enough. Below an even chance nothing is sure.
LEAST_FLOOR = 0.5

# Fewer readings of a value could not show it.
OWN_FLOOR = 30

STEPS = 50


def fit_weights(
    evidence: Floats, right: Flags, expected: npt.NDArray[np.float64] = EXPECTED
) -> npt.NDArray[np.float64]:
    """(K,) float64, none below 0: the weights under which the examples' own values are likeliest.

    `evidence`: (m, V, K) float32, for each example and value. `right`: (m, V) bool, the values that
    it has; of several, any will do. `expected`: (K,), what they are without examples. Maximum a
    posteriori, by Newton's method with halved steps.
    """
    weights = expected.copy()
    best = _likelihood(weights, evidence, right, expected)
    for _ in range(STEPS):
        gradient, curvature = _derivatives(weights, evidence, right, expected)
        # What is at zero, and would go below, stays there.
        free = (weights > 0) | (gradient > 0)
        step = np.zeros(len(expected))
        step[free] = np.linalg.solve(curvature[np.ix_(free, free)], gradient[free])
        improved = False
        for _ in range(12):
            moved = np.maximum(weights + step, 0)
            likelihood = _likelihood(moved, evidence, right, expected)
            if likelihood > best + 1e-9:
                weights, best, improved = moved, likelihood, True
                break
            step /= 2
        if not improved:
            break
    return weights


def _likelihood(
    weights: npt.NDArray[np.float64],
    evidence: Floats,
    right: Flags,
    expected: npt.NDArray[np.float64],
) -> float:
    shares = softmax(evidence @ weights)
    penalty = 0.5 * float((((weights - expected) / DEVIATION) ** 2).sum())
    return float(np.log((shares * right).sum(axis=1) + 1e-12).sum()) - penalty


def _derivatives(
    weights: npt.NDArray[np.float64],
    evidence: Floats,
    right: Flags,
    expected: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The gradient, (K,), and a curvature, (K, K), that is positive definite: that of the
    likelihood of a single right value."""
    shares = softmax(evidence @ weights)
    mine = shares * right
    mine = mine / (mine.sum(axis=1, keepdims=True) + 1e-12)
    mean = np.einsum("mv,mvk->mk", shares, evidence)
    gradient = (np.einsum("mv,mvk->mk", mine, evidence) - mean).sum(axis=0, dtype=np.float64)
    centred = evidence - mean[:, None]
    curvature = np.einsum("mv,mvk,mvl->kl", shares, centred, centred, dtype=np.float64)
    prior = 1 / DEVIATION**2
    return gradient - prior * (weights - expected), curvature + prior * np.eye(len(expected))


def floors(best: Numbers, confidence: Floats, right: Flags, *, values: int) -> Floats:
    """(values,): for each value the confidence from which on it is sure; infinite where nothing is.

    Each by its own readings, so that a value which is nearly always right does not vouch for one
    that is not; those with fewer than `OWN_FLOOR` readings share one.

    `best`: (m,), the value that was read; `confidence`: (m,) in [0, 1]; `right`: (m,) bool.
    """
    own = np.bincount(best, minlength=values) >= OWN_FLOOR
    shared = ~own[best]
    found = np.full(values, sure_from(confidence[shared], right[shared]), np.float32)
    for value in np.flatnonzero(own):
        read = best == value
        found[value] = sure_from(confidence[read], right[read])
    return found


def sure_from(confidence: Floats, right: Flags) -> float:
    """The least confidence from which on readings are right as often as `RIGHT` asks for; infinite
    where there is none.

    `confidence`: (m,) float32 in [0, 1], `right`: (m,) bool, of readings of what is known.
    """
    order = np.argsort(-confidence, kind="stable")
    counts = np.arange(1, len(order) + 1)
    shares = np.cumsum(right[order]) / counts
    centre = shares + Z**2 / (2 * counts)
    spread = Z * np.sqrt(shares * (1 - shares) / counts + Z**2 / (4 * counts**2))
    lower = (centre - spread) / (1 + Z**2 / counts)
    enough = np.flatnonzero((lower >= RIGHT) & (confidence[order] >= LEAST_FLOOR))
    if not len(enough):
        return math.inf
    least = float(confidence[order[enough[-1]]])
    if enough[-1] == len(order) - 1:
        # None of them is too unsure, so they do not tell where that begins: confidence does.
        least = min(least, RIGHT)
    return math.floor(least * 1000) / 1000
