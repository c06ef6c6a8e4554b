"""From a score to what share of such suggestions is right.

Platt scaling: a logistic regression on the logit of the score (Platt, "Probabilistic Outputs for
Support Vector Machines", 1999), here with offsets for groups (the categories that lead to a
suggestion, its value): what is confused in one category need not be in another. All of it has
priors, so that a few decisions move little and many say what they have to: each group is drawn
towards what holds above it (partial pooling: Gelman et al., "Bayesian Data Analysis", 2013, chapter
5). It is the mode of the posterior, found by coordinates: the problem is convex.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

# From here on suggestions are accepted at once unless told otherwise. It is what a merchant would
# ask for, as `search.attributes` does: nine in ten are right.
DEFAULT_CONFIDENCE = 0.9
# Without anything to go by, a score is taken for what it says.
SLOPE, OFFSET = 1.0, 0.0
SLOPE_DEVIATION, OFFSET_DEVIATION = 0.5, 1.0
# How far groups are expected to differ from what holds above them, in logits: three rejections of
# three move a group's 90% to about 80%.
GROUP_DEVIATION = 0.5
# Of scores beyond these nothing more follows.
LEAST, MOST = 0.001, 0.999
SWEEPS, SETTLED = 40, 1e-4


@dataclass(frozen=True)
class Calibration:
    """`groups`: offsets, in logits, by name; those that have none say nothing."""

    slope: float = SLOPE
    offset: float = OFFSET
    groups: Mapping[str, float] = field(default_factory=dict)

    def confidence(
        self, scores: npt.ArrayLike, groups: Sequence[Iterable[str]]
    ) -> npt.NDArray[np.float64]:
        """(n,) in (0, 1), of scores (n,) in [0, 1], each with the names of its groups."""
        offsets = [sum(self.groups.get(name, 0.0) for name in names) for names in groups]
        logits = self.slope * logit(scores) + self.offset + np.array(offsets, np.float64)
        return sigmoid(logits)


@dataclass(frozen=True)
class Outcomes:
    """How m suggestions came out: their scores, (m,) in [0, 1]; whether each was `right`, (m,)
    bool; how much each counts, (m,); and the names of the groups that each is in."""

    scores: Doubles
    right: npt.NDArray[np.bool_]
    weights: Doubles
    groups: Sequence[Sequence[str]]

    def __add__(self, other: Outcomes) -> Outcomes:
        return Outcomes(
            np.concatenate([self.scores, other.scores]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.weights, other.weights]),
            [*self.groups, *other.groups],
        )


def no_outcomes() -> Outcomes:
    return Outcomes(np.empty(0), np.empty(0, np.bool_), np.empty(0), [])


def fit(outcomes: Outcomes) -> Calibration:
    """The calibration under which these outcomes, and the priors, are likeliest."""
    scores, right = logit(outcomes.scores), outcomes.right.astype(np.float64)
    weights = outcomes.weights
    members: dict[str, list[int]] = {}
    for row, names in enumerate(outcomes.groups):
        for name in names:
            members.setdefault(name, []).append(row)
    rows = {name: np.array(found) for name, found in members.items()}
    slope, offset = SLOPE, OFFSET
    groups = dict.fromkeys(rows, 0.0)
    added = np.zeros(len(scores))  # what a score's groups add to its logit
    for _ in range(SWEEPS):
        slope, offset, moved = _newton(scores, right, weights, added, slope, offset)
        for name, there in rows.items():
            shares = sigmoid(slope * scores[there] + offset + added[there])
            gradient = (weights[there] * (right[there] - shares)).sum()
            gradient -= groups[name] / GROUP_DEVIATION**2
            curvature = (weights[there] * shares * (1 - shares)).sum() + GROUP_DEVIATION**-2
            step = float(np.clip(gradient / curvature, -1, 1))
            groups[name] += step
            added[there] += step
            moved = max(moved, abs(step))
        if moved < SETTLED:
            break
    return Calibration(
        slope, offset, {name: value for name, value in groups.items() if abs(value) > 1e-3}
    )


def _newton(
    scores: Doubles, right: Doubles, weights: Doubles, added: Doubles, slope: float, offset: float
) -> tuple[float, float, float]:
    """A step of Newton's method in slope and offset; the slope stays above 0, for a higher score
    never means less. With how far it went."""
    shares = sigmoid(slope * scores + offset + added)
    errors, spread = weights * (right - shares), weights * shares * (1 - shares)
    precision = np.array([SLOPE_DEVIATION**-2, OFFSET_DEVIATION**-2])
    gradient = np.array([(errors * scores).sum(), errors.sum()])
    gradient -= precision * np.array([slope - SLOPE, offset - OFFSET])
    mixed = (spread * scores).sum()
    curvature = np.array([[(spread * scores**2).sum(), mixed], [mixed, spread.sum()]])
    step = np.clip(np.linalg.solve(curvature + np.diag(precision), gradient), -1, 1)
    return max(slope + float(step[0]), 0.05), offset + float(step[1]), float(np.abs(step).max())


def logit(shares: npt.ArrayLike) -> Doubles:
    kept = np.clip(np.asarray(shares, np.float64), LEAST, MOST)
    return np.log(kept / (1 - kept))


def sigmoid(logits: Doubles) -> Doubles:
    return np.asarray(1 / (1 + np.exp(-logits)))
