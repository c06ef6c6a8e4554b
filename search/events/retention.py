"""What is old goes, in batches: words first, then everything. How old is for an owner to say, in
the admin; until one has, for the settings (`EVENTS_WORDS_DAYS`, `EVENTS_DAYS`).

Ids begin with the hour, so what is older than a day is one range of each table.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.events import buffer, query_ids
from search.events.models import EventRetention, FoundProduct, LoggedQuery

BATCH = 5_000


class Kept(NamedTuple):
    """Days that searches are kept, and days that their words are; 0: no words at all."""

    days: int
    words_days: int


def kept() -> Kept:
    """What holds now. Where the server's settings keep no words, nobody else has them kept."""
    chosen = EventRetention.objects.filter(pk=EventRetention.ONLY).first()
    if chosen is None:
        return Kept(settings.EVENTS_DAYS, settings.EVENTS_WORDS_DAYS)
    return Kept(chosen.days, chosen.words_days if settings.EVENTS_WORDS_DAYS > 0 else 0)


def forget_old(*, budget_seconds: float = 60.0, batch: int = BATCH) -> int:
    """Forget what is too old, until nothing is or the time is up; how many queries were deleted.

    Whole hours count, so that an event stays at most one hour longer than `kept` says.
    """
    ends = time.monotonic() + budget_seconds
    now = timezone.now()
    days, words_days = kept()
    words = query_ids.first_of(now - timedelta(days=words_days))
    while _forget_words(words, batch) == batch and time.monotonic() < ends:
        pass
    deleted = 0
    oldest = query_ids.first_of(now - timedelta(days=days))
    while time.monotonic() < ends:
        count = _delete(oldest, batch)
        deleted += count
        if count < batch:
            break
    day = now.date() - timedelta(days=days)
    FoundProduct.objects.filter(day__lt=day).delete()
    return deleted


def forget_all() -> None:
    """Delete every event, and what was counted of them. Raises `RedisError` while Redis is down."""
    buffer.clear()
    _execute(
        """
        TRUNCATE search_click, search_impression, search_loggedquery, search_foundproduct,
                 search_boughttogether
        """,
        {},
    )


def _forget_words(before: UUID, batch: int) -> int:
    return _execute(
        """
        UPDATE search_loggedquery SET words = '' WHERE id IN (
            SELECT id FROM search_loggedquery WHERE id < %(before)s AND words <> ''
             ORDER BY id LIMIT %(batch)s
        )
        """,
        {"before": before, "batch": batch},
    )


def _delete(before: UUID, batch: int) -> int:
    """Delete the oldest `batch` queries below `before`, with all that came of them."""
    ids = LoggedQuery.objects.filter(pk__lt=before).order_by("pk").values_list("pk", flat=True)
    last = list(ids[:batch])[-1:]
    if not last:
        return 0
    with transaction.atomic():
        for table in ("search_click", "search_impression"):
            _execute(f"DELETE FROM {table} WHERE query_id <= %(last)s", {"last": last[0]})  # noqa: S608
        return _execute("DELETE FROM search_loggedquery WHERE id <= %(last)s", {"last": last[0]})


def _execute(statement: str, parameters: dict[str, Any]) -> int:
    """How many rows it concerned."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount
