"""From a name on a page to a model that is being built: exported by a worker, since web processes
hold no torch."""

from __future__ import annotations

import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from search import indexing, model_versions
from search.encoders import EncoderUnavailable, resolve
from search.models import EmbeddingModel, ModelBuild

logger = logging.getLogger(__name__)

DIED = gettext_noop(
    "The worker ended each time that it prepared this model, most likely for want of memory: that "
    "takes about four times the size of the model's weights."
)


class BuildsAlready(Exception):
    """Another model is being prepared; the message says which."""


def ask_for(name: str, *, by: Any = None) -> ModelBuild:
    """Have a worker prepare a preset or reference. What failed before is forgotten. Raises
    `EncoderUnavailable` for what is no model's name, and `BuildsAlready`."""
    resolve(name)
    building = EmbeddingModel.objects.filter(state=EmbeddingModel.State.BUILDING).first()
    if building is not None:
        raise BuildsAlready(building.name)
    ModelBuild.objects.exclude(failed_at=None).delete()
    try:
        with transaction.atomic():
            return ModelBuild.objects.create(name=name.strip(), asked_by=by)
    except IntegrityError:
        raise BuildsAlready(ModelBuild.objects.get(failed_at=None).name) from None


def is_due() -> bool:
    """Whether something was asked for and is not prepared yet."""
    return ModelBuild.objects.filter(failed_at=None).exists()


def prepare_next() -> EmbeddingModel | None:
    """Export what was asked for, and mark all that it has to embed; None if nothing was, or it
    failed, which is then noted. Hold `try_lock(LOCK)`."""
    asked = ModelBuild.objects.filter(failed_at=None).first()
    if asked is None:
        return None
    if asked.attempts >= ModelBuild.MAX_ATTEMPTS:
        _fail(asked, DIED)
        return None
    ModelBuild.objects.filter(pk=asked.pk).update(attempts=F("attempts") + 1)
    try:
        model = model_versions.build(asked.name)
    except EncoderUnavailable as error:
        logger.error("%s cannot be prepared: %s", asked.name, error)
        _fail(asked, str(error))
        return None
    wanted, _ = ModelBuild.objects.filter(pk=asked.pk).delete()
    if not wanted and model.state == EmbeddingModel.State.BUILDING:  # given up meanwhile
        model_versions.drop(model)
        return None
    indexing.add_missing()
    return model


def _fail(asked: ModelBuild, reason: str) -> None:
    ModelBuild.objects.filter(pk=asked.pk).update(failed_at=timezone.now(), error=reason)


LOCK = "prepare-model"
