"""A shop whose pictures are known vectors: what sets stripes apart is one direction, the same in
every category; what sets materials apart is nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from pgvector import HalfVector

from search.attributes.learning import Examples
from search.attributes.terms import AttributeTerms, ValueTerms
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import AttributeValue, Category, Product, ProductImage
from tests.factories import CategoryFactory, attribute_value

PATTERN, MATERIAL = 1, 2
PLAIN, STRIPED, LEATHER, CANVAS = 11, 12, 21, 22
BOOTS, MUGS = "00010001", "0002"

TERMS = (
    AttributeTerms(
        PATTERN, "Pattern", (ValueTerms(PLAIN, ("plain",)), ValueTerms(STRIPED, ("striped",)))
    ),
    AttributeTerms(
        MATERIAL, "Material", (ValueTerms(LEATHER, ("leather",)), ValueTerms(CANVAS, ("canvas",)))
    ),
)


def axes(count: int, dimension: int) -> np.ndarray:
    """The first axes of a space, (count, dimension) float32."""
    return np.eye(count, dimension, dtype=np.float32)


def vectors_of(
    kinds: np.ndarray, striped: np.ndarray, *, dimension: int = 16, seed: int = 0
) -> np.ndarray:
    """(n, dimension) float32, norm 1: the axis of each kind, that of stripes (the sixth) where
    there are any, and chance."""
    chance = np.random.default_rng(seed)
    rows = axes(8, dimension)[kinds] + 0.8 * striped[:, None] * axes(8, dimension)[5]
    rows = rows + chance.normal(scale=0.48 / dimension**0.5, size=(len(kinds), dimension))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def examples(count: int = 120, *, known: float = 1.0, seed: int = 0) -> Examples:
    """Boots and mugs, half of each striped; the materials are by chance. Of a share of them the
    values are `known`."""
    chance = np.random.default_rng(seed)
    kinds = np.arange(count) % 2
    striped = (np.arange(count) // 2 % 2).astype(np.bool_)
    leather = chance.random(count) < 0.5
    told = (chance.random(count) < known)[:, None]
    return Examples(
        vectors_of(kinds, striped, seed=seed),
        [(BOOTS, MUGS)[kind] for kind in kinds],
        {
            PATTERN: np.stack([~striped, striped], axis=1) & told,
            MATERIAL: np.stack([leather, ~leather], axis=1) & told,
        },
    )


def texts(*, telling: bool = True, dimension: int = 16) -> dict[int, np.ndarray]:
    """Text vectors of `TERMS`: that of "striped" is the axis of stripes, if texts are `telling`."""
    axis = axes(8, dimension)
    return {
        PATTERN: axis[[6, 5]] if telling else axis[[6, 7]],
        MATERIAL: axis[[6, 7]],
    }


@dataclass
class Shop:
    """A shop in the database, with the vectors of its pictures under `model`."""

    model: EmbeddingModel
    boots: Category
    mugs: Category
    products: list[Product]
    plain: AttributeValue
    striped: AttributeValue

    def add(self, count: int, *, striped: bool, known: bool, seed: int) -> list[Product]:
        """`count` products, boots and mugs in turn, each with one picture and no file of it; with
        their pattern if it is `known`."""
        kinds = np.arange(count) % 2
        dimension = self.model.dimension
        vectors = vectors_of(kinds, np.full(count, striped), dimension=dimension, seed=seed)
        added = Product.objects.bulk_create(
            Product(
                category=(self.boots, self.mugs)[kind],
                title=f"Product {seed}-{number}",
                slug=f"product-{seed}-{number}",
            )
            for number, kind in enumerate(kinds)
        )
        pictures = ProductImage.objects.bulk_create(
            ProductImage(product=product, image="none.jpg", content_hash=product.slug)
            for product in added
        )
        Embedding.objects.bulk_create(
            Embedding(
                model=self.model,
                kind="image",
                product=product,
                image=picture,
                content_hash=picture.content_hash,
                status="done",
                vector=HalfVector(vector),
            )
            for product, picture, vector in zip(added, pictures, vectors, strict=True)
        )
        if known:
            held = Product.attributes.through
            value = self.striped if striped else self.plain
            held.objects.bulk_create(
                held(product_id=product.pk, attributevalue_id=value.pk) for product in added
            )
        self.products += added
        return added


def make_shop(model: EmbeddingModel, *, known: int = 40) -> Shop:
    """A shop with so many plain and so many striped products whose patterns are known."""
    shoes = CategoryFactory(name="Shoes")
    shop = Shop(
        model=model,
        boots=CategoryFactory(name="Boots", parent=shoes),
        mugs=CategoryFactory(name="Mugs"),
        products=[],
        plain=attribute_value("pattern", "Plain"),
        striped=attribute_value("pattern", "Striped"),
    )
    if known:
        shop.add(known, striped=False, known=True, seed=1)
        shop.add(known, striped=True, known=True, seed=2)
    return shop


def picture_of(shop: Shop, *, striped: bool, mug: bool = False, seed: int = 99) -> Any:
    """The vector of a photo, (dimension,) float32."""
    kinds = np.array([int(mug)])
    return vectors_of(kinds, np.array([striped]), dimension=shop.model.dimension, seed=seed)[0]
