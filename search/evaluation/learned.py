"""A small learned way to combine legs: what the other ways could hope for.

Pairwise logistic regression (RankNet's loss with a linear scorer: Burges et al., "Learning to Rank
using Gradient Descent", 2005) on the standardised scores of the legs. One weight a leg for each
form of query. Queries are halved; each half is scored by the weights that were learned on the
other, so every query is judged and none by weights that saw it.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from search.evaluation.combining import LEGS, ranked, standard
from search.evaluation.judgements import JudgedQuery
from search.evaluation.stored import Scores

# Of each leg's first products, which are compared pair by pair.
POOL = 50
# Pairs of each query, so that one with many right products does not outvote the others.
PAIRS = 200
RIDGE = 1e-2
STEPS = 30


def learned_scores(
    queries: Sequence[JudgedQuery],
    legs: Sequence[dict[str, Scores]],
    grades: Sequence[Scores],
    *,
    seed: int = 0,
) -> tuple[list[Scores], dict[str, dict[str, float]]]:
    """A score for each product for each query, (products,) float64; and for each form of query the
    mean of the two halves' weights, by leg.

    `legs`: of each query, by name, (products,). `grades`: of each query, (products,) 0 to 3. Where
    one half has no query of a form, its legs count alike.
    """
    features = [np.stack([standard(of[leg]) for leg in LEGS], axis=1) for of in legs]
    halves = _halves(queries, seed)
    scores: list[Scores] = [np.empty(0)] * len(queries)
    told: dict[str, dict[str, float]] = {}
    for form in dict.fromkeys(query.form for query in queries):
        of_form = [n for n, query in enumerate(queries) if query.form == form]
        weights = []
        for half in (0, 1):
            others = [n for n in of_form if halves[n] != half]
            pairs = [_pairs(features[n], legs[n], grades[n], seed + n) for n in others]
            weights.append(_fit([each for each in pairs if len(each)]))
            for n in of_form:
                if halves[n] == half:
                    scores[n] = features[n] @ weights[half]
        mean = np.mean(weights, axis=0)
        told[form] = dict(zip(LEGS, map(float, mean), strict=True))
    return scores, told


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


def _pairs(features: Scores, legs: dict[str, Scores], grades: Scores, seed: int) -> Scores:
    """(pairs, legs): by how much the better of two products exceeds the other, in each leg; among
    what any leg has among its first and what is graded."""
    pool = {int(row) for scores in legs.values() for row in ranked(scores)[:POOL]}
    rows = np.array(sorted(pool | set(np.flatnonzero(grades).tolist())), np.int64)
    better, worse = np.nonzero(grades[rows][:, None] > grades[rows][None, :])
    if len(better) > PAIRS:
        chosen = np.random.default_rng(seed).choice(len(better), PAIRS, replace=False)
        better, worse = better[chosen], worse[chosen]
    return np.asarray(features[rows[better]] - features[rows[worse]])


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
