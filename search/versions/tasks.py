"""The Celery tasks of a change of models. A sweep of embeddings rings for them: `ring`."""

from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings

from search.encoders.cache import EXPORT_SECONDS
from search.versions import comparing, dropping, preparing, readiness
from shop.celery import dispatch
from shop.locks import try_lock

logger = logging.getLogger(__name__)

DROP_SECONDS = 20.0


def ring() -> None:
    """Have done whatever is due and no message tells of any more."""
    if preparing.is_due():
        dispatch(prepare_model)
    if comparing.is_due():
        dispatch(compare_models)
    if dropping.due():
        dispatch(drop_models)
    if readiness.lessons_due():
        dispatch(teach_models)


@shared_task(
    ignore_result=True,
    # A download may take longer than the broker waits for an acknowledgement, so it is given at
    # once. If the task is lost with its worker, a sweep rings anew.
    acks_late=False,
    soft_time_limit=EXPORT_SECONDS + 600,
    time_limit=EXPORT_SECONDS + 660,
    expires=settings.BELL_SECONDS,
)
def prepare_model() -> None:
    """Export the model that was asked for on the page, and begin to build it."""
    from search.tasks import embed_pending

    with try_lock(preparing.LOCK) as held:
        model = preparing.prepare_next() if held else None
    if model is not None:
        dispatch(embed_pending)


@shared_task(ignore_result=True, expires=settings.BELL_SECONDS)
def compare_models() -> None:
    """Make the comparison that was asked for."""
    with try_lock(comparing.LOCK) as held:
        if held:
            comparing.compare_next()


@shared_task(ignore_result=True, expires=settings.BELL_SECONDS)
def teach_models() -> None:
    """Have models that are embedded learn what they lack before they may answer."""
    with try_lock("teach-models") as held:
        for model in readiness.lessons_due() if held else ():
            for learnt in readiness.teach(model):
                logger.info("Learnt for %s: %s.", model.name, learnt)


@shared_task(ignore_result=True, expires=settings.BELL_SECONDS)
def drop_models() -> None:
    """Delete the vectors of models that nobody wants any more, for some seconds at a time."""
    with try_lock("drop-models") as held:
        more = held and not dropping.drop_some(budget_seconds=DROP_SECONDS)
    if more:
        dispatch(drop_models)
