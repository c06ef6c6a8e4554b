"""The present setting and a tried one, measured on what was judged: are the first ten better?

Each judged search is asked with both, and each order gets its nDCG@10 (Järvelin and Kekäläinen,
2002): 1 where the best products that were judged stand first, best ones foremost. Whether one
setting is ahead says the paired bootstrap (`search.evaluation.comparing`). What has no judgement
counts as wrong, which favours the setting whose results were judged: so it is counted, and said.

A run is rows in the database, a search after another; whoever is killed loses one search.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext

from search.asked import WORDS_ONLY, SearchUnavailable
from search.desk import judging
from search.desk.asking import form_for
from search.desk.live import live
from search.desk.models import JudgedSearch, LabRun
from search.evaluation.comparing import Difference, difference
from search.evaluation.measures import FEWEST
from search.query import Leg, QueryKind
from search.service import search

DEPTH = 10
# From so many judged searches on, their figures say something of those that were not judged.
ENOUGH = 20
# What is better or worse by less is none that anybody sees.
SAME = 1e-6
MOST_SEARCHES = 2_000


class NothingJudged(Exception):
    """There is nothing to measure by; the message says what to do, for merchants."""


def ndcg(grades: Mapping[int, int], ranking: Sequence[int], *, depth: int = DEPTH) -> float:
    """nDCG of the first `depth`, in [0, 1], as trec_eval has it: a product's gain is its grade,
    divided by log2(1 + rank). `grades`: by key; `ranking`: keys, best first.

    Written here since the library that the lab uses is none of a shop's requirements
    (`search.evaluation.graded`); a test holds the two equal.
    """
    best = sorted(grades.values(), reverse=True)
    ideal = _gain(best[:depth])
    return _gain([grades.get(key, 0) for key in ranking[:depth]]) / ideal if ideal else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(2 + place) for place, grade in enumerate(grades))


def start(*, kind: QueryKind, tried: Mapping[Leg, float], by: Any) -> LabRun:
    """Begin to compare `tried` with the live setting on all judged searches of this kind, or find
    the same comparison that has begun. Raises `NothingJudged`."""
    queries = list(judging.of_kind(kind).values_list("pk", flat=True)[:MOST_SEARCHES])
    if not queries:
        raise NothingJudged(
            gettext(
                "No search of this kind is judged yet. Mark results with 2 or 3 where they are "
                "right, for some searches, and compare then."
            )
        )
    wanted = {
        "kind": str(kind),
        "present": {str(leg): one for leg, one in live().setting.of(kind).items()},
        "tried": {str(leg): one for leg, one in tried.items()},
    }
    begun = LabRun.objects.filter(finished_at=None, queries=queries, **wanted).first()
    return begun or LabRun.objects.create(queries=queries, started_by=by, **wanted)


def advance(run: LabRun, *, seconds: float) -> bool:
    """Go on with a run for some time; whether it has finished."""
    end = time.monotonic() + seconds
    while run.finished_at is None:
        if run.done == run.total:
            run.finished_at = timezone.now()
        else:
            searches = JudgedSearch.objects.select_related("like")
            found = searches.filter(pk=run.queries[run.done]).first()
            try:
                run.rows.append(_row(run, found) if found else {"gone": True})
            except SearchUnavailable as error:
                run.error, run.finished_at = str(error), timezone.now()
        run.save(update_fields=["rows", "error", "finished_at"])
        if time.monotonic() > end:
            break
    return run.finished_at is not None


def advance_next(*, seconds: float) -> bool:
    """Go on with the oldest run that has not finished; whether there is more to do. One process at
    a time: hold `try_lock("relevance-lab")`."""
    run = LabRun.objects.filter(finished_at=None).order_by("pk").first()
    if run is None:
        return False
    advance(run, seconds=seconds)
    return LabRun.objects.filter(finished_at=None).exists()


def _row(run: LabRun, searched: JudgedSearch) -> dict[str, Any]:
    grades = judging.grades(searched)
    row: dict[str, Any] = {"query": searched.pk}
    for name, weights in (("present", run.present), ("tried", run.tried)):
        form = form_for(searched, {Leg(leg): weight for leg, weight in weights.items()})
        if not form.is_valid():
            return {"query": searched.pk, "refused": True}
        page = search(form.query, facets=False)
        if page.notice.startswith(str(WORDS_ONLY)):
            raise SearchUnavailable(page.notice)
        first = [result.product.pk for result in page.results[:DEPTH]]
        row[name] = round(ndcg(grades, first), 4)
        row[f"{name}_unjudged"] = sum(key not in grades for key in first)
    return row


@dataclass(frozen=True)
class Line:
    """What came of one search. Figures in points of 100."""

    search: JudgedSearch
    present: float
    tried: float
    unjudged: int  # of the first ten of the tried setting

    @property
    def apart(self) -> float:
        return self.tried - self.present


@dataclass(frozen=True)
class Outcome:
    """What a run says, as far as it came."""

    run: LabRun
    lines: Sequence[Line]

    @cached_property
    def difference(self) -> Difference | None:
        """The tried setting less the present one, in [-1, 1]; None without a search."""
        if not self.lines:
            return None
        tried = np.array([line.tried for line in self.lines]) / 100
        present = np.array([line.present for line in self.lines]) / 100
        return difference(tried, present)

    @property
    def present(self) -> float:
        """The mean, in points of 100."""
        return float(np.mean([line.present for line in self.lines])) if self.lines else 0.0

    @property
    def tried(self) -> float:
        """The mean, in points of 100."""
        return float(np.mean([line.tried for line in self.lines])) if self.lines else 0.0

    @property
    def better(self) -> list[Line]:
        """The searches that get better, most first."""
        better = [line for line in self.lines if line.apart > SAME]
        return sorted(better, key=lambda line: -line.apart)

    @property
    def worse(self) -> list[Line]:
        """The searches that get worse, most first."""
        worse = [line for line in self.lines if line.apart < -SAME]
        return sorted(worse, key=lambda line: line.apart)

    @property
    def same(self) -> int:
        return len(self.lines) - len(self.better) - len(self.worse)

    @property
    def unjudged(self) -> tuple[int, int]:
        """Of the first tens of the present and of the tried setting, how many have no judgement."""
        rows = [row for row in self.run.rows if "present" in row]
        return (
            sum(row["present_unjudged"] for row in rows),
            sum(row["tried_unjudged"] for row in rows),
        )

    @property
    def is_too_few(self) -> bool:
        """Whether chance alone could have made the verdict."""
        return len(self.lines) < FEWEST

    @property
    def is_few(self) -> bool:
        """Whether the verdict may not hold for other searches."""
        return len(self.lines) < ENOUGH


def outcome(run: LabRun) -> Outcome:
    """What it says; of searches that are still there. In one statement."""
    rows = {row["query"]: row for row in run.rows if "present" in row}
    searches = JudgedSearch.objects.select_related("like").defer("photo").in_bulk(rows)
    return Outcome(
        run,
        [
            Line(searches[key], 100 * row["present"], 100 * row["tried"], row["tried_unjudged"])
            for key, row in rows.items()
            if key in searches
        ],
    )
