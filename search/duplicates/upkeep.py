"""Which pictures are to be compared with the others, and comparing them: each once.

PostgreSQL is the truth. A trigger (migration `duplicate_pictures`) makes a row *due* in the
transaction that stores a picture's vector. A worker takes some: the attempt is counted first, and
the row is due again after `LEASE_SECONDS` if the worker is not heard of.

Of two pictures that come at once neither is missed: a picture's vector and signature are stored
before it is compared, so that whichever is compared later finds the other.
"""

from __future__ import annotations

import logging
import math
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.core.cache import cache
from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import Now

from search import retrieval
from search.duplicates import finding, pixels
from search.duplicates.finding import Found, Pictured
from search.duplicates.models import DuplicatePair, PictureSignature
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import ProductImage

logger = logging.getLogger(__name__)

# So many are taken at a time, and held for so long: a batch takes a second or two.
BATCH = 32
LEASE_SECONDS = 600
# The wait before the second attempt; it doubles with each.
RETRY_SECONDS = 10.0
# A picture that waits for a vector is looked at again after so long.
POSTPONED_SECONDS = 60.0
# A sweep makes so many due that another version made, and looks so many pictures through.
OUTDATED = 10_000
SLICE = 20_000
_POSITION = "search.duplicates.sweep_position"
_LAST = 2**62  # beyond every key


@dataclass(frozen=True)
class Finished:
    """A batch: how many pictures it had, how many of them are compared now, and new pairs."""

    taken: int
    compared: int
    found: int


@dataclass(frozen=True)
class _Taken:
    """A picture to be compared. `until`: when its lease ends; it tells whether the row is still
    this worker's."""

    image_id: int
    attempts: int
    until: datetime
    name: str
    content_hash: str


# What was tried before is taken alone: it may be what killed its worker. `due_at` is compared with
# the clock, not the transaction's beginning.
_TAKE = """
    WITH first AS MATERIALIZED (
        SELECT image_id, attempts FROM search_picturesignature
         WHERE due_at <= clock_timestamp() AND attempts < %(most)s
         ORDER BY attempts, due_at LIMIT 1
           FOR UPDATE SKIP LOCKED
    ),
    fresh AS MATERIALIZED (
        SELECT row.image_id FROM search_picturesignature row, first
         WHERE first.attempts = 0 AND row.attempts = 0 AND row.due_at <= clock_timestamp()
         ORDER BY row.due_at LIMIT %(limit)s
           FOR UPDATE OF row SKIP LOCKED
    )
    UPDATE search_picturesignature row
       SET attempts = row.attempts + 1,
           due_at = clock_timestamp() + make_interval(secs => %(lease)s)
      FROM catalog_productimage image
     WHERE image.id = row.image_id
       AND row.image_id IN (SELECT image_id FROM fresh
                            UNION ALL SELECT image_id FROM first WHERE attempts > 0)
    RETURNING row.image_id, row.attempts, row.due_at, image.image, image.content_hash
"""

_MINE = "image_id = %(image_id)s AND due_at = %(until)s"

_SIGN = f"""
    UPDATE search_picturesignature SET signature = %(signature)s, version = %(version)s
     WHERE {_MINE}
"""  # noqa: S608  (constants only)

_DONE = f"""
    UPDATE search_picturesignature
       SET content_hash = %(content_hash)s, due_at = NULL, attempts = 0, error = ''
     WHERE {_MINE}
"""  # noqa: S608

# After the last attempt it is left alone until the file, or the version, is another one.
_PUT_BACK = f"""
    UPDATE search_picturesignature
       SET error = %(error)s, content_hash = %(content_hash)s, version = %(version)s,
           due_at = CASE WHEN attempts < %(most)s
               THEN clock_timestamp() + make_interval(secs => %(wait)s * 2 ^ (attempts - 1)) END
     WHERE {_MINE}
"""  # noqa: S608

_POSTPONE = f"""
    UPDATE search_picturesignature
       SET attempts = attempts - 1,
           due_at = clock_timestamp() + make_interval(secs => %(wait)s)
     WHERE {_MINE}
"""  # noqa: S608

# Only of files that are still there as they were compared; locked, so that a new file waits until
# its trigger sees the pair.
_PAIR = """
    WITH still AS MATERIALIZED (
        SELECT id, content_hash FROM catalog_productimage
         WHERE id = ANY(%(images)s) ORDER BY id FOR SHARE
    )
    INSERT INTO search_duplicatepair (image_id, other_id, similarity, exact, state, found_at)
    SELECT least(one.id, other.id), greatest(one.id, other.id), found.similarity, found.exact,
           'open', now()
      FROM unnest(%(others)s::bigint[], %(hashes)s::text[], %(similarities)s::float8[],
                  %(exacts)s::bool[]) found (id, content_hash, similarity, exact)
      JOIN still other ON other.id = found.id AND other.content_hash = found.content_hash
      JOIN still one ON one.id = %(image_id)s AND one.content_hash = %(content_hash)s
        ON CONFLICT DO NOTHING
"""


