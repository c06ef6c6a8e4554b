"""A home page for the browser tests: a hero, a collection and a look; run in the shop itself:

shop.run("from tests.e2e.composing import compose; compose()")
"""

from __future__ import annotations

import io
from decimal import Decimal

from PIL import Image

from shop.catalog.models import Product
from shop.editorial.models import Block, BlockProduct
from tests.factories import BlockFactory, SpotFactory, picture_bytes

LEFT, RIGHT = "boots-3", "mug-27"  # what the picture of the look shows, side by side
SIDE = 640


def compose() -> None:
    """Blocks of all kinds; the look has one spot on each half of its picture."""
    BlockFactory(
        kind=Block.Kind.HERO, title="One large picture", picture=picture_bytes((1200, 900), seed=7)
    )
    BlockFactory(kind=Block.Kind.CATEGORIES, title="Look around")
    collection = BlockFactory(kind=Block.Kind.COLLECTION, title="Picked by hand")
    for position, product in enumerate(Product.objects.filter(slug__startswith="mug-")):
        BlockProduct.objects.create(block=collection, product=product, position=position)
    look = BlockFactory(title="Shop this look", picture=_side_by_side())
    for position, slug in enumerate((LEFT, RIGHT)):
        SpotFactory(
            block=look,
            label=Product.objects.get(slug=slug).title,
            x=Decimal("0.5") * position,
            position=position,
        )


def clear() -> None:
    Block.objects.all().delete()


def _side_by_side() -> bytes:
    """The pictures of two products, as `tests.e2e.conftest` drew them, in one."""
    both = Image.new("RGB", (2 * SIDE, SIDE))
    for place, slug in enumerate((LEFT, RIGHT)):
        number = int(slug.split("-")[1])
        data = picture_bytes((SIDE, SIDE), seed=1000 + number)
        both.paste(Image.open(io.BytesIO(data)), (place * SIDE, 0))
    out = io.BytesIO()
    both.save(out, "JPEG", quality=95)
    return out.getvalue()
