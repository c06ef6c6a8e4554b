"""Copies a catalogue into Django's database, by binary COPY, a chunk of products at a time."""

from __future__ import annotations

import hashlib
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
from django.db import connection, transaction

from benchmarks.scale import copying
from benchmarks.scale.catalogue import (
    BRANDS,
    COLOURS,
    MATERIALS,
    PATTERNS,
    SIZES,
    VARIANTS,
    Catalogue,
    Chunk,
)
from benchmarks.scale.copying import Column

ATTRIBUTES = {"color": COLOURS, "size": SIZES, "material": MATERIALS, "pattern": PATTERNS}
EPOCH = 8 * 365 * 24 * 3600 * 1_000_000  # microseconds after 2000-01-01: products are of 2007 on
MINUTE = 60 * 1_000_000
PICTURE_SIDE = 800  # pixels; of the rows: there are no files
WORDS = [
    "soft",
    "strong",
    "simple",
    "bright",
    "warm",
    "light",
    "small",
    "large",
    "new",
    "plain",
    "fine",
    "old",
]


Seconds = defaultdict[str, float]  # by step


def load(
    catalogue: Catalogue, *, progress: Callable[[str], None] | None = None
) -> dict[str, float]:
    """Fill the database's empty tables. Gives the seconds of each step, by name.

    The rows of a chunk are one statement for each table, within one transaction.
    """
    say = progress or _to_terminal
    seconds: Seconds = defaultdict(float)
    began = time.perf_counter()
    leaf_ids = _load_categories(catalogue, seconds)
    value_ids = _load_attributes(seconds)
    model = _load_model(catalogue)
    ids: Counter[str] = Counter()  # the last of each table with a number of its own
    last = time.perf_counter()
    for chunk in catalogue.chunks():
        seconds["draw"] += time.perf_counter() - last
        with transaction.atomic():
            for table, columns in _tables(chunk, catalogue, leaf_ids, value_ids, model, ids):
                _copy(table, columns, seconds)
            last = time.perf_counter()
        seconds["commit"] += time.perf_counter() - last
        if chunk.first_product == 0:
            _set_thresholds(model)
        last = time.perf_counter()
        done = chunk.first_product + len(chunk.facts.leaf)
        say(f"{done:,} of {catalogue.products:,} products, {done / (last - began):,.0f} a second")
    _set_sequences()
    return dict(seconds)


def settle() -> dict[str, float]:
    """Index-only scans want the visibility map, plans want statistics. Not in a transaction."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return {"vacuum": time.perf_counter() - began}


def _load_categories(catalogue: Catalogue, seconds: Seconds) -> np.ndarray:
    """The ids of the leaves, int, (leaves,)."""
    nodes = catalogue.categories
    ids = np.arange(1, len(nodes) + 1)
    _copy(
        "catalog_category",
        {
            "id": copying.integers(ids, 8),
            "path": copying.texts([node.path for node in nodes]),
            "depth": copying.integers(np.array([node.depth for node in nodes]), 4),
            "numchild": copying.integers(np.array([node.children for node in nodes]), 4),
            "name": copying.texts([node.name for node in nodes]),
            "slug": copying.texts([node.slug for node in nodes]),
        },
        seconds,
    )
    return ids[[not node.children for node in nodes]]


def _load_attributes(seconds: Seconds) -> dict[str, np.ndarray]:
    """The ids of the values, by the attribute's slug, in the order of `ATTRIBUTES`."""
    names = ["Color", "Size", "Material", "Pattern"]
    ids = np.arange(1, len(names) + 1)
    _copy(
        "catalog_attribute",
        {
            "id": copying.integers(ids, 8),
            "name": copying.texts(names),
            "slug": copying.texts(list(ATTRIBUTES)),
        },
        seconds,
    )
    counts = [len(values) for values in ATTRIBUTES.values()]
    values = [value for several in ATTRIBUTES.values() for value in several]
    value_ids = np.arange(1, len(values) + 1)
    positions = np.concatenate([np.arange(count) for count in counts])
    _copy(
        "catalog_attributevalue",
        {
            "id": copying.integers(value_ids, 8),
            "attribute_id": copying.integers(np.repeat(ids, counts), 8),
            "value": copying.texts(values),
            "slug": copying.texts([value.lower() for value in values]),
            "position": copying.integers(positions, 2),
        },
        seconds,
    )
    return dict(zip(ATTRIBUTES, np.split(value_ids, np.cumsum(counts)[:-1]), strict=True))


