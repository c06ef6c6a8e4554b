"""Whether a worker is there: each task of the search that one begins leaves the time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from celery.signals import task_prerun
from django.core.cache import cache
from django.utils import timezone

_SEEN = "search.board:worker-seen"
# Of the worker that looks at pictures and texts; other queues may have others.
_TASKS = {"search.tasks.embed_pending", "search.tasks.sweep"}


def connect() -> None:
    task_prerun.connect(_beat, dispatch_uid="board-heartbeat")


def _beat(sender: Any = None, **_: Any) -> None:
    if getattr(sender, "name", "") in _TASKS:
        cache.set(_SEEN, timezone.now(), None)


def last_seen() -> datetime | None:
    """When a worker last began to look for work; None if nobody remembers."""
    seen: datetime | None = cache.get(_SEEN)
    return seen
