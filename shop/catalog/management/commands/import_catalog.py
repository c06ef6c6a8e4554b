"""`manage.py import_catalog FILE`: products, variants and pictures from a file."""

from __future__ import annotations

import json
from argparse import ArgumentParser, BooleanOptionalAction
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.catalog.importing import (
    ImportBusy,
    ImportReport,
    Plan,
    Problem,
    UnreadableFile,
    import_catalog,
    plan,
)
from shop.catalog.management.progress import progress_on


class Command(BaseCommand):
    help = (
        "Import products, variants and pictures from Shopify's product CSV, a Google Merchant feed "
        "(TSV or XML), a plain spreadsheet (CSV or XLSX), or from a ZIP with one of these and its "
        "pictures. Pictures are found by their path relative to the file, or by their address. "
        "Running it again changes only what differs; an interrupted import is simply run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--plan",
            action="store_true",
            help="say what would be created and updated, field by field; write, decode and fetch "
            "nothing",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything, pictures too; write nothing"
        )
        parser.add_argument(
            "--fetch",
            action=BooleanOptionalAction,
            default=False,
            help="fetch pictures from the addresses that the file names. Off unless you ask for "
            "it: it lets whoever wrote the file decide which machines this one asks",
        )
        parser.add_argument(
            "--refetch",
            action="store_true",
            help="fetch pictures also from addresses whose pictures are here already",
        )
        parser.add_argument(
            "--report", metavar="CSV", type=Path, help="write each change and problem to a file"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = progress_on(self.stderr.write)
        report: ImportReport | Plan
        try:
            if options["plan"]:
                report = plan(
                    options["file"],
                    fetch=options["fetch"] or options["refetch"],
                    progress=progress,
                    report_file=options["report"],
                )
            else:
                report = import_catalog(
                    options["file"],
                    dry_run=options["dry_run"],
                    fetch=options["fetch"],
                    refetch=options["refetch"],
                    progress=progress,
                    report_file=options["report"],
                )
        except (UnreadableFile, ImportBusy) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as stop:
            message = "Interrupted. Run it again to import the rest."
            raise CommandError(message, returncode=130) from stop
        finally:
            progress.close()
        self._tell_problems(report.problems, report.skipped + report.warnings)
        for note in report.notes:
            self.stderr.write(note)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2))
        elif isinstance(report, Plan):
            self._tell_plan(report)
        else:
            self.stdout.write(_summary(report))

    def _tell_problems(self, problems: Iterable[Problem], count: int) -> None:
        told = 0
        for problem in problems:
            self.stderr.write(f"warning: {problem}" if problem.warning else str(problem))
            told += 1
        if told < count:
            self.stderr.write(f"... and {count - told} more: --report writes all of them to a file")

    def _tell_plan(self, report: Plan) -> None:
        for product in report.created:
            self.stdout.write(f"line {product.line}: create {product.handle} ({product.title})")
        for product in report.updated:
            self.stdout.write(f"line {product.line}: update {product.handle}")
            for change in product.changes:
                self.stdout.write(f"    {change.field}: {change.old!r} -> {change.new!r}")
        shown = len(report.created) + len(report.updated)
        rest = report.products_created + report.products_updated - shown
        if rest:
            self.stdout.write(f"... and {rest} more: --report writes all of them to a file")
        self.stdout.write(
            f"Plan, nothing written. Products: {report.products_created} to create, "
            f"{report.products_updated} to update, {report.products_unchanged} unchanged, "
            f"{report.products_skipped} skipped. Variants: {report.variants_created} to create, "
            f"{report.variants_updated} to update. Pictures: {report.pictures_new} new, "
            f"{report.pictures_to_fetch} of them from the net. Rows: {report.rows} read, "
            f"{report.skipped} problems, {report.warnings} warnings. {report.seconds:.1f} s."
        )


def _summary(report: ImportReport) -> str:
    would = "Dry run, nothing written; it would be: " if report.dry_run else ""
    return (
        f"{would}Products: {report.products_created} created, {report.products_updated} updated, "
        f"{report.products_unchanged} unchanged, {report.products_skipped} skipped. "
        f"Variants: {report.variants_created} created, {report.variants_updated} updated. "
        f"Pictures: {report.pictures_created} created, {report.pictures_fetched} fetched. "
        f"Rows: {report.rows} read, {report.skipped} problems, {report.warnings} warnings. "
        f"{report.seconds:.1f} s."
    )
