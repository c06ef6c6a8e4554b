"""faiss: HNSW and an exhaustive scan, both with a bitmap of the rows that pass.

faiss knows no filters: the bitmap is made by numpy outside of the timing, which flatters it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from benchmarks.scale.engines import PICTURES, first_of_each, folder_size
from benchmarks.scale.filtering import Filter, Shop

LINKS, EF_CONSTRUCTION, EF_SEARCH = 16, 100, 200


@dataclass(frozen=True)
class Selected:
    """A selector, and the bitmap that it points into."""

    parameters: faiss.SearchParameters
    selector: faiss.IDSelectorBitmap
    bitmap: np.ndarray


class FaissFlat:
    """An exhaustive scan over float32 vectors."""

    def build(self, shop: Shop, folder: Path) -> None:
        index = self._index(shop.vectors.shape[1])
        for start in range(0, len(shop.vectors), 50_000):
            index.add(shop.vectors[start : start + 50_000].astype(np.float32))
        faiss.write_index(index, str(folder / "index"))

    def open(self, shop: Shop, folder: Path) -> None:
        self.index = faiss.read_index(str(folder / "index"))
        self.shop = shop

    def prepare(self, asked: Filter, *, across: bool) -> Selected:
        bitmap = np.packbits(self.shop.matching_rows(asked), bitorder="little")
        selector = faiss.IDSelectorBitmap(bitmap)
        return Selected(self._parameters(selector), selector, bitmap)

    def search(self, vector: np.ndarray, prepared: Selected, limit: int) -> list[int]:
        _, rows = self.index.search(vector[None], limit * PICTURES, params=prepared.parameters)
        found = rows[0][rows[0] >= 0]
        return first_of_each(self.shop.products[found].tolist(), limit)

    def size(self, folder: Path) -> int:
        return folder_size(folder)

    def _index(self, dimension: int) -> faiss.Index:
        return faiss.IndexFlatIP(dimension)

    def _parameters(self, selector: faiss.IDSelector) -> faiss.SearchParameters:
        return faiss.SearchParameters(sel=selector)


class FaissHNSW(FaissFlat):
    """HNSW over float32 vectors, searched with `EF_SEARCH` candidates."""

    def _index(self, dimension: int) -> faiss.Index:
        index = faiss.IndexHNSWFlat(dimension, LINKS, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = EF_CONSTRUCTION
        return index

    def _parameters(self, selector: faiss.IDSelector) -> faiss.SearchParameters:
        return faiss.SearchParametersHNSW(sel=selector, efSearch=EF_SEARCH)
