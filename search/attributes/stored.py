"""Readers in PostgreSQL: learnt in the background, loaded once a process."""

from __future__ import annotations

import logging
import os
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from search import counts
from search.attributes import examples, prompts, vocabulary
from search.attributes.learning import learn
from search.attributes.models import StoredReader
from search.attributes.reader import Reader
from search.encoders.base import logit_scale
from search.models import EmbeddingModel
from shop.catalog.models import AttributeValue

logger = logging.getLogger(__name__)

# How long a process believes that the reader it has is the newest.
KEEP_SECONDS = 30.0
# How often it is counted whether there is more to learn from.
CHECK_EVERY = timedelta(minutes=2)
# More of what is learnt from makes a reader worth learning anew: so much more while pictures are
# still being embedded, or any such change when they are; and time, for categories that moved.
GROWN, CHANGED, OLD = 1.5, 0.05, timedelta(days=7)


@dataclass(frozen=True)
class Loaded:
    """A reader with the names of what it reads. `values`: with their attributes, by key."""

    version: int
    reader: Reader
    values: dict[int, AttributeValue]

    def surely_read(self, attribute: int) -> list[str]:
        """The values of an attribute (key) that are ever sure where the category is known."""
        return [
            self.values[value].value
            for one in self.reader.attributes
            if one.pk == attribute
            for value, floor in zip(one.value_ids, one.floors, strict=True)
            if floor <= 1 and value in self.values
        ]


_loaded: dict[int, tuple[float, Loaded | None]] = {}
_loading = threading.Lock()


def load(model: EmbeddingModel) -> Loaded | None:
    """The reader of a model; None before the first is learnt. One that is learnt meanwhile is
    taken up within `KEEP_SECONDS`."""
    asked_at, loaded = _loaded.get(model.pk, (-KEEP_SECONDS, None))
    if time.monotonic() - asked_at < KEEP_SECONDS:
        return loaded
    with _loading:
        asked_at, loaded = _loaded.get(model.pk, (-KEEP_SECONDS, None))
        if time.monotonic() - asked_at >= KEEP_SECONDS:
            loaded = _newest(model, loaded)
            _loaded[model.pk] = time.monotonic(), loaded
    return loaded


def forget() -> None:
    """Have this process ask anew."""
    _loaded.clear()


def _newest(model: EmbeddingModel, known: Loaded | None) -> Loaded | None:
    stored = StoredReader.objects.filter(model=model)
    version = stored.values_list("version", flat=True).first()
    if version is None or (known is not None and known.version == version):
        return known if version is not None else None
    row = stored.values_list("version", "content").first()
    if row is None:
        return None
    version, content = row
    try:
        reader = Reader.from_bytes(bytes(content))
    except ValueError as error:
        logger.warning("Nothing is read from pictures until the reader is learnt anew: %s", error)
        return None
    keys = [pk for attribute in reader.attributes for pk in attribute.value_ids]
    values = AttributeValue.objects.select_related("attribute").in_bulk(keys)
    return Loaded(version, reader, values)


def learn_if_due(model: EmbeddingModel) -> StoredReader:
    """The reader of a model as it is kept, learnt anew where the vocabulary or what there is to
    learn from has changed. Raises `EncoderUnavailable`."""
    kept = StoredReader.objects.filter(model=model).defer("content").first()
    more = kept is None or (
        timezone.now() - kept.checked_at >= CHECK_EVERY and _more_to_learn(kept)
    )
    if more:
        vocabulary.decide_all()
    vocabulary.complete()
    known = vocabulary.terms()
    if kept is not None and not more and vocabulary.fingerprint(known) == kept.vocabulary:
        return kept
    return learn_now(model)


def learn_now(model: EmbeddingModel) -> StoredReader:
    """Learn a model's reader and keep it; its pictures are then read again from the first. Raises
    `EncoderUnavailable`."""
    known = vocabulary.terms()
    encoder = model.encoder() if known else None
    texts = {one.pk: prompts.text_vectors(encoder, one) for one in known} if encoder else {}
    _, learnt_from = examples.collect(model, known)
    reader = learn(learnt_from, known, texts, logit_scale(encoder) if encoder else None)
    now = timezone.now()
    values = {
        "content": reader.to_bytes(),
        "vocabulary": vocabulary.fingerprint(known),
        "examples": _examples(),
        "pictures": _pictures(model)[0],
        "learnt_at": now,
        "checked_at": now,
        "read_until": None,
        "read_id": 0,
    }
    with transaction.atomic():
        kept = StoredReader.objects.select_for_update().filter(model=model).first()
        version = kept.version + 1 if kept else 1
        stored, _ = StoredReader.objects.update_or_create(
            model=model, defaults={**values, "version": version}
        )
    forget()
    return stored


def _more_to_learn(kept: StoredReader) -> bool:
    """Whether so much has changed since that a new reader is worth it; notes that it was asked."""
    now = timezone.now()
    StoredReader.objects.filter(pk=kept.pk).update(checked_at=now)
    if now - kept.learnt_at >= OLD:
        return True
    pictures, pending = _pictures(kept.model)
    for there, before in ((pictures, kept.pictures), (_examples(), kept.examples)):
        if there > GROWN * before or (not pending and abs(there - before) > CHANGED * before):
            return True
    return False


def _pictures(model: EmbeddingModel) -> tuple[int, int]:
    """How many pictures are embedded, and how many are still to be."""
    found = counts.by_kind_and_status([model])["image"]
    return found["done"], found["pending"] + found["running"]


def _examples() -> int:
    """How often products have a value that is read."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM catalog_product_attributes own
              JOIN search_visualvalue value ON value.value_id = own.attributevalue_id
             WHERE value.enabled
            """
        )
        return int(cursor.fetchone()[0])


def _start_anew() -> None:
    """In a forked child, the lock may be held by a thread that it lacks."""
    global _loading
    _loading = threading.Lock()


os.register_at_fork(after_in_child=_start_anew)