def compare_due(*, batch: int = BATCH, budget_seconds: float = math.inf) -> Iterator[Finished]:
    """Compare what is due with all other pictures, until nothing is; gives each batch when done.

    Any number of processes may do it: each picture is taken by one. After `budget_seconds` nothing
    more is taken. A file that cannot be read is tried again, and left alone after
    `PictureSignature.MAX_ATTEMPTS`.
    """
    deadline = time.monotonic() + budget_seconds
    storage = ProductImage._meta.get_field("image").storage
    while time.monotonic() < deadline:
        model = EmbeddingModel.objects.live()
        taken = _take(batch)
        if not taken:
            return
        signed = [(one, made) for one in taken if (made := _sign(one, storage)) is not None]
        vectors = _vectors([one.image_id for one, _ in signed], model)
        compared = found = 0
        for one, picture in signed:
            new = _compare(one, picture, vectors.get(one.image_id), model, storage)
            if new is not None:
                compared, found = compared + 1, found + new
        yield Finished(len(taken), compared, found)


def _take(limit: int) -> list[_Taken]:
    parameters = {
        "most": PictureSignature.MAX_ATTEMPTS,
        "limit": limit,
        "lease": LEASE_SECONDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, parameters)
        return [_Taken(*row) for row in sorted(cursor.fetchall())]


def _sign(taken: _Taken, storage: Storage) -> Pictured | None:
    """Store the picture's signature; None if its file cannot be read, or it is another by now."""
    try:
        signature = pixels.signature_of(finding.read(storage, taken.name))
    except Exception as error:  # decoders raise what they like
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        _put_back(taken, f"The picture file cannot be read: {reason}.")
        return None
    if not _write(_SIGN, taken, signature=signature, version=pixels.VERSION):
        return None
    return Pictured(taken.image_id, taken.name, taken.content_hash, signature)


def _vectors(images: Sequence[int], model: EmbeddingModel | None) -> Mapping[int, np.ndarray]:
    if model is None or not images:
        return {}
    found, vectors = retrieval.vectors_of_images(images, model)
    return dict(zip(found, vectors, strict=True))


def _compare(
    taken: _Taken,
    picture: Pictured,
    vector: np.ndarray | None,
    model: EmbeddingModel | None,
    storage: Storage,
) -> int | None:
    """How many new pairs there are of the picture; None if it could not be compared."""
    if model is None or vector is None:
        _write(_POSTPONE, taken, wait=POSTPONED_SECONDS)
        return None
    others = finding.pictured(finding.candidates(picture, vector, model))
    try:
        found = finding.duplicates_of(picture, list(others.values()), storage=storage)
    except Exception as error:  # the file went between two looks at it
        _put_back(taken, f"The picture could not be compared: {error}")
        return None
    with transaction.atomic():
        if not _write(_DONE, taken, content_hash=taken.content_hash):
            return None
        _forget_others(picture.image_id, found)
        return _store(picture, found)


def _forget_others(image_id: int, found: Sequence[Found]) -> None:
    """Open pairs that another version of the method found, and this one does not."""
    still = [one.image_id for one in found]
    open_pairs = DuplicatePair.objects.filter(state=DuplicatePair.State.OPEN)
    open_pairs.filter(image=image_id).exclude(other__in=still).delete()
    open_pairs.filter(other=image_id).exclude(image__in=still).delete()


def _store(picture: Pictured, found: Sequence[Found]) -> int:
    if not found:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIR,
            {
                "images": [picture.image_id, *(one.image_id for one in found)],
                "image_id": picture.image_id,
                "content_hash": picture.content_hash,
                "others": [one.image_id for one in found],
                "hashes": [one.content_hash for one in found],
                "similarities": [one.similarity for one in found],
                "exacts": [one.exact for one in found],
            },
        )
        return cursor.rowcount


def _put_back(taken: _Taken, reason: str) -> None:
    _write(
        _PUT_BACK,
        taken,
        error=reason[:1000],
        content_hash=taken.content_hash,
        version=pixels.VERSION,
        most=PictureSignature.MAX_ATTEMPTS,
        wait=RETRY_SECONDS,
    )


def _write(statement: str, taken: _Taken, **values: Any) -> bool:
    """Whether the row was still as it was taken."""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"image_id": taken.image_id, "until": taken.until, **values})
        return cursor.rowcount == 1


# --- The sweep ----------------------------------------------------------------------------------


