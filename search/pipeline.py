"""Embeds what is pending: reading and decoding, inference and writing, all at once.

While one batch is encoded, the pictures of the next are read, decoded and resized by threads, and
the vectors of the one before are written. Pillow and ONNX Runtime let go of Python's lock while
they work. All of the database is the calling thread's: the others see files and arrays alone.

At most `AHEAD` batches are in memory, as pixels of the model's size; of decoded pictures, one for
each thread. So a worker that dies has spent an attempt of as many rows, which are then tried one by
one: each of them alone in the process, for it may have been the one that killed it.
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_noop

from search import claims
from search.claims import Claim, Claimed
from search.decoding import Pixels, input_size, load
from search.encoders import Encoder, EncoderUnavailable
from search.encoders.base import Vectors
from search.indexing import PRODUCT_TEXT
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import ProductImage

logger = logging.getLogger(__name__)

# One batch is written, one encoded, one decoded.
AHEAD = 3
# As many as there are cores, so that none idles where decoding takes longer than inference; where
# it does not, threads wait. Each may hold a decoded picture.
DECODING_THREADS = min(8, len(os.sched_getaffinity(0)))

Encoders = Mapping[EmbeddingModel, Encoder]


@dataclass(frozen=True)
class Finished:
    """A batch that was claimed: how many it had, and how many of them have their vector now."""

    claimed: int
    embedded: int


@dataclass(frozen=True)
class Content:
    """What was read for an embedding: the hash of it, and the hash that its row in the catalogue
    had, both SHA-256 in hex."""

    row: Claimed
    content_hash: str
    recorded_hash: str


@dataclass(frozen=True)
class Encoded:
    """What came of the readable rows of a batch, and why the others could not be read.

    `vectors`: (n, dimension) float32, or the error that the encoder raised.
    """

    contents: list[Content]
    vectors: Vectors | Exception
    unreadable: list[tuple[Claimed, Exception]]


def usable_encoders() -> Encoders:
    """The encoders of all models that are worked on, the most urgent first; one that is unavailable
    is logged and left out."""
    encoders: dict[EmbeddingModel, Encoder] = {}
    for model in EmbeddingModel.objects.worked_on():
        try:
            encoders[model] = model.encoder()
        except EncoderUnavailable as error:
            logger.error("Nothing is embedded for %s: %s", model, error)
    return encoders


def run(
    encoders: Callable[[], Encoders] = usable_encoders, *, budget_seconds: float = math.inf
) -> Iterator[Finished]:
    """Embed what is due, until there is no more; gives each batch when it is stored.

    `encoders` is asked before each claim, so that an encoder which is missing costs no picture an
    attempt. After `budget_seconds` nothing more is claimed; what is begun is finished. Any number
    of processes may run this: each batch is claimed by one.

    What cannot be read or encoded is put back with its reason, or, after the last attempt, is
    failed; it takes nothing else of its batch with it.
    """
    deadline = time.monotonic() + budget_seconds
    with _Pipeline() as pipeline:
        while True:
            while time.monotonic() < deadline and pipeline.has_room():
                if not pipeline.start_batch(encoders()):
                    break
            if not pipeline.batches:
                return
            yield pipeline.finish_batch()


class _Pipeline:
    """Batches in flight, oldest first, and the threads that work on them."""

    def __init__(self) -> None:
        self.batches: deque[tuple[Claim, Future[Encoded]]] = deque()
        self._decoding = ThreadPoolExecutor(DECODING_THREADS, thread_name_prefix="decoding")
        # One, so that batches are encoded in the order of their claims.
        self._inference = ThreadPoolExecutor(1, thread_name_prefix="inference")
        self._sizes: dict[int, tuple[int, int]] = {}
        self._storage = ProductImage._meta.get_field("image").storage

    def __enter__(self) -> _Pipeline:
        return self

    def __exit__(self, *_: object) -> None:
        """Whatever is still in flight is interrupted."""
        with ExitStack() as ending:
            for claim, _encoded in self.batches:
                ending.callback(claims.release, claim)
            self._inference.shutdown(wait=False, cancel_futures=True)
            self._decoding.shutdown(cancel_futures=True)
            self._inference.shutdown()

    def has_room(self) -> bool:
        suspect = any(claim.suspect for claim, _ in self.batches)
        return len(self.batches) < AHEAD and not suspect

    def start_batch(self, encoders: Encoders) -> bool:
        """Claim a batch and set the threads to work on it; False when nothing is due.

        What was tried before waits until nothing else is in flight.
        """
        models = {model.pk: model for model in encoders}
        claim = claims.claim_batch(models, fresh=bool(self.batches))
        if claim is None:
            return False
        try:
            encode = self._prepare(claim, encoders[claim.model])
        except BaseException:
            claims.release(claim)
            raise
        self.batches.append((claim, self._inference.submit(encode)))
        return True

    def _prepare(self, claim: Claim, encoder: Encoder) -> Callable[[], Encoded]:
        if claim.kind == Embedding.Kind.TEXT:
            texts = _texts(claim)
            return lambda: _encode_texts(claim, texts, encoder)
        if claim.model.pk not in self._sizes:
            self._sizes[claim.model.pk] = input_size(encoder)
        size = self._sizes[claim.model.pk]
        pictures = ProductImage.objects.filter(pk__in=[row.image_id for row in claim.embeddings])
        stored = {pk: at for pk, *at in pictures.values_list("pk", "image", "content_hash")}
        loading = []
        for row in claim.embeddings:
            if row.image_id in stored:  # else deleted meanwhile, and the embedding with it
                name, recorded_hash = stored[row.image_id]
                pixels = self._decoding.submit(load, self._storage, name, encoder, size)
                loading.append((row, recorded_hash, pixels))
        return lambda: _encode_pictures(loading, encoder)

    def finish_batch(self) -> Finished:
        """Wait for the oldest batch, and write what came of it."""
        claim, encoded = self.batches[0]
        embedded = _write(claim, encoded.result())
        claims.release(claim)
        self.batches.popleft()
        return Finished(len(claim.embeddings), embedded)


def _texts(claim: Claim) -> dict[int, tuple[str, str]]:
    """The text of each embedding's product as it is now, and its hash."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT e.id, {PRODUCT_TEXT},
                   encode(sha256(convert_to({PRODUCT_TEXT}, 'UTF8')), 'hex')
              FROM search_embedding e
              JOIN catalog_product product ON product.id = e.product_id
              JOIN catalog_category category ON category.id = product.category_id
             WHERE e.id = ANY(%s)
            """,  # noqa: S608  (constants only)
            [[row.pk for row in claim.embeddings]],
        )
        return {pk: (text, content_hash) for pk, text, content_hash in cursor.fetchall()}


def _encode_texts(claim: Claim, texts: dict[int, tuple[str, str]], encoder: Encoder) -> Encoded:
    rows = [row for row in claim.embeddings if row.pk in texts]
    contents = [Content(row, texts[row.pk][1], texts[row.pk][1]) for row in rows]
    vectors = _vectors(lambda: encoder.encode_texts([texts[row.pk][0] for row in rows]))
    return Encoded(contents, vectors, [])


def _encode_pictures(
    loading: list[tuple[Claimed, str, Future[Pixels]]], encoder: Encoder
) -> Encoded:
    contents, pixels = [], []
    unreadable: list[tuple[Claimed, Exception]] = []
    for row, recorded_hash, future in loading:
        try:
            loaded = future.result()
        except Exception as error:
            unreadable.append((row, error))
        else:
            contents.append(Content(row, loaded.content_hash, recorded_hash))
            pixels.append(loaded.pixels)
    vectors = _vectors(lambda: encoder.encode_pixels(np.stack(pixels))) if pixels else _NONE
    return Encoded(contents, vectors, unreadable)


_NONE: Vectors = np.empty((0, 0), dtype=np.float32)


def _vectors(encode: Callable[[], Vectors]) -> Vectors | Exception:
    try:
        return encode()
    except Exception as error:
        return error


def _write(claim: Claim, encoded: Encoded) -> int:
    """Store the vectors, put back what has none; how many are stored."""
    for row, error in encoded.unreadable:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        claims.put_back(claim, [row], f"The picture file cannot be read: {reason}.")
    rows, vectors = [content.row for content in encoded.contents], encoded.vectors
    if not rows:
        return 0
    if isinstance(vectors, Exception):
        if len(rows) > 1:
            # One of them is the reason: back they go, and are tried one by one.
            logger.warning("A batch of %d could not be encoded: %s", len(rows), vectors)
            claims.put_back(claim, rows, str(vectors), at_once=True)
        else:
            claims.put_back(claim, rows, f"The encoder could not read it: {vectors}")
        return 0
    for content in encoded.contents:
        if content.content_hash != content.recorded_hash:
            _correct_hash(claim, content)
    return claims.store(
        claim, rows, [content.content_hash for content in encoded.contents], vectors
    )


def _correct_hash(claim: Claim, content: Content) -> None:
    """The picture was written by raw SQL, or its file replaced in place: the file is the truth."""
    picture = ProductImage.objects.filter(
        pk=content.row.image_id or 0, content_hash=content.recorded_hash
    )
    try:
        with transaction.atomic():
            picture.update(content_hash=content.content_hash)
    except IntegrityError:
        reason = gettext_noop("The product has this picture twice: delete one of them.")
        claims.put_back(claim, [content.row], reason)
