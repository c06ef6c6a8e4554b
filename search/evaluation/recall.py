"""How near the search comes to an exact one, with an interval: what indexes cost, and nothing else.

Unlike the rest of the lab it measures the shop's own search, with its indexes; whether what it
finds is right is another question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from search import recall
from search.evaluation.measures import interval
from search.models import EmbeddingModel

DIGITS = 4


@dataclass(frozen=True)
class WayReport:
    """Recall of the first page, in [0, 1], over `samples` samples that were searched by one way."""

    samples: int
    mean: float
    worst: float
    interval: tuple[float, float]


def evaluate_recall(model: EmbeddingModel, *, samples: int) -> tuple[str, dict[str, WayReport]]:
    """Of what the samples are ("searches" or "pictures"), and a report for each way that occurred,
    and for "all". Kept as every check is (`search.recall`); takes as long as it takes."""
    outcome = recall.check(model, samples=samples, budget_seconds=float("inf"))
    values: dict[str, list[float]] = {str(way): found for way, found in outcome.by_way.items()}
    if values:
        values["all"] = [value for found in outcome.by_way.values() for value in found]
    return str(outcome.origin), {way: _report(found) for way, found in values.items()}


def as_json(origin: str, reports: Mapping[str, WayReport]) -> dict[str, Any]:
    """JSON's own types: figures and intervals by way, as of the lab's other reports."""
    return {
        **{way: round(report.mean, DIGITS) for way, report in reports.items()},
        "intervals": {
            way: [round(end, DIGITS) for end in report.interval] for way, report in reports.items()
        },
        "worst": {way: round(report.worst, DIGITS) for way, report in reports.items()},
        "queries": {way: report.samples for way, report in reports.items()},
        "samples_of": origin,
    }


def _report(values: list[float]) -> WayReport:
    return WayReport(
        len(values), float(np.mean(values)), min(values), interval(np.array(values, np.float64))
    )
