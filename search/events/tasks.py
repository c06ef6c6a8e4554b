"""The Celery tasks of events."""

import logging
import time

from celery import shared_task
from redis.exceptions import RedisError

from search.events import retention, storing

logger = logging.getLogger(__name__)

BUDGET_SECONDS = 60.0


@shared_task(ignore_result=True)
def store() -> None:
    """Store the events that wait. Any number of these may run: all but one find nothing to do."""
    ends = time.monotonic() + BUDGET_SECONDS
    stored = 0
    try:
        while count := storing.store_waiting():
            stored += count
            if count < storing.BATCH or time.monotonic() >= ends:
                break
    except (RedisError, OSError) as error:
        logger.warning("Events wait: %s", error)
    if stored:
        logger.info("Stored %d events.", stored)


@shared_task(ignore_result=True, expires=600)
def make_report(days: int) -> None:
    """Count the searches of the last `days` days for the page of insights, where they are many."""
    from search.events import report  # it rings for this task

    report.make(days)


@shared_task(ignore_result=True)
def forget_old() -> None:
    """Delete events that are older than the settings allow."""
    if deleted := retention.forget_old(budget_seconds=BUDGET_SECONDS):
        logger.info("Deleted %d old queries.", deleted)
