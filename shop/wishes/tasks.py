"""Tells who waited for what; on the queue "celery"."""

from __future__ import annotations

from celery import shared_task

from shop.wishes import back_in_stock


@shared_task
def tell_restocked() -> None:
    back_in_stock.tell_restocked()


@shared_task
def forget_old_requests() -> None:
    back_in_stock.forget_old()
