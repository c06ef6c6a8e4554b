"""Vectors of queries, cached: the same words and the same photo are encoded once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np
from django.core.cache import cache

from search.models import EmbeddingModel
from shop.catalog.images import TakenImage

CACHE_SECONDS = 24 * 3600


def of_text(text: str, model: EmbeddingModel) -> np.ndarray:
    """Shape (dimension,), float32, norm 1. Raises `EncoderUnavailable`."""
    return _cached(f"text:{_digest(text)}", model, lambda: model.encoder().encode_texts([text])[0])


def of_photo(photo: TakenImage, model: EmbeddingModel) -> np.ndarray:
    """Shape (dimension,), float32, norm 1. Raises `EncoderUnavailable`."""
    return _cached(
        f"photo:{photo.content_hash}",
        model,
        lambda: model.encoder().encode_images([photo.open()])[0],
    )


def _cached(key: str, model: EmbeddingModel, encode: Callable[[], np.ndarray]) -> np.ndarray:
    key = f"vector:{model.pk}:{model.checksum[:16]}:{key}"
    stored = cache.get(key)
    if stored is not None:
        return np.frombuffer(stored, dtype=np.float32)
    vector = np.asarray(encode(), dtype=np.float32)
    cache.set(key, vector.tobytes(), CACHE_SECONDS)
    return vector


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
