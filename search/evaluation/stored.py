"""The vectors that the shop has stored, as arrays: exact and whole, with no index in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from search.encoders.base import Vectors, unit_rows
from search.evaluation.catalogue import Catalogue
from search.models import Embedding, EmbeddingModel

Scores = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# Of rows that are read from the database at once.
CHUNK = 2000


@dataclass(frozen=True)
class Stored:
    """What n products have under one model.

    `pictures`: (m, dimension) float32, rows of length one, product by product. `owners`: (m,) the
    row of each picture's product, ascending. `images`: (m,) the pictures' keys. `texts`: (n,
    dimension) float32, rows of length one, or of zeros where a product has none yet. `has_text`:
    (n,) bool.
    """

    pictures: Vectors
    owners: Rows
    images: Rows
    texts: Vectors
    has_text: Flags

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def dimension(self) -> int:
        return self.texts.shape[1]

    @cached_property
    def has_picture(self) -> Flags:
        """(n,) bool."""
        return np.bincount(self.owners, minlength=len(self)) > 0

    @cached_property
    def means(self) -> Vectors:
        """(n, dimension) float32: the normalised mean of each product's pictures, or zeros."""
        sums = np.zeros((len(self), self.dimension), np.float32)
        np.add.at(sums, self.owners, self.pictures)
        return _unit_or_zero(sums)

    def best(self, by_picture: Scores) -> Scores:
        """(n,) float64: of scores of pictures, (m,), each product's best; -inf without any."""
        best = np.full(len(self), -np.inf)
        np.maximum.at(best, self.owners, by_picture)
        return best


def read_stored(model: EmbeddingModel, catalogue: Catalogue) -> Stored:
    """All vectors of the catalogue's products; 2.5 KB for each of 512 dimensions in memory."""
    rows: Mapping[int, int] = catalogue.row_of
    texts = np.zeros((len(catalogue), model.dimension), np.float32)
    has_text = np.zeros(len(catalogue), bool)
    pictures, owners, images = [], [], []
    found = (
        Embedding.objects.filter(model=model, vector__isnull=False)
        .order_by("product", "image__position", "image")
        .values_list("kind", "product", "image", "vector")
    )
    for kind, product, image, vector in found.iterator(chunk_size=CHUNK):
        row = rows.get(product)
        if row is None:
            continue  # not on sale
        values = np.asarray(vector, dtype=np.float32)
        if kind == Embedding.Kind.TEXT:
            texts[row] = values
            has_text[row] = True
        elif kind == Embedding.Kind.IMAGE:
            pictures.append(values)
            owners.append(row)
            images.append(image)
    together = np.stack(pictures) if pictures else np.zeros((0, model.dimension), np.float32)
    order = np.argsort(np.array(owners, np.int64), kind="stable")
    return Stored(
        # halfvec keeps three digits: the length is no longer one to the last.
        pictures=unit_rows(together[order]),
        owners=np.array(owners, np.int64)[order],
        images=np.array(images, np.int64)[order],
        texts=_unit_or_zero(texts),
        has_text=has_text,
    )


def _unit_or_zero(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
