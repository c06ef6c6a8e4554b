"""What is pending: the difference between what is stored and what is embedded.

PostgreSQL is the truth. `mark_pending` compares the two and makes the difference *pending*; the
transaction that saves a product calls it for that product. Sweeps find what came by `bulk_create`
or raw SQL. `claims.py` says how a worker takes on what is pending, `pipeline.py` what it does.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, F, Max, QuerySet
from django.db.models.functions import Extract, Now

from search.claims import due
from search.counts import by_status
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Product

# A product's text as the encoder reads it; what comes first survives the tower's context length.
# In SQL, so that the hash of what is stored can be compared without loading any text.
PRODUCT_TEXT = """
    concat_ws('. ', product.title, nullif(product.brand, ''), category.name,
              nullif(product.description, ''))
"""

# Each restricted to some products, by a condition on `product_id`.
_CONTENT = {
    "image": """
        SELECT image.id AS key, image.product_id, image.id AS image_id, image.content_hash
          FROM catalog_productimage image
         WHERE {products}
    """,
    "text": f"""
        SELECT product.id AS key, product.id AS product_id, NULL::bigint AS image_id,
               encode(sha256(convert_to({PRODUCT_TEXT}, 'UTF8')), 'hex') AS content_hash
          FROM catalog_product product
          JOIN catalog_category category ON category.id = product.category_id
         WHERE {{products}}
    """,  # noqa: S608  (constants only)
}
_KEY = {"image": "image_id", "text": "product_id"}  # of an embedding, to its content
_PRODUCT = {"image": "image.product_id", "text": "product.id"}

# As `EmbeddingModelQuerySet.embedding`.
_IN_USE = "(model.state IN ('live', 'building') OR model.kept_until > now())"

# Content without an embedding. Its anti-join reads indexes alone, and texts are hashed only of
# what is missing. In the order of products: each new row locks its product, and so does a new price
# (`search_refresh`), in that order too.
_ADD = """
    INSERT INTO search_embedding (model_id, kind, product_id, image_id, content_hash,
                                  status, attempts, error, updated_at)
    SELECT model.id, '{kind}', content.product_id, content.image_id, content.content_hash,
           'pending', 0, '', now()
      FROM ({content}) content CROSS JOIN search_embeddingmodel model
     WHERE {in_use}
       AND NOT EXISTS (SELECT FROM search_embedding e
                        WHERE e.{key} = content.key AND e.model_id = model.id
                          AND e.kind = '{kind}')
     ORDER BY content.product_id {limit}
    ON CONFLICT DO NOTHING
"""

# Content whose embedding is of something older. A picture that raw SQL moved to another product
# keeps its vector and follows it.
_CHANGE = """
    UPDATE search_embedding e
       SET content_hash = current.content_hash, product_id = current.product_id,
           status = CASE WHEN same THEN e.status ELSE 'pending' END,
           attempts = CASE WHEN same THEN e.attempts ELSE 0 END,
           error = CASE WHEN same THEN e.error ELSE '' END,
           retry_at = CASE WHEN same THEN e.retry_at END,
           claim = CASE WHEN same THEN e.claim END,
           updated_at = now()
      FROM (SELECT old.id, old.content_hash = content.content_hash AS same,
                   content.content_hash, content.product_id
              FROM ({content}) content
              JOIN search_embedding old ON old.{key} = content.key AND old.kind = '{kind}'
              JOIN search_embeddingmodel model ON model.id = old.model_id
             WHERE {in_use}
               AND (old.content_hash <> content.content_hash
                    OR old.product_id <> content.product_id)) current
     WHERE e.id = current.id
