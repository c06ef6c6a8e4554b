"""What the board shows, read in as many queries for a million pictures as for ten."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from search import counts, indexing
from search.attributes.models import ReadingDue
from search.board import heartbeat
from search.board.reasons import REASONS, Reason, failed
from search.indexing import Progress
from search.models import Embedding, EmbeddingModel, PictureColors
from shop.catalog.models import ProductImage

Kind, Status = Embedding.Kind, Embedding.Status

# Failed rows that are told apart by reason: a shop that lost all its files is told so at once.
TOLD_APART = 10_000
# Of each reason, so many are shown on the board.
SAMPLES = 6
# Other work is counted so far.
COUNTED = 10_000
# Nothing was finished for so long, though something waits: a model may be loading.
STALLED = timedelta(seconds=150)
# What a board knows is believed for so many times as long as it took to read, and at least so long.
BELIEVED, LEAST_SECONDS = 10.0, 1.0
_KEPT = "search.board:read"


class State(StrEnum):
    """`seen`: nothing waits. `working`. `starting`: it has just come in. `later`: all that waits
    failed before, and is tried again by itself. `busy`: a worker is there, but finished nothing of
    it lately. `stopped`: nobody works on it."""

    SEEN = "seen"
    WORKING = "working"
    STARTING = "starting"
    LATER = "later"
    BUSY = "busy"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Waiting:
    """What has waited longest: since when, and for which product."""

    since: datetime
    product_id: int
    title: str
    is_picture: bool


@dataclass(frozen=True)
class ModelBoard:
    """One model's share. `counts`: by kind and status; every one is there."""

    pk: int
    name: str
    live: bool
    paused: bool
    counts: dict[str, dict[str, int]]
    progress: Progress
    oldest: Waiting | None
    finished_at: datetime | None

    def number(self, *statuses: str) -> int:
        return sum(self.progress.counts[status] for status in statuses)


@dataclass(frozen=True)
class Sample:
    """Something that failed. `error`: the sentence that its row keeps."""

    pk: int
    product_id: int
    image_id: int | None
    error: str


@dataclass(frozen=True)
class Group:
    """What failed for one reason. `whole`: False where there may be more than was looked at."""

    reason: Reason
    pictures: int
    texts: int
    samples: list[Sample]
    whole: bool = True

    @property
    def total(self) -> int:
        return self.pictures + self.texts


@dataclass(frozen=True)
class Backlog:
    """Other work on pictures: how many wait, as far as `COUNTED`."""

    renditions: int
    colors: int
    readings: int


@dataclass(frozen=True)
class Board:
    """`models`: the live one first. `worker_seen`: when a worker last began to look for work."""

    models: list[ModelBoard]
    state: State
    worker_seen: datetime | None
    backlog: Backlog
    read_at: datetime

    @property
    def live(self) -> ModelBoard | None:
        return next((one for one in self.models if one.live), None)

    @property
    def moving(self) -> bool:
        return self.state is not State.SEEN


def board() -> Board:
    """As it is now, or was a moment ago: many may look at it at once."""
    kept: Board | None = cache.get(_KEPT)
    if kept is None:
        began = time.monotonic()
        kept = _read()
        seconds = max(LEAST_SECONDS, BELIEVED * (time.monotonic() - began))
        cache.set(_KEPT, kept, seconds)
    return kept


def forget() -> None:
    """Have the next board read anew: something was changed by hand."""
    cache.delete(_KEPT)


def groups() -> list[Group]:
    """What failed, by reason, in the order of `REASONS`."""
    some = failed().order_by()[:TOLD_APART].values("pk")
    # Two models may have failed at one and the same picture.
    told = (
        failed()
        .filter(pk__in=some)
        .order_by()
        .values("reason")
        .annotate(
            pictures=Count("image_id", distinct=True),
            texts=Count("product_id", filter=Q(kind=Kind.TEXT), distinct=True),
            rows=Count("pk"),
        )
    )
    found = {one["reason"]: one for one in told}
    samples = _samples() if found else {}
    whole = sum(one["rows"] for one in found.values()) < TOLD_APART
    return [
        Group(reason, one["pictures"], one["texts"], samples.get(reason.name, []), whole)
        for reason in REASONS
        if (one := found.get(reason.name))
    ]


