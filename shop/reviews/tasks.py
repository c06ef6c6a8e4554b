"""Asks buyers for reviews; on the queue "celery"."""

from __future__ import annotations

from celery import shared_task

from shop.reviews import services


@shared_task
def ask_for_reviews() -> None:
    services.ask_for_reviews()
