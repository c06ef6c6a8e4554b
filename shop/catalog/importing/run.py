"""Runs an import, or the plan of one, from the file to the report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from django.db import DataError, IntegrityError, InternalError
from django.utils.translation import gettext as _

from shop.catalog.importing.data import Format, ProductData
from shop.catalog.importing.fetching import Fetcher
from shop.catalog.importing.formats import detect
from shop.catalog.importing.known import Known
from shop.catalog.importing.matching import Matches
from shop.catalog.importing.pictures import PicturePicker
from shop.catalog.importing.reading import count_products, read_products
from shop.catalog.importing.report import ImportReport, Plan, Problem, ProductOutcome, Tally
from shop.catalog.importing.report_file import ReportFile
from shop.catalog.importing.source import Source, open_source
from shop.catalog.importing.writing import ProductWriter
from shop.locks import try_lock

Progress = Callable[[int, int], None]
# So many products of the file are compared with the shop's at once.
AT_ONCE = 100


class Journal(Protocol):
    """Keeps what an import did, so that another process goes on where this one died."""

    def problem(self, problem: Problem) -> None:
        """Something is wrong, with the product whose turn it is or on the way to it."""

    def writing(self, outcome: ProductOutcome, counts: Counter[str]) -> None:
        """A product is written: called in its transaction, and what is written here is committed
        with it or not at all. `counts` are of this product's variants and pictures."""

    def written(self, outcome: ProductOutcome) -> None:
        """A product is done, whatever became of it. One of which nothing was written is told of
        only here."""


class ImportBusy(Exception):
    """Another import is running."""


def import_catalog(
    path: Path,
    *,
    dry_run: bool = False,
    fetch: bool = False,
    refetch: bool = False,
    beside: bool = True,
    skip: int = 0,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    report_file: Path | None = None,
    fetcher: Fetcher | None = None,
    journal: Journal | None = None,
) -> ImportReport:
    """Import the file at `path`; run twice, or again after an interruption, it adds nothing twice.

    What is wrong in the file is skipped and reported, never raised: only a file that cannot be
    read at all raises `UnreadableFile`, before anything is written. A second import at the same
    time raises `ImportBusy`.

    `fetch`: whether pictures are fetched from the addresses that the file names, which lets the
    file decide whom this machine asks (`refetch`: also those that it holds already). `beside`:
    whether they may lie in the folder of the file, which is not so for an upload.

    `progress` is called with the products done and all of them. Where `cancelled` says so the
    import ends between two products; another one with `skip`, the number of products done, goes on
    from there and reports its own part. `report_file` gets a line for each change and each problem,
    as CSV; with `skip` it is written on. `journal` hears of the same; what it writes when a product
    is written is committed with the product, so that it knows how far an import came that was
    killed.
    """
    started = time.monotonic()
    prepared = _prepared(
        path, beside=beside, report_file=report_file, append=skip > 0, journal=journal
    )
    with prepared as run:
        with try_lock("import-catalog") as held:
            if not held:
                raise ImportBusy(
                    _("Another import is running. Wait for its end, then run this again.")
                )
            pictures = PicturePicker(
                run.source,
                run.tally,
                fetcher=(fetcher or Fetcher()) if fetch or refetch else None,
                planning=False,
                again=refetch,
                dry_run=dry_run,
            )
            matches = Matches(dry_run=dry_run)
            writer = ProductWriter(pictures, matches, run.tally, dry_run=dry_run)
            stopped = _write_all(run, writer, matches, skip, progress, cancelled)
        return run.tally.report(
            dry_run=dry_run,
            format=run.kind.name,
            seconds=time.monotonic() - started,
            cancelled=stopped,
        )


