"""Background work on the catalogue, on the queue `pictures`."""

from __future__ import annotations

from celery import shared_task

from shop.catalog import renditions
from shop.celery import dispatch
from shop.locks import try_lock


@shared_task
def make_renditions(image_id: int) -> None:
    """Make the renditions of one picture, just saved."""
    renditions.make_renditions(image_id=image_id)


@shared_task
def sweep_renditions(after: int = 0) -> None:
    """Make what renditions are missing, a bounded number at a time until there are no more.

    Where one sweep runs, another has nothing to do.
    """
    with try_lock("sweep-renditions") as held:
        last = renditions.sweep_renditions(after=after) if held else None
    if last is not None:
        dispatch(sweep_renditions, after=last)
