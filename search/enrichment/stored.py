"""What was learnt, in PostgreSQL: as a whole for each model, loaded once a process; and the
calibrations, which follow decisions.

It all belongs to the model whose vectors it was learnt from, so that another model which goes live
has its own.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from search.enrichment.calibration import Calibration
from search.enrichment.catalogue import (
    colour_attribute,
    uncategorised,
)
from search.enrichment.enricher import Enricher, collect, learn, names_of
from search.enrichment.models import StoredEnricher, SuggestionCalibration
from search.models import EmbeddingModel
from shop.catalog.models import Category, Product

logger = logging.getLogger(__name__)

# How long a process believes that what it has is the newest.
KEEP_SECONDS = 30.0
# How often it is counted whether there is more to learn from.
CHECK_EVERY = timedelta(minutes=2)
# So much more or less to learn from makes it worth learning anew; and time.
CHANGED, OLD = 0.05, timedelta(days=7)


@dataclass(frozen=True)
class Loaded:
    """An enricher with the calibration of each kind."""

    enricher: Enricher
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)

    def confidence(self, kind: str, score: float, groups: Sequence[str]) -> float:
        known = self.calibrations.get(kind) or Calibration()
        return float(known.confidence([score], [groups])[0])


_loaded: dict[int, tuple[float, Loaded | None]] = {}
_loading = threading.Lock()


def load(model: EmbeddingModel) -> Loaded | None:
    """What was learnt for a model; None before the first time. What is learnt meanwhile is taken
    up within `KEEP_SECONDS`."""
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
    kept = StoredEnricher.objects.filter(model=model)
    version = kept.values_list("version", flat=True).first()
    if version is None:
        return None
    if known is not None and known.enricher.version == version:
        enricher = known.enricher
    else:
        row = kept.values_list("version", "content").first()
        if row is None:
            return None
        try:
            enricher = Enricher.from_bytes(bytes(row[1]), row[0])
        except (KeyError, TypeError, ValueError, OSError) as error:
            logger.warning("Nothing is suggested until it is learnt anew: %r", error)
            return None
    found = SuggestionCalibration.objects.filter(model=model)
    return Loaded(
        enricher,
        {one.kind: Calibration(one.slope, one.offset, one.groups) for one in found},
    )


def learn_if_due(model: EmbeddingModel) -> bool:
    """Learn anew where what there is to learn from has changed enough; whether that was so. Raises
    `EncoderUnavailable`."""
    kept = StoredEnricher.objects.filter(model=model).defer("content").first()
    now = timezone.now()
    if kept is not None:
        if now - kept.checked_at < CHECK_EVERY:
            return False
        StoredEnricher.objects.filter(pk=kept.pk).update(checked_at=now)
        if not _more_to_learn(kept):
            return False
    learn_now(model)
    return True


def learn_now(model: EmbeddingModel) -> StoredEnricher:
    """Learn for a model and keep it. Raises `EncoderUnavailable`."""
    enricher = learn(collect(model), names_of(model))
    now = timezone.now()
    former = StoredEnricher.objects.filter(model=model).values_list("version", flat=True).first()
    kept, _ = StoredEnricher.objects.update_or_create(
        model=model,
        defaults={
            "version": (former or 0) + 1,
            "content": enricher.to_bytes(),
            "categorised": _categorised(),
            "coloured": _coloured(),
            "categories": _categories(),
            "learnt_at": now,
            "checked_at": now,
        },
    )
    forget()
    return kept


def _more_to_learn(kept: StoredEnricher) -> bool:
    if timezone.now() - kept.learnt_at >= OLD or kept.categories != _categories():
        return True
    pairs = ((_categorised(), kept.categorised), (_coloured(), kept.coloured))
    return any(abs(there - before) > CHANGED * before for there, before in pairs)


def _categorised() -> int:
    """How many products have a category and pictures that are embedded, roughly: all that have a
    category. One count over an index."""
    return Product.objects.exclude(category__in=uncategorised()).count()


def _coloured() -> int:
    colour = colour_attribute()
    if colour is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT count(*) FROM catalog_product_attributes own
                      JOIN catalog_attributevalue value ON value.id = own.attributevalue_id
                     WHERE value.attribute_id = %(colour)s)
                 + (SELECT count(*) FROM catalog_variant_options option
                      JOIN catalog_attributevalue value ON value.id = option.attributevalue_id
                     WHERE value.attribute_id = %(colour)s)
            """,
            {"colour": colour.pk},
        )
        return int(cursor.fetchone()[0])


def _categories() -> str:
    """SHA-256, hex: the same as long as the tree is."""
    rows = list(Category.objects.order_by("path").values_list("path", "pk", "name"))
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _start_anew() -> None:
    """In a forked child, the lock may be held by a thread that it lacks."""
    global _loading
    _loading = threading.Lock()


os.register_at_fork(after_in_child=_start_anew)
