"""Removing the demo's products in the background, on the queue `pictures`."""

from __future__ import annotations

from celery import shared_task

from shop.celery import dispatch
from shop.locks import try_lock
from shop.onboarding import demo_data

LOCK = "remove-demo"
SECONDS_AT_ONCE = 20.0


@shared_task
def continue_removal() -> None:
    """Go on with the removal that was begun, some seconds at a time."""
    with try_lock(LOCK) as held:
        more = held and demo_data.continue_removal(seconds=SECONDS_AT_ONCE) is not None
    if more:
        dispatch(continue_removal)
