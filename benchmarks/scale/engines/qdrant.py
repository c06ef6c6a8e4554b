"""Qdrant Edge: Qdrant's engine in this process, with its own filters.

A point is a picture. Its payload has the product's facts and its variants as nested objects, so
that price, stock and colour hold of one and the same variant; for a colour, those variants that
the picture shows. It has no grouping: see `PICTURES`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import qdrant_edge as qdrant

from benchmarks.scale.engines import PICTURES, first_of_each, folder_size
from benchmarks.scale.filtering import Filter, Shop

LINKS, EF_CONSTRUCTION, EF_SEARCH = 16, 100, 128
FULL_SCAN_BELOW = 10_000  # KB: its default
AT_ONCE = 5_000


class Qdrant:
    """HNSW whose graph knows the payload, float16 vectors."""

    def build(self, shop: Shop, folder: Path) -> None:
        config = qdrant.EdgeConfig(
            vectors=qdrant.EdgeVectorParams(
                size=shop.vectors.shape[1],
                distance=qdrant.Distance.Dot,
                datatype=qdrant.VectorStorageDatatype.Float16,
            ),
            hnsw_config=qdrant.HnswIndexConfig(LINKS, EF_CONSTRUCTION, FULL_SCAN_BELOW),
            # One segment is searched in one go: without this, each query asks several graphs.
            optimizers=qdrant.EdgeOptimizersConfig(
                default_segment_number=1, max_segment_size=100_000_000
            ),
            payload_memory=qdrant.Memory.Cached,
        )
        data = folder / "shard"
        data.mkdir()
        shard = qdrant.EdgeShard.create(str(data), config)
        fields: dict[str, Any] = {
            "path": qdrant.PayloadSchemaType.Keyword,
            "brand": qdrant.PayloadSchemaType.Integer,
        }
        for field in ("price", "stock", "colour"):
            for variants in ("variants", "shown"):
                # An index by object: without `nested` each candidate's payload is read, which
                # costs a wide price range sixteen times as much.
                fields[f"{variants}[].{field}"] = qdrant.IntegerIndexParams(nested=variants)
        for field, schema in fields.items():
            shard.update(qdrant.UpdateOperation.create_field_index(field, schema))
        payloads = _Payloads(shop)
        for start in range(0, len(shop.vectors), AT_ONCE):
            vectors = shop.vectors[start : start + AT_ONCE].astype(np.float32).tolist()
            points = [
                qdrant.Point(start + n, vector, payloads.of(start + n))
                for n, vector in enumerate(vectors)
            ]
            shard.update(qdrant.UpdateOperation.upsert_points(points))
        shard.optimize()
        shard.flush()
        shard.close()

    def open(self, shop: Shop, folder: Path) -> None:
        self.shard = qdrant.EdgeShard.load(str(folder / "shard"))
        self.products = shop.products

    def prepare(self, asked: Filter, *, across: bool) -> qdrant.Filter | None:
        must: list[Any] = []
        if asked.path is not None:
            must.append(qdrant.FieldCondition("path", match=qdrant.MatchValue(asked.path)))
        if asked.brand is not None:
            must.append(qdrant.FieldCondition("brand", match=qdrant.MatchValue(asked.brand)))
        variant: list[Any] = []
        if asked.price is not None:
            low, high = asked.price
            variant.append(
                qdrant.FieldCondition("price", range=qdrant.RangeFloat(gte=low, lte=high))
            )
        if asked.in_stock:
            variant.append(qdrant.FieldCondition("stock", range=qdrant.RangeFloat(gte=1)))
        if asked.colour is not None:
            variant.append(qdrant.FieldCondition("colour", match=qdrant.MatchValue(asked.colour)))
        if variant:
            key = "variants" if asked.colour is None else "shown"
            must.append(qdrant.NestedCondition(key, qdrant.Filter(must=variant)))
        return qdrant.Filter(must=must) if must else None

    def search(self, vector: np.ndarray, prepared: qdrant.Filter | None, limit: int) -> list[int]:
        found = self.shard.search(
            qdrant.SearchRequest(
                query=qdrant.Query.Nearest(vector.tolist()),
                limit=limit * PICTURES,
                filter=prepared,
                params=qdrant.SearchParams(hnsw_ef=EF_SEARCH),
            )
        )
        return first_of_each((int(self.products[point.id]) for point in found), limit)

    def size(self, folder: Path) -> int:
        return folder_size(folder)


class _Payloads:
    """What points carry."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.paths = [
            [leaf.path[:length] for length in (4, 8, 12)] for leaf in shop.catalogue.leaves
        ]

    def of(self, row: int) -> dict[str, Any]:
        facts = self.shop.facts
        product, picture = self.shop.products[row], self.shop.pictures[row]
        names = facts.variant_picture[product] == picture
        on_sale = facts.variant_published[product]
        return {
            "path": self.paths[facts.leaf[product]],
            "brand": int(facts.brand[product]),
            "variants": self._variants(product, on_sale),
            "shown": self._variants(product, on_sale & names if names.any() else on_sale),
        }

    def _variants(self, product: int, which: np.ndarray) -> list[dict[str, int]]:
        facts = self.shop.facts
        return [
            {
                "price": int(facts.price[product, n]),
                "stock": int(facts.stock[product, n]),
                "colour": int(facts.colour[product, n]),
            }
            for n in np.flatnonzero(which)
        ]
