"""`manage.py export_catalog FORMAT FILE`: the catalogue as a file that an import reads back."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shop.catalog.exporting import FORMATS, export_catalog
from shop.catalog.management.progress import progress_on


class Command(BaseCommand):
    help = (
        "Write all products to FILE: Shopify's product CSV (shopify), a Google Merchant feed of "
        "what is on sale (google-tsv, google-xml), or a plain spreadsheet (csv, xlsx). Pictures "
        "are addresses of the shop (SHOP_URL), or with --zip files beside the table in a ZIP."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", metavar="FORMAT", choices=FORMATS, help=", ".join(FORMATS))
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--zip", action="store_true", help="write a ZIP of the table and its pictures"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = progress_on(self.stderr.write)
        try:
            report = export_catalog(
                options["format"],
                options["file"],
                with_pictures=options["zip"],
                progress=progress,
            )
        except OSError as error:
            raise CommandError(
                f"{options['file']} cannot be written: {error.strerror or error}."
            ) from error
        finally:
            progress.close()
        for message in report.left_out:
            self.stderr.write(f"warning: {message}")
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2))
            return
        missing = f" ({report.pictures_missing} missing)" if report.pictures_missing else ""
        self.stdout.write(
            f"{report.products} products, {report.variants} variants, {report.pictures} pictures"
            f"{missing} written. {report.seconds:.1f} s."
        )
