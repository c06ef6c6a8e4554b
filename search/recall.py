"""Whether the search finds what an exact one would: samples of it are searched both ways.

Graphs and signatures may miss a product, and how many they miss depends on the shop's own pictures
and filters. So a task looks, every ten minutes: at samples of real searches
(`search.recall_samples`), or, where there are none, at pictures of the shop within categories that
are not theirs, which is what an index finds hardest.
"""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import psycopg
from django.db import OperationalError, connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from search import recall_history, recall_samples, retrieval, router
from search.filters import Filters
from search.models import Embedding, EmbeddingModel, RecallCheck
from search.ranking import DEPTH
from search.recall_history import FIRST
from search.recall_samples import Sample, sample_of
from search.retrieval import Hit, Target
from search.router import Way
from shop.catalog.models import Category

logger = logging.getLogger(__name__)

# What a check looks at, and how long it may take: the exact search of a large shop takes a tenth of
# a second and more, which shoppers' searches must not wait for.
SAMPLES = 20
BUDGET_SECONDS = 10.0
STATEMENT_SECONDS = 5.0
# Of pictures, one in so many is looked for in the whole shop.
UNFILTERED = 4
# What rounding does to the sum of one and the same similarity.
SAME_SCORE = 1e-6


@dataclass(frozen=True)
class Outcome:
    """The recall of each sample, in [0, 1], by the way in which it was searched."""

    origin: RecallCheck.Origin
    by_way: dict[Way, list[float]] = field(default_factory=dict)


def check(
    model: EmbeddingModel, *, samples: int = SAMPLES, budget_seconds: float = BUDGET_SECONDS
) -> Outcome:
    """Search at most `samples` samples both ways; keep and give what was found.

    Stops when the budget is spent, or at a statement that takes longer than `STATEMENT_SECONDS`.
    """
    ends = time.monotonic() + budget_seconds
    found = recall_samples.kept(model)
    random.shuffle(found)
    origin = RecallCheck.Origin.SEARCHES if found else RecallCheck.Origin.PICTURES
    outcome = Outcome(origin)
    try:
        for sample in found[:samples] or _pictures(model, samples):
            with _bounded():
                compared = _compare(sample.target(model), sample.filters)
            if compared is not None:
                way, recall = compared
                outcome.by_way.setdefault(way, []).append(recall)
            if time.monotonic() >= ends:
                break
    except OperationalError as error:
        if not _timed_out(error):
            raise
        logger.warning("A search took longer than %s s: the check ends here.", STATEMENT_SECONDS)
    recall_history.keep(_rows(model, outcome))
    return outcome


def _rows(model: EmbeddingModel, outcome: Outcome) -> Iterable[RecallCheck]:
    now = timezone.now()
    for way, values in outcome.by_way.items():
        yield RecallCheck(
            model=model,
            way=way,
            origin=outcome.origin,
            checked_at=now,
            samples=len(values),
            recall=float(np.mean(values)),
            worst=min(values),
        )


def _compare(target: Target, filters: Filters) -> tuple[Way, float] | None:
    """The way of this search, and which share of the first products of an exact one it shows; None
    where there is nothing to find."""
    exact = _exact(target, filters)
    if not exact:
        return None
    found = router.nearest(target, router.match(filters), depth=DEPTH)
    # Of products equally near, either search may show whichever.
    enough = exact[-1].score - SAME_SCORE
    expected = {hit.product_id for hit in exact}
    right = sum(hit.product_id in expected or hit.score >= enough for hit in found.hits[:FIRST])
    return found.way, min(1.0, right / len(exact))


def _exact(target: Target, filters: Filters) -> list[Hit]:
    """The `FIRST` products nearest of all that pass."""
    limit = FIRST * router.VECTORS_EACH[Embedding.Kind(target.kind)]
    while True:
        hits = retrieval.exact_of_all(target, filters, limit=limit)
        best: dict[int, Hit] = {}
        for hit in hits:
            best.setdefault(hit.product_id, hit)
        if len(best) >= FIRST or len(hits) < limit:
            return list(best.values())[:FIRST]
        limit *= router.AGAIN


def _pictures(model: EmbeddingModel, count: int) -> Iterator[Sample]:
    """Random pictures, most of them looked for in a category that is not theirs. A category is
    chosen as often as it is large: small ones are searched exactly."""
    pictures = Embedding.objects.filter(
        model=model, kind=Embedding.Kind.IMAGE, listed=True, vector__isnull=False
    )
    first, last = pictures.aggregate(first=Min("pk"), last=Max("pk")).values()
    if first is None:
        return
    sizes = _sizes()
    for number in range(count):
        after = pictures.filter(pk__gte=random.randint(first, last))  # noqa: S311
        picture = after.order_by("pk").first()
        if picture is None:
            continue  # the last one has gone meanwhile
        others = [path for path in sizes if not picture.path.startswith(path)]
        filters = Filters()
        if others and number % UNFILTERED:
            weights = [sizes[path] for path in others]
            filters = Filters(path=random.choices(others, weights)[0])  # noqa: S311
        vector = np.asarray(picture.vector, np.float32)
        yield sample_of(Target(vector, Embedding.Kind.IMAGE, model), filters)


def _sizes() -> dict[str, int]:
    """How many products on sale are in or below each category, by its path."""
    sizes: Counter[str] = Counter()
    for path, count in retrieval.count_by_path(Filters()).items():
        for end in range(Category.steplen, len(path) + 1, Category.steplen):
            sizes[path[:end]] += count
    return sizes


@contextmanager
def _bounded() -> Iterator[None]:
    """No statement within may take longer than `STATEMENT_SECONDS`."""
    milliseconds = f"{STATEMENT_SECONDS * 1000:.0f}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [milliseconds])
        yield


def _timed_out(error: OperationalError) -> bool:
    return isinstance(error.__cause__, psycopg.errors.QueryCanceled)
