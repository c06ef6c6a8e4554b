"""How often suggestions are right: categories and colours of products that have them, suggested as
if they had none.

Cross-validation by products: all is learnt from nine tenths of the shop, weights and calibrations
included, and suggests for the last tenth, of whose labels and pictures it knew nothing. Nothing is
stored, and no decision counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.attributes.examples import Pictured
from search.enrichment import calibration
from search.enrichment.calibration import Calibration
from search.enrichment.colours import Coloured
from search.enrichment.enricher import (
    Enricher,
    Lesson,
    category_groups,
    collect,
    guess_groups,
    learn,
    names_of,
)
from search.enrichment.models import Kind
from search.evaluation.attributes import calibration_error
from search.evaluation.measures import interval
from search.models import EmbeddingModel

FOLDS = 10
BINS = 10
DIGITS = 4

Progress = Callable[[Sequence[int]], Iterable[int]]
Flags = npt.NDArray[np.bool_]

CATEGORY, BY_PICTURE, COLOUR = "category", "category_by_pictures", "colour"
TITLES = {
    CATEGORY: "category, by pictures and title",
    BY_PICTURE: "category, by pictures alone",
    COLOUR: "colour of a picture",
}


class NothingToEvaluate(Exception):
    """The message says what is missing."""


@dataclass
class Suggested:
    """n suggestions for what is known: whether each is right, and just so (a category above the
    product's own is right, but not just so); its confidence; whether it is a category above those
    that products are in, which is not accepted unseen; `asked`: of how many."""

    asked: int
    right: list[bool]
    exact: list[bool]
    confidence: list[float]
    rough: list[bool]

    @classmethod
    def none(cls) -> Suggested:
        return cls(0, [], [], [], [])


@dataclass(frozen=True)
class Report:
    """`figures`: shares in [0, 1]; `intervals`: of 95%; `bins`: of suggestions by confidence, the
    mean confidence, the share that is right, and how many."""

    asked: int
    figures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    bins: list[tuple[float, float, int]]


def evaluate_enrichment(
    model: EmbeddingModel,
    *,
    above: float,
    folds: int = FOLDS,
    progress: Progress = iter,
) -> dict[str, Report]:
    """A report for each of `TITLES` that the shop has. `above`: from which confidence on what is
    suggested is accepted at once.

    Raises `NothingToEvaluate`, and `EncoderUnavailable`.
    """
    lesson, names = collect(model), names_of(model)
    count = len(lesson.pictured.products)
    if count < 2:
        raise NothingToEvaluate(
            f"{count} products have a category and pictures under {model.name}: at least two are "
            "needed."
        )
    folds = min(folds, count)
    fold = np.random.default_rng(0).permutation(count) % folds
    by_product = dict(zip(lesson.pictured.products.tolist(), fold.tolist(), strict=True))
    found = {name: Suggested.none() for name in TITLES}
    for number in progress(range(folds)):
        held = np.flatnonzero(fold == number)
        rest = _part(lesson, np.flatnonzero(fold != number), by_product, number)
        enricher = learn(rest, names)
        calibrations = {
            kind: calibration.fit(outcomes) for kind, outcomes in enricher.outcomes.items()
        }
        _categories(found[CATEGORY], lesson, held, enricher, calibrations, titles=True)
        _categories(found[BY_PICTURE], lesson, held, enricher, calibrations, titles=False)
        _colours(found[COLOUR], lesson, by_product, number, enricher, calibrations)
    return {name: _report(one, above) for name, one in found.items() if one.asked}


def _part(lesson: Lesson, rows: npt.NDArray[np.int64], fold: dict[int, int], number: int) -> Lesson:
    """The lesson without what is held out; pictures of products without a fold count as fold 0."""
    pictured = lesson.pictured
    return Lesson(
        Pictured(
            pictured.products[rows],
            [pictured.paths[row] for row in rows.tolist()],
            pictured.vectors[rows],
        ),
        [lesson.titles[row] for row in rows.tolist()],
        [one for one in lesson.sold if fold.get(one.product, 0) != number],
        lesson.words,
        lesson.having,
    )


def _categories(
    found: Suggested,
    lesson: Lesson,
    held: npt.NDArray[np.int64],
    enricher: Enricher,
    calibrations: dict[str, Calibration],
    *,
    titles: bool,
) -> None:
    guesser = enricher.guesser
    said = [lesson.titles[row] if titles else () for row in held.tolist()]
    shares = guesser.shares(lesson.pictured.vectors[held], said)
    for row, chosen in zip(held.tolist(), guesser.choose(shares), strict=True):
        found.asked += 1
        if chosen is None:
            continue
        node, share = chosen
        path, own = guesser.paths[node], lesson.pictured.paths[row]
        found.right.append(own.startswith(path))
        found.exact.append(own == path)
        known = calibrations[str(Kind.CATEGORY)]
        found.confidence.append(float(known.confidence([share], [guess_groups(guesser, node)])[0]))
        found.rough.append(guesser.is_rough(node))


def _colours(
    found: Suggested,
    lesson: Lesson,
    fold: dict[int, int],
    number: int,
    enricher: Enricher,
    calibrations: dict[str, Calibration],
) -> None:
    asked = [one for one in lesson.sold if fold.get(one.product, 0) == number]
    if not asked:
        return
    guesser, reader = enricher.guesser, enricher.reader
    keys = dict(zip(guesser.paths, guesser.keys.tolist(), strict=True))
    shares = reader.shares(Coloured.of([one.shares for one in asked], [one.main for one in asked]))
    best = shares.argmax(axis=1)
    groups = [
        [*category_groups(one.path, keys), f"value:{reader.values[value]}"]
        for one, value in zip(asked, best, strict=True)
    ]
    found.asked += len(asked)
    right = [one.value == reader.values[value] for one, value in zip(asked, best, strict=True)]
    found.right += right
    found.exact += right
    found.rough += [False] * len(right)
    known = calibrations[str(Kind.COLOUR)]
    found.confidence += known.confidence(shares.max(axis=1), groups).tolist()


def _report(found: Suggested, above: float) -> Report:
    right, exact = np.array(found.right, np.float64), np.array(found.exact, np.float64)
    confidence = np.array(found.confidence, np.float64)
    accepted = (confidence >= above) & ~np.array(found.rough, np.bool_)
    figures = {
        "suggested": len(right) / found.asked,
        "accepted": float(accepted.sum()) / found.asked,
    }
    intervals = {}
    for name, values in (("right", right), ("exact", exact)):
        if len(values):
            figures[name] = float(values.mean())
            intervals[name] = interval(values)
        if accepted.any():
            figures[f"accepted_{name}"] = float(values[accepted].mean())
            intervals[f"accepted_{name}"] = interval(values[accepted])
    if len(right):
        figures["calibration_error"] = calibration_error(confidence, right)
    places = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    bins = [
        (
            float(confidence[places == one].mean()),
            float(right[places == one].mean()),
            int((places == one).sum()),
        )
        for one in np.unique(places)
    ]
    return Report(found.asked, figures, intervals, bins)


def as_json(
    model: EmbeddingModel, above: float, folds: int, reports: dict[str, Report]
) -> dict[str, Any]:
    """JSON's own types."""
    return {
        **{
            f"{kind}.{name}": round(value, DIGITS)
            for kind, report in reports.items()
            for name, value in report.figures.items()
        },
        "intervals": {
            f"{kind}.{name}": [round(end, DIGITS) for end in ends]
            for kind, report in reports.items()
            for name, ends in report.intervals.items()
        },
        "queries": {kind: report.asked for kind, report in reports.items()},
        "reliability": {
            kind: [
                {"confidence": round(mean, DIGITS), "right": round(share, DIGITS), "count": count}
                for mean, share, count in report.bins
            ]
            for kind, report in reports.items()
        },
        "above": above,
        "folds": folds,
        "model": model.name,
    }
