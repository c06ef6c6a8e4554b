"""Checks and imports files, in a worker. Whoever dies at it, the next one goes on."""

from __future__ import annotations

import logging
from typing import Any

from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shop.catalog.importing import ImportBusy, Plan, UnreadableFile, import_catalog, plan
from shop.exchange import files, imports
from shop.exchange.journal import MAX_SHOWN, DatabaseJournal
from shop.exchange.models import CatalogImport, ImportState, Run
from shop.exchange.watching import Watch
from shop.locks import try_lock

logger = logging.getLogger(__name__)

# So many new and changed products, and problems, does a preview show.
FIRST = 100


def check_file(import_id: int) -> None:
    """Find out what an import of the file would do; nothing is written but that."""
    with try_lock(f"exchange-check-{import_id}") as held:
        run = CatalogImport.objects.checking().filter(pk=import_id).first() if held else None
        if run is not None:
            with translation.override(run.language):
                _check(run)


def continue_imports(seconds: float) -> bool:
    """Go on for some time with the import whose turn it is; whether there is more to do.

    The lock is the one that `import_catalog` has: one import at a time, the command's too.
    """
    with try_lock("import-catalog") as held:
        run = CatalogImport.objects.importing().first() if held else None
        if run is None:
            return False
        with translation.override(run.language):
            _import(run, seconds)
    return CatalogImport.objects.importing().exists()


def begin(run: Any) -> bool:
    """Count an attempt, before any work; whether the run is still as it was read."""
    now = timezone.now()
    rows = type(run)._default_manager.filter(pk=run.pk, state=run.state)
    return bool(
        rows.update(attempts=F("attempts") + 1, started_at=run.started_at or now, seen_at=now)
    )


def given_up(run: Run) -> str:
    """Why a run is not begun once more."""
    return _(
        "It was interrupted %(count)s times at the same place, after %(done)s products. Tell "
        "whoever runs the server: its log says more."
    ) % {"count": run.attempts, "done": run.done}


def _check(run: CatalogImport) -> None:
    if run.attempts >= Run.MAX_ATTEMPTS:
        imports.finish(import_id=run.pk, state=ImportState.FAILED, error=given_up(run))
        return
    if not begin(run):
        return
    watch = Watch(run)
    path = files.upload_of(run.key, run.file_name)
    try:
        found = plan(
            path,
            fetch=True,  # says which there would be to fetch
            beside=False,
            first=FIRST,
            progress=watch.progress,
            cancelled=watch,
            report_file=files.folder_of(run.key) / files.PREVIEW,
        )
    except UnreadableFile as error:
        imports.finish(import_id=run.pk, state=ImportState.FAILED, error=str(error))
        return
    if found.cancelled:
        imports.finish_stopped(import_id=run.pk)
        return
    CatalogImport.objects.checking().filter(pk=run.pk).update(
        state=ImportState.CHECKED, plan=_kept(found), checked_at=timezone.now(), attempts=0
    )


def _kept(found: Plan) -> dict[str, Any]:
    """What is kept of a plan: of long texts that change, the beginning."""
    kept = found.as_json()
    for product in kept["updated"]:
        for change in product["changes"]:
            change["old"], change["new"] = change["old"][:MAX_SHOWN], change["new"][:MAX_SHOWN]
    return kept


def _import(run: CatalogImport, seconds: float) -> None:
    if run.attempts >= Run.MAX_ATTEMPTS:
        imports.finish(import_id=run.pk, state=ImportState.FAILED, error=given_up(run))
        return
    if not begin(run):
        return
    watch = Watch(run, seconds)
    journal = DatabaseJournal(run, watch)
    try:
        report = import_catalog(
            files.upload_of(run.key, run.file_name),
            fetch=run.fetch,
            beside=False,
            skip=run.done,
            cancelled=watch,
            journal=journal,
        )
    except (UnreadableFile, ImportBusy) as error:
        journal.store()
        imports.finish(import_id=run.pk, state=ImportState.FAILED, error=str(error))
        return
    journal.store()
    if not report.cancelled:
        imports.finish(import_id=run.pk, state=ImportState.DONE)
    elif watch.stopped:
        imports.finish_stopped(import_id=run.pk)
    logger.info("Import %d: %d products written in this slice.", run.pk, journal.done)
