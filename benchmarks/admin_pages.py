"""The merchant's pages on a large catalogue: milliseconds, and how many queries each takes.

Each page is asked of Django's handler, with all middleware, by an owner who is logged in; once to
warm it, then some times over. Beside the catalogue there is all that a busy shop has: for one
product in two a suggestion, pairs of pictures to look at, pictures that could not be read, a batch
of 500 photos made into products, an import with a line for every product, three months of searches,
judgements, pins, and a log of changes.

At two sizes: **the queries of a page are as many at both**. The catalogue is that of
`benchmarks.scale`; what is put beside it is gone afterwards.
"""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from benchmarks.serving import serving_shop
from search.models import EmbeddingModel
from shop.catalog.importing import plan
from shop.catalog.models import Product
from shop.exchange.models import CatalogImport
from shop.intake.models import Batch

SMALLER = 10  # the other size is a tenth
RUNS = 5
PHOTOS = 500
SEARCHES = 100_000
DAYS = 85

# What there is beside the catalogue. %(products)s products; ids are those of the catalogue.
BESIDE = {
    "suggestions of categories": """
        INSERT INTO search_productsuggestion (
            product_id, kind, category_id, text, rough, confidence, calibrated, source, evidence,
            model_id, model_name, version, state, suggested_at, chosen_text)
        SELECT product.id, 'category', product.category_id, '', false, share, share, 'like', 9,
               %(model)s, 'a model', 1, 'suggested', now(), ''
          FROM (SELECT id, category_id, (id %% 1000) / 1000.0 AS share FROM catalog_product) product
         WHERE product.id %% 2 = 0""",
    "suggestions decided": """
        INSERT INTO search_productsuggestion (
            product_id, kind, category_id, text, rough, confidence, calibrated, source, evidence,
            model_id, model_name, version, state, suggested_at, chosen_text, decided_at,
            decided_by_id)
        SELECT product.id, 'category', product.category_id, '', false, .9, .9, 'like', 9,
               %(model)s, 'a model', 1, 'accepted', now(), '', now(), %(user)s
          FROM catalog_product product WHERE product.id %% 10 = 1""",
    "pairs of pictures": """
        INSERT INTO search_duplicatepair (image_id, other_id, similarity, exact, state, found_at)
        SELECT image.id, image.id + 1, .97, false, 'open', now() FROM catalog_productimage image
         WHERE image.id %% 40 = 0
           AND EXISTS (SELECT FROM catalog_productimage other WHERE other.id = image.id + 1)""",
    "pictures that failed": """
        UPDATE search_embedding SET status = 'failed', attempts = 3,
               error = 'The picture file cannot be read: image file is truncated'
         WHERE kind = 'image' AND model_id = %(model)s AND id %% 100 = 0""",
    "searches": """
        INSERT INTO search_loggedquery (
            id, hour, kind, words, filters, traits, page, found, confident, facts)
        SELECT (lpad(to_hex(hour), 8, '0') || substr(md5(n::text), 1, 24))::uuid,
               to_timestamp(hour * 3600.0),
               CASE WHEN n %% 5 < 3 THEN 'words' WHEN n %% 5 = 3 THEN 'photo' ELSE 'like' END,
               CASE WHEN n %% 5 < 3 THEN 'word ' || n %% 20000 ELSE '' END, '{}',
               CASE WHEN n %% 5 = 3 THEN '{"colors": ["red"], "attributes": {"material": "wool"}}'
                    ELSE '{}' END::jsonb,
               1, CASE WHEN n %% 10 = 0 THEN 0 ELSE 40 END, true, '{}'
          FROM (SELECT n, extract(epoch FROM now())::bigint / 3600 - n %% (24 * %(days)s) AS hour
                  FROM generate_series(1, %(searches)s) n) drawn""",
    "what they showed": """
        INSERT INTO search_impression (query_id, first, products)
        SELECT id, 1, ARRAY(SELECT 1 + (n * 7919 + abs(hashtext(id::text)::bigint)) %% %(products)s
                              FROM generate_series(1, 24) n) FROM search_loggedquery""",
    "clicks": """
        INSERT INTO search_click (query_id, product_id, position, kind)
        SELECT query_id, products[1 + first], 1 + first, 'click' FROM search_impression
         WHERE hashtext(query_id::text) %% 3 = 0""",
    "changes": """
        INSERT INTO django_admin_log (
            action_time, user_id, content_type_id, object_id, object_repr, action_flag,
            change_message)
        SELECT now() - n * interval '1 minute', %(user)s, %(content_type)s, n::text, 'A product', 2,
               '[{"changed": {"fields": ["Title"]}}]'
          FROM generate_series(1, %(products)s) n""",
    "a batch of photos": """
        INSERT INTO intake_file (
            batch_id, key, place, name, folder, state, reason, image_id, product_id)
        SELECT %(batch)s, 'key-' || id, id, 'photo ' || id || '.jpg', '', 'stored', '', id,
               product_id
          FROM catalog_productimage ORDER BY id LIMIT %(photos)s""",
    "its drafts": """
        INSERT INTO intake_draft (batch_id, product_id, common, sku, price, stock, state, added)
        SELECT DISTINCT ON (product_id) %(batch)s, product_id, '', 'D-' || product_id, 10, 1,
               'open', '[]'::jsonb FROM intake_file WHERE batch_id = %(batch)s""",
    "lines of an import": """
        INSERT INTO exchange_importline (of_id, kind, line, handle, title, changes, message)
        SELECT %(import)s, 'updated', id + 1, slug, title, '[["title", "Old", "New"]]'::jsonb, ''
          FROM catalog_product""",
}


