"""Which pictures' colours are to be made, and making them.

PostgreSQL is the truth. Triggers (migration 0014) make a row *due* in the transaction that stores a
picture, by whatever path. A worker takes some: the attempt is counted first, and the row is due
again after `LEASE` if the worker is not heard of, so that one which dies loses nothing. What it
finds is written only where the row is still as it was taken: a file that came meanwhile is due by
itself.

Not in the pipeline of embeddings, though pictures are decoded there: colours would take more of it
than a small model does, and vectors are what searches wait for.
"""

from __future__ import annotations

import logging
import math
import secrets
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.core.cache import cache
from django.core.files.storage import Storage
from django.db import connection
from django.db.models.functions import Now
from PIL import Image

from search.colors.extraction import VERSION, PictureColors, colors_of
from search.colors.subject import SIDE
from search.models import PictureColors as Row
from shop.catalog.models import ProductImage

logger = logging.getLogger(__name__)

# So many are taken at a time, and held for so long: a batch takes a second or two.
BATCH = 32
LEASE_SECONDS = 600
# The wait before the second attempt; it doubles with each.
RETRY_SECONDS = 10.0
# A picture has enough of a colour to be found by it from this share on.
ENOUGH = 0.2
# A sweep makes so many due that another version of the method made, and compares so many pictures
# with their rows.
OUTDATED = 10_000
SLICE = 20_000
_POSITION = "search.colors.sweep_position"
LAST = 2**62  # beyond every id


@dataclass(frozen=True)
class Finished:
    """A batch: how many pictures it had, how many of them have their colours now, and of which
    products (keys) they are."""

    taken: int
    made: int
    products: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Taken:
    """A picture whose colours are to be made. `until`: when its lease ends; it tells whether the
    row is still this worker's."""

    image_id: int
    attempts: int
    until: datetime
    name: str
    content_hash: str
    product_id: int


# What was tried before is taken alone: it may be what killed its worker. `due_at` is compared with
# the clock, not the transaction's beginning.
_TAKE = """
    WITH first AS MATERIALIZED (
        SELECT image_id, attempts FROM search_picturecolors
         WHERE due_at <= clock_timestamp() AND attempts < %(most)s
         ORDER BY attempts, due_at LIMIT 1
           FOR UPDATE SKIP LOCKED
    ),
    fresh AS MATERIALIZED (
        SELECT colors.image_id FROM search_picturecolors colors, first
         WHERE first.attempts = 0 AND colors.attempts = 0
           AND colors.due_at <= clock_timestamp()
         ORDER BY colors.due_at LIMIT %(limit)s
           FOR UPDATE OF colors SKIP LOCKED
    )
    UPDATE search_picturecolors colors
       SET attempts = colors.attempts + 1,
           due_at = clock_timestamp() + make_interval(secs => %(lease)s)
      FROM catalog_productimage image
     WHERE image.id = colors.image_id
       AND colors.image_id IN (SELECT image_id FROM fresh
                               UNION ALL SELECT image_id FROM first WHERE attempts > 0)
    RETURNING colors.image_id, colors.attempts, colors.due_at, image.image, image.content_hash,
              image.product_id
"""

_STORE = """
    UPDATE search_picturecolors
       SET shares = %(shares)s, main = %(main)s, swatches = %(swatches)s,
           content_hash = %(content_hash)s, method = %(method)s,
           due_at = NULL, attempts = 0, error = ''
     WHERE image_id = %(image_id)s AND due_at = %(until)s
"""

# After the last attempt it is left alone until the file, or the method, is another one.
_PUT_BACK = """
    UPDATE search_picturecolors
       SET error = %(error)s, content_hash = %(content_hash)s, method = %(method)s,
           due_at = CASE WHEN attempts < %(most)s
               THEN clock_timestamp() + make_interval(secs => %(wait)s * 2 ^ (attempts - 1)) END
     WHERE image_id = %(image_id)s AND due_at = %(until)s
"""


