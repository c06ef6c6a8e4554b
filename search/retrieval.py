"""The statements of the legs of vectors, and the only place with distance operators.

Each gives pictures or texts of products that pass the filters, best first; `search.router` chooses
among them. All compare by inner product, which for vectors of length one is the cosine.

Statements are prepared by the server: what is constant in a shop (the model, its dimension) stands
in the text, the rest are parameters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from django.db import connection
from pgvector import HalfVector

from search.connection import raw_connection
from search.filters import AFTER, Filters
from search.models import Embedding, EmbeddingModel

# The highest `hnsw.ef_search`: a wider walk goes on from there (`hnsw.iterative_scan`).
BROADEST = 1_000


@dataclass(frozen=True)
class Hit:
    """A product that a leg of vectors found. `score`: cosine similarity in [-1, 1]."""

    product_id: int
    score: float
    image_id: int | None = None  # the picture that matched


@dataclass(frozen=True)
class Target:
    """What vectors are compared with, among which: the vectors of `kind` under `model`.

    `vector`: shape (dimension,), float32, norm 1. `across`: words had a part in it, and it is
    compared with pictures, which lie elsewhere.
    """

    vector: np.ndarray
    kind: str
    model: EmbeddingModel
    across: bool = False

    @property
    def among(self) -> str:
        """As the partial indexes of `search.vector_indexes` say it."""
        return (
            f"embedding.model_id = {int(self.model.pk)}"
            f" AND embedding.kind = '{Embedding.Kind(self.kind)}'"
            " AND embedding.listed AND embedding.vector IS NOT NULL"
        )

    def parameters(self, filters: Filters, limit: int, **others: Any) -> dict[str, Any]:
        return {
            "target": HalfVector(self.vector),
            "limit": limit,
            **filters.parameters(),
            **others,
        }


def inside(path: str) -> str:
    """The condition on embeddings in or below the category at `path`, as the index of its graph
    has it. In the text of the statement, where the planner compares it with the index's."""
    if not path.isalnum():
        raise ValueError(f"Not a category's path: {path!r}.")
    return f"path >= '{path}' AND path < '{path}{AFTER}'"


def matching(filters: Filters, *, bound: int) -> tuple[int, list[int]]:
    """How many products pass, counted as far as `bound`; and the keys of all, if they are fewer and
    a category's place does not say who they are."""
    keys = "NULL" if filters.category_only else "array_agg(product_id)"
    passing = f"""
        SELECT listing.product_id FROM search_listing listing
         WHERE {filters.listing()} AND {filters.offered("listing")}
    """  # noqa: S608  (conditions of our own; values are parameters)
    found = f"{passing} LIMIT %(bound)s"
    if filters.priced:
        # A narrow range is soon read from the variants' prices; of a wide one the first listings
        # are enough. Which it is, is found by reading some: only one of the two is executed.
        found = f"""
            WITH priced AS MATERIALIZED (
                SELECT variant.product_id FROM catalog_variant variant
                 WHERE {filters.in_range()} LIMIT %(some)s
            )
            {passing} AND (SELECT count(*) FROM priced) < %(some)s
                AND listing.product_id IN (SELECT product_id FROM priced)
            UNION ALL
            {passing} AND (SELECT count(*) FROM priced) = %(some)s
            LIMIT %(bound)s
        """  # noqa: S608
    statement = f"""
        SELECT count(*), CASE WHEN count(*) < %(bound)s THEN {keys} END FROM ({found}) found
    """  # noqa: S608
    parameters = {**filters.parameters(), "bound": bound, "some": 2 * bound}
    # Not prepared: how it is best done depends on the values, on how wide a range of prices is.
    ((count, products),) = _rows(statement, parameters, prepare=False)
    return count, products or []


def newest(filters: Filters, *, without: Collection[int], limit: int) -> list[int]:
    """The keys of the newest products that pass, at most `limit`."""
    rows = _rows(
        f"""
        SELECT listing.product_id FROM search_listing listing
         WHERE {filters.listing()} AND {filters.offered("listing")}
           AND listing.product_id <> ALL(%(others)s::bigint[])
         ORDER BY listing.created_at DESC, listing.product_id DESC LIMIT %(limit)s
        """,  # noqa: S608
        {**filters.parameters(), "others": list(without), "limit": limit},
        prepare=False,
    )
    return [product for (product,) in rows]


def passing(filters: Filters, products: Collection[int]) -> list[int]:
    """Those of `products` (keys) that are on sale and pass."""
    rows = _rows(
        f"""
        SELECT listing.product_id FROM search_listing listing
         WHERE listing.product_id = ANY(%(products)s::bigint[])
           AND {filters.listing()} AND {filters.offered("listing")}
        """,  # noqa: S608
        {**filters.parameters(), "products": list(products)},
        prepare=False,
    )
    return [product for (product,) in rows]