def run(*, products: int) -> dict[str, Any]:
    small, large = (_measured(size) for size in (products // SMALLER, products))
    rows = [
        {
            "page": page,
            "ms": large[page][0],
            "queries": large[page][1],
            f"queries of {products // SMALLER:,}": small[page][1],
        }
        for page in large
    ]
    _print(rows)
    return {
        "products": products,
        "slowest page, ms": max(row["ms"] for row in rows),
        "pages with more queries than at the smaller size": [
            row["page"] for row in rows if row["queries"] > small[row["page"]][1]
        ],
        "rows": rows,
    }


def _measured(products: int) -> dict[str, tuple[float, int]]:
    """Median milliseconds and queries of each page, in a shop of so many products."""
    with (
        serving_shop(products),
        override_settings(STAFF_SECOND_FACTOR=False, ALLOWED_HOSTS=["testserver"]),
        transaction.atomic(),
    ):
        user = User.objects.create_superuser("owner", "o@example.com", secrets.token_hex())
        pages = _pages(_put_beside(products, user))
        client = Client()
        client.force_login(user)
        found = {name: _ask(client, address) for name, address in pages.items()}
        transaction.set_rollback(True)
    return found


def _put_beside(products: int, user: User) -> dict[str, int]:
    print(f"  what a busy shop has, beside {products:,} products", flush=True)
    batch = Batch.objects.create(owner=user)
    run = CatalogImport.objects.create(
        actor=user,
        language="en",
        file_name="products.csv",
        file_size=1,
        state="done",
        plan=_plan(),
        done=products,
        total=products,
        updated=products,
    )
    keys = {"batch": batch.pk, "import": run.pk, "user": user.pk}
    values = {
        **keys,
        "products": products,
        "photos": PHOTOS,
        "searches": SEARCHES,
        "days": DAYS,
        "model": EmbeddingModel.objects.get(state=EmbeddingModel.State.LIVE).pk,
        "content_type": ContentType.objects.get_for_model(Product).pk,
    }
    with connection.cursor() as cursor:
        for statement in BESIDE.values():
            cursor.execute(statement, values)
        cursor.execute("ANALYZE")
    return keys


def _plan() -> dict[str, Any]:
    """What was found out of some file, before it was imported."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "products.csv")
        file.write_text("Title,SKU,Price\nA thing,THING,1.00\n")
        return plan(file).as_json()


def _pages(keys: dict[str, int]) -> dict[str, str]:
    """The address of each page, by what it is."""

    def to(name: str, *values: object, query: str = "") -> str:
        return reverse(name, args=values) + query

    product = Product.objects.select_related("category").order_by("pk")[7]
    suggestions = "admin:suggestions"
    insights = "admin:search_loggedquery_changelist"
    return {
        "the admin's first page": to("admin:index"),
        "products": to("admin:catalog_product_changelist"),
        "products, looked for": to("admin:catalog_product_changelist", query="?q=wool"),
        "a product": to("admin:catalog_product_change", product.pk),
        "categories": to("admin:catalog_category_changelist"),
        "add photos": to("admin:intake_batch_changelist"),
        "500 photos": to("admin:intake_batch_photos", keys["batch"]),
        "put together": to("admin:intake_batch_arrange", keys["batch"]),
        "make products": to("admin:intake_batch_products", keys["batch"]),
        "imports": to("exchange:imports"),
        "an import": to("exchange:import", keys["import"]),
        "exports": to("exchange:exports"),
        "suggestions": to(suggestions),
        "suggestions of categories": to(suggestions, query="?kind=category"),
        "suggestions in a category": to(suggestions, query=f"?category={product.category.pk}"),
        "suggestions decided": to("admin:suggestions_decided"),
        "same pictures": to("admin:search_duplicatepair_changelist"),
        "what the search sees": to("admin:search_embedding_changelist"),
        "what the search sees, live": to("admin:search_embedding_live"),
        "insights, 30 days": to(insights, query="?days=30"),
        "insights, 90 days": to(insights, query="?days=90"),
        "relevance desk": to("admin:search_rankingsetting_changelist"),
        "relevance desk, a search": to("admin:search_desk_results", query="?q=soft+wool"),
        "search model": to("admin:search_embeddingmodel_changelist"),
        "synonyms": to("admin:search_synonyms_changelist"),
        "changes": to("admin:admin_logentry_changelist"),
    }


def _ask(client: Client, address: str) -> tuple[float, int]:
    status, _ = _timed(lambda: client.get(address))
    if status != 200:
        raise SystemExit(f"{address} answers {status}.")
    queries = 0

    def count(execute: Callable[..., Any], *asked: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*asked)

    with connection.execute_wrapper(count):
        client.get(address)
    return median(_timed(lambda: client.get(address))[1] for _ in range(RUNS)), queries


def _timed(do: Callable[[], Any]) -> tuple[int, float]:
    began = time.perf_counter()
    status = int(do().status_code)
    return status, (time.perf_counter() - began) * 1000


def _print(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        page, took, queries, fewer = row.values()
        told = f"{queries} queries" + (
            "" if fewer == queries else f" ({fewer} at the smaller size)"
        )
        print(f"  {page:28}{took:9.0f} ms  {told}")
