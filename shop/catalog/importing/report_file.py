"""The report of an import as a CSV: each change and each problem, however many there are."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from shop.catalog.importing.report import Problem, ProductOutcome
from shop.spreadsheets import neutralised


class ReportFile:
    """Written line by line, in the order in which things happen; without a file, nowhere."""

    def __init__(self, file: TextIO | None) -> None:
        self._writer = csv.writer(file) if file is not None else None

    @classmethod
    @contextmanager
    def open(cls, path: Path | None, *, append: bool = False) -> Iterator[ReportFile]:
        if path is None:
            yield cls(None)
            return
        # Excel takes a file for UTF-8 that begins so.
        encoding = "utf-8" if append else "utf-8-sig"
        with path.open("a" if append else "w", encoding=encoding, newline="") as file:
            report = cls(file)
            if not append:
                report.header()
            yield report

    def header(self) -> None:
        self._write(
            _("line"), _("handle"), _("outcome"), _("field"), _("before"), _("after"), _("problem")
        )

    def product(self, outcome: ProductOutcome) -> None:
        if outcome.outcome in ("created", "skipped") or not outcome.changes:
            if outcome.outcome != "unchanged":
                told = OUTCOMES[outcome.outcome]()
                self._write(outcome.line, outcome.handle, told, "", "", outcome.offered)
            return
        for change in outcome.changes:
            self._write(
                outcome.line,
                outcome.handle,
                OUTCOMES[outcome.outcome](),
                change.field,
                change.old,
                change.new,
            )

    def problem(self, problem: Problem) -> None:
        kind = _("warning") if problem.warning else _("problem")
        self._write(problem.line, problem.handle, kind, "", "", "", problem.message)

    def _write(self, *cells: str | int) -> None:
        if self._writer is not None:
            padded = [*cells, *[""] * (7 - len(cells))]
            self._writer.writerow(
                [cell if isinstance(cell, int) else neutralised(cell) for cell in padded]
            )


# Asked when written: the language is that of whoever imports.
OUTCOMES = {
    "created": lambda: _("created"),
    "updated": lambda: _("updated"),
    "unchanged": lambda: _("unchanged"),
    "skipped": lambda: _("skipped"),
}
