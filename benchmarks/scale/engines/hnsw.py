"""hnswlib, with a function that says which rows pass.

It knows no filters: what the function looks up is made by numpy outside of the timing, which
flatters it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import hnswlib
import numpy as np

from benchmarks.scale.engines import PICTURES, first_of_each, folder_size
from benchmarks.scale.filtering import Filter, Shop

LINKS, EF_CONSTRUCTION, EF_SEARCH = 16, 100, 200


@dataclass(frozen=True)
class Selected:
    """Which rows pass, one byte each, and how many."""

    passes: bytes
    count: int


class Hnswlib:
    """HNSW over float32 vectors, searched with `EF_SEARCH` candidates."""

    def build(self, shop: Shop, folder: Path) -> None:
        rows, dimension = shop.vectors.shape
        index = hnswlib.Index("ip", dimension)
        index.init_index(rows, M=LINKS, ef_construction=EF_CONSTRUCTION, random_seed=1)
        for start in range(0, rows, 50_000):
            part = shop.vectors[start : start + 50_000].astype(np.float32)
            index.add_items(part, np.arange(start, start + len(part)))
        index.save_index(str(folder / "index"))

    def open(self, shop: Shop, folder: Path) -> None:
        self.index = hnswlib.Index("ip", shop.vectors.shape[1])
        self.index.load_index(str(folder / "index"))
        self.index.set_ef(EF_SEARCH)
        self.shop = shop

    def prepare(self, asked: Filter, *, across: bool) -> Selected:
        rows = self.shop.matching_rows(asked)
        return Selected(rows.tobytes(), int(rows.sum()))

    def search(self, vector: np.ndarray, prepared: Selected, limit: int) -> list[int]:
        wanted = min(limit * PICTURES, prepared.count)
        passes = None if prepared.count == len(prepared.passes) else prepared.passes.__getitem__
        while wanted:
            try:
                rows, _ = self.index.knn_query(vector, wanted, num_threads=1, filter=passes)
            except RuntimeError:  # it found fewer, and then gives none
                wanted //= 2
            else:
                return first_of_each(self.shop.products[rows[0].astype(int)].tolist(), limit)
        return []

    def size(self, folder: Path) -> int:
        return folder_size(folder)
