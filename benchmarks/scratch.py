"""A database and a media folder for one benchmark, gone afterwards."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import override_settings
from PIL import Image, ImageDraw

from shop.catalog.models import Category, Product, ProductImage, Variant

SIDE = 800  # pixels, as shops' pictures often are


@contextmanager
def scratch_shop(products: int) -> Iterator[Path]:
    """A shop with so many products, one picture each, nothing embedded; gives its media folder."""
    before = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory(prefix="vitrine-benchmark-") as folder:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            with override_settings(MEDIA_ROOT=folder):
                stock(products)
                yield Path(folder)
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def stock(products: int) -> None:
    category = Category.objects.add_root({"name": "Things", "slug": "things"})
    for n in range(products):
        product = Product.objects.create(
            category=category,
            title=f"Thing {n}",
            slug=f"thing-{n}",
            description="A thing that a benchmark made, of no use but to be found.",
        )
        Variant.objects.create(product=product, sku=f"T-{n}", price=10 + n % 90, stock=n % 7)
        ProductImage.objects.create(product=product, image=ContentFile(drawing(n), name=f"{n}.jpg"))


def drawing(n: int) -> bytes:
    """A JPEG of two shapes whose place and colour depend on `n`."""
    hue = (n * 47) % 360
    image = Image.new("RGB", (SIDE, SIDE), "#f4f2ef")
    pen = ImageDraw.Draw(image)
    left, top = 80 + n * 13 % 200, 80 + n * 29 % 200
    pen.ellipse((left, top, left + 420, top + 420), fill=f"hsl({hue}, 70%, 45%)")
    pen.rectangle((left + 90, top + 200, left + 500, top + 430), fill=f"hsl({hue + 90}, 50%, 60%)")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()
