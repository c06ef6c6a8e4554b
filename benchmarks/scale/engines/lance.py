"""LanceDB: IVF_HNSW_SQ with prefilter, and scalar indexes on what is filtered.

It has no nested filters, but a product has four variants: each has columns of its own (null where
it is not published), and a filter on variants is an OR of four. It has no grouping: see `PICTURES`.
"""

from __future__ import annotations

from pathlib import Path

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import Bitmap, BTree, HnswSq

from benchmarks.scale.catalogue import VARIANTS
from benchmarks.scale.engines import PICTURES, first_of_each, folder_size
from benchmarks.scale.filtering import Filter, Shop

REFINE = 2  # candidates for each result, whose order the exact vectors decide
AT_ONCE = 50_000


class Lance:
    """HNSW over 8-bit vectors; the best candidates re-ranked by the exact ones."""

    def build(self, shop: Shop, folder: Path) -> None:
        database = lancedb.connect(str(folder / "lance"))
        table = database.create_table("pictures", _rows(shop, 0, AT_ONCE))
        for start in range(AT_ONCE, len(shop.vectors), AT_ONCE):
            table.add(_rows(shop, start, start + AT_ONCE))
        for column in ("top", "middle", "leaf", "brand"):
            table.create_index(column, config=Bitmap())
        for n in range(VARIANTS):
            table.create_index(f"price{n}", config=BTree())
            for column in ("in_stock", "colour", "shown"):
                table.create_index(f"{column}{n}", config=Bitmap())
        table.create_index("vector", config=HnswSq(distance_type="dot", num_partitions=1))
        table.optimize()

    def open(self, shop: Shop, folder: Path) -> None:
        self.table = lancedb.connect(str(folder / "lance")).open_table("pictures")

    def prepare(self, asked: Filter, *, across: bool) -> str:
        conditions = []
        if asked.path is not None:
            column = {4: "top", 8: "middle", 12: "leaf"}[len(asked.path)]
            conditions.append(f"{column} = '{asked.path}'")
        if asked.brand is not None:
            conditions.append(f"brand = {asked.brand}")
        variants = []
        for n in range(VARIANTS):
            variant = []
            if asked.price is not None:
                variant.append(f"price{n} >= {asked.price[0]} AND price{n} <= {asked.price[1]}")
            if asked.in_stock:
                variant.append(f"in_stock{n}")
            if asked.colour is not None:
                variant.append(f"colour{n} = {asked.colour} AND shown{n}")
            variants.append(" AND ".join(variant))
        if variants[0]:
            conditions.append("(" + " OR ".join(f"({variant})" for variant in variants) + ")")
        return " AND ".join(conditions)

    def search(self, vector: np.ndarray, prepared: str, limit: int) -> list[int]:
        wanted = limit * PICTURES
        query = self.table.search(vector).ef(wanted * REFINE).refine_factor(REFINE)
        if prepared:
            query = query.where(prepared, prefilter=True)
        found = query.select(["product", "_distance"]).limit(wanted).to_arrow()
        return first_of_each(found.column("product").to_pylist(), limit)

    def size(self, folder: Path) -> int:
        return folder_size(folder)


def _rows(shop: Shop, start: int, end: int) -> pa.Table:
    facts = shop.facts
    product, picture = shop.products[start:end], shop.pictures[start:end]
    vectors = shop.vectors[start:end].astype(np.float32)
    paths = np.array([leaf.path for leaf in shop.catalogue.leaves])[facts.leaf[product]]
    names = facts.variant_picture[product] == picture[:, None]
    shown = names | ~names.any(axis=1, keepdims=True)
    gone = ~facts.variant_published[product]
    columns = {
        "product": pa.array(product),
        "vector": pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1]),
        "top": pa.array([path[:4] for path in paths]),
        "middle": pa.array([path[:8] for path in paths]),
        "leaf": pa.array(paths.tolist()),
        "brand": pa.array(facts.brand[product]),
    }
    for n in range(VARIANTS):
        for name, values in (
            ("price", facts.price[product, n]),
            ("in_stock", facts.stock[product, n] > 0),
            ("colour", facts.colour[product, n]),
            ("shown", shown[:, n]),
        ):
            columns[f"{name}{n}"] = pa.array(values, mask=gone[:, n])
    return pa.table(columns)
