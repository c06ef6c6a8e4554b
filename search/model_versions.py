"""Which models there are, and which one answers."""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models.functions import Now

from search import indexing, vector_indexes
from search.encoders import get_encoder, prepare, resolve
from search.encoders.cache import read_manifest
from search.encoders.presets import PRESETS
from search.models import Embedding, EmbeddingModel

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """The model cannot be activated yet; the message says what is missing."""


def build(name: str) -> EmbeddingModel:
    """Export the model of a preset or reference, and have the catalogue embedded with it.

    The first model, and new weights of the live one (whose old weights are gone), answer at once.
    Another stays `building` beside the live one until it is activated. Building what is built
    changes nothing. Raises `EncoderUnavailable`.
    """
    encoder = get_encoder(name, checksum=_prepared_checksum(name))
    reference = PRESETS.get(name.lower(), name)
    with transaction.atomic():
        model, created = EmbeddingModel.objects.select_for_update().get_or_create(
            reference=reference,
            checksum=encoder.checksum,
            defaults={"name": name, "dimension": encoder.dimension},
        )
        live = EmbeddingModel.objects.live()
        if live is None or (created and live.reference == reference):
            _go_live(model)
        elif model.state == EmbeddingModel.State.RETIRED:
            _build_again(model)
    return model


def _prepared_checksum(name: str) -> str:
    """Of the weights as they are exported now; "" for a model server, which exports nothing."""
    if resolve(name).startswith("oip:"):
        return ""
    manifest = read_manifest(prepare(name)) or {}
    return str(manifest.get("checksum", ""))


def activate(model: EmbeddingModel, *, force: bool = False) -> None:
    """Let `model` answer from now on.

    First it gets the indexes that it has not yet, which takes hours for millions of vectors; the
    live model answers meanwhile. Raises `NotReady` while the catalogue is not embedded, or another
    process makes these indexes. With `force` it answers at once, whatever is missing.
    """
    if model.state == EmbeddingModel.State.RETIRED:
        _build_again(model)
    # Whatever came by bulk or raw SQL counts as missing too.
    indexing.mark_pending()
    missing = (
        Embedding.objects.filter(model=model)
        .exclude(status__in=[Embedding.Status.DONE, Embedding.Status.FAILED])
        .count()
    )
    if not force:
        if missing:
            raise NotReady(
                f"{missing:,} embeddings of {model.name} are not done yet. Wait for "
                "`manage.py embeddings status` to show none pending, or use --force."
            )
        for made in vector_indexes.ensure(model):
            logger.info("Made: %s.", made)
        if vector_indexes.missing(model):
            raise NotReady(
                f"The indexes of {model.name} are being made. Wait for `manage.py index status` to "
                "show them, or use --force."
            )
    with transaction.atomic():
        _go_live(model)


def _build_again(model: EmbeddingModel) -> None:
    """Keep a retired model's embeddings up to date from now on. Its vectors are still there."""
    model.state, model.retired_at = EmbeddingModel.State.BUILDING, None
    model.save(update_fields=["state", "retired_at"])


def _go_live(model: EmbeddingModel) -> None:
    EmbeddingModel.objects.filter(state=EmbeddingModel.State.LIVE).exclude(pk=model.pk).update(
        state=EmbeddingModel.State.RETIRED, retired_at=Now()
    )
    model.state = EmbeddingModel.State.LIVE
    model.save(update_fields=["state"])
