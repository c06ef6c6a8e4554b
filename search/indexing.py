"""The write flow's middle: what is pending, claiming it in batches, and storing vectors.

PostgreSQL is the truth. `mark_pending` compares what is stored with what is embedded and makes the
difference *pending*; the transaction that saves a product calls it for that product, the sweep
calls it for all, so that what came by `bulk_create` or raw SQL is found too. A worker claims a
batch, which counts the attempt first, and holds an advisory lock of its session while it works: if
it dies, PostgreSQL frees the lock, and the sweep sees that the claim has no owner.
"""

from __future__ import annotations

import hashlib
import io
import logging
import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from pgvector import HalfVector
from PIL import Image

from search.encoders import Encoder
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import ProductImage

logger = logging.getLogger(__name__)

# A product's text as the encoder reads it; what comes first survives the tower's context length.
# In SQL, so that the hash of what is stored can be compared without loading any text.
PRODUCT_TEXT = """
    concat_ws('. ', product.title, nullif(product.brand, ''), category.name,
              nullif(product.description, ''))
"""

_CONTENT = {
    "image": """
        SELECT image.id AS key, image.product_id, image.id AS image_id, image.content_hash
          FROM catalog_productimage image
         WHERE %(everything)s OR image.product_id = ANY(%(products)s)
    """,
    "text": f"""
        SELECT product.id AS key, product.id AS product_id, NULL::bigint AS image_id,
               encode(sha256(convert_to({PRODUCT_TEXT}, 'UTF8')), 'hex') AS content_hash
          FROM catalog_product product
          JOIN catalog_category category ON category.id = product.category_id
         WHERE %(everything)s OR product.id = ANY(%(products)s)
    """,  # noqa: S608  (constants only)
}

# Content without an embedding, and content whose embedding is of something older. A picture that
# raw SQL moved to another product keeps its vector and follows it.
_MARK = """
    WITH content AS ({content}),
    current AS (
        SELECT model.id AS model_id, content.*
          FROM content CROSS JOIN search_embeddingmodel model
         WHERE model.state <> 'retired'
    ),
    changed AS (
        UPDATE search_embedding e
           SET content_hash = current.content_hash, product_id = current.product_id,
               status = CASE WHEN same THEN e.status ELSE 'pending' END,
               attempts = CASE WHEN same THEN e.attempts ELSE 0 END,
               error = CASE WHEN same THEN e.error ELSE '' END,
               retry_at = CASE WHEN same THEN e.retry_at END,
               claim = CASE WHEN same THEN e.claim END,
               updated_at = now()
          FROM (SELECT old.id, old.content_hash = current.content_hash AS same,
                       current.content_hash, current.product_id
                  FROM current JOIN search_embedding old
                    ON old.{key} = current.key AND old.model_id = current.model_id
                   AND old.kind = '{kind}'
                 WHERE old.content_hash <> current.content_hash
                    OR old.product_id <> current.product_id) current
         WHERE e.id = current.id
        RETURNING 1
    ),
    added AS (
        INSERT INTO search_embedding (model_id, kind, product_id, image_id, content_hash,
                                      status, attempts, error, updated_at)
        SELECT model_id, '{kind}', product_id, image_id, content_hash, 'pending', 0, '', now()
          FROM current
         WHERE NOT EXISTS (SELECT FROM search_embedding e
                            WHERE e.{key} = current.key AND e.model_id = current.model_id
                              AND e.kind = '{kind}')
        ON CONFLICT DO NOTHING
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM added) + (SELECT count(*) FROM changed)
"""


def mark_pending(products: Collection[int] | None = None) -> int:
    """Make pending whatever is stored but not embedded, of `products` or of all; the count.

    For every model that is live or being built. Joins the transaction that it is called in.
    """
    marked = 0
    with connection.cursor() as cursor:
        for kind, key in (("image", "image_id"), ("text", "product_id")):
            cursor.execute(
                _MARK.format(content=_CONTENT[kind], kind=kind, key=key),
                {"everything": products is None, "products": list(products or [])},
            )
            marked += cursor.fetchone()[0]
    return marked


