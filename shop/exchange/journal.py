"""Keeps what an import did, product by product, in the transaction of each product.

So whatever kills a worker, the counts and lines are those of what was written, and the next one
goes on behind the last product. What wrote nothing is noted with the next product that does, or
twice a second: if it is lost, the next worker finds the same.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import astuple
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shop.catalog.importing import Problem, ProductOutcome
from shop.exchange.models import CatalogImport, ImportLine
from shop.exchange.watching import EVERY_SECONDS, Watch

MAX_SHOWN = 2_000  # characters of a value that changed


class DatabaseJournal:
    """Of one slice of an import, in which so many products are `done`."""

    def __init__(self, run: CatalogImport, watch: Watch) -> None:
        self.done = 0
        self._run = run
        self._watch = watch
        self._counts: Counter[str] = Counter()
        self._lines: list[ImportLine] = []
        self._told = 0  # so many of them are of products that are done
        self._stored_at = time.monotonic()

    def problem(self, problem: Problem) -> None:
        kind = ImportLine.Kind.WARNING if problem.warning else ImportLine.Kind.PROBLEM
        self._counts["warnings" if problem.warning else "problems"] += 1
        self._lines.append(
            ImportLine(
                of=self._run,
                kind=kind,
                line=problem.line,
                handle=problem.handle[:255],
                message=problem.message,
            )
        )

    def writing(self, outcome: ProductOutcome, counts: Counter[str]) -> None:
        mine = Counter({"done": 1, outcome.outcome: 1, "pictures": counts["pictures created"]})
        self._store(self._counts + mine, [*self._lines, self._line_of(outcome)])

    def written(self, outcome: ProductOutcome) -> None:
        self.done += 1
        if outcome.outcome in ("created", "updated"):  # stored in its transaction
            self._forget()
            return
        self._counts.update(["done", outcome.outcome])
        if outcome.outcome == "skipped":
            self._note_skipped(outcome)
        self._told = len(self._lines)
        if time.monotonic() - self._stored_at > EVERY_SECONDS:
            self.store()

    def store(self) -> None:
        """Note what wrote nothing, up to the last product."""
        with transaction.atomic():
            self._store(self._counts, self._lines)
        self._forget()

    def _note_skipped(self, outcome: ProductOutcome) -> None:
        """What was wrong with the product is why it was left out."""
        reasons = [one for one in self._lines[self._told :] if one.kind == ImportLine.Kind.PROBLEM]
        for line in reasons:
            line.kind = ImportLine.Kind.SKIPPED
            line.title = outcome.title[:255]
        if not reasons:
            self._lines.append(self._line_of(outcome))

    def _forget(self) -> None:
        self._counts.clear()
        self._lines.clear()
        self._told = 0
        self._stored_at = time.monotonic()

    def _store(self, counts: Counter[str], lines: list[ImportLine]) -> None:
        values: dict[str, Any] = {name: F(name) + count for name, count in counts.items() if count}
        ImportLine.objects.bulk_create(lines)
        if counts["done"]:
            values |= {"attempts": 0, "rate": self._watch.rate(self.done)}
        CatalogImport.objects.filter(pk=self._run.pk).update(**values, seen_at=timezone.now())

    def _line_of(self, outcome: ProductOutcome) -> ImportLine:
        changes = [[text[:MAX_SHOWN] for text in astuple(one)] for one in outcome.changes]
        return ImportLine(
            of=self._run,
            kind=outcome.outcome,
            line=outcome.line,
            handle=outcome.handle[:255],
            title=outcome.title[:255],
            changes=changes,
            message=outcome.offered,
        )