def _load_model(catalogue: Catalogue) -> int:
    from search.models import EmbeddingModel

    return EmbeddingModel.objects.create(
        name="scale",
        reference="local-dir:scale",
        checksum="0" * 64,
        dimension=catalogue.dimension,
        state=EmbeddingModel.State.LIVE,
    ).pk


def _set_thresholds(model: int) -> None:
    """Those of the signatures, while few are to be changed by it."""
    from search import vector_indexes
    from search.models import Embedding, EmbeddingModel

    for kind in Embedding.Kind:
        vector_indexes.set_thresholds(EmbeddingModel.objects.get(pk=model), kind)


def _tables(
    chunk: Chunk,
    catalogue: Catalogue,
    leaf_ids: np.ndarray,
    value_ids: dict[str, np.ndarray],
    model: int,
    ids: Counter[str],
) -> list[tuple[str, dict[str, Column]]]:
    """A chunk's rows, by table.

    Options come before the variants that have them, as foreign keys are looked at when the
    transaction commits: so what searches keep of a product is computed once, with the variants.
    """
    facts = chunk.facts
    products = len(facts.leaf)
    product = chunk.first_product + 1 + np.arange(products)
    of_variant = np.repeat(product, VARIANTS)
    variant = (chunk.first_product * VARIANTS) + 1 + np.arange(products * VARIANTS)
    pictures = len(facts.picture_product)
    picture = chunk.first_picture + 1 + np.arange(pictures)
    of_picture = facts.picture_product.astype(np.int64) + 1
    leaves, created = catalogue.leaves, EPOCH + product * MINUTE
    colour, size = facts.colour.ravel(), facts.size.ravel()
    sized = size >= 0
    option_variant = np.concatenate([variant, variant[sized]])
    option_value = np.concatenate([value_ids["color"][colour], value_ids["size"][size[sized]]])
    order = np.argsort(option_variant, kind="stable")
    attribute_value = np.stack(
        [value_ids["material"][facts.material], value_ids["pattern"][facts.pattern]], axis=1
    )
    brands = [f"Brand {n + 1:03}" for n in range(BRANDS)]
    titles = [
        f"{brands[b]} {PATTERNS[p]} {leaves[leaf].name.lower()} {n}"
        for b, p, leaf, n in zip(facts.brand, facts.pattern, facts.leaf, product, strict=True)
    ]
    descriptions = [
        f"A {WORDS[n % 12]}, {WORDS[n // 12 % 12]} thing of {MATERIALS[m]} for every day."
        for m, n in zip(facts.material, product, strict=True)
    ]
    hashes = np.array([hashlib.sha256(b"%d" % n).hexdigest() for n in picture])
    no = np.zeros(max(pictures, variant.size), dtype=int)
    side = np.full(pictures, PICTURE_SIDE)
    tables: list[tuple[str, dict[str, Column]]] = [
        (
            "catalog_product",
            {
                "id": copying.integers(product, 8),
                "category_id": copying.integers(leaf_ids[facts.leaf], 8),
                "title": copying.texts(titles),
                "slug": copying.texts([f"product-{n}" for n in product]),
                "brand": copying.texts([brands[b] for b in facts.brand]),
                "description": copying.texts(descriptions),
                "published": copying.booleans(facts.published),
                "created_at": copying.integers(created, 8),
                "updated_at": copying.integers(created, 8),
            },
        ),
        (
            "catalog_productimage",
            {
                "id": copying.integers(picture, 8),
                "product_id": copying.integers(of_picture, 8),
                "image": copying.texts([f"products/scale/{n}.webp" for n in picture]),
                "width": copying.integers(side, 4),
                "height": copying.integers(side, 4),
                "alt": copying.constant("", pictures),
                "position": copying.integers(facts.picture_position, 2),
                "content_hash": copying.texts(hashes),
                "source_hash": copying.texts(hashes),
                "renditions_ready": copying.booleans(np.ones(pictures)),
                "avif_ready": copying.booleans(np.ones(pictures)),
                "created_at": copying.integers(np.full(pictures, created[0]), 8),
            },
        ),
        (
            "catalog_product_attributes",
            {
                "id": copying.integers(_new(ids, "attributes", 2 * products), 8),
                "product_id": copying.integers(np.repeat(product, 2), 8),
                "attributevalue_id": copying.integers(attribute_value.ravel(), 8),
            },
        ),
        (
            "catalog_variant_options",
            {
                "id": copying.integers(_new(ids, "options", len(order)), 8),
                "variant_id": copying.integers(option_variant[order], 8),
                "attributevalue_id": copying.integers(option_value[order], 8),
            },
        ),
        (
            "catalog_variant",
            {
                "id": copying.integers(variant, 8),
                "product_id": copying.integers(of_variant, 8),
                "sku": copying.texts([f"S-{n}" for n in variant]),
                "price": copying.cents(facts.price.ravel()),
                "stock": copying.integers(facts.stock.ravel(), 4),
                "published": copying.booleans(facts.variant_published.ravel()),
                "position": copying.integers(np.tile(np.arange(VARIANTS), products), 4),
                "image_id": copying.integers(facts.variant_picture.ravel() + 1, 8, null=0),
            },
        ),
    ]
    text_hashes = np.array([hashlib.sha256(title.encode()).hexdigest() for title in titles])
    for kind, of, image, vectors, contents in (
        ("image", of_picture, picture, chunk.pictures, hashes),
        ("text", product, np.zeros(products, dtype=int), chunk.texts, text_hashes),
    ):
        rows = len(of)
        tables.append(
            (
                "search_embedding",
                {
                    "id": copying.integers(_new(ids, "embeddings", rows), 8),
                    "model_id": copying.integers(np.full(rows, model), 8),
                    "kind": copying.constant(kind, rows),
                    "product_id": copying.integers(of, 8),
                    "image_id": copying.integers(image, 8, null=0),
                    "vector": copying.halfvecs(vectors),
                    "content_hash": copying.texts(contents),
                    "status": copying.constant("done", rows),
                    "attempts": copying.integers(no[:rows], 2),
                    "error": copying.constant("", rows),
                    "updated_at": copying.integers(np.full(rows, created[0]), 8),
                },
            )
        )
    return tables


def _new(ids: Counter[str], table: str, count: int) -> np.ndarray:
    """The next `count` ids."""
    first = ids[table] + 1
    ids[table] += count
    return np.arange(first, first + count)


def _copy(table: str, columns: dict[str, Column], seconds: Seconds) -> None:
    began = time.perf_counter()
    names = ", ".join(columns)
    data = copying.rows(list(columns.values()))
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(copying.HEADER)
        copy.write(data)
        copy.write(copying.TRAILER)
    seconds[table] += time.perf_counter() - began


def _set_sequences() -> None:
    """Ids were given by us: the next row of Django's own must not collide."""
    with connection.cursor() as cursor:
        for table in (
            "catalog_category",
            "catalog_attribute",
            "catalog_attributevalue",
            "catalog_product",
            "catalog_productimage",
            "catalog_variant",
            "catalog_variant_options",
            "catalog_product_attributes",
            "search_embedding",
        ):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table}",  # noqa: S608  (names of ours)
                [table],
            )


def _to_terminal(message: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  {message} ")
        sys.stderr.flush()
