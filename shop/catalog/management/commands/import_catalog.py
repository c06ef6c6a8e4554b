"""`manage.py import_catalog FILE`: products, variants and pictures from a file."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from shop.catalog.importing import (
    ImportBusy,
    ImportReport,
    UnreadableFile,
    import_catalog,
)


class Command(BaseCommand):
    help = (
        "Import products, variants and pictures from Shopify's product CSV, or from a ZIP with the "
        "CSV and its pictures. Pictures are found by their path relative to the CSV. Running it "
        "again changes only what differs; an interrupted import is simply run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything, pictures too; write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = _Bar() if sys.stderr.isatty() else _Lines(self.stderr.write)
        try:
            report = import_catalog(options["file"], dry_run=options["dry_run"], progress=progress)
        except (UnreadableFile, ImportBusy) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as stop:
            message = "Interrupted. Run it again to import the rest."
            raise CommandError(message, returncode=130) from stop
        finally:
            progress.close()
        for problem in report.problems:
            self.stderr.write(f"warning: {problem}" if problem.warning else str(problem))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2))
        else:
            self.stdout.write(_summary(report))


def _summary(report: ImportReport) -> str:
    would = "Dry run, nothing written; it would be: " if report.dry_run else ""
    warnings = sum(problem.warning for problem in report.problems)
    return (
        f"{would}Products: {report.products_created} created, {report.products_updated} updated, "
        f"{report.products_unchanged} unchanged, {report.products_skipped} skipped. "
        f"Variants: {report.variants_created} created, {report.variants_updated} updated. "
        f"Pictures: {report.pictures_created} created. "
        f"Rows: {report.rows} read, {report.skipped} problems, {warnings} warnings. "
        f"{report.seconds:.1f} s."
    )


class _Bar:
    """Progress on a terminal."""

    def __init__(self) -> None:
        self._bar = tqdm(unit=" products", file=sys.stderr, leave=False)

    def __call__(self, done: int, total: int) -> None:
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _Lines:
    """Progress elsewhere: a line every few seconds."""

    SECONDS = 5.0

    def __init__(self, write: Callable[[str], Any]) -> None:
        self._write = write
        self._started = self._last = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last >= self.SECONDS:
            self._last = now
            rate = done / (now - self._started)
            self._write(f"{done} of {total} products, {rate:.1f} a second")

    def close(self) -> None:
        pass
