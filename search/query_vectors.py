"""Vectors of queries: the same words and the same photo are encoded once.

    asked -> this process's memory -> Redis -> the encoder

Both caches give back exactly what was computed: float32 bytes, by a key of all that decided them.
For a text that is the model and the tokens that its encoder makes of it, so "Red  boots" and "red
boots" share a vector where the model cannot tell them apart, and only there. Memory is bounded
here; Redis forgets after `CACHE_SECONDS`, and earlier where its own limit says so. Threads that
ask for one and the same vector at once wait for the first of them.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from enum import StrEnum

import numpy as np
from django.core.cache import cache

from search.encoders import QueryEncoder, for_queries
from search.models import EmbeddingModel
from shop.catalog.images import TakenImage

CACHE_SECONDS = 24 * 3600
# Some four thousand vectors of 512 dimensions in each process.
MEMORY_BYTES = 8 * 1024 * 1024
# What an entry takes besides its numbers: key, array object, place in the order.
ENTRY_BYTES = 400


class Source(StrEnum):
    """Where a vector came from."""

    PROCESS = "process"
    REDIS = "redis"
    ENCODER = "encoder"


# Called with every answer's source, in the thread that asked; for whoever counts.
observers: list[Callable[[Source], None]] = []


def of_text(text: str, model: EmbeddingModel) -> np.ndarray:
    """Shape (dimension,), float32, norm 1, read-only. Raises `EncoderUnavailable`."""
    encoder = for_queries(model.encoder())
    key = _key("text", encoder.query_key(text), model, encoder)
    return _vector(key, lambda: encoder.encode_query_text(text))


def of_photo(photo: TakenImage, model: EmbeddingModel) -> np.ndarray:
    """Shape (dimension,), float32, norm 1, read-only. Raises `EncoderUnavailable`."""
    encoder = for_queries(model.encoder())
    key = _key("image", photo.content_hash.encode(), model, encoder)
    return _vector(key, lambda: encoder.encode_query_image(photo.open()))


def _key(kind: str, content: bytes, model: EmbeddingModel, encoder: QueryEncoder) -> str:
    variant = "int8" if kind in encoder.int8 else "float"
    digest = hashlib.sha256(content).hexdigest()
    return f"vector:{model.pk}:{model.checksum[:16]}:{kind}:{variant}:{digest}"


class VectorMemory:
    """The vectors used last, as many as fit in `limit` bytes. Threads may share it."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._vectors: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> np.ndarray | None:
        with self._lock:
            vector = self._vectors.get(key)
            if vector is not None:
                self._vectors.move_to_end(key)
            return vector

    def put(self, key: str, vector: np.ndarray) -> None:
        with self._lock:
            self._drop(key)
            self._vectors[key] = vector
            self._size += vector.nbytes + ENTRY_BYTES
            while self._size > self._limit:
                self._drop(next(iter(self._vectors)))

    def clear(self) -> None:
        with self._lock:
            self._vectors.clear()
            self._size = 0

    def _drop(self, key: str) -> None:
        vector = self._vectors.pop(key, None)
        if vector is not None:
            self._size -= vector.nbytes + ENTRY_BYTES


_memory = VectorMemory(MEMORY_BYTES)
_asked: dict[str, Future[np.ndarray]] = {}
_asking = threading.Lock()


def forget() -> None:
    """Empties this process's memory; Redis keeps what it has."""
    _memory.clear()


def _vector(key: str, encode: Callable[[], np.ndarray]) -> np.ndarray:
    vector = _memory.get(key)
    if vector is not None:
        return _told(vector, Source.PROCESS)
    with _asking:
        asked = _asked.get(key)
        if asked is None:
            mine = _asked[key] = Future[np.ndarray]()
    if asked is not None:
        return _told(asked.result(), Source.PROCESS)
    try:
        vector, source = _from_redis_or(key, encode)
        _memory.put(key, vector)
        mine.set_result(vector)
    except BaseException as error:
        mine.set_exception(error)
        raise
    finally:
        with _asking:
            del _asked[key]
    return _told(vector, source)


def _from_redis_or(key: str, encode: Callable[[], np.ndarray]) -> tuple[np.ndarray, Source]:
    stored = cache.get(key)
    if stored is not None:
        return np.frombuffer(stored, dtype=np.float32), Source.REDIS
    content = np.asarray(encode(), dtype=np.float32).tobytes()
    cache.set(key, content, CACHE_SECONDS)
    # From bytes of its own: it is read-only, and keeps no batch alive that it was a row of.
    return np.frombuffer(content, dtype=np.float32), Source.ENCODER


def _told(vector: np.ndarray, source: Source) -> np.ndarray:
    for observer in observers:
        observer(source)
    return vector


def _start_anew() -> None:
    """In a forked child, locks may be held, and vectors be awaited, by threads that it lacks."""
    global _memory, _asked, _asking
    _memory = VectorMemory(MEMORY_BYTES)
    _asked = {}
    _asking = threading.Lock()


os.register_at_fork(after_in_child=_start_anew)
