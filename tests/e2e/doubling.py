"""Run inside the shop of these tests: drafts with pictures that the shop has already."""

from __future__ import annotations

import io

from PIL import Image

from shop.catalog.models import Category, Product
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory

DRAFTS = {"Draft of boots 3": "boots-3", "Draft of boots 4": "boots-4"}


def double() -> None:
    """Drafts whose pictures are those of boots, cut at their edges and saved anew."""
    found = Category.objects.filter(name="Uncategorised").first()
    category = found or CategoryFactory(name="Uncategorised")
    for title, slug in DRAFTS.items():
        with Image.open(Product.objects.get(slug=slug).images.get().image.path) as image:
            width, height = image.size
            cut = image.convert("RGB").crop((20, 20, width - 20, height - 20))
        out = io.BytesIO()
        cut.save(out, "JPEG", quality=70)
        # The counters of this process begin anew: what must be unique is named.
        draft = ProductFactory(
            title=title,
            slug=f"draft-of-{slug}",
            category=category,
            published=False,
            variants=[{"sku": f"DRAFT-{slug}"}],
        )
        ProductImageFactory(product=draft, data=out.getvalue())


def clear() -> None:
    Product.objects.filter(title__in=DRAFTS).delete()