def plan(
    path: Path,
    *,
    fetch: bool = False,
    beside: bool = True,
    first: int = 100,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    report_file: Path | None = None,
) -> Plan:
    """What an import of the file at `path` would do, field by field; reads all, writes nothing.

    No picture is decoded or fetched: those of a new product are counted, and whether they are
    pictures at all the import finds out. `first`: so many products created, products updated,
    warnings and problems of each cost are in the plan; `report_file` gets all of them. Raises
    `UnreadableFile`.
    """
    started = time.monotonic()
    created: list[ProductOutcome] = []
    updated: list[ProductOutcome] = []
    kept = {"created": created, "updated": updated}

    def keep(outcome: ProductOutcome) -> None:
        of_its_kind = kept.get(outcome.outcome)
        if of_its_kind is not None and len(of_its_kind) < first:
            of_its_kind.append(outcome)

    with _prepared(path, beside=beside, report_file=report_file, keep=keep) as run:
        pictures = PicturePicker(
            run.source,
            run.tally,
            fetcher=Fetcher() if fetch else None,
            planning=True,
            again=False,
            dry_run=True,
        )
        matches = Matches(dry_run=True)
        writer = ProductWriter(pictures, matches, run.tally, dry_run=True)
        stopped = _write_all(run, writer, matches, 0, progress, cancelled)
        count, tally = run.tally.counts, run.tally
        by_kind: dict[str, list[Problem]] = {}
        for problem in sorted(tally.problems):
            kind = "warning" if problem.warning else problem.costs
            by_kind.setdefault(kind, []).append(problem)
        return Plan(
            format=run.kind.name,
            rows=count["rows"],
            products_created=count["products created"],
            products_updated=count["products updated"],
            products_unchanged=count["products unchanged"],
            products_skipped=count["products skipped"],
            variants_created=count["variants created"],
            variants_updated=count["variants updated"],
            pictures_new=count["pictures created"],
            pictures_to_fetch=count["pictures to fetch"],
            seconds=round(time.monotonic() - started, 2),
            cancelled=stopped,
            skipped=count["skipped"],
            rows_left_out=count["costs a row"],
            pictures_left_out=count["costs a picture"],
            warnings=count["warnings"],
            notes=list(tally.notes),
            new_categories=matches.new_categories[:first],
            new_attributes=matches.new_attributes[:first],
            created=created,
            updated=updated,
            problems=sorted(one for some in by_kind.values() for one in some[:first]),
        )


@dataclass
class _Run:
    source: Source
    kind: Format
    last: dict[str, int]
    tally: Tally


@contextmanager
def _prepared(
    path: Path,
    *,
    beside: bool,
    report_file: Path | None,
    append: bool = False,
    keep: Callable[[ProductOutcome], None] | None = None,
    journal: Journal | None = None,
) -> Iterator[_Run]:
    """The opened file, read through once, and whoever hears of its products and problems."""
    with open_source(path, beside=beside) as source:
        kind = detect(source)
        last = count_products(kind, source)
        with ReportFile.open(report_file, append=append) as written:

            def on_product(outcome: ProductOutcome) -> None:
                written.product(outcome)
                if keep is not None:
                    keep(outcome)
                if journal is not None:
                    journal.written(outcome)

            def on_problem(problem: Problem) -> None:
                written.problem(problem)
                if journal is not None:
                    journal.problem(problem)

            tally = Tally(
                on_problem=on_problem,
                on_product=on_product,
                on_writing=journal.writing if journal is not None else None,
            )
            yield _Run(source, kind, last, tally)


def _write_all(
    run: _Run,
    writer: ProductWriter,
    matches: Matches,
    skip: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> bool:
    """Write product after product; whether it was stopped before the last."""
    tally = run.tally
    done = 0
    products = read_products(run.kind, run.source, run.last, tally, skip=skip)
    while chunk := _read_ahead(products, tally):
        known = Known.load(one for one, _problems in chunk if isinstance(one, ProductData))
        for product, problems in chunk:
            if product is None:  # the end, and what is wrong behind the last product
                _tell(tally, problems)
                tally.close("row")
                return False
            done += 1
            if done <= skip:
                if isinstance(product, ProductData):
                    writer.pass_by(product)
                continue
            if cancelled is not None and cancelled():
                return True
            _tell(tally, problems)
            if isinstance(product, ProductOutcome):
                handle = problems[-1].handle if problems else product.handle
                tally.done(replace(product, handle=handle))
            else:
                _write_one(writer, product, known, matches)
            if progress is not None:
                progress(done, len(run.last))
    return False


def _read_ahead(
    products: Iterator[ProductData | ProductOutcome], tally: Tally
) -> list[tuple[ProductData | ProductOutcome | None, list[Problem]]]:
    """The next products, each with the problems that were met on the way to it; None at the end."""
    chunk: list[tuple[ProductData | ProductOutcome | None, list[Problem]]] = []
    while len(chunk) < AT_ONCE:
        with tally.holding() as problems:
            product = next(products, None)
        chunk.append((product, problems))
        if product is None:
            break
    return chunk


def _tell(tally: Tally, problems: list[Problem]) -> None:
    for problem in problems:
        tally.tell(problem)


def _write_one(writer: ProductWriter, product: ProductData, known: Known, matches: Matches) -> None:
    try:
        writer.write(product, known)
    except (IntegrityError, DataError, InternalError) as error:
        # Someone else wrote the same just now, or a value that the checks let through.
        writer.fail(product, str(error).partition("\n")[0])
        matches.refresh()
