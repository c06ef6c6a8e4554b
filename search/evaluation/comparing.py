"""Whether one of two ways is ahead, from the same queries asked of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from search.evaluation.measures import FEWEST, PerQuery, interval


class Verdict(StrEnum):
    AHEAD = "ahead"
    BEHIND = "behind"
    EVEN = "no difference"
    TOO_FEW = "too few queries to tell"


@dataclass(frozen=True)
class Difference:
    """The mean over queries of one way's figure less the other's, and its 95% interval."""

    mean: float
    low: float
    high: float
    queries: int

    @property
    def verdict(self) -> Verdict:
        """A difference is one whose interval excludes zero, of enough queries to have one."""
        if self.queries < FEWEST:
            return Verdict.TOO_FEW
        if self.low > 0:
            return Verdict.AHEAD
        return Verdict.BEHIND if self.high < 0 else Verdict.EVEN

    def __str__(self) -> str:
        return f"{self.mean:+.3f} ({self.low:+.3f} to {self.high:+.3f}), {self.verdict}"

    def as_json(self, digits: int) -> dict[str, Any]:
        ends = [round(self.low, digits), round(self.high, digits)]
        return {
            "difference": round(self.mean, digits),
            "interval": ends,
            "verdict": str(self.verdict),
        }


def difference(one: PerQuery, other: PerQuery, *, seed: int = 0) -> Difference:
    """Of two ways, (queries,) float64 in [0, 1] each, in the same order; at least one query.

    The paired bootstrap (Sakai, "Evaluating evaluation metrics based on the bootstrap", 2006):
    queries are drawn anew, with both ways' figures for each, so what makes a query hard for both
    does not blur what lies between them.
    """
    if one.shape != other.shape:
        raise ValueError(f"Not the same queries: {len(one)} and {len(other)}.")
    apart = one - other
    low, high = interval(apart, bounds=(-1.0, 1.0), seed=seed)
    return Difference(float(apart.mean()), low, high, len(apart))


class NotComparable(Exception):
    """Two reports cannot be compared; the message says why."""


def compare_reports(
    before: Mapping[str, Any], after: Mapping[str, Any], way: str
) -> dict[str, Difference]:
    """By measure, the second report's `way` less the first's: reports of `evaluate catalogue
    --json`, of the same queries. Raises `NotComparable`."""
    found = []
    for name, report in (("first", before), ("second", after)):
        try:
            values = report["by_query"]
            queries = [(each["query"], each["picture"]) for each in values["queries"]]
            found.append((queries, values["ways"][way]))
        except (KeyError, TypeError) as error:
            raise NotComparable(
                f"The {name} file is no report of `evaluate catalogue --json` with the way "
                f"“{way}”: it lacks {error}."
            ) from error
    (queries, one), (others, other) = found
    if queries != others:
        only = len(set(queries) ^ set(others))
        raise NotComparable(
            f"The two reports are of different queries ({only} are in one alone), or in another "
            "order: measure both with the same judgements."
        )
    return {
        measure: difference(_array(other[measure]), _array(one[measure]))
        for measure in one
        if measure in other
    }


def _array(values: list[float]) -> PerQuery:
    return np.array(values, np.float64)
