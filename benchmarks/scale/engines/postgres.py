"""pgvector the plain way: HNSW, and the statement that a Django developer would write.

The vectors are in a table of their own, a copy of the embeddings that has that index and none of
Vitrine's, so that neither changes the other's plans; products, categories and variants are the
shop's own tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection
from pgvector import HalfVector

from benchmarks.scale.catalogue import COLOURS
from benchmarks.scale.engines import PICTURES, first_of_each
from benchmarks.scale.filtering import Filter, Shop

TABLE, INDEX = "benchmark_embedding", "benchmark_embedding_hnsw"


@dataclass(frozen=True)
class Statement:
    """SQL with two places, for the vector and the limit, around the filter's `parameters`."""

    sql: str
    parameters: list[Any]


class Plain:
    """The planner's own choice, with the default settings."""

    settings: dict[str, str] = {}

    def build(self, shop: Shop, folder: Path) -> None:
        dimension = shop.vectors.shape[1]
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s)", [INDEX])
            if cursor.fetchone() != (None,):
                return  # both plain ways share it
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
            cursor.execute(
                f"CREATE TABLE {TABLE} (product_id bigint NOT NULL, image_id bigint NOT NULL, "
                f"vector halfvec({dimension}) STORAGE PLAIN NOT NULL)"
            )
            cursor.execute(
                f"INSERT INTO {TABLE} SELECT product_id, image_id, vector "  # noqa: S608
                "FROM search_embedding WHERE kind = 'image' ORDER BY id"
            )
            cursor.execute(f"CREATE INDEX ON {TABLE} (product_id)")
            cursor.execute("SET maintenance_work_mem = '4GB'")
            cursor.execute(
                f"CREATE INDEX {INDEX} ON {TABLE} USING hnsw (vector halfvec_cosine_ops)"
            )
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute(f"ANALYZE {TABLE}")

    def open(self, shop: Shop, folder: Path) -> None:
        self.build(shop, folder)  # the database may have been loaded anew since
        # A connection of its own: settings must not reach other engines.
        self.connection = connection.copy("default")
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT '[1]'::vector")  # loads the extension, which then knows these
            for name, value in self.settings.items():
                cursor.execute(f"SET {name} = {value}")

    def prepare(self, asked: Filter, *, across: bool) -> Statement:
        where = ["product.published"]
        parameters: list[Any] = []
        if asked.path is not None:
            where.append("category.path LIKE %s")
            parameters.append(asked.path + "%")
        if asked.brand is not None:
            where.append("product.brand = %s")
            parameters.append(f"Brand {asked.brand + 1:03}")
        variant, variant_parameters = _variant(asked)
        where.append(f"EXISTS ({variant} AND variant.product_id = product.id)")
        parameters += variant_parameters
        if asked.colour is not None:
            where.append(
                "(NOT EXISTS (SELECT FROM catalog_variant WHERE image_id = embedding.image_id) "
                f"OR EXISTS ({variant} AND variant.image_id = embedding.image_id))"
            )
            parameters += variant_parameters
        sql = f"""
            SELECT embedding.product_id
              FROM {TABLE} embedding
              JOIN catalog_product product ON product.id = embedding.product_id
              JOIN catalog_category category ON category.id = product.category_id
             WHERE {" AND ".join(where)}
             ORDER BY embedding.vector <=> %s::halfvec
             LIMIT %s
        """  # noqa: S608  (ours; values are parameters)
        return Statement(sql, parameters)

    def search(self, vector: np.ndarray, prepared: Statement, limit: int) -> list[int]:
        with self.connection.cursor() as cursor:
            cursor.execute(
                prepared.sql,
                [*prepared.parameters, HalfVector(vector).to_text(), limit * PICTURES],
            )
            return first_of_each((row[0] - 1 for row in cursor), limit)

    def size(self, folder: Path) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [TABLE])
            row = cursor.fetchone()
        return int(row[0]) if row else 0


class Iterative(Plain):
    """HNSW that goes on until enough rows pass, or until it has looked at 20,000."""

    settings = {"hnsw.iterative_scan": "relaxed_order"}


def _variant(asked: Filter) -> tuple[str, list[Any]]:
    """A SELECT of the variants that pass, to be continued by AND, and its parameters."""
    where = ["variant.published"]
    parameters: list[Any] = []
    if asked.price is not None:
        where.append("variant.price BETWEEN %s::numeric / 100 AND %s::numeric / 100")
        parameters += asked.price
    if asked.in_stock:
        where.append("variant.stock > 0")
    if asked.colour is not None:
        where.append(
            "EXISTS (SELECT FROM catalog_variant_options option"
            " JOIN catalog_attributevalue value ON value.id = option.attributevalue_id"
            " WHERE option.variant_id = variant.id AND value.slug = %s)"
        )
        parameters.append(COLOURS[asked.colour])
    return f"SELECT FROM catalog_variant variant WHERE {' AND '.join(where)}", parameters
