"""What is kept for some days, and then removed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from shop.exchange import files, imports
from shop.exchange.models import CatalogExport, CatalogImport, ImportState

ABANDONED_SECONDS = 24 * 3600


def forget_old(*, file_days: int, days: int) -> None:
    """Remove the files of runs that ended, or waited for a decision, so many days ago; and, after
    `days`, what is known of them."""
    now = timezone.now()
    kept_since = now - timedelta(days=file_days)
    undecided = CatalogImport.objects.filter(state=ImportState.CHECKED, checked_at__lt=kept_since)
    for pk in undecided.values_list("pk", flat=True):
        imports.discard(import_id=pk)
    for model in (CatalogImport, CatalogExport):
        ended = model.objects.filter(finished_at__lt=kept_since, files_removed=False)
        for run in ended:
            files.remove(run.key)
            model.objects.filter(pk=run.pk).update(files_removed=True)
        model.objects.filter(finished_at__lt=now - timedelta(days=days)).delete()
    files.remove_abandoned(ABANDONED_SECONDS)
