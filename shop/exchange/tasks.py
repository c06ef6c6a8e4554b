"""Checks, imports and exports in the background, on the queue `celery`.

For what nobody was at for `LOST_SECONDS` the sweep rings anew. Messages outlive that: where a
worker is busy for minutes, the first it takes is an old one. Those that follow find it done.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from shop.celery import dispatch
from shop.exchange import exports, running, upkeep
from shop.exchange.models import CatalogExport, CatalogImport, ExportState

SECONDS_AT_ONCE = 20.0
LOST_SECONDS = 4 * settings.SWEEP_SECONDS
# A check and an export are one piece. Longer than the broker waits for an acknowledgement, so it
# is given at once; what is lost with its worker the sweep finds.
LONGEST = 4 * 3600
IN_ONE_PIECE: dict[str, Any] = {
    "acks_late": False,
    "soft_time_limit": LONGEST,
    "time_limit": LONGEST + 60,
    "expires": settings.BELL_SECONDS,
}


@shared_task(**IN_ONE_PIECE)
def check_file(import_id: int) -> None:
    """Find out what an import of an uploaded file would do."""
    running.check_file(import_id)


@shared_task(expires=settings.BELL_SECONDS)
def continue_imports() -> None:
    """Go on with the import whose turn it is, some seconds at a time."""
    if running.continue_imports(SECONDS_AT_ONCE):
        dispatch(continue_imports)


@shared_task(**IN_ONE_PIECE)
def make_export(export_id: int) -> None:
    """Write the file of an export."""
    exports.make_export(export_id)


@shared_task
def sweep() -> None:
    """Ring for what nobody was at for some time: its message was lost, or its worker died. Where
    somebody is at it after all, a lock says so."""
    before = timezone.now() - timedelta(seconds=LOST_SECONDS)
    checking = CatalogImport.objects.checking().filter(seen_at__lt=before).order_by("asked_at")
    for pk in checking.values_list("pk", flat=True):
        dispatch(check_file, import_id=pk)
    turn = CatalogImport.objects.importing().first()
    if turn is not None and turn.seen_at < before:
        dispatch(continue_imports)
    waiting = CatalogExport.objects.filter(state=ExportState.WAITING, seen_at__lt=before)
    for pk in waiting.order_by("asked_at").values_list("pk", flat=True):
        dispatch(make_export, export_id=pk)


@shared_task
def forget_old() -> None:
    """Remove files that were kept long enough, and forget what is older still."""
    upkeep.forget_old(file_days=settings.EXCHANGE_FILE_DAYS, days=settings.EXCHANGE_DAYS)
