"""What a model lacks before it may answer, and who teaches it what belongs to it.

Statistics of its scores, cut-offs and calibrations are a model's own: another model's numbers would
be wrong for it. Whoever keeps such a thing adds a `Lesson`, so that it is there in the moment in
which the model goes live.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search import background, vector_indexes
from search.attributes import stored as readers
from search.encoders import EncoderUnavailable, resolve
from search.encoders.cache import find_export
from search.indexing import Progress, progress
from search.models import Embedding, EmbeddingModel, StoredReader

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lesson:
    """Something that a model learns from the shop once all is embedded. `is_due`: whether it is
    missing, while the live model may have it; cheap, for it is asked on a page that follows.
    `learn` may take a minute, and raises `EncoderUnavailable`."""

    name: Promise | str
    is_due: Callable[[EmbeddingModel], bool]
    learn: Callable[[EmbeddingModel], object]


def _background_is_due(model: EmbeddingModel) -> bool:
    return not model.background and background.measurable(model)


def _reader_is_due(model: EmbeddingModel) -> bool:
    live = EmbeddingModel.objects.live()
    known = set(
        StoredReader.objects.filter(model__in=[model, live]).values_list("model", flat=True)
    )
    return live is not None and live.pk in known and model.pk not in known


lessons: list[Lesson] = [
    Lesson(_("what a close match is, measured"), _background_is_due, background.measure),
    Lesson(_("attributes learnt from your products"), _reader_is_due, readers.learn_now),
]


@dataclass(frozen=True)
class Readiness:
    """`exported`: whether this machine has the model's files. `lacking`: names of indexes, and of
    lessons, that are to come."""

    progress: Progress
    exported: bool
    indexes: list[str]
    lacking: list[Promise | str]

    @property
    def ready(self) -> bool:
        return self.exported and not (self.progress.left or self.indexes or self.lacking)


def readiness(model: EmbeddingModel) -> Readiness:
    """What there is and what is missing now. Some counts by index: milliseconds, and tenths of a
    second for a million vectors."""
    found = progress([model])
    return Readiness(
        found,
        is_exported(model),
        # Before all is embedded, what indexes there will be is not known.
        [] if found.left else vector_indexes.missing(model),
        [lesson.name for lesson in lessons if lesson.is_due(model)],
    )


def is_exported(model: EmbeddingModel) -> bool:
    """Whether a web process on this machine can load it."""
    try:
        resolved = resolve(model.reference)
        return resolved.startswith("oip:") or find_export(resolved) is not None
    except EncoderUnavailable:
        return False


def lessons_due() -> list[EmbeddingModel]:
    """The models being built that are embedded, and have something to learn."""
    return [
        model
        for model in EmbeddingModel.objects.worked_on().filter(state=EmbeddingModel.State.BUILDING)
        if not _unfinished(model) and any(lesson.is_due(model) for lesson in lessons)
    ]


def teach(model: EmbeddingModel) -> list[str]:
    """Have it learn what is due; the names. What cannot be learnt now stays due."""
    learnt = []
    for lesson in lessons:
        if not lesson.is_due(model):
            continue
        try:
            lesson.learn(model)
        except EncoderUnavailable as error:
            logger.error("%s does not learn yet: %s", model, error)
            break
        model.refresh_from_db()
        learnt.append(str(lesson.name))
    return learnt


def _unfinished(model: EmbeddingModel) -> bool:
    statuses = [Embedding.Status.PENDING, Embedding.Status.RUNNING]
    kinds = Embedding.Kind.values  # all; so that the index of what is not done finds them
    return Embedding.objects.filter(model=model, kind__in=kinds, status__in=statuses).exists()