def _samples() -> dict[str, list[Sample]]:
    some = failed().order_by()[:TOLD_APART].values("pk")
    place = Window(RowNumber(), partition_by=[F("reason")], order_by=F("pk").asc())
    rows = failed().filter(pk__in=some).annotate(place=place).filter(place__lte=2 * SAMPLES)
    found: dict[str, dict[object, Sample]] = defaultdict(dict)
    for pk, product, image, error, reason in rows.order_by("pk").values_list(
        "pk", "product_id", "image_id", "error", "reason"
    ):
        found[reason].setdefault(image or f"text {product}", Sample(pk, product, image, error))
    return {reason: list(each.values())[:SAMPLES] for reason, each in found.items()}


def _read() -> Board:
    models = EmbeddingModel.objects.embedding().only("name", "state", "paused_at")
    shown = [_of(model) for model in models.order_by("pk")]
    shown.sort(key=lambda one: not one.live)
    seen = heartbeat.last_seen()
    return Board(shown, _state(shown, seen), seen, _backlog(), timezone.now())


def _of(model: EmbeddingModel) -> ModelBoard:
    found = counts.by_kind_and_status([model])
    counted = {
        kind: {status: found[kind][status] for status in Status.values} for kind in Kind.values
    }
    done = Embedding.objects.filter(model=model, status=Status.DONE)
    # Kind by kind: the last of each is at an end of the index `embedding_done`.
    finished = [done.filter(kind=kind).aggregate(at=Max("updated_at"))["at"] for kind in Kind]
    return ModelBoard(
        model.pk,
        model.name,
        model.state == EmbeddingModel.State.LIVE,
        model.paused_at is not None,
        counted,
        indexing.progress([model]),
        _oldest(model),
        max(filter(None, finished), default=None),
    )


def _oldest(model: EmbeddingModel) -> Waiting | None:
    row = oldest_waiting(model)
    if row is None:
        return None
    return Waiting(row.updated_at, row.product_id, row.product.title, row.kind == Kind.IMAGE)


def oldest_waiting(model: EmbeddingModel) -> Embedding | None:
    """What has waited longest for a model: the first of the index `embedding_waiting`."""
    waiting = Embedding.objects.filter(model=model, status=Status.PENDING)
    rows = waiting.select_related("product").order_by("updated_at")
    return rows.only("updated_at", "kind", "product__title").first()


def _state(models: list[ModelBoard], worker_seen: datetime | None) -> State:
    at_work = [one for one in models if not one.paused]
    if not any(one.progress.left for one in at_work):
        return State.SEEN
    now = timezone.now()
    finished = [one.finished_at for one in at_work if one.finished_at]
    if any(one.progress.rate for one in at_work) or (
        finished and now - max(finished) < timedelta(seconds=indexing.RATE_SECONDS)
    ):
        return State.WORKING
    running = any(one.number("running") for one in at_work)
    if not running and not indexing.anything_due():
        return State.LATER
    since = [one.oldest.since for one in at_work if one.oldest]
    if since and now - min(since) < timedelta(seconds=4 * settings.SWEEP_SECONDS):
        return State.STARTING
    if worker_seen is not None and now - worker_seen < STALLED:
        return State.BUSY
    return State.STOPPED


def _backlog() -> Backlog:
    """Each from an index that has nothing else in it."""
    waiting = (
        ProductImage.objects.filter(renditions_ready=False),
        PictureColors.objects.filter(due_at__isnull=False, attempts__lt=PictureColors.MAX_ATTEMPTS),
        ReadingDue.objects.all(),
    )
    return Backlog(*(rows.order_by().values("pk")[: COUNTED + 1].count() for rows in waiting))
