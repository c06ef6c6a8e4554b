"""Keeps what an import did, product by product, in the transaction of each product.

So whatever kills a worker, the counts and lines are those of what was written, and the next one
goes on behind the last product.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shop.catalog.importing import Problem, ProductOutcome
from shop.exchange.models import CatalogImport, ImportLine
from shop.exchange.watching import Watch

MAX_SHOWN = 2_000  # characters of a value that changed


class DatabaseJournal:
    """Of one slice of an import, in which so many products are `done`."""

    def __init__(self, run: CatalogImport, watch: Watch) -> None:
        self._run = run
        self._rows = CatalogImport.objects.filter(pk=run.pk)
        self._watch = watch
        self._problems: list[Problem] = []
        self.done = 0

    def problem(self, problem: Problem) -> None:
        self._problems.append(problem)

    def writing(self, outcome: ProductOutcome, counts: Counter[str]) -> None:
        self._store(outcome, counts["pictures created"])

    def written(self, outcome: ProductOutcome) -> None:
        if outcome.outcome == "skipped":  # nothing was written with which this could be
            with transaction.atomic():
                self._store(outcome)
        self.done += 1
        self._problems.clear()

    def close(self) -> None:
        """Keep what was wrong after the last product, of an import that comes to its end."""
        with transaction.atomic():
            self._store_problems()
        self._problems.clear()

    def _store(self, outcome: ProductOutcome, pictures: int | None = None) -> None:
        self._store_problems()
        if outcome.outcome != "unchanged":
            ImportLine.objects.create(
                of=self._run,
                kind=outcome.outcome,
                line=outcome.line,
                handle=outcome.handle[:255],
                title=outcome.title[:255],
                changes=[
                    [text[:MAX_SHOWN] for text in astuple(change)] for change in outcome.changes
                ],
            )
        values: dict[str, object] = {outcome.outcome: F(outcome.outcome) + 1}
        if pictures is not None:
            values["pictures"] = self._run.pictures + pictures
        self._rows.update(
            **values,
            done=F("done") + 1,
            rate=self._watch.rate(self.done),
            attempts=0,
            seen_at=timezone.now(),
        )

    def _store_problems(self) -> None:
        if not self._problems:
            return
        kinds = ImportLine.Kind
        ImportLine.objects.bulk_create(
            [
                ImportLine(
                    of=self._run,
                    kind=kinds.WARNING if one.warning else kinds.PROBLEM,
                    line=one.line,
                    handle=one.handle[:255],
                    message=one.message,
                )
                for one in self._problems
            ]
        )
        warnings = sum(one.warning for one in self._problems)
        self._rows.update(
            warnings=F("warnings") + warnings,
            problems=F("problems") + len(self._problems) - warnings,
        )
