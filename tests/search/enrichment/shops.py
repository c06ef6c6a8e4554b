"""A shop whose pictures are known vectors, one direction for each category, in known colours."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from django.utils import timezone
from pgvector import HalfVector

from search.colors.names import INDEX, NAMES
from search.enrichment import stored
from search.enrichment.models import ProductSuggestion
from search.enrichment.stored import Loaded
from search.models import Embedding, EmbeddingModel, PictureColors
from shop.catalog.models import Category, Product, ProductImage, Variant
from tests.factories import CategoryFactory, attribute_value

MAIN = {"red": 0xC8232C, "blue": 0x2A6CC8, "green": 0x3A8A4C}
TITLES = ("Boots", "Mug", "Lamp")


@dataclass
class Shop:
    """A shop in the database. `kinds`: boots and mugs, both below "Things", and lamps."""

    model: EmbeddingModel
    kinds: list[Category]
    without: Category
    products: list[Product] = field(default_factory=list)

    def add(
        self,
        kind: int,
        *,
        seed: int,
        category: Category | None = None,
        title: str = "",
        colour: str = "red",
        sold_as: str = "",
        alt: str = "Seen",
        noise: float = 0.3,
    ) -> Product:
        """A product with one picture that looks like `kind`, in a colour; as an option of its
        variant, if it is `sold_as` one."""
        number = len(self.products)
        product = Product.objects.create(
            category=category or self.kinds[kind],
            title=title or f"Name{number} {TITLES[kind]}",
            slug=f"product-{number}",
        )
        picture = ProductImage(
            product=product, image="none.jpg", content_hash=product.slug, alt=alt
        )
        ProductImage.objects.bulk_create([picture])
        self.picture(picture, kind, seed=seed, noise=noise)
        self.colours(picture, colour)
        if sold_as:
            variant = Variant.objects.create(
                product=product, sku=product.slug, price=10, image=picture
            )
            variant.options.add(attribute_value("color", sold_as))
        self.products.append(product)
        return product

    def picture(self, picture: ProductImage, kind: int, *, seed: int, noise: float = 0.3) -> None:
        """Give a picture the vector of a kind."""
        dimension = self.model.dimension
        vector = np.zeros(dimension, np.float32)
        vector[kind] = 1
        chance = np.random.default_rng(seed)
        vector += chance.normal(scale=noise / dimension**0.5, size=dimension)
        Embedding.objects.filter(image=picture).delete()
        Embedding.objects.create(
            model=self.model,
            kind="image",
            product_id=picture.product_id,
            image=picture,
            content_hash=picture.content_hash,
            status="done",
            vector=HalfVector(vector / np.linalg.norm(vector)),
        )

    def colours(self, picture: ProductImage, colour: str) -> None:
        """Have a picture looked at: it is all of a named colour."""
        shares = [0] * len(NAMES)
        shares[INDEX[colour]] = 1000
        PictureColors.objects.update_or_create(
            image=picture,
            defaults={
                "product_id": picture.product_id,
                "shares": shares,
                "main": [INDEX[colour]],
                "swatches": [MAIN[colour], 1000],
                "content_hash": picture.content_hash,
                "due_at": None,
            },
        )

    def learn(self) -> Loaded:
        stored.learn_now(self.model)
        loaded = stored.load(self.model)
        assert loaded is not None
        return loaded


def make_shop(model: EmbeddingModel, *, each: int = 20) -> Shop:
    things = CategoryFactory(name="Things")
    kinds = [
        CategoryFactory(name="Boots", parent=things),
        CategoryFactory(name="Mugs", parent=things),
        CategoryFactory(name="Lamps"),
    ]
    shop = Shop(model, kinds, CategoryFactory(name="Uncategorised"))
    words = {"red": "Red", "blue": "Ocean", "green": "Green"}
    for number in range(each * len(kinds)):
        colour = list(words)[number // 3 % 3]
        shop.add(number % 3, seed=number, colour=colour, sold_as=words[colour])
    return shop


def completion(product: Product, **values: object) -> ProductSuggestion:
    """An open suggestion of a category unless told otherwise."""
    defaults: dict[str, object] = {
        "kind": "category",
        "confidence": 0.93,
        "calibrated": 0.93,
        "source": "like",
        "evidence": 12,
        "model_name": "vitrine-mini",
        "version": 3,
        "suggested_at": timezone.now(),
    }
    return ProductSuggestion.objects.create(product=product, **{**defaults, **values})
