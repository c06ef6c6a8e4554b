"""Does the shop know when it has nothing? Gibberish and what others sell, against real queries.

Two things are measured. What the search itself says (`SearchPage.nothing_close`): how many of the
queries that have no answer end in "nothing close", and how many of the real ones are answered. And
what it could say: signals that tell the two apart, each over all thresholds, from the shop's own
vectors. A signal is as good as its share of hopeless queries refused while `ANSWERED` of the real
ones are answered, and as the area under its ROC curve (the chance that a real query scores above a
hopeless one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search import query_vectors
from search.evaluation.asking import ask, found_by_words, unsampled
from search.evaluation.catalogue import Catalogue
from search.evaluation.catalogue_evaluation import DIGITS, Progress
from search.evaluation.combining import Asked, Combiner
from search.evaluation.measures import PerQuery, interval
from search.evaluation.stored import Scores, Stored
from search.models import EmbeddingModel

REAL, GIBBERISH, ELSEWHERE = "real", "gibberish", "elsewhere"
# What others sell in words that the shop has for other things: "cable" where there are cable knits.
# Told beside, for a list is not made for every shop, and some of these may be sold.
SHARING = "sharing"
ANSWERED = 0.98


@dataclass(frozen=True)
class Signal:
    """One number a query, higher for one that has an answer. `area`: under the ROC curve, 0.5 for
    chance. `refused`: by set, the share below the threshold at which `ANSWERED` of the real ones
    are above it. `curve`: points (real ones answered, hopeless ones refused), both in [0, 1]."""

    threshold: float
    area: float
    refused: dict[str, float]
    curve: list[tuple[float, float]]


@dataclass(frozen=True)
class CutoffReport:
    """`refused`: by set of queries, (queries,) float64, 1 where the search said "nothing close"."""

    queries: Mapping[str, Sequence[str]]
    refused: Mapping[str, PerQuery]
    signals: Mapping[str, Signal]
    model: str

    def as_json(self) -> dict[str, Any]:
        """As `manage.py evaluate cutoff --json` prints it."""
        hopeless = np.concatenate([self.refused[GIBBERISH], self.refused[ELSEWHERE]])
        values = {
            "real_answered": 1 - self.refused[REAL],
            "gibberish_refused": self.refused[GIBBERISH],
            "elsewhere_refused": self.refused[ELSEWHERE],
            "hopeless_refused": hopeless,
        }
        if SHARING in self.refused:
            values["sharing_refused"] = self.refused[SHARING]
        return {
            **{name: round(float(each.mean()), DIGITS) for name, each in values.items()},
            "intervals": {
                name: [round(end, DIGITS) for end in interval(each)]
                for name, each in values.items()
            },
            "queries": {name: len(queries) for name, queries in self.queries.items()},
            "wrong": {name: self._wrong(name) for name in (REAL, GIBBERISH, ELSEWHERE)},
            "signals": {
                name: {
                    "threshold": round(signal.threshold, DIGITS),
                    "area": round(signal.area, DIGITS),
                    **{f"{of}_refused": round(n, DIGITS) for of, n in signal.refused.items()},
                    "curve": [[round(x, DIGITS), round(y, DIGITS)] for x, y in signal.curve],
                }
                for name, signal in self.signals.items()
            },
            "answered_at_threshold": ANSWERED,
            "model": self.model,
        }

    def _wrong(self, name: str) -> list[str]:
        """Real queries that were refused, others that were not."""
        pairs = zip(self.queries[name], self.refused[name], strict=True)
        return [query for query, no in pairs if bool(no) == (name == REAL)]


def evaluate_cutoff(
    queries: Mapping[str, Sequence[str]],
    *,
    catalogue: Catalogue,
    stored: Stored,
    model: EmbeddingModel,
    progress: Progress,
) -> CutoffReport:
    """`queries`: words, by `REAL`, `GIBBERISH` and `ELSEWHERE`, at least one of each, and by
    `SHARING`, if there are any. Raises `EncoderUnavailable`, `NotAsked` and `SearchUnavailable`."""
    combiner = Combiner(stored)
    refused: dict[str, list[float]] = {name: [] for name in queries}
    signals: dict[str, dict[str, list[float]]] = {}
    everything = [(name, words) for name, each in queries.items() for words in each]
    with unsampled():
        for name, words in progress(everything, "asking"):
            answer = ask(words)
            refused[name].append(float(answer.nothing_close or not answer.results))
            asked = Asked(
                photo=None,
                words=query_vectors.of_text(words, model),
                found=found_by_words(words, catalogue, 1),
            )
            for signal, value in signals_of(combiner.legs(asked)).items():
                signals.setdefault(signal, {}).setdefault(name, []).append(value)
    return CutoffReport(
        queries=queries,
        refused={name: np.array(values) for name, values in refused.items()},
        signals={signal: weigh(values) for signal, values in signals.items()},
        model=model.name,
    )


def signals_of(legs: Mapping[str, Scores]) -> dict[str, float]:
    """What could tell a query with an answer: of each leg of vectors the best score, and how many
    deviations it lies above the mean of all products; of words, the best score."""
    found = {"words, best": float(max(legs["words"].max(initial=0.0), 0.0))}
    for leg in ("image", "text"):
        scores = legs[leg][np.isfinite(legs[leg])]
        if not len(scores):
            continue
        best, deviation = float(scores.max()), float(scores.std())
        found[f"{leg}, best"] = best
        found[f"{leg}, deviations above the mean"] = (
            0.0 if deviation == 0 else (best - float(scores.mean())) / deviation
        )
    both = [value for name, value in found.items() if name.endswith("mean")]
    if len(both) == 2:
        found["image and text, deviations above the mean"] = sum(both) / 2
    return found


def weigh(values: Mapping[str, Sequence[float]]) -> Signal:
    """How well a signal tells real queries from hopeless ones; by set, as in `evaluate_cutoff`."""
    real = np.sort(np.array(values[REAL], np.float64))
    others = {name: np.array(each, np.float64) for name, each in values.items() if name != REAL}
    hopeless = np.sort(np.concatenate([others[GIBBERISH], others[ELSEWHERE]]))
    # The highest threshold that still answers enough: what lies below it is refused.
    threshold = float(real[int(np.floor((1 - ANSWERED) * len(real)))])
    # Of pairs, those in which the real one is higher; a tie is half (Mann and Whitney, 1947).
    below = np.searchsorted(hopeless, real, "left")
    not_above = np.searchsorted(hopeless, real, "right")
    area = float((below + not_above).mean() / 2 / len(hopeless))
    points = np.quantile(np.concatenate([real, hopeless]), np.linspace(0, 1, 101))
    curve = [(float((real >= at).mean()), float((hopeless < at).mean())) for at in points]
    return Signal(
        threshold,
        area,
        {name: float((each < threshold).mean()) for name, each in others.items()},
        curve,
    )
