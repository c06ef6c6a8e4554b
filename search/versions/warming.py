"""In web processes: what answers, and what may answer next, is loaded before anybody asks.

A thread looks every `POLL_SECONDS` which models those are: the live one, one that is being built,
and the one before. So the first search after a change waits for no file to be read, here or in any
other process, and neither does the first after a start. No more than these are held in memory.
"""

from __future__ import annotations

import logging
import os
import threading
import time

from django.db import Error, connection
from PIL import Image

from search import background, encoders
from search.attributes import stored as readers
from search.encoders import EncoderUnavailable, for_queries, resolve
from search.models import EmbeddingModel

logger = logging.getLogger(__name__)

POLL_SECONDS = 2.0

_started = False
_warm: dict[int, str] = {}
_told: set[int] = set()


def start() -> None:
    """Begin, in a web process, after the fork; once."""
    global _started
    if _started:
        return
    _started = True
    threading.Thread(target=_run, name="warming", daemon=True).start()


def _run() -> None:
    while True:
        try:
            look()
        except Error as error:  # the database is away; so are searches
            logger.warning("Which models are in use cannot be asked: %s", error)
        except Exception:  # searches load what they need themselves, and say what is wrong
            logger.exception("A model cannot be loaded ahead.")
        finally:
            connection.close()
        time.sleep(POLL_SECONDS)


def look() -> None:
    """Load what is not loaded yet, and let go of what is not needed any more."""
    models = list(EmbeddingModel.objects.worked_on().defer("image_thresholds", "text_thresholds"))
    for model in models:
        if _warm.get(model.pk) != model.checksum:
            _load(model)
        background.of(model)
        readers.load(model)
    for key in set(_warm) - {model.pk for model in models}:
        del _warm[key]
    encoders.release(keep={resolve(model.reference) for model in models})


def _load(model: EmbeddingModel) -> None:
    """Its encoder's towers, each asked once."""
    try:
        encoder = for_queries(model.encoder())
        encoder.encode_query_text("warm")
        encoder.encode_query_image(Image.new("RGB", (64, 64), "white"))
    except EncoderUnavailable as error:
        if model.pk not in _told:  # it may come: a worker exports it
            _told.add(model.pk)
            logger.warning("%s is not loaded yet: %s", model, error)
        return
    _told.discard(model.pk)
    _warm[model.pk] = model.checksum
    logger.info("%s is loaded.", model)


def _forget() -> None:
    global _started
    _started = False
    _warm.clear()


os.register_at_fork(after_in_child=_forget)