def make_due(*, batch: int = BATCH, budget_seconds: float = math.inf) -> Iterator[Finished]:
    """Make the colours of what is due, until there is no more; gives each batch when it is done.

    Any number of processes may do it: each picture is taken by one. After `budget_seconds` nothing
    more is taken. A picture that cannot be read is tried again, and left alone after
    `PictureColors.MAX_ATTEMPTS`.
    """
    deadline = time.monotonic() + budget_seconds
    storage = ProductImage._meta.get_field("image").storage
    while time.monotonic() < deadline:
        taken = _take(batch)
        if not taken:
            return
        made = [one.product_id for one in taken if _make(one, storage)]
        yield Finished(len(taken), len(made), frozenset(made))


def _take(limit: int) -> list[_Taken]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"most": Row.MAX_ATTEMPTS, "limit": limit, "lease": LEASE_SECONDS})
        return [_Taken(*row) for row in sorted(cursor.fetchall())]


def _make(taken: _Taken, storage: Storage) -> bool:
    """Whether the picture has its colours now."""
    try:
        colors = colors_of(read(storage, taken.name))
    except Exception as error:  # decoders raise what they like
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        _write(
            _PUT_BACK,
            taken,
            error=f"The picture file cannot be read: {reason}."[:1000],
            most=Row.MAX_ATTEMPTS,
            wait=RETRY_SECONDS,
        )
        return False
    return _write(_STORE, taken, **_as_stored(colors))


def read(storage: Storage, name: str) -> Image.Image:
    """The stored picture file, RGB; a JPEG no larger than need be: it is decoded at a half, a
    quarter or an eighth of its size, which is twice as large as it is looked at or more.

    Raises OSError, or what the decoder does, for a file that cannot be read.
    """
    with storage.open(name) as file, Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as image:
        image.draft("RGB", (2 * SIDE, 2 * SIDE))
        return image.convert("RGB")


def _as_stored(colors: PictureColors) -> dict[str, list[int]]:
    """As the columns have it: thousandths, and sRGB as a number."""
    swatches = [
        number
        for swatch in colors.swatches
        for number in (int(swatch.hex[1:], 16), round(1000 * swatch.share))
    ]
    return {
        "shares": np.rint(1000 * colors.shares).astype(int).tolist(),
        "main": np.flatnonzero(colors.shares >= ENOUGH).tolist(),
        "swatches": swatches,
    }


def _write(statement: str, taken: _Taken, **values: Any) -> bool:
    """Whether the row was still as it was taken."""
    parameters = {
        "image_id": taken.image_id,
        "until": taken.until,
        "content_hash": taken.content_hash,
        "method": VERSION,
        **values,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount == 1


# --- The sweep ----------------------------------------------------------------------------------


def mark_some_due() -> int:
    """What the triggers did not tell of, made due; how many rows.

    That is: what another version of the method made, `OUTDATED` at a time; what came past the
    triggers (a restored dump, a bulk load under `session_replication_role = replica`), found
    within as many calls as the shop has slices of `SLICE` pictures; and the last attempts of
    workers that died are ended.
    """
    _end_abandoned()
    after, through = _next_slice()
    return _mark_outdated(OUTDATED) + _mark_differing(after, through)


def mark_all_due() -> int:
    """Have all colours made anew; how many pictures. Until they are, the former ones stay."""
    _mark_differing(0, LAST)
    marked, last = 0, 0
    while True:  # some at a time: no lock is held for long
        ids = Row.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SLICE]
        if not (slice_of := list(ids)):
            return marked
        # What a worker has now is made by the same method, and need not be made twice.
        rows = Row.objects.filter(pk__in=slice_of, due_at__isnull=True)
        marked += rows.update(due_at=Now(), attempts=0)
        last = slice_of[-1]


def retry_failed() -> int:
    """Give what failed new attempts; how many pictures."""
    failed = Row.objects.filter(due_at__isnull=True).exclude(error="")
    return failed.update(due_at=Now(), attempts=0)


