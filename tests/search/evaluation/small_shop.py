"""A small shop with real vectors: flat pictures and short texts, under the bundled model."""

from __future__ import annotations

from search import indexing, pipeline
from shop.catalog.models import Product
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory, picture_bytes

COLOURS = ("red", "blue", "red", "red", "black")
KINDS = {"Mug": "Mugs", "Boots": "Boots", "Lamp": "Lamps"}
NAMES = ("Alder", "Birk", "Calla", "Dune", "Elva")


def open_small_shop() -> list[Product]:
    """Three kinds, three of each in red, each with a picture, embedded; a live model there must
    be."""
    products = []
    for kind, category_name in KINDS.items():
        category = CategoryFactory(name=category_name)
        for number, (name, colour) in enumerate(zip(NAMES, COLOURS, strict=True)):
            product = ProductFactory(
                title=f"{name} {kind}",
                slug=f"{name}-{kind}".lower(),
                category=category,
                brand=("Holt", "Marche")[number % 2],
                description=f"In {colour}.",
                variants=[
                    {
                        "sku": f"{kind[:3].upper()}{number:03}-{colour.upper()}",
                        "options": {"color": colour.title()},
                    }
                ],
            )
            data = picture_bytes((64, 64), color=colour)
            # Two flat pictures of one colour would be one file; a product's own mark sets it apart.
            ProductImageFactory(product=product, data=data + bytes([number]))
            products.append(product)
    indexing.mark_pending()
    for _ in pipeline.run():
        pass
    return products
