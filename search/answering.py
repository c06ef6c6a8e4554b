"""Which model answers: one and the same for the whole of a request, however often it is asked.

A request that began before another model went live ends under the one that it began with: what its
legs find, what its photo is said to show and what stands beside its results belong together.
Outside requests (commands, tasks) each question is asked anew. The lab has a model answer that is
not live.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.signals import request_finished, request_started

if TYPE_CHECKING:
    from search.models import EmbeddingModel


class _Kept:
    """What a request, or a block, was answered; `model` is None until it was asked."""

    __slots__ = ("model",)

    def __init__(self, model: EmbeddingModel | None = None) -> None:
        self.model = model


_kept: ContextVar[_Kept | None] = ContextVar("answering", default=None)


def remembered(find: Callable[[], EmbeddingModel | None]) -> EmbeddingModel | None:
    """What `find` gives, or gave to this request before. That there is none is not remembered."""
    kept = _kept.get()
    if kept is None:
        return find()
    if kept.model is None:
        kept.model = find()
    return kept.model


@contextmanager
def answered_by(model: EmbeddingModel) -> Iterator[None]:
    """Searches inside are answered by `model`, live or not."""
    before = _kept.set(_Kept(model))
    try:
        yield
    finally:
        _kept.reset(before)


def forget() -> None:
    """Have what is left of this request ask anew: it has changed the answer itself."""
    if _kept.get() is not None:
        _kept.set(_Kept())


def _begin(**_: Any) -> None:
    _kept.set(_Kept())


def _end(**_: Any) -> None:
    _kept.set(None)


def connect() -> None:
    """Remember for the length of each request; called once at startup."""
    request_started.connect(_begin, dispatch_uid="search.answering.begin")
    request_finished.connect(_end, dispatch_uid="search.answering.end")
