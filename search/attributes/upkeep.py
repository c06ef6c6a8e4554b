"""In the background: learn what there is to learn, then read what is new or has changed.

Products come to be read in three ways. Their pictures were embedded: they are found by the time of
that, from where the last reading ended. They changed otherwise: then `mark_due` has noted them in
the transaction that changed them. Or there is a newer reader: then reading begins anew from the
first picture. Where it stands is in PostgreSQL, in the same transaction as what was read, so that
it may be cut off anywhere, and goes on there.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone

from search.attributes import stored, suggestions
from search.attributes.models import ReadingDue, StoredReader
from search.models import EmbeddingModel

logger = logging.getLogger(__name__)

# Products, and pictures, that are read in one transaction.
AT_ONCE = 500
# A statement that stores vectors may have begun so long before they can be seen.
SETTLED = timedelta(seconds=5)

# One process at a time learns and reads: a lock of the session, freed by PostgreSQL if it dies.
_LOCK = 0x61747472  # "attr"

# A scan of the index `embedding_done`, from where the last one ended. All pictures of one statement
# have one time, and those at the end of a page are followed by the others of theirs.
_NEXT = """
    SELECT product_id, updated_at, id FROM search_embedding
     WHERE model_id = %(model)s AND kind = 'image' AND status = 'done'
       AND updated_at >= coalesce(%(after)s, '-infinity'::timestamptz)
       AND (updated_at, id) > (coalesce(%(after)s, '-infinity'::timestamptz), %(id)s)
       AND updated_at < %(settled)s
     ORDER BY updated_at, id LIMIT %(limit)s
"""


_DONE = """
    DELETE FROM search_readingdue due
     USING unnest(%s::bigint[], %s::timestamptz[]) read (product_id, marked_at)
     WHERE due.product_id = read.product_id AND due.marked_at = read.marked_at
"""


class End(Protocol):
    def __call__(self, model: EmbeddingModel, *, deadline: float) -> None: ...


@dataclass(frozen=True)
class Follower:
    """What else looks at products that are new or changed. `begin`: before any is read; `read`: a
    lot of them (keys), in the same transaction; how many suggestions are new or changed; `end`:
    when no more are due, until a deadline of `time.monotonic`."""

    begin: Callable[[EmbeddingModel], None]
    read: Callable[[Collection[int], EmbeddingModel], int]
    end: End


followers: list[Follower] = []


def mark_due(products: Collection[int]) -> None:
    """Have the pictures of changed products (keys) read again. Joins the transaction that changes
    them; those without pictures are read when they have some."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_readingdue (product_id, marked_at)
            SELECT product.id, clock_timestamp() FROM catalog_product product
             WHERE product.id = ANY(%s)
               AND (EXISTS (SELECT FROM search_embedding e
                              JOIN search_storedreader reader ON reader.model_id = e.model_id
                             WHERE e.product_id = product.id AND e.kind = 'image'
                               AND e.vector IS NOT NULL)
                    OR EXISTS (SELECT FROM search_attributesuggestion open
                                WHERE open.product_id = product.id AND open.state = 'suggested')
                    OR EXISTS (SELECT FROM search_productsuggestion open
                                WHERE open.product_id = product.id AND open.state = 'suggested'))
             ORDER BY product.id
            ON CONFLICT (product_id) DO UPDATE SET marked_at = excluded.marked_at
            """,
            [sorted(products)],
        )


def run(*, budget_seconds: float = math.inf) -> Iterator[int]:
    """Learn for the live model if that is due, then read until nothing is due or the time is up;
    gives the suggestions that are new or changed, after each lot.

    Any number of processes may run this: one works, the others find that it does. Raises
    `EncoderUnavailable` where there is something to learn and no encoder.
    """
    deadline = time.monotonic() + budget_seconds
    model = EmbeddingModel.objects.live()
    if model is None:
        return
    with _alone() as alone:
        if not alone:
            return
        stored.learn_if_due(model)
        stored.forget()
        loaded = stored.load(model)
        if loaded is None:
            return
        for follower in followers:
            follower.begin(model)
        while time.monotonic() < deadline:
            suggested = _read_some(model, loaded)
            if suggested is None:
                break
            yield suggested
        for follower in followers:
            follower.end(model, deadline=deadline)


def _read_some(model: EmbeddingModel, loaded: stored.Loaded) -> int | None:
    """Read one lot of products; None if none is due."""
    due = dict(ReadingDue.objects.order_by("pk").values_list("pk", "marked_at")[:AT_ONCE])
    if due:
        # Not locked meanwhile: whoever saves one of them waits for nothing.
        suggested = _read(due, model, loaded)
        with connection.cursor() as cursor:
            cursor.execute(_DONE, [list(due), list(due.values())])
        return suggested
    with transaction.atomic():
        at = StoredReader.objects.values_list("read_until", "read_id").get(model=model)
        with connection.cursor() as cursor:
            cursor.execute(
                _NEXT,
                {
                    "model": model.pk,
                    "after": at[0],
                    "id": at[1],
                    "settled": timezone.now() - SETTLED,
                    "limit": AT_ONCE,
                },
            )
            pictures = cursor.fetchall()
        if not pictures:
            return None
        suggested = _read({row[0] for row in pictures}, model, loaded)
        _, until, last = pictures[-1]
        StoredReader.objects.filter(model=model, version=loaded.version).update(
            read_until=until, read_id=last
        )
        return suggested


def _read(products: Collection[int], model: EmbeddingModel, loaded: stored.Loaded) -> int:
    suggested = suggestions.suggest(products, model, loaded)
    return suggested + sum(follower.read(products, model) for follower in followers)


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        alone = bool(cursor.fetchone()[0])
        try:
            yield alone
        finally:
            if alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
