"""Makes catalogue rows for tests: categories, products with variants, pictures.

    ProductFactory(
        title="Red boots",
        category=boots,
        variants=[{"price": "89.00", "stock": 3, "options": {"color": "Red", "size": "M"}}],
        images=2,
    )

A product that is given no variants gets one. Pictures are small, and each is another one.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from PIL import Image, ImageDraw

from shop.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Product,
    ProductImage,
    Variant,
)
from shop.editorial.models import Block, BlockPicture, Spot

Options = Mapping[str, str]


def picture(
    size: tuple[int, int] = (96, 64), *, seed: int = 0, mode: str = "RGB", color: str | None = None
) -> Image.Image:
    """A drawn picture: one flat `color`, or shapes that another `seed` draws otherwise."""
    if color is not None:
        return Image.new("RGB", size, color).convert(mode)
    chance = random.Random(seed)
    image = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        right, bottom = left + size[0] // 3, top + size[1] // 3
        fill = tuple(chance.randrange(256) for _ in range(3))
        draw.rectangle((left, top, right, bottom), fill=fill)
    return image.convert(mode)


def picture_bytes(
    size: tuple[int, int] = (96, 64),
    *,
    seed: int = 0,
    mode: str = "RGB",
    color: str | None = None,
    format: str = "JPEG",
    **options: Any,
) -> bytes:
    """The bytes of a drawn picture as a file of `format`; `options` go to Pillow's `save`."""
    out = io.BytesIO()
    picture(size, seed=seed, mode=mode, color=color).save(out, format, **options)
    return out.getvalue()


def upload(
    data: bytes | None = None, *, name: str = "photo.jpg", content_type: str = "image/jpeg"
) -> SimpleUploadedFile:
    """A file as a form receives it; a drawn picture unless `data` says otherwise."""
    return SimpleUploadedFile(name, picture_bytes() if data is None else data, content_type)


def attribute_value(attribute: str, value: str) -> AttributeValue:
    """The value of the attribute with that slug, such as ("color", "Red"); made if need be."""
    kind, _ = Attribute.objects.get_or_create(
        slug=slugify(attribute), defaults={"name": attribute.capitalize()}
    )
    found, _ = AttributeValue.objects.get_or_create(
        attribute=kind, slug=slugify(value), defaults={"value": value}
    )
    return found


class CategoryFactory(DjangoModelFactory):
    """A category at the top of the tree, or below `parent`."""

    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Category {n}")
    slug = factory.LazyAttribute(lambda made: slugify(made.name))

    @classmethod
    def _create(cls, model_class: type[Category], *args: Any, **kwargs: Any) -> Category:
        parent: Category | None = kwargs.pop("parent", None)
        if parent is None:
            return Category.objects.add_root(kwargs)
        # Another node's children may have been added since this one was read.
        return Category.objects.add_child(Category.objects.get(pk=parent.pk), kwargs)


class AttributeFactory(DjangoModelFactory):
    class Meta:
        model = Attribute
        django_get_or_create = ("slug",)

    name = "Color"
    slug = factory.LazyAttribute(lambda made: slugify(made.name))


class AttributeValueFactory(DjangoModelFactory):
    class Meta:
        model = AttributeValue
        django_get_or_create = ("attribute", "slug")

    attribute = factory.SubFactory(AttributeFactory)
    value = factory.Sequence(lambda n: f"Value {n}")
    slug = factory.LazyAttribute(lambda made: slugify(made.value))


class ProductFactory(DjangoModelFactory):
    """A published product. `variants` and `attributes` as in the module's example."""

    class Meta:
        model = Product
        skip_postgeneration_save = True

    category = factory.SubFactory(CategoryFactory)
    title = factory.Sequence(lambda n: f"Product {n}")
    slug = factory.Sequence(lambda n: f"product-{n}")
    brand = "Vitrine"
    description = "A thing to test with."

    @factory.post_generation
    def variants(
        self: Product, create: bool, given: Iterable[Mapping[str, Any]] | None, **_: Any
    ) -> None:
        for position, values in enumerate([{}] if given is None else given):
            VariantFactory(**{"product": self, "position": position, **values})

    @factory.post_generation
    def attributes(self: Product, create: bool, given: Options | None, **_: Any) -> None:
        if given:
            self.attributes.add(*(attribute_value(*pair) for pair in given.items()))

    @factory.post_generation
    def images(self: Product, create: bool, given: int | None, **_: Any) -> None:
        for position in range(given or 0):
            ProductImageFactory(product=self, position=position)


class VariantFactory(DjangoModelFactory):
    """A published variant in stock; `options` such as `{"color": "Red", "size": "M"}`."""

    class Meta:
        model = Variant
        skip_postgeneration_save = True

    product = factory.SubFactory(ProductFactory, variants=[])
    sku = factory.Sequence(lambda n: f"SKU-{n}")
    price = Decimal("10.00")
    stock = 5

    @factory.post_generation
    def options(self: Variant, create: bool, given: Options | None, **_: Any) -> None:
        if given:
            self.options.add(*(attribute_value(*pair) for pair in given.items()))


class ProductImageFactory(DjangoModelFactory):
    """A picture of a product: each another one, unless `data` gives the bytes of the file."""

    class Meta:
        model = ProductImage

    class Params:
        data = factory.Sequence(lambda n: picture_bytes(seed=n + 1))

    product = factory.SubFactory(ProductFactory)
    image = factory.LazyAttribute(lambda made: ContentFile(made.data, name="picture.jpg"))
    alt = ""


class BlockFactory(DjangoModelFactory):
    """A block that is shown. With `picture=True` it has one, of two fields: blue, and red."""

    class Meta:
        model = Block
        skip_postgeneration_save = True

    kind = Block.Kind.LOOK
    title = factory.Sequence(lambda n: f"Block {n}")
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def picture(self: Block, create: bool, given: bool | bytes | None, **_: Any) -> None:
        if given:
            data = given if isinstance(given, bytes) else two_fields()
            BlockPicture.objects.create(
                block=self, image=ContentFile(data, name="scene.jpg"), alt="Two fields"
            )


class SpotFactory(DjangoModelFactory):
    """A spot on the left half of a look's picture."""

    class Meta:
        model = Spot

    block = factory.SubFactory(BlockFactory, picture=True)
    label = factory.Sequence(lambda n: f"Spot {n}")
    x, y, width, height = Decimal(0), Decimal(0), Decimal("0.5"), Decimal(1)


def two_fields(
    size: tuple[int, int] = (120, 80), colors: tuple[str, str] = ("blue", "red")
) -> bytes:
    """The bytes of a picture whose left half is of one colour, and the right of another."""
    image = Image.new("RGB", size, colors[0])
    image.paste(Image.new("RGB", (size[0] - size[0] // 2, size[1]), colors[1]), (size[0] // 2, 0))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()
