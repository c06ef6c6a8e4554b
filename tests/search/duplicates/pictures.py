"""Drawn pictures, what may become of one, and shops that have them."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image

from search.models import EmbeddingModel
from shop.catalog.models import Product, ProductImage
from tests.factories import ProductFactory, ProductImageFactory, picture
from tests.search.vectors import embed_image, unit

SIZE = (640, 520)


def photo(seed: int = 1, size: tuple[int, int] = SIZE) -> Image.Image:
    return picture(size, seed=seed)


def encoded(image: Image.Image, format: str = "JPEG", quality: int = 90) -> bytes:
    out = io.BytesIO()
    image.save(out, format, quality=quality)
    return out.getvalue()


def saved(image: Image.Image, format: str = "JPEG", quality: int = 90) -> Image.Image:
    """As it is after it was saved and opened."""
    return Image.open(io.BytesIO(encoded(image, format, quality))).convert("RGB")


def resized(image: Image.Image, by: float) -> Image.Image:
    width, height = image.size
    return image.resize((round(width * by), round(height * by)), Image.Resampling.LANCZOS)


def cropped(
    image: Image.Image, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0
) -> Image.Image:
    width, height = image.size
    return image.crop(
        (
            round(width * left),
            round(height * top),
            round(width * (1 - right)),
            round(height * (1 - bottom)),
        )
    )


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "jpeg 40": lambda image: saved(image, quality=40),
    "jpeg 95": lambda image: saved(image, quality=95),
    "webp": lambda image: saved(image, "WEBP", 60),
    "half": lambda image: saved(resized(image, 0.5)),
    "a quarter": lambda image: saved(resized(image, 0.25)),
    "left": lambda image: saved(cropped(image, left=0.05)),
    "top": lambda image: saved(cropped(image, top=0.05)),
    "right": lambda image: saved(cropped(image, right=0.05)),
    "bottom": lambda image: saved(cropped(image, bottom=0.05)),
    "around": lambda image: saved(cropped(image, 0.05, 0.05, 0.05, 0.05)),
}


def pictured_product(
    image: Image.Image | bytes, model: EmbeddingModel, *, turn: float = 0.0, published: bool = True
) -> ProductImage:
    """A picture on a product of its own, embedded: the more `turn`, the less like the others."""
    data = image if isinstance(image, bytes) else encoded(image)
    product: Product = ProductFactory(published=published)
    made: ProductImage = ProductImageFactory(product=product, data=data)
    embed_image(made, model, unit(1.0, turn))
    return made