def mark_some_due() -> int:
    """What the trigger did not tell of, made due; how many rows.

    That is: what another version made, `OUTDATED` at a time; what came past the trigger (a restored
    dump), found within as many calls as the shop has slices of `SLICE` pictures; and the last
    attempts of workers that died are ended.
    """
    _end_abandoned()
    return _mark_outdated() + _mark_missing(*_next_slice())


def anything_due() -> bool:
    """Whether a worker would find something to do now."""
    rows = PictureSignature.objects.filter(
        due_at__lte=Now(), attempts__lt=PictureSignature.MAX_ATTEMPTS
    )
    return rows.exists()


def retry_failed() -> int:
    """Give what failed new attempts; how many pictures."""
    failed = PictureSignature.objects.filter(due_at__isnull=True).exclude(error="")
    return failed.update(due_at=Now(), attempts=0)


def _end_abandoned() -> None:
    """The lease of a last attempt ran out: the picture killed its worker each time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE search_picturesignature row
               SET due_at = NULL, content_hash = image.content_hash, version = %(version)s,
                   error = 'The worker died over it, ' || attempts || ' times.'
              FROM catalog_productimage image
             WHERE image.id = row.image_id
               AND due_at <= clock_timestamp() AND attempts >= %(most)s
            """,
            {"version": pixels.VERSION, "most": PictureSignature.MAX_ATTEMPTS},
        )


def _mark_outdated() -> int:
    """Two ranges, for an index finds no "other than"."""
    marked = 0
    for other in ({"version__lt": pixels.VERSION}, {"version__gt": pixels.VERSION}):
        rows = PictureSignature.objects.filter(due_at__isnull=True, **other)
        some = list(rows.values_list("pk", flat=True)[:OUTDATED])
        again = PictureSignature.objects.filter(pk__in=some, due_at__isnull=True)
        marked += again.update(due_at=Now(), attempts=0) if some else 0
    return marked


def _mark_missing(after: int, through: int) -> int:
    """Among the pictures with keys in (after, through]: those with a vector and without a row, or
    with that of another file."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_picturesignature AS row
                   (image_id, content_hash, version, due_at, attempts, error)
            SELECT embedding.image_id, '', 0, now(), 0, ''
              FROM search_embedding embedding
              JOIN search_embeddingmodel model ON model.id = embedding.model_id
              LEFT JOIN search_picturesignature signed ON signed.image_id = embedding.image_id
             WHERE embedding.image_id > %(after)s AND embedding.image_id <= %(through)s
               AND embedding.kind = %(kind)s AND embedding.status = %(done)s
               AND model.state = %(live)s
               AND (signed.image_id IS NULL
                    OR signed.due_at IS NULL AND signed.content_hash <> embedding.content_hash)
             ORDER BY embedding.image_id
                ON CONFLICT (image_id) DO UPDATE SET due_at = now(), attempts = 0
            """,
            {
                "after": after,
                "through": through,
                "kind": Embedding.Kind.IMAGE,
                "done": Embedding.Status.DONE,
                "live": EmbeddingModel.State.LIVE,
            },
        )
        return cursor.rowcount


def _next_slice() -> tuple[int, int]:
    """The keys of the next `SLICE` pictures: after the first, through the second.

    Past the last picture they begin anew. Where they are is remembered in the cache; where it has
    forgotten, they begin anywhere, so that none is left out for ever.
    """
    ids = ProductImage.objects.order_by("pk").values_list("pk", flat=True)
    if not ids[SLICE : SLICE + 1].exists():
        return 0, _LAST
    after = cache.get(_POSITION)
    if after is None:
        after = secrets.randbelow(ids.last() or 1)
    through = ids.filter(pk__gt=after)[SLICE - 1 : SLICE].first()
    cache.set(_POSITION, through or 0, timeout=None)
    return after, through or _LAST


# --- How far it is ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How many pictures were compared, wait, and failed; and pairs of two products by answer."""

    compared: int
    waiting: int
    failed: int
    pairs: Mapping[str, int]

    def as_data(self) -> dict[str, int]:
        pictures = {"compared": self.compared, "waiting": self.waiting, "failed": self.failed}
        return {**pictures, **self.pairs}


def progress() -> Progress:
    rows = PictureSignature.objects
    waiting = rows.filter(due_at__isnull=False).count()
    failed = rows.filter(due_at__isnull=True).exclude(error="").count()
    across = DuplicatePair.objects.across().order_by()
    counted = dict(across.values_list("state").annotate(n=Count("pk")))
    pairs = {str(state): counted.get(state, 0) for state in DuplicatePair.State}
    return Progress(max(0, rows.count() - waiting - failed), waiting, failed, pairs)


def reasons(most: int = 10) -> list[tuple[str, int]]:
    """Why pictures failed, and how many."""
    failed = PictureSignature.objects.filter(due_at__isnull=True).exclude(error="")
    return list(failed.values_list("error").annotate(n=Count("pk")).order_by("-n")[:most])
