"""Which models there are, and which one answers: build, pause, activate, go back, delete.

`search.versions` has what happens in the background meanwhile, and the page.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from search import answering, indexing, vector_indexes
from search.encoders import get_encoder, prepare, resolve
from search.encoders.cache import read_manifest
from search.encoders.presets import PRESETS
from search.models import Embedding, EmbeddingModel
from search.versions.readiness import is_exported, lessons, teach

logger = logging.getLogger(__name__)

State = EmbeddingModel.State


class NotReady(Exception):
    """The model cannot be activated yet; the message says what is missing."""


class NotPossible(Exception):
    """Nothing of the kind can be done with the model in its state; the message says why."""


def build(name: str) -> EmbeddingModel:
    """Export the model of a preset or reference, and have the catalogue embedded with it.

    The first model, and new weights of the live one (whose old weights are gone), answer at once.
    Another stays `building` beside the live one until it is activated. Building what is built
    changes nothing. Raises `EncoderUnavailable`.
    """
    encoder = get_encoder(name, checksum=_prepared_checksum(name))
    reference = PRESETS.get(name.lower(), name)
    with transaction.atomic():
        _lock()
        model, created = EmbeddingModel.objects.get_or_create(
            reference=reference,
            checksum=encoder.checksum,
            defaults={"name": name, "dimension": encoder.dimension},
        )
        live = EmbeddingModel.objects.live()
        if live is None or (created and live.reference == reference):
            _go_live(model)
        elif model.state in (State.RETIRED, State.DROPPING):
            _build_again(model)
    return model


def _prepared_checksum(name: str) -> str:
    """Of the weights as they are exported now; "" for a model server, which exports nothing."""
    if resolve(name).startswith("oip:"):
        return ""
    manifest = read_manifest(prepare(name)) or {}
    return str(manifest.get("checksum", ""))


def pause(model: EmbeddingModel) -> None:
    """Leave the embeddings of a model that is being built as they are, until `resume`; what is
    begun is finished. What is new in the shop goes on being embedded for the live model. Raises
    `NotPossible`."""
    _set_paused(model, timezone.now())


def resume(model: EmbeddingModel) -> None:
    """Go on where `pause` left it. Raises `NotPossible`."""
    _set_paused(model, None)


def _set_paused(model: EmbeddingModel, paused_at: datetime | None) -> None:
    building = EmbeddingModel.objects.filter(pk=model.pk, state=State.BUILDING)
    if not building.update(paused_at=paused_at):
        raise NotPossible(f"{model.name} is not being built.")
    model.refresh_from_db()


def activate(model: EmbeddingModel, *, force: bool = False) -> None:
    """Let `model` answer from now on, in one transaction.

    First it gets the indexes, and learns what belongs to it, as far as that is not done yet: hours
    for millions of vectors; the live model answers meanwhile. Raises `NotReady` while the catalogue
    is not embedded, or another process makes these indexes. With `force` it answers at once,
    whatever is missing.
    """
    if model.state == State.DROPPING:
        raise NotReady(f"{model.name} is being deleted. Build it again first.")
    if not force:
        _keep(model)
        # Whatever came by bulk or raw SQL counts as missing too.
        indexing.mark_pending()
        _require_embedded(model)
        for made in vector_indexes.ensure(model):
            logger.info("Made: %s.", made)
        for learnt in teach(model):
            logger.info("Learnt for %s: %s.", model.name, learnt)
        _require_indexes(model)
    switch(model)


def require_ready(model: EmbeddingModel) -> None:
    """As `activate` asks, but nothing is made: raises `NotReady` in milliseconds."""
    indexing.add_missing()
    _require_embedded(model)
    _require_indexes(model)
    lacking = [str(lesson.name) for lesson in lessons if lesson.is_due(model)]
    if lacking:
        raise NotReady(f"{model.name} has still to learn: {', '.join(lacking)}.")
    if not is_exported(model):
        raise NotReady(
            f"This machine has no files of {model.name}. Do its web processes and workers share "
            "MODEL_CACHE?"
        )


def switch(model: EmbeddingModel) -> None:
    """Have `model` answer in the place of the live one, now: one transaction. Searches that began
    before end under the model that they began with; the next ones ask this one. Raises
    `NotPossible` for one that is being deleted, or is gone."""
    with transaction.atomic():
        _lock()
        # It may have changed since it was read.
        states = EmbeddingModel.objects.filter(pk=model.pk).values_list("state", flat=True)
        if states.first() in (None, State.DROPPING):
            raise NotPossible(f"{model.name} is being deleted. Build it again first.")
        _go_live(model)


def previous() -> EmbeddingModel | None:
    """The model that answered before the live one, if it was not deleted since."""
    return EmbeddingModel.objects.retired().first()


def roll_back(*, force: bool = False) -> EmbeddingModel:
    """Have the model before answer again, and give it.

    For `settings.MODEL_KEEP_DAYS` it is kept up to date: nothing is missing, and it takes no
    longer than the way there. Later what came since is embedded first: raises `NotReady`, which
    says how much that is, unless `force`. Raises `NotPossible` where there was none.
    """
    model = previous()
    if model is None:
        raise NotPossible("No model was replaced that one could go back to.")
    if not force:
        _keep(model)
        # What came a moment ago is being embedded, and is no reason to stay with a model that
        # finds the wrong things.
        if _waiting(model) > MOMENT:
            _require_embedded(model)
    switch(model)
    return model


# Embeddings of what is new, that a worker has in seconds. They are no obstacle to going back.
MOMENT = 50


def drop(model: EmbeddingModel) -> None:
    """Have the vectors of a model that does not answer deleted, and it with them: `drop_models`
    does it in slices. Raises `NotPossible` for the live one."""
    with transaction.atomic():
        _lock()
        model.refresh_from_db(fields=["state"])
        if model.state == State.LIVE:
            raise NotPossible(f"{model.name} answers searches. Activate another model first.")
        model.state, model.kept_until, model.paused_at = State.DROPPING, None, None
        model.save(update_fields=["state", "kept_until", "paused_at"])


def _keep(model: EmbeddingModel) -> None:
    """Have a model that was replaced kept up to date, from now on for as long as any."""
    if model.state != State.RETIRED:
        return
    if not EmbeddingModel.objects.embedding().filter(pk=model.pk).exists():
        # Meanwhile nobody has told of changes.
        model.kept_until = _keep_until()
        model.save(update_fields=["kept_until"])
        indexing.mark_pending()


def _keep_until() -> datetime:
    return timezone.now() + timedelta(days=settings.MODEL_KEEP_DAYS)


def _waiting(model: EmbeddingModel) -> int:
    """How many embeddings it lacks."""
    indexing.add_missing()
    kinds = Embedding.Kind.values  # all; so that the index of what is not done finds them
    waiting = [Embedding.Status.PENDING, Embedding.Status.RUNNING]
    return Embedding.objects.filter(model=model, kind__in=kinds, status__in=waiting).count()


def _require_embedded(model: EmbeddingModel) -> None:
    waiting = _waiting(model)
    if waiting:
        raise NotReady(
            f"{waiting:,} embeddings of {model.name} are not done yet. Wait for "
            "`manage.py model list` to show none waiting, or use --force."
        )


def _require_indexes(model: EmbeddingModel) -> None:
    if vector_indexes.missing(model):
        raise NotReady(
            f"The indexes of {model.name} are being made. Wait for `manage.py index status` to "
            "show them, or use --force."
        )


def _build_again(model: EmbeddingModel) -> None:
    """Keep a former model's embeddings up to date from now on, as those of a new one. Its vectors
    are still there, or some of them."""
    model.state, model.retired_at, model.kept_until = State.BUILDING, None, None
    model.save(update_fields=["state", "retired_at", "kept_until"])


def _lock() -> None:
    """One change at a time."""
    models = EmbeddingModel.objects.select_for_update(no_key=True).order_by("pk")
    list(models.values_list("pk", flat=True))


def _go_live(model: EmbeddingModel) -> None:
    EmbeddingModel.objects.filter(state=State.LIVE).exclude(pk=model.pk).update(
        state=State.RETIRED, retired_at=Now(), kept_until=_keep_until()
    )
    model.state, model.activated_at = State.LIVE, timezone.now()
    model.retired_at = model.kept_until = model.paused_at = None
    model.save(update_fields=["state", "activated_at", "retired_at", "kept_until", "paused_at"])
    answering.forget()
