"""Every minute: sales that are over end, those whose time has come begin."""

from __future__ import annotations

from celery import shared_task
from django.db import OperationalError

from shop.pricing import services


@shared_task(autoretry_for=(OperationalError,), max_retries=3, retry_backoff=1)
def apply_sales() -> None:
    """Ends come first, so that a sale may follow another at once. Two workers do no harm."""
    services.end_due()
    services.start_due()