@dataclass(frozen=True)
class Claim:
    """A batch of embeddings that this process has taken on, all of one model."""

    key: int
    model: EmbeddingModel
    embeddings: list[Embedding]


@contextmanager
def claimed(*, models: Collection[int], limit: int | None = None) -> Iterator[Claim | None]:
    """Claim up to `limit` pending embeddings of one of `models` (keys); None when nothing is due.

    Attempts are counted, and committed, before any work. What was tried before is claimed one at a
    time: of a batch that killed its worker, only the culprit is lost again. Rows still running at
    the end go back to pending with their attempt spent, or have failed if it was the last.
    """
    key = secrets.randbits(62)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield _claim(key, models, limit or settings.EMBEDDING_BATCH)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE search_embedding
                   SET status = CASE WHEN attempts >= %s THEN 'failed' ELSE 'pending' END,
                       error = 'Embedding it was interrupted.', claim = NULL
                 WHERE claim = %s AND status = 'running'
                """,
                [Embedding.MAX_ATTEMPTS, key],
            )
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _due() -> QuerySet[Embedding]:
    return Embedding.objects.filter(
        Q(retry_at__isnull=True) | Q(retry_at__lte=timezone.now()),
        status=Embedding.Status.PENDING,
    )


def anything_due() -> bool:
    """Whether a worker would find something to claim now."""
    return _due().filter(model__in=EmbeddingModel.objects.embedding()).exists()


def _claim(key: int, models: Collection[int], limit: int) -> Claim | None:
    with transaction.atomic():
        due = (
            _due()
            .filter(model__in=models)
            .order_by("attempts", "pk")
            .select_for_update(skip_locked=True, of=("self",))
        )
        first = due.select_related("model").defer("vector").first()
        if first is None:
            return None
        taken = [first]
        if first.attempts == 0:
            alike = due.filter(model=first.model, kind=first.kind, attempts=0)
            taken = list(alike.defer("vector")[:limit])
        Embedding.objects.filter(pk__in=[row.pk for row in taken]).update(
            status=Embedding.Status.RUNNING,
            attempts=F("attempts") + 1,
            claim=key,
            updated_at=timezone.now(),
        )
    for row in taken:
        row.attempts += 1
    return Claim(key, first.model, taken)


def embed(claim: Claim, encoder: Encoder) -> int:
    """Encode a claimed batch and store what came; how many are done.

    What cannot be read or encoded is put back with its reason, or, after the last attempt, is
    failed; it takes nothing else of the batch with it.
    """
    contents = _load_contents(claim)
    readable = [row for row in claim.embeddings if row.pk in contents]
    if not readable:
        return 0
    encode: Callable[[Sequence[Any]], np.ndarray] = (
        encoder.encode_images if readable[0].kind == Embedding.Kind.IMAGE else encoder.encode_texts
    )
    try:
        vectors = encode([contents[row.pk][0] for row in readable])
    except Exception as error:
        if len(readable) > 1:
            # One of them is the reason: back they go, and are tried one by one.
            logger.warning("A batch of %d could not be encoded: %s", len(readable), error)
            _put_back(readable, claim, str(error), again_after=0)
            return 0
        _put_back(readable, claim, f"The encoder could not read it: {error}")
        return 0
    return _store(
        claim, [(row, contents[row.pk][1], v) for row, v in zip(readable, vectors, strict=True)]
    )


def _load_contents(claim: Claim) -> dict[int, tuple[Image.Image | str, str]]:
    """What to encode and the hash of it, by embedding; failures are put back with their reason."""
    if claim.embeddings[0].kind == Embedding.Kind.TEXT:
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
    contents: dict[int, tuple[Image.Image | str, str]] = {}
    images = ProductImage.objects.in_bulk([row.image_id for row in claim.embeddings])
    for row in claim.embeddings:
        image = images.get(row.image_id or 0)
        if image is None:
            continue  # deleted meanwhile, and the embedding with it
        try:
            with image.image.open() as file:
                data = file.read()
            content_hash = hashlib.sha256(data).hexdigest()
            if image.content_hash != content_hash:
                # Written by raw SQL, or the file was replaced in place: the file is the truth.
                ProductImage.objects.filter(pk=image.pk).update(content_hash=content_hash)
            contents[row.pk] = (_decode(data), content_hash)
        except IntegrityError:
            _put_back([row], claim, "The product has this picture twice: delete one of them.")
        except OSError as error:
            reason = error.strerror or str(error)
            _put_back([row], claim, f"The picture file cannot be read: {reason}.")
        except Exception as error:
            _put_back([row], claim, f"The picture file cannot be read: {error}")
    return contents


def _decode(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as image:
        return image.convert("RGB")


def _store(claim: Claim, encoded: list[tuple[Embedding, str, np.ndarray]]) -> int:
    """Write vectors, each only if the embedding is still claimed by us and not changed since."""
    wrong = [
        v for _, _, v in encoded if v.shape != (claim.model.dimension,) or not np.isfinite(v).all()
    ]
    if wrong:
        _put_back(
            [row for row, _, _ in encoded],
            claim,
            f"The encoder gave {wrong[0].shape} values, or not finite ones, where the model has "
            f"{claim.model.dimension}.",
        )
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            """
            UPDATE search_embedding
               SET vector = %s::halfvec, content_hash = %s, status = 'done', error = '',
                   claim = NULL, retry_at = NULL, attempts = 0, updated_at = now()
             WHERE id = %s AND claim = %s
            """,
            [
                (HalfVector(vector).to_text(), content_hash, row.pk, claim.key)
                for row, content_hash, vector in encoded
            ],
        )
        return cursor.rowcount


def _put_back(
    rows: list[Embedding], claim: Claim, reason: str, *, again_after: float | None = None
) -> None:
    """Return rows to pending with a wait that doubles, or fail those that had their attempts."""
    for row in rows:
        spent = row.attempts >= Embedding.MAX_ATTEMPTS
        wait = 5.0 * 2**row.attempts if again_after is None else again_after
        Embedding.objects.filter(pk=row.pk, claim=claim.key).update(
            status=Embedding.Status.FAILED if spent else Embedding.Status.PENDING,
            error=reason[:1000],
            claim=None,
            retry_at=None if spent else timezone.now() + timedelta(seconds=wait),
            updated_at=timezone.now(),
        )


def release_abandoned() -> int:
    """Take back what is claimed by workers that are gone; how many rows.

    After its last attempt such a row is failed: whatever happens, a picture that kills its worker
    is not tried for ever.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            WITH abandoned AS MATERIALIZED (
                SELECT claim FROM (SELECT DISTINCT claim FROM search_embedding
                                    WHERE status = 'running') claims
                 WHERE claim IS NULL OR pg_try_advisory_xact_lock(claim)
            )
            UPDATE search_embedding e
               SET status = CASE WHEN attempts >= %s THEN 'failed' ELSE 'pending' END,
                   error = CASE WHEN attempts >= %s
                       THEN 'The worker died while embedding it, ' || attempts || ' times.'
                       ELSE 'The worker died while embedding it.' END,
                   claim = NULL, retry_at = NULL, updated_at = now()
              FROM abandoned
             WHERE e.status = 'running' AND e.claim IS NOT DISTINCT FROM abandoned.claim
            """,
            [Embedding.MAX_ATTEMPTS, Embedding.MAX_ATTEMPTS],
        )
        return cursor.rowcount


def retry_failed(products: Collection[int] | None = None) -> int:
    """Give what failed three new attempts; how many rows."""
    failed = Embedding.objects.filter(status=Embedding.Status.FAILED)
    if products is not None:
        failed = failed.filter(product__in=products)
    return failed.update(
        status=Embedding.Status.PENDING, attempts=0, error="", retry_at=None, claim=None
    )


def count_by_status() -> dict[str, int]:
    """How many embeddings of models in use are in each status; every status is there."""
    counts = dict.fromkeys(Embedding.Status.values, 0)
    rows = Embedding.objects.exclude(model__state=EmbeddingModel.State.RETIRED)
    counts.update(rows.order_by().values_list("status").annotate(n=Count("pk")))
    return counts
