"""A Redis cache that the shop can lose: errors read as misses, but for what counts attempts."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

# After an error the cache is left alone for so long: a frozen Redis costs one time-out, not one
# for each key of a page.
PAUSE_SECONDS = 5.0

# How often passwords were tried (allauth's limits). As misses they would let anybody guess without
# an end while Redis is down, and refusing all would close the shop to its customers: each process
# counts for itself then, so that the limits are at most so many times wider as there are
# processes, and no login waits for Redis.
COUNTED = "allauth:rl:"


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, but a Redis that is down or frozen is an empty cache.

    Whatever must not be lost does not belong in here. Keys that begin with `COUNTED` are kept by
    the process itself meanwhile.
    """

    _paused_until = 0.0  # of the process, not of the instance: one Redis, many threads
    _nothing = DummyCache("", {})
    _own = LocMemCache("counted-without-redis", {"MAX_ENTRIES": 100_000})

    def _spare(self, key: Any) -> BaseCache:
        """What stands in for Redis."""
        return self._own if str(key).startswith(COUNTED) else self._nothing

    def _forgive(self, call: Callable[[], Result], otherwise: Callable[[], Result]) -> Result:
        cls = type(self)
        if time.monotonic() < cls._paused_until:
            return otherwise()
        try:
            return call()
        except (RedisError, OSError) as error:
            cls._paused_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("The cache does not answer (%s): going on without.", error)
            return otherwise()

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).add(key, *args, **kwargs),
            lambda: self._spare(key).add(key, *args, **kwargs),
        )

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).get(key, default, version),
            lambda: self._spare(key).get(key, default, version),
        )

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        self._forgive(
            lambda: super(ForgivingRedisCache, self).set(key, *args, **kwargs),
            lambda: self._spare(key).set(key, *args, **kwargs),
        )

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).touch(key, *args, **kwargs),
            lambda: self._spare(key).touch(key, *args, **kwargs),
        )

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).delete(key, *args, **kwargs),
            lambda: self._spare(key).delete(key, *args, **kwargs),
        )

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).get_many(*args, **kwargs), dict
        )

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).set_many(*args, **kwargs), list
        )

    def has_key(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).has_key(key, *args, **kwargs),
            lambda: self._spare(key).has_key(key, *args, **kwargs),
        )

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._forgive(
            lambda: super(ForgivingRedisCache, self).delete_many(*args, **kwargs), lambda: None
        )

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return self._forgive(
            lambda: super(ForgivingRedisCache, self).incr(key, delta, version), lambda: delta
        )

    def clear(self) -> None:
        self._own.clear()
        self._forgive(lambda: super(ForgivingRedisCache, self).clear(), lambda: None)
