"""Files of products: asked for by staff, written at once or in the background, kept some days."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.catalog.exporting import WRITERS, export_catalog
from shop.catalog.models import Category
from shop.celery import dispatch
from shop.exchange import files, tasks
from shop.exchange.models import CatalogExport, ExportState, Run
from shop.exchange.running import begin, given_up
from shop.exchange.watching import Watch
from shop.exchange.words import format_label, name_part
from shop.locks import try_lock
from shop.store.current import current_store

logger = logging.getLogger(__name__)

# So many products, without their pictures, are written while the browser waits.
AT_ONCE = 300


@dataclass(frozen=True)
class Wanted:
    """What goes into a file, and as what."""

    format: str
    category: Category | None = None
    only_published: bool = False
    only_in_stock: bool = False
    with_pictures: bool = False


def start_export(*, wanted: Wanted, actor: User) -> CatalogExport:
    """Have a file made. A small one is there at once: its state says so."""
    with transaction.atomic():
        run = CatalogExport.objects.create(
            format=wanted.format,
            category=wanted.category,
            category_name=wanted.category.name if wanted.category else "",
            only_published=wanted.only_published,
            only_in_stock=wanted.only_in_stock,
            with_pictures=wanted.with_pictures,
            actor=actor,
            language=get_language() or "en",
        )
        LogEntry.objects.log_actions(
            user_id=actor.pk,
            queryset=[run],
            action_flag=ADDITION,
            change_message=_("Export begun: %(format)s.") % {"format": format_label(wanted.format)},
            single_object=True,
        )
    small = not wanted.with_pictures and not run.products().order_by()[AT_ONCE:].exists()
    if small:
        make_export(run.pk)
        run.refresh_from_db()
    if run.is_running:
        dispatch(tasks.make_export, export_id=run.pk)
    return run


@transaction.atomic
def stop(*, export_id: int) -> CatalogExport:
    """Ask an export to stop; nothing of it is kept."""
    run = CatalogExport.objects.select_for_update().get(pk=export_id)
    if run.is_running:
        run.stop_requested = True
        run.save(update_fields=["stop_requested"])
        if run.started_at is None:  # nobody is at it who could stop
            _finish(run, state=ExportState.STOPPED)
    return run


def make_export(export_id: int) -> None:
    """Write the file. Whoever died at it, this begins anew; a file is there only when it is whole.

    Where another process is at it, nothing happens.
    """
    with try_lock(f"exchange-export-{export_id}") as held:
        rows = CatalogExport.objects.filter(pk=export_id, state=ExportState.WAITING)
        run = rows.select_related("category").first() if held else None
        if run is not None:
            with translation.override(run.language):
                _make(run)


def _make(run: CatalogExport) -> None:
    if run.attempts >= Run.MAX_ATTEMPTS:
        _finish(run, state=ExportState.FAILED, error=given_up(run))
        return
    if not begin(run):
        return
    watch = Watch(run)
    suffix = ".zip" if run.with_pictures else WRITERS[run.format].suffix
    path = files.folder_of(run.key) / f"products{suffix}"
    try:
        report = export_catalog(
            run.format,
            path,
            products=run.products(),
            with_pictures=run.with_pictures,
            progress=watch.progress,
            cancelled=watch,
        )
    except OSError as error:
        logger.exception("Export %d could not be written.", run.pk)
        reason = error.strerror or str(error)
        message = _("The file could not be written on the server: %(reason)s.")
        _finish(run, state=ExportState.FAILED, error=message % {"reason": reason})
        return
    if report.cancelled:
        _finish(run, state=ExportState.STOPPED)
        return
    _finish(
        run,
        state=ExportState.DONE,
        done=report.products,
        total=report.products,
        result=report.as_json(),
        file_size=path.stat().st_size,
        file_name=_name(run, suffix),
    )


def _finish(run: CatalogExport, **values: Any) -> None:
    now = timezone.now()
    CatalogExport.objects.filter(pk=run.pk).update(**values, finished_at=now, seen_at=now)


def _name(run: CatalogExport, suffix: str) -> str:
    """What the file is called where it is saved: the shop, what, as what, which day."""
    shop = slugify(current_store().name) or "shop"
    what = slugify(run.category_name) or "products"
    day = timezone.localdate().isoformat()
    return f"{shop[:40]}-{what[:60]}-{name_part(run.format)}-{day}{suffix}"
