"""Vitrine itself: the router that the shop's searches go through, counting included."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np

from benchmarks.scale.catalogue import COLOURS
from benchmarks.scale.filtering import Filter, Shop
from search import router, vector_indexes
from search.filters import Filters
from search.models import EmbeddingModel
from search.retrieval import Target
from shop.catalog.models import AttributeValue


class Vitrine:
    """As a web process searches: on Django's own connection."""

    def build(self, shop: Shop, folder: Path) -> None:
        model = self._model()
        vector_indexes.drop(model)
        list(vector_indexes.ensure(model))

    def open(self, shop: Shop, folder: Path) -> None:
        self.model = self._model()
        list(vector_indexes.ensure(self.model))

    def prepare(self, asked: Filter, *, across: bool) -> tuple[Filters, bool]:
        values = []
        if asked.colour is not None:
            slug = COLOURS[asked.colour]
            values = [AttributeValue.objects.get(attribute__slug="color", slug=slug).pk]
        low, high = (None, None) if asked.price is None else map(_price, asked.price)
        filters = Filters(
            path=asked.path or "",
            brand="" if asked.brand is None else f"Brand {asked.brand + 1:03}",
            values=tuple(values),
            price_min=low,
            price_max=high,
            in_stock=asked.in_stock,
        )
        return filters, across

    def search(self, vector: np.ndarray, prepared: tuple[Filters, bool], limit: int) -> list[int]:
        filters, across = prepared
        target = Target(vector, "image", self.model, across)
        found = router.nearest(target, router.match(filters), depth=limit)
        return [hit.product_id - 1 for hit in found.hits]

    def size(self, folder: Path) -> int:
        """Of the indexes, in which the vectors are."""
        return sum(vector_indexes.sizes(self.model).values())

    def _model(self) -> EmbeddingModel:
        return EmbeddingModel.objects.get(state=EmbeddingModel.State.LIVE)


def _price(cents: int) -> Decimal:
    return Decimal(int(cents)) / 100
