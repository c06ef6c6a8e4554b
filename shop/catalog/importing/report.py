"""What an import did, and what it could not do."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in the file. `line` is the row as a spreadsheet numbers it: titles are 1.

    A warning says what was changed or left out; otherwise what stands there was skipped.
    """

    line: int
    handle: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        where = f"line {self.line}" + (f" ({self.handle})" if self.handle else "")
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class ImportReport:
    """The outcome. Of a dry run: what the import would do."""

    dry_run: bool
    rows: int
    products_created: int
    products_updated: int
    products_unchanged: int
    products_skipped: int
    variants_created: int
    variants_updated: int
    pictures_created: int
    seconds: float
    problems: list[Problem]

    @property
    def skipped(self) -> int:
        """How many problems had something skipped."""
        return sum(not problem.warning for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "skipped": self.skipped}


@dataclass
class Tally:
    """Counts while an import runs."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def skip(self, line: int, handle: str, message: str) -> None:
        self.problems.append(Problem(line, handle, message))

    def warn(self, line: int, handle: str, message: str) -> None:
        self.problems.append(Problem(line, handle, message, warning=True))

    def report(self, *, dry_run: bool, seconds: float) -> ImportReport:
        count = self.counts
        return ImportReport(
            dry_run=dry_run,
            rows=count["rows"],
            products_created=count["products created"],
            products_updated=count["products updated"],
            products_unchanged=count["products unchanged"],
            products_skipped=count["products skipped"],
            variants_created=count["variants created"],
            variants_updated=count["variants updated"],
            pictures_created=count["pictures created"],
            seconds=round(seconds, 2),
            problems=sorted(self.problems),
        )
