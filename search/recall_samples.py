"""Samples of real searches, for the check of recall (`search.recall`).

Nothing in a sample tells of a person. It holds what was compared with what: the query's vector in
half precision, whether words had a part in it, the kind of vectors it was compared with, the model,
and the filters (keys, a category's path, a brand, prices, a colour). Not the words, not the photo,
no session, no address, no account. No time either: a sample disappears with the end of the day
after the one it was taken on, so that not even the time it has left tells more than the day.

A vector is made from words or a photo and says roughly what they show. Who wants none of that kept
sets RECALL_SAMPLE_RATE to 0; checks then use the shop's own pictures.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from search.filters import Filters
from search.models import EmbeddingModel
from search.retrieval import Target
from search.router import Way

# A ring in which each new sample takes a random place: what is in it is of the whole day, and never
# more than this. Some 1.5 kB each.
PLACES = 200


@dataclass(frozen=True)
class Sample:
    """`vector`: float16 bytes of (dimension,), norm 1; `kind`: of `Embedding.Kind`; `across`: as in
    `Target`."""

    vector: bytes
    kind: str
    model_id: int
    filters: Filters
    across: bool = False

    def target(self, model: EmbeddingModel) -> Target:
        """What it is to be compared with, under `model`, which must be the sample's."""
        vector = np.frombuffer(self.vector, np.float16).astype(np.float32)
        return Target(vector, self.kind, model, self.across)


def sample_of(target: Target, filters: Filters) -> Sample:
    """The search for `target` within `filters`, as it is kept."""
    vector = np.asarray(target.vector, np.float16).tobytes()
    return Sample(vector, str(target.kind), target.model.pk, filters, target.across)


def offer(target: Target, filters: Filters, way: str) -> None:
    """Keep this search as a sample, by the chance RECALL_SAMPLE_RATE. Costs nothing otherwise.

    An exact search is none: it can miss nothing.
    """
    if way == Way.EXACT or random.random() >= settings.RECALL_SAMPLE_RATE:  # noqa: S311
        return
    now = timezone.now()
    midnight = datetime.combine(now.date() + timedelta(days=2), time(), tzinfo=now.tzinfo)
    place = random.randrange(PLACES)  # noqa: S311
    cache.set(_key(place), sample_of(target, filters), int((midnight - now).total_seconds()))


def kept(model: EmbeddingModel) -> list[Sample]:
    """The samples of searches under `model`, at most `PLACES`, in no order."""
    found = cache.get_many([_key(place) for place in range(PLACES)]).values()
    return [sample for sample in found if sample.model_id == model.pk]


def _key(place: int) -> str:
    return f"recall-sample:{place}"
