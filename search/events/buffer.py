"""Where events wait: a list in Redis, which a task empties into the database every few seconds.

A request pays one round trip for its events. A Redis that is down or frozen costs one time-out and
then nothing for a while; what is not kept is counted, and no shopper hears of it. The list is
bounded: where no task empties it, what comes last is dropped.
"""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

# Some 600 bytes each: a quarter of an hour of a hundred searches a second.
MOST = 100_000
# What a round trip may take; one that is usual takes a thousandth of it. (With 0.1, on two cores
# with ten busy processes, one in 230,000 took longer, and ten seconds of events were lost for it.)
TIMEOUT_SECONDS = 0.25
PAUSE_SECONDS = 5.0
# What a search showed is kept here until it is surely in the database.
SHOWN_SECONDS = 900

_WAITING = "vitrine:events:waiting"
_SHOWN = "vitrine:events:shown:"
_TOLD = "vitrine:events:told:"

# An event as it waits: `type` (query, impression, click, cart, purchase, order) and what
# `search.events.storing` reads of it.
Event = dict[str, Any]

# Called for each event with its type, and "accepted" or "dropped"; for whoever counts.
observers: list[Callable[[str, str], None]] = []


@dataclass(frozen=True)
class Shown:
    """The keys of the products that one page showed, in order; `first`: the position of the first,
    where the best of all pages has 1."""

    first: int
    products: Sequence[int]

    def position_of(self, product_id: int) -> int | None:
        """None if the page did not show it."""
        if product_id not in self.products:
            return None
        return self.first + list(self.products).index(product_id)

    def product_at(self, position: int) -> int | None:
        """None if the page had no such position."""
        place = position - self.first
        return self.products[place] if 0 <= place < len(self.products) else None


def append(events: Sequence[Event], *, shown: tuple[UUID, Shown] | None = None) -> bool:
    """Keep `events` for the next round of storing; and, for clicks that come before it, what a
    query showed. False, and nothing is kept, while Redis is down or the list is full."""
    kept = _append(events, shown) if time.monotonic() >= _paused_until else False
    for event in events:
        _tell(event["type"], "accepted" if kept else "dropped")
    return kept


def _append(events: Sequence[Event], shown: tuple[UUID, Shown] | None) -> bool:
    lines = [json.dumps(event, separators=(",", ":")) for event in events]
    try:
        with _client().pipeline(transaction=False) as pipe:
            pipe.rpush(_WAITING, *lines)
            if shown is not None:
                query_id, page = shown
                packed = np.array([page.first, *page.products], np.int64).tobytes()
                pipe.set(_SHOWN + query_id.hex, packed, ex=SHOWN_SECONDS)
            length = pipe.execute()[0]
        if length > MOST:
            _client().ltrim(_WAITING, 0, MOST - 1)
            _pause(f"{MOST:,} events wait: does a worker take from the queue “events”?")
            return False
    except (RedisError, OSError) as error:
        _pause(f"Redis does not answer ({error})")
        return False
    return True


def shown(query_id: UUID) -> Shown | None:
    """What a query of the last minutes showed, if it is still here."""
    if time.monotonic() < _paused_until:
        return None
    try:
        packed: bytes | None = _client().get(_SHOWN + query_id.hex)  # type: ignore[assignment]
    except (RedisError, OSError) as error:
        _pause(f"Redis does not answer ({error})")
        return None
    if packed is None:
        return None
    first, *products = np.frombuffer(packed, np.int64).tolist()
    return Shown(first, products)


def is_new(query_id: UUID, names: Sequence[str]) -> list[bool]:
    """Of each, whether it is the first time in some minutes that this is told of the query.

    The database keeps an event once; this spares the list a flood of one and the same. All are new
    while Redis is down.
    """
    if not names or time.monotonic() < _paused_until:
        return [True] * len(names)
    try:
        with _client().pipeline(transaction=False) as pipe:
            for name in names:
                pipe.sadd(_TOLD + query_id.hex, name)
            pipe.expire(_TOLD + query_id.hex, SHOWN_SECONDS)
            *added, _ = pipe.execute()
    except (RedisError, OSError) as error:
        _pause(f"Redis does not answer ({error})")
        return [True] * len(names)
    return [bool(one) for one in added]


def take(most: int) -> list[bytes]:
    """The oldest events, at most so many; they stay until `done`. Raises `RedisError`."""
    found: list[bytes] = _client().lrange(_WAITING, 0, most - 1)  # type: ignore[assignment]
    return found


def done(count: int) -> None:
    """The oldest `count` are stored. Raises `RedisError`."""
    _client().ltrim(_WAITING, count, -1)


def waiting() -> int | None:
    """How many events wait; None while Redis is down."""
    if time.monotonic() < _paused_until:
        return None
    try:
        length: int = _client().llen(_WAITING)
    except (RedisError, OSError) as error:
        _pause(f"Redis does not answer ({error})")
        return None
    return length


def clear() -> None:
    """Drop all that wait. Raises `RedisError`."""
    _client().delete(_WAITING)


# --- The connection -----------------------------------------------------------------------------

_paused_until = 0.0
_redis: Redis | None = None


def _client() -> Redis:
    global _redis
    if _redis is None:
        _redis = Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=TIMEOUT_SECONDS,
            socket_connect_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
    return _redis


def _pause(reason: str) -> None:
    global _paused_until
    _paused_until = time.monotonic() + PAUSE_SECONDS
    logger.warning("Events are dropped for %.0f s: %s.", PAUSE_SECONDS, reason)


def _tell(kind: str, outcome: str) -> None:
    for observer in observers:
        observer(kind, outcome)


def forget_connection() -> None:
    """Connect anew, by the settings as they are now, and at once."""
    global _redis, _paused_until
    _redis, _paused_until = None, 0.0


os.register_at_fork(after_in_child=forget_connection)
