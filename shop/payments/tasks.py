"""Background work on payments, on the queue `payments`. Messages carry nothing."""

from __future__ import annotations

import time
from collections.abc import Callable

from celery import shared_task

from shop.celery import dispatch
from shop.locks import try_lock
from shop.payments import refunds, services, webhooks

# A task lets others have the worker after so many seconds, and rings for the next.
BUDGET_SECONDS = 60.0


@shared_task
def process_events() -> None:
    """Act on what gateways told, each event once, until nothing is due."""
    if _work_off(webhooks.process_one):
        dispatch(process_events)


@shared_task
def make_refunds() -> None:
    """Make the refunds that are due at their gateways, until none is."""
    if _work_off(refunds.make_one):
        dispatch(make_refunds)


@shared_task
def give_up_payments(order_id: int) -> None:
    """An order was cancelled: nobody is to pay it any more."""
    services.give_up(order_id=order_id)


@shared_task
def sweep_payments() -> None:
    """Find what no message told of: events, refunds, and what is open of cancelled orders."""
    process_events()
    make_refunds()
    with try_lock("give-up-payments") as held:
        if held:
            services.give_up_cancelled()
    webhooks.forget_old()


@shared_task
def expire_unpaid() -> None:
    """Cancel the orders whose time to pay is over."""
    with try_lock("expire-unpaid") as held:
        if held:
            services.expire_unpaid()


@shared_task
def settle_test_charges() -> None:
    """Have the money arrive that the test gateway let wait."""
    from shop.payments import test_gateway

    test_gateway.settle_due()


def _work_off(do_one: Callable[[], bool]) -> bool:
    """Do one after the other until none is left; True if the time was over before."""
    end = time.monotonic() + BUDGET_SECONDS
    while do_one():
        if time.monotonic() > end:
            return True
    return False