def count_by_path(filters: Filters) -> dict[str, int]:
    """How many products pass in each category, by its path."""
    rows = _rows(
        f"""
        SELECT listing.path, count(*) FROM search_listing listing
         WHERE {filters.listing()} AND {filters.offered("listing")}
         GROUP BY listing.path
        """,  # noqa: S608
        filters.parameters(),
        prepare=False,
    )
    return dict(rows)


def exact_in_category(target: Target, filters: Filters, *, limit: int) -> list[Hit]:
    """All vectors of a category, which lie side by side in the index `exact`.

    Adding 0 hides the distance from the graph: only this order of work is possible.
    """
    return _hits(
        f"""
        SELECT product_id, image_id, vector <#> %(target)s AS distance
          FROM search_embedding embedding
         WHERE {target.among} AND {filters.place("embedding")}
         ORDER BY (vector <#> %(target)s) + 0, product_id LIMIT %(limit)s
        """,  # noqa: S608  (conditions of our own; values are parameters)
        target.parameters(filters, limit),
    )


def exact_among(target: Target, filters: Filters, products: list[int], *, limit: int) -> list[Hit]:
    """All vectors of `products`, which are known to pass."""
    return _hits(
        f"""
        SELECT product_id, image_id, distance FROM (
            SELECT embedding.product_id, embedding.image_id,
                   embedding.vector <#> %(target)s AS distance
              FROM search_embedding embedding
             WHERE embedding.product_id = ANY(%(products)s::bigint[]) AND {target.among}
            OFFSET 0
        ) embedding
         WHERE {filters.shown("embedding")}
         ORDER BY distance + 0, product_id LIMIT %(limit)s
        """,  # noqa: S608
        target.parameters(filters, limit, products=products),
    )


def best_of(target: Target, filters: Filters, products: Sequence[int]) -> list[Hit]:
    """Of each of `products`, which are known to pass, the vector nearest to the target."""
    return _hits(
        f"""
        SELECT DISTINCT ON (product_id) product_id, image_id, distance FROM (
            SELECT embedding.product_id, embedding.image_id,
                   embedding.vector <#> %(target)s AS distance
              FROM search_embedding embedding
             WHERE embedding.product_id = ANY(%(products)s::bigint[]) AND {target.among}
            OFFSET 0
        ) embedding
         WHERE {filters.shown("embedding")}
         ORDER BY product_id, distance
        """,  # noqa: S608
        target.parameters(filters, 0, products=list(products)),
    )


def exact_of_all(target: Target, filters: Filters, *, limit: int) -> list[Hit]:
    """All vectors of all products that pass, however many: the last resort."""
    return _hits(
        f"""
        SELECT embedding.product_id, embedding.image_id,
               embedding.vector <#> %(target)s AS distance
          FROM search_embedding embedding
          JOIN search_listing listing USING (product_id)
         WHERE {target.among} AND {filters.listing()} AND {filters.offered("listing")}
           AND {filters.shown("embedding")}
         ORDER BY (embedding.vector <#> %(target)s) + 0, product_id LIMIT %(limit)s
        """,  # noqa: S608
        target.parameters(filters, limit),
    )


def by_signatures(
    target: Target, filters: Filters, *, candidates: int, limit: int
) -> tuple[list[Hit], bool]:
    """The `candidates` whose signatures are nearest, ranked by their vectors; and whether they were
    all there are.

    What only variants can tell is asked of the candidates.
    """
    joined = "" if filters.category_only else "JOIN search_listing listing USING (product_id)"
    if not filters.any:
        passing = "true"
    elif filters.category_only:
        passing = filters.place("embedding")
    else:
        # The path in both: it bounds what is read of the index.
        place = filters.place("embedding") + " AND " if filters.path else ""
        passing = place + filters.listing()
    statement = f"""
        WITH target AS MATERIALIZED (
            SELECT search_signature(%(target)s, {target.kind}_thresholds) AS signature
              FROM search_embeddingmodel WHERE id = {int(target.model.pk)}
        ),
        near AS MATERIALIZED (
            SELECT embedding.id FROM search_embedding embedding {joined}
             WHERE {target.among} AND {passing}
             ORDER BY embedding.signature <~> (SELECT signature FROM target)
             LIMIT %(candidates)s
        )
        SELECT embedding.product_id, embedding.image_id,
               embedding.vector <#> %(target)s AS distance, (SELECT count(*) FROM near)
          FROM near JOIN search_embedding embedding USING (id)
         WHERE {filters.offered("embedding")} AND {filters.shown("embedding")}
         ORDER BY distance, product_id LIMIT %(limit)s
    """  # noqa: S608
    # Prepared only where any values make one and the same plan: with bounds of prices they do not.
    prepare = filters.category_only or not filters.any
    parameters = target.parameters(filters, limit, candidates=candidates)
    rows = _rows(statement, parameters, prepare=prepare)
    # Without a row nothing is known: all candidates may have failed what variants were asked.
    complete = bool(rows) and rows[0][3] < candidates
    return [Hit(product, -distance, image) for product, image, distance, _ in rows], complete


