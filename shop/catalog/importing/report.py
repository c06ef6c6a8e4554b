"""What an import did, and what it could not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

# So many problems, and so many warnings, are kept in memory; all go to the report file.
KEPT = 1000


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in the file. `line` is the row as a spreadsheet numbers it: titles are 1.

    A warning says what was changed or left out; otherwise what stands there was skipped. `costs`
    says what is not imported for it: "product", "row" or "picture"; empty while that is open.
    """

    line: int
    handle: str
    message: str
    warning: bool = False
    costs: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}" + (f" ({self.handle})" if self.handle else "")
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class FieldChange:
    """A value that differs: what the shop has and what the file says, empty where there is none."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class ProductOutcome:
    """What becomes of a product: `outcome` is "created", "updated", "unchanged" or "skipped".

    `offered` says in words what a new one is sold as: variants, price, stock and SKUs.
    """

    line: int
    handle: str
    title: str
    outcome: str
    changes: list[FieldChange] = field(default_factory=list)
    offered: str = ""


@dataclass(frozen=True)
class ImportReport:
    """The outcome. Of a dry run: what the import would do.

    `problems` are the first of them; `skipped` and `warnings` count all.
    """

    dry_run: bool
    format: str
    rows: int
    products_created: int
    products_updated: int
    products_unchanged: int
    products_skipped: int
    variants_created: int
    variants_updated: int
    pictures_created: int
    pictures_fetched: int
    seconds: float
    cancelled: bool
    skipped: int
    warnings: int
    notes: list[str]
    problems: list[Problem]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Plan:
    """What an import of the file would do, found without writing, fetching or decoding anything.

    Counts are of all; `created`, `updated` and `problems` hold the first of each. Of the `skipped`
    problems, `rows_left_out` cost a row alone and `pictures_left_out` a picture alone; the others
    say why products are skipped.
    `pictures_to_fetch` are those of `pictures_new` that an import would ask other machines for.
    `notes` say what was made of columns that the format does not know.
    """

    format: str
    rows: int
    products_created: int
    products_updated: int
    products_unchanged: int
    products_skipped: int
    variants_created: int
    variants_updated: int
    pictures_new: int
    pictures_to_fetch: int
    seconds: float
    cancelled: bool
    skipped: int
    rows_left_out: int
    pictures_left_out: int
    warnings: int
    notes: list[str]
    new_categories: list[str]
    new_attributes: list[str]
    created: list[ProductOutcome]
    updated: list[ProductOutcome]
    problems: list[Problem]

    @property
    def changes_nothing(self) -> bool:
        return not (self.products_created or self.products_updated)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Tally:
    """Counts while an import runs, and tells each problem and outcome to whoever listens.

    While it is `muted` it does neither: what is read then was told before. Within `holding`,
    problems are kept back, to be told when it is their product's turn. `on_writing` hears of a
    product within its transaction, `on_product` when that is committed.
    """

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    on_problem: Callable[[Problem], None] | None = None
    on_product: Callable[[ProductOutcome], None] | None = None
    on_writing: Callable[[ProductOutcome, Counter[str]], None] | None = None
    muted: bool = False
    _held: list[Problem] | None = None
    _open: list[Problem] = field(default_factory=list)  # until their product's outcome is known

    def count(self, what: str, number: int = 1) -> None:
        if not self.muted:
            self.counts[what] += number

    def skip(self, line: int, handle: str, message: str, *, costs: str = "") -> None:
        """Something is left out: what `costs` says, else a row, or its product if that has no other
        that can be taken."""
        self._meet(Problem(line, handle, message, costs=costs))

    def warn(self, line: int, handle: str, message: str) -> None:
        self._meet(Problem(line, handle, message, warning=True))

    def note(self, message: str) -> None:
        """Say something of the file as a whole, once."""
        if message not in self.notes:
            self.notes.append(message)

    def writing(self, outcome: ProductOutcome, counts: Counter[str]) -> None:
        if self.on_writing is not None:
            self.on_writing(outcome, counts)

    def done(self, outcome: ProductOutcome) -> None:
        self.counts[f"products {outcome.outcome}"] += 1
        self.close("product" if outcome.outcome == "skipped" else "row")
        if self.on_product is not None:
            self.on_product(outcome)

    @contextmanager
    def holding(self) -> Iterator[list[Problem]]:
        """Gives the problems that are met within, of which nobody has heard yet."""
        held: list[Problem] = []
        self._held = held
        try:
            yield held
        finally:
            self._held = None

    def tell(self, problem: Problem) -> None:
        self.count("warnings" if problem.warning else "skipped")
        if problem.warning or problem.costs:
            self._keep(problem)
        else:
            self._open.append(problem)
        if self.on_problem is not None:
            self.on_problem(problem)

    def close(self, costs: str) -> None:
        """The problems that are open cost a product, or rows of it."""
        for problem in self._open:
            self._keep(replace(problem, costs=costs))
        self._open.clear()

    def _keep(self, problem: Problem) -> None:
        # As many of each kind: neither warnings nor pictures crowd the others out.
        kind = "told warnings" if problem.warning else f"costs a {problem.costs}"
        self.count(kind)
        if self.counts[kind] <= KEPT:
            self.problems.append(problem)

    def _meet(self, problem: Problem) -> None:
        if self.muted:
            return
        if self._held is None:
            self.tell(problem)
        else:
            self._held.append(problem)

    def report(
        self, *, dry_run: bool, format: str, seconds: float, cancelled: bool
    ) -> ImportReport:
        count = self.counts
        return ImportReport(
            dry_run=dry_run,
            format=format,
            rows=count["rows"],
            products_created=count["products created"],
            products_updated=count["products updated"],
            products_unchanged=count["products unchanged"],
            products_skipped=count["products skipped"],
            variants_created=count["variants created"],
            variants_updated=count["variants updated"],
            pictures_created=count["pictures created"],
            pictures_fetched=count["pictures fetched"],
            seconds=round(seconds, 2),
            cancelled=cancelled,
            skipped=count["skipped"],
            warnings=count["warnings"],
            notes=list(self.notes),
            problems=sorted(self.problems),
        )
