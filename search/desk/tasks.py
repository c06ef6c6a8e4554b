"""Comparing settings in the background: what is to be done stands in the database."""

from __future__ import annotations

from celery import shared_task

from search.desk import lab
from shop.celery import dispatch
from shop.locks import try_lock

LOCK = "relevance-lab"
SECONDS_AT_ONCE = 20.0


@shared_task(ignore_result=True)
def run_lab() -> None:
    """Go on with the comparisons that have not finished, some seconds at a time."""
    with try_lock(LOCK) as held:
        more = held and lab.advance_next(seconds=SECONDS_AT_ONCE)
    if more:
        dispatch(run_lab)
