"""Products as an export writes them, read some at a time in the order in which they came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from django.db.models import Prefetch

from shop.catalog.models import AttributeValue, Category, Product, ProductImage, Variant
from shop.catalog.models import ProductQuerySet as Products

AT_ONCE = 200


@dataclass(frozen=True)
class ExportedPicture:
    """`address` is absolute, or a path within the ZIP of the export."""

    row: ProductImage
    address: str


@dataclass(frozen=True)
class ExportedProduct:
    """A product with all that belongs to it, in order."""

    row: Product
    url: str
    category: tuple[str, ...]
    attributes: list[AttributeValue]
    variants: list[Variant]
    options: dict[int, list[AttributeValue]]  # by variant
    pictures: list[ExportedPicture]

    def picture_of(self, variant: Variant) -> str:
        """The address of the picture that shows the variant, if it has one of its own."""
        return next((one.address for one in self.pictures if one.row.pk == variant.image_id), "")


def pairs(values: list[AttributeValue]) -> list[tuple[str, str]]:
    return [(value.attribute.name, value.value) for value in values]


def read_products(
    products: Products, *, base: str, address: Callable[[ProductImage], str]
) -> Iterator[ExportedProduct]:
    """All of `products`; memory is that of a few hundred."""
    paths = _category_paths()
    values = AttributeValue.objects.select_related("attribute").order_by(
        "attribute__name", "attribute_id", "position", "value", "pk"
    )
    wanted = products.order_by("pk").prefetch_related(
        Prefetch("attributes", values),
        Prefetch("variants", Variant.objects.order_by("position", "pk")),
        Prefetch("variants__options", values),
        Prefetch("images", ProductImage.objects.order_by("position", "pk")),
    )
    last = 0
    while chunk := list(wanted.filter(pk__gt=last)[:AT_ONCE]):
        for row in chunk:
            if row.category_id not in paths:
                paths = _category_paths()
            variants = list(row.variants.all())
            yield ExportedProduct(
                row=row,
                url=urljoin(f"{base}/", row.get_absolute_url()),
                category=paths.get(row.category_id, ()),
                attributes=list(row.attributes.all()),
                variants=variants,
                options={one.pk: list(one.options.all()) for one in variants},
                pictures=[
                    ExportedPicture(one, address(one)) for one in row.images.all() if one.image
                ],
            )
        last = chunk[-1].pk


def _category_paths() -> dict[int, tuple[str, ...]]:
    """The names from the top to each category."""
    paths: dict[int, tuple[str, ...]] = {}
    above: list[tuple[str, ...]] = []
    for category in Category.objects.get_tree():
        del above[category.depth - 1 :]
        path = (*(above[-1] if above else ()), category.name)
        paths[category.pk] = path
        above.append(path)
    return paths