def by_graph(
    target: Target, filters: Filters, *, candidates: int, breadth: int = 0, within: str = ""
) -> list[Hit]:
    """Of the `candidates` nearest of all vectors (found in the HNSW graph) those that pass.

    `breadth`: of the walk (`hnsw.ef_search`), if more than `candidates`: the broader, the less it
    misses. `within`: the path of a category, for its own graph; without one the same is found more
    slowly.
    """
    all_pass = filters == Filters(path=within)
    _rows(
        "SELECT set_config('hnsw.ef_search', %(breadth)s, false)",
        {"breadth": str(min(max(breadth, candidates), BROADEST))},
    )
    dimension = f"halfvec({int(target.model.dimension)})"
    among = f"{target.among} AND {inside(within)}" if within else target.among
    passing = "near"
    if not all_pass:
        # Variants are asked only of what the listing lets pass.
        passing = f"""(
            SELECT near.* FROM near JOIN search_listing listing USING (product_id)
             WHERE {filters.listing()} OFFSET 0
        ) near WHERE {filters.offered("near")} AND {filters.shown("near")}"""  # noqa: S608
    return _hits(
        f"""
        WITH near AS MATERIALIZED (
            SELECT product_id, image_id,
                   vector::{dimension} <#> %(target)s::{dimension} AS distance
              FROM search_embedding embedding
             WHERE {among}
             ORDER BY vector::{dimension} <#> %(target)s::{dimension} LIMIT %(limit)s
        )
        SELECT near.product_id, near.image_id, near.distance FROM {passing}
         ORDER BY near.distance, near.product_id
        """,  # noqa: S608
        target.parameters(filters, candidates),
    )


def exact_of_drafts(target: Target, *, among: int, limit: int) -> list[Hit]:
    """The pictures nearest to the target that are not on sale, of the `among` newest of them: they
    are in no graph."""
    return _hits(
        f"""
        SELECT product_id, image_id, vector <#> %(target)s AS distance FROM (
            SELECT product_id, image_id, vector FROM search_embedding embedding
             WHERE model_id = {int(target.model.pk)} AND kind = '{Embedding.Kind.IMAGE}'
               AND NOT listed AND vector IS NOT NULL
             ORDER BY id DESC LIMIT %(among)s
        ) embedding
         ORDER BY (vector <#> %(target)s) + 0, image_id LIMIT %(limit)s
        """,  # noqa: S608
        {"target": HalfVector(target.vector), "among": among, "limit": limit},
    )


def vectors_of(product_id: int, model: EmbeddingModel) -> dict[str, np.ndarray]:
    """A product's own vectors by kind, float32, norm 1: of its first picture, and of its text."""
    rows = (
        Embedding.objects.filter(product=product_id, model=model, vector__isnull=False)
        .order_by("kind", "image__position", "image")
        .values_list("kind", "vector")
    )
    found: dict[str, np.ndarray] = {}
    for kind, vector in rows:
        if kind not in found:
            values = np.asarray(vector, dtype=np.float32)
            found[kind] = values / np.linalg.norm(values)
    return found


def vectors_of_images(images: Sequence[int], model: EmbeddingModel) -> tuple[list[int], np.ndarray]:
    """Those of `images` that have vectors, n of them, and their vectors: (n, dimension) float32,
    norm 1."""
    rows = _rows(
        """
        SELECT image_id, halfvec_send(vector::halfvec) FROM search_embedding
         WHERE image_id = ANY(%(images)s::bigint[]) AND model_id = %(model)s AND kind = %(kind)s
           AND vector IS NOT NULL
        """,
        {"images": list(images), "model": model.pk, "kind": Embedding.Kind.IMAGE},
    )
    # As pgvector sends it: two 16-bit integers, of which one is the dimension, then the numbers.
    found = [np.frombuffer(sent, ">f2", offset=4).astype(np.float32) for _, sent in rows]
    vectors = np.stack(found) if found else np.zeros((0, model.dimension), np.float32)
    return [image for image, _ in rows], vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _hits(statement: str, parameters: Mapping[str, Any]) -> list[Hit]:
    rows = _rows(statement, parameters)
    return [Hit(product, -distance, image) for product, image, distance in rows]


def _rows(
    statement: str, parameters: Mapping[str, Any], *, prepare: bool = True
) -> list[tuple[Any, ...]]:
    """By psycopg itself: Django's cursor writes the values into the text, which would be parsed
    and planned each time, with a kilobyte of numbers in it."""
    with connection.wrap_database_errors, psycopg.Cursor(raw_connection()) as cursor:
        cursor.execute(statement, parameters, prepare=prepare, binary=True)
        return cursor.fetchall()
