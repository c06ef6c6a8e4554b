"""Runs an import from the file to the report."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from django.db import DataError, IntegrityError, InternalError

from shop.catalog.importing.matching import Matches
from shop.catalog.importing.report import ImportReport, Tally
from shop.catalog.importing.shopify import count_products, read_products
from shop.catalog.importing.source import open_source
from shop.catalog.importing.writing import ProductWriter
from shop.locks import try_lock


class ImportBusy(Exception):
    """Another import is running."""


def import_catalog(
    path: Path,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Import the file at `path`; run twice, or again after an interruption, it adds nothing twice.

    What is wrong in the file is skipped and reported, never raised: only a file that cannot be
    read at all raises `UnreadableFile`, before anything is written. A second import at the same
    time raises `ImportBusy`. `progress` is called with the products done and all of them.
    """
    started = time.monotonic()
    tally = Tally()
    with open_source(path) as source, try_lock("import-catalog") as held:
        if not held:
            raise ImportBusy("Another import is running. Wait for its end, then run this again.")
        last = count_products(source)
        matches = Matches(dry_run=dry_run)
        writer = ProductWriter(source, matches, tally, dry_run=dry_run)
        for product in read_products(source, last, tally):
            try:
                writer.write(product)
            except (IntegrityError, DataError, InternalError) as error:
                # Someone else wrote the same just now, or a value that the checks let through.
                reason = str(error).partition("\n")[0]
                tally.skip(product.line, product.slug, f"it could not be written: {reason}")
                tally.counts["products skipped"] += 1
                matches.refresh()
            if progress is not None:
                counts = tally.counts
                done = sum(
                    counts[f"products {outcome}"]
                    for outcome in ("created", "updated", "unchanged", "skipped")
                )
                progress(done, len(last))
    return tally.report(dry_run=dry_run, seconds=time.monotonic() - started)
