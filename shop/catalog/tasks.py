"""Background work on the catalogue, on the queue `pictures`.

Models are named as `Pictured` models are in `apps.get_model`: "catalog.productimage".
"""

from __future__ import annotations

from collections.abc import Callable

from celery import Task, shared_task
from django.apps import apps

from shop.catalog import renditions
from shop.catalog.pictured import Pictured, pictured_models
from shop.celery import dispatch
from shop.locks import try_lock

PRODUCTS = "catalog.productimage"


@shared_task
def make_renditions(image_id: int, model: str = PRODUCTS) -> None:
    """Make the WebP files of one picture, just saved."""
    renditions.make_renditions(apps.get_model(model), image_id)


@shared_task
def sweep_renditions(model: str = "", after: int = 0) -> None:
    """Make what WebP files are missing, a bounded number at a time until there are no more."""
    _sweep(renditions.sweep_renditions, sweep_renditions, model, after)


@shared_task
def sweep_avif(model: str = "", after: int = 0) -> None:
    """Make what AVIF files are missing, one picture at a time: this task has the lowest priority,
    and all that comes meanwhile is done between two of them."""
    _sweep(renditions.sweep_avif, sweep_avif, model, after)


def _sweep(sweep: Callable[..., int | None], task: Task, model: str, after: int) -> None:
    """Sweep one model from `after`, or all from the start.

    Where one sweep runs, another has nothing to do.
    """
    models: list[type[Pictured]] = [apps.get_model(model)] if model else pictured_models()
    for one in models:
        with try_lock(task.name) as held:
            last = sweep(one, after=after) if held else None
        if last is not None:
            dispatch(task, model=one._meta.label_lower, after=last)
