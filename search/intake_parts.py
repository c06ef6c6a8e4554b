"""What search knows of photos that arrive (`shop.intake`)."""

from __future__ import annotations

from collections.abc import Sequence

from search.models import Embedding, EmbeddingModel
from shop.intake import parts


def connect() -> None:
    parts.found_counters.append(count_found)


def count_found(images: Sequence[int]) -> int:
    """How many of these pictures (by key) have a vector of the live model."""
    live = EmbeddingModel.objects.filter(state=EmbeddingModel.State.LIVE)
    done = Embedding.objects.filter(
        model__in=live,
        kind=Embedding.Kind.IMAGE,
        image__in=list(images),
        status=Embedding.Status.DONE,
    )
    return done.count()
