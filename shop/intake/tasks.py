"""Deleting what was discarded, with its files, in the background, on the queue `pictures`."""

from __future__ import annotations

import time

from celery import shared_task

from shop.catalog.models import Product
from shop.celery import dispatch
from shop.intake.models import Draft
from shop.locks import try_lock

SECONDS_AT_ONCE = 20.0
AT_ONCE = 20  # products, in one transaction


@shared_task
def clear_drafts() -> None:
    """Delete drafts that are to go, some seconds at a time."""
    end = time.monotonic() + SECONDS_AT_ONCE
    with try_lock("clear-drafts") as held:
        more = held
        while more and time.monotonic() < end:
            going = Draft.objects.filter(state=Draft.State.GOING).order_by("pk")[:AT_ONCE]
            ids = [draft.product_id for draft in going]
            Product.objects.filter(pk__in=[one for one in ids if one], published=False).delete()
            # Those whose product somebody put on sale meanwhile, or which have none.
            Draft.objects.filter(pk__in=[draft.pk for draft in going]).delete()
            more = len(ids) == AT_ONCE
    if more:
        dispatch(clear_drafts)
