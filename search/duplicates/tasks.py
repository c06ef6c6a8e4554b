"""The Celery tasks of comparing pictures. Messages carry nothing: PostgreSQL knows what is due."""

import logging

from celery import shared_task

from search.duplicates import upkeep
from shop.celery import dispatch

logger = logging.getLogger(__name__)

# They share a queue with renditions and colours: all take turns.
BUDGET_SECONDS = 10.0


@shared_task(ignore_result=True)
def compare_pictures() -> None:
    """Compare new pictures with all others, batch by batch, until none is due. Any number of these
    may run at once or twice."""
    for batch in upkeep.compare_due(budget_seconds=BUDGET_SECONDS):
        logger.info(
            "Compared %d of %d pictures; %d pairs are new.",
            batch.compared,
            batch.taken,
            batch.found,
        )
    if upkeep.anything_due():
        dispatch(compare_pictures)


@shared_task(ignore_result=True)
def sweep_duplicates() -> None:
    """Find the pictures that are to be compared and were not told of, and compare them."""
    marked = upkeep.mark_some_due()
    if marked:
        logger.info("The sweep made %d pictures due to be compared.", marked)
    if upkeep.anything_due():
        compare_pictures()