"""

# Rows that are added in one statement. Each holds its product's row until the commit, and whoever
# sells one of them waits: the rows of a new model for 100,000 products are not one statement.
ADDED_AT_ONCE = 2_000

# So many products are compared in a sweep (0.1 s); a shop of no more is compared whole each time.
SLICE = 20_000
_POSITION = "search.sweep_position"


def mark_pending(products: Collection[int] | None = None) -> int:
    """Make pending whatever is stored but not embedded, of `products` (keys) or of all; the count.

    For every model whose embeddings are kept up to date. Joins the transaction that it is called
    in.
    """
    if products is None:
        return _mark(_CHANGE) + add_missing()
    given = "{product} = ANY(%(products)s)", {"products": list(products)}
    return _mark(_CHANGE, *given) + _mark(_ADD, *given)


def mark_some_pending() -> int:
    """The sweep's share of `mark_pending()`; how many embeddings it made pending.

    What has no embedding is found by every call. What has one, and was changed behind the shop's
    back by raw SQL, is found within as many calls as the shop has slices of `SLICE` products: each
    call compares the next slice, round and round.
    """
    slices = _next_slices()
    marked = sum(
        _mark(
            _CHANGE,
            "{product} > %(after)s AND {product} <= %(through)s",
            {"after": after, "through": through},
        )
        for after, through in slices
    )
    return marked + add_missing()


def add_missing() -> int:
    """Make pending whatever has no embedding at all, some at a time; how many rows."""
    added = 0
    while some := _mark(_ADD, limit=ADDED_AT_ONCE):
        added += some
    return added


def _next_slices() -> list[tuple[int, int]]:
    """The next `SLICE` products as ranges of keys, each after the first and through the second.

    Past the last product they go on from the first. Where the next begin is remembered in the
    cache; where it has forgotten, they begin anywhere, so that a cache which always forgets
    leaves no product out for ever.
    """
    keys = Product.objects.order_by("pk").values_list("pk", flat=True)
    newest = keys.last() or 0
    if not keys[SLICE : SLICE + 1].exists():
        return [(0, newest)]
    position = cache.get(_POSITION)
    if position is None:
        oldest = keys.first() or 0
        position = oldest - 1 + secrets.randbelow(newest - oldest + 1)
    count, last = _count_and_last(keys.filter(pk__gt=position)[:SLICE])
    slices = [(position, last)]
    if count < SLICE:
        _, last = _count_and_last(keys[: SLICE - count])
        slices.append((0, last))
    cache.set(_POSITION, last, timeout=None)
    return slices


def _count_and_last(keys: QuerySet[Product, int]) -> tuple[int, int]:
    found = keys.aggregate(count=Count("pk"), last=Max("pk"))
    return found["count"], found["last"] or 0


def _mark(
    statement: str,
    products: str = "TRUE",
    parameters: Mapping[str, Any] | None = None,
    *,
    limit: int | None = None,
) -> int:
    """Run `_ADD` or `_CHANGE` for pictures and texts of some products; how many rows. `_ADD` adds
    at most `limit` of each."""
    marked = 0
    with connection.cursor() as cursor:
        for kind, content in _CONTENT.items():
            condition = products.format(product=_PRODUCT[kind])
            cursor.execute(
                statement.format(
                    content=content.format(products=condition),
                    kind=kind,
                    key=_KEY[kind],
                    in_use=_IN_USE,
                    limit=f"LIMIT {limit}" if limit else "",
                ),
                parameters,
            )
            marked += cursor.rowcount
    return marked


def anything_due() -> bool:
    """Whether a worker would find something to claim now."""
    # Model by model, as the index of what is pending has them.
    return any(due().filter(model=model).exists() for model in EmbeddingModel.objects.worked_on())


def retry_failed(products: Collection[int] | None = None) -> int:
    """Give what failed three new attempts; how many rows."""
    failed = Embedding.objects.filter(status=Embedding.Status.FAILED)
    if products is not None:
        failed = failed.filter(product__in=products)
    return failed.update(
        status=Embedding.Status.PENDING, attempts=0, error="", retry_at=None, claim=None
    )


# The rate is that of the last so many seconds.
RATE_SECONDS = 60


@dataclass(frozen=True)
class Progress:
    """How far embeddings are.

    `counts`: how many are in each status; every status is there. `rate`: how many a second were
    done lately, 0 if none. `seconds_left`: until none is pending or running, at that rate; None
    where nothing tells.
    """

    counts: dict[str, int]
    rate: float

    @property
    def left(self) -> int:
        return self.counts["pending"] + self.counts["running"]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def share(self) -> float:
        """Of all, how many are not to be done any more; 1.0 where there are none."""
        return 1 - self.left / self.total if self.total else 1.0

    @property
    def seconds_left(self) -> float | None:
        if not self.left:
            return 0.0
        return self.left / self.rate if self.rate else None


def progress(models: Collection[EmbeddingModel] | None = None) -> Progress:
    """Of `models`, or of all that workers embed for; from the database alone, whichever processes
    do the work."""
    if models is None:
        models = list(EmbeddingModel.objects.worked_on())
    counts = by_status(models)
    # A batch has one time, that of its statement. The first says when the counting began, and
    # what it wrote was made before.
    batches = (
        Embedding.objects.filter(
            model__in=models,
            kind__in=Embedding.Kind.values,  # all; so that the index finds the time
            status=Embedding.Status.DONE,
            updated_at__gt=Now() - timedelta(seconds=RATE_SECONDS),
        )
        .values("updated_at")
        .annotate(n=Count("pk"), age=Extract(Now() - F("updated_at"), "epoch"))
        .order_by("updated_at")
        .values_list("n", "age")
    )
    if len(batches) < 2:
        return Progress(counts, 0.0)
    (_, seconds), *later = batches
    # None has passed within one transaction.
    rate = sum(n for n, _ in later) / float(seconds) if seconds > 0 else 0.0
    return Progress(counts, rate)
