"""Which model is under test."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from search.encoders import Encoder, get_encoder
from search.models import EmbeddingModel

logger = logging.getLogger(__name__)

BUNDLED = "vitrine-mini"


def chosen_encoder(name: str | None) -> tuple[str, Encoder]:
    """A model's name and its encoder: of the preset or reference `name`, or else of the live
    model, or else of the bundled one.

    With a name, no database is asked, so a model can be tested before there is a shop. Raises
    `EncoderUnavailable`.
    """
    if name is not None:
        return name, get_encoder(name)
    try:
        live = EmbeddingModel.objects.live()
    except DatabaseError as error:
        reason = str(error).strip().partition("\n")[0]
        logger.warning("Which model is live cannot be asked (%s): %s is used.", reason, BUNDLED)
        live = None
    if live is not None:
        return live.name, live.encoder()
    return BUNDLED, get_encoder(BUNDLED)