def anything_due() -> bool:
    """Whether a worker would find something to do now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM search_picturecolors"
            " WHERE due_at <= clock_timestamp() AND attempts < %s)",
            [Row.MAX_ATTEMPTS],
        )
        (found,) = cursor.fetchone()
        return bool(found)


def any_due_of(products: Collection[int]) -> bool:
    """Whether a picture of `products` (keys) waits for its colours."""
    return Row.objects.filter(product__in=products, due_at__isnull=False).exists()


def _end_abandoned() -> None:
    """The lease of a last attempt ran out: the picture killed its worker each time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE search_picturecolors colors
               SET due_at = NULL, method = %(method)s, content_hash = image.content_hash,
                   error = 'The worker died over it, ' || attempts || ' times.'
              FROM catalog_productimage image
             WHERE image.id = colors.image_id
               AND due_at <= clock_timestamp() AND attempts >= %(most)s
            """,
            {"method": VERSION, "most": Row.MAX_ATTEMPTS},
        )


def _mark_outdated(limit: int) -> int:
    """Two ranges, for an index finds no "other than"."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE search_picturecolors SET due_at = now(), attempts = 0
             WHERE image_id IN (
                 (SELECT image_id FROM search_picturecolors
                   WHERE due_at IS NULL AND method < %(method)s LIMIT %(limit)s)
                 UNION ALL
                 (SELECT image_id FROM search_picturecolors
                   WHERE due_at IS NULL AND method > %(method)s LIMIT %(limit)s)
             ) AND due_at IS NULL
            """,
            {"method": VERSION, "limit": limit},
        )
        return cursor.rowcount


def _mark_differing(after: int, through: int) -> int:
    """Among the pictures with ids in (after, through]: those without a row, or with that of another
    file or product."""
    slice_of = {"after": after, "through": through}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_picturecolors
                   (image_id, product_id, main, swatches, content_hash, method, due_at, attempts,
                    error)
            SELECT id, product_id, '{}', '{}', '', 0, now(), 0, '' FROM catalog_productimage image
             WHERE id > %(after)s AND id <= %(through)s
               AND NOT EXISTS (SELECT FROM search_picturecolors WHERE image_id = image.id)
             ORDER BY id
                ON CONFLICT DO NOTHING
            """,
            slice_of,
        )
        marked = cursor.rowcount
        cursor.execute(
            """
            UPDATE search_picturecolors colors
               SET product_id = image.product_id,
                   due_at = CASE WHEN colors.due_at IS NULL
                                  AND colors.content_hash <> image.content_hash
                            THEN now() ELSE colors.due_at END,
                   attempts = CASE WHEN colors.due_at IS NULL THEN 0 ELSE attempts END
              FROM catalog_productimage image
             WHERE image.id = colors.image_id
               AND image.id > %(after)s AND image.id <= %(through)s
               AND (colors.product_id <> image.product_id
                    OR colors.due_at IS NULL AND colors.content_hash <> image.content_hash)
            """,
            slice_of,
        )
        return marked + cursor.rowcount


def _next_slice() -> tuple[int, int]:
    """The ids of the next `SLICE` pictures: after the first, through the second.

    Past the last picture they begin anew. Where they are is remembered in the cache; where it has
    forgotten, they begin anywhere, so that none is left out for ever.
    """
    ids = ProductImage.objects.order_by("pk").values_list("pk", flat=True)
    if not ids[SLICE : SLICE + 1].exists():
        return 0, LAST
    after = cache.get(_POSITION)
    if after is None:
        after = secrets.randbelow(ids.last() or 1)
    through = ids.filter(pk__gt=after)[SLICE - 1 : SLICE].first()
    cache.set(_POSITION, through or 0, timeout=None)
    return after, through or LAST


# --- How far it is ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How many pictures there are: with their colours, waiting for them, and failed."""

    done: int
    waiting: int
    failed: int


def progress() -> Progress:
    """From indexes that hold only what waits and what failed, and one count of all pictures."""
    waiting = Row.objects.filter(due_at__isnull=False).count()
    failed = Row.objects.filter(due_at__isnull=True).exclude(error="").count()
    return Progress(max(0, Row.objects.count() - waiting - failed), waiting, failed)
