"""A small learned way to combine legs: what the other ways could hope for.

Pairwise logistic regression (RankNet's loss with a linear scorer: Burges et al., "Learning to Rank
using Gradient Descent", 2005) on the standardised scores of the legs. One weight a leg for each
form of query. Queries are halved; each half is scored by the weights that were learned on the
other, so every query is judged and none by weights that saw it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from search.evaluation.combining import DEPTH, LEGS, ranked, standard
from search.evaluation.judgements import JudgedQuery
from search.evaluation.stored import Scores

# Pairs of each query, so that one with many right products does not outvote the others.
PAIRS = 200
RIDGE = 1e-2
STEPS = 30


@dataclass(frozen=True)
class Pool:
    """What is kept of a query: k products, with what the legs say of each.

    `rows`: (k,) of the catalogue, ascending. `features`: (k, legs) float64, standardised scores.
    `grades`: (k,) 0 to 3. `found`: (k,) bool, whether a leg has it among its first `DEPTH`; the
    others are graded, and only learned from.
    """

    query: JudgedQuery
    rows: np.ndarray
    features: Scores
    grades: Scores
    found: np.ndarray


def pool(query: JudgedQuery, legs: Mapping[str, Scores], grades: Scores) -> Pool:
    """`legs`: by name, (products,) each; `grades`: (products,), 0 to 3."""
    found = {int(row) for scores in legs.values() for row in ranked(scores)[:DEPTH]}
    rows = np.array(sorted(found | set(np.flatnonzero(grades).tolist())), np.int64)
    return Pool(
        query,
        rows,
        np.stack([standard(legs[leg])[rows] for leg in LEGS], axis=1),
        grades[rows],
        np.array([row in found for row in rows.tolist()], bool),
    )


def learned_rankings(
    pools: Sequence[Pool], *, seed: int = 0
) -> tuple[list[np.ndarray], dict[str, dict[str, float]]]:
    """For each query the rows of its pool that were found, best first; and for each form of query
    the mean of the two halves' weights, by leg.

    Where one half has no query of a form, its legs count alike.
    """
    halves = _halves([each.query for each in pools], seed)
    rankings: list[np.ndarray] = [np.empty(0, np.int64)] * len(pools)
    told: dict[str, dict[str, float]] = {}
    for form in dict.fromkeys(each.query.form for each in pools):
        of_form = [n for n, each in enumerate(pools) if each.query.form == form]
        weights = []
        for half in (0, 1):
            pairs = [_pairs(pools[n], seed + n) for n in of_form if halves[n] != half]
            weights.append(_fit([each for each in pairs if len(each)]))
            for n in of_form:
                if halves[n] == half:
                    scores = np.where(pools[n].found, pools[n].features @ weights[half], -np.inf)
                    rankings[n] = pools[n].rows[ranked(scores)]
        told[form] = dict(zip(LEGS, map(float, np.mean(weights, axis=0)), strict=True))
    return rankings, told


def _halves(queries: Sequence[JudgedQuery], seed: int) -> list[int]:
    """0 or 1 for each query; the queries of each kind are halved by themselves."""
    by_kind: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, query in enumerate(queries):
        by_kind[query.form, query.kind].append(number)
    halves = [0] * len(queries)
    for kind, numbers in sorted(by_kind.items()):
        random.Random(f"{seed}/{kind}").shuffle(numbers)  # noqa: S311
        for place, number in enumerate(numbers):
            halves[number] = place % 2
    return halves


def _pairs(of: Pool, seed: int) -> Scores:
    """(pairs, legs): by how much the better of two products exceeds the other, in each leg."""
    better, worse = np.nonzero(of.grades[:, None] > of.grades[None, :])
    if len(better) > PAIRS:
        chosen = np.random.default_rng(seed).choice(len(better), PAIRS, replace=False)
        better, worse = better[chosen], worse[chosen]
    return np.asarray(of.features[better] - of.features[worse])


def _fit(pairs: Sequence[Scores]) -> Scores:
    """(legs,) float64: the weights of least logistic loss, each query counting alike, by Newton's
    method; all one where there is nothing to learn from."""
    if not pairs:
        return np.ones(len(LEGS))
    rows = np.concatenate(pairs)
    shares = np.concatenate([np.full(len(each), 1 / len(each)) for each in pairs]) / len(pairs)
    weights = np.zeros(len(LEGS))
    for _ in range(STEPS):
        wrong = 1 / (1 + np.exp(np.clip(rows @ weights, -40, 40)))
        gradient = -(shares * wrong) @ rows + RIDGE * weights
        curvature = (rows * (shares * wrong * (1 - wrong))[:, None]).T @ rows
        step = np.linalg.solve(curvature + RIDGE * np.eye(len(LEGS)), gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights
