"""Pictures with a colour that is known, as products have them."""

from __future__ import annotations

import io

from search.colors import upkeep
from search.colors.names import INDEX, NAMED, NAMES
from search.models import PictureColors
from shop.catalog.models import Product, ProductImage
from tests.factories import ProductImageFactory
from tests.search.colors.pictures import put, studio


def picture_of(product: Product, *names: str, position: int = 0, seed: int = 0) -> ProductImage:
    """A picture of a thing in these named colours, in bands of one height."""
    image = studio((96, 96 + seed))
    band = 0.6 / len(names)
    for n, name in enumerate(names):
        shade = f"#{NAMED[INDEX[name]].shades[0]}"
        image = put(image, shade, (0.2, 0.2 + n * band, 0.8, 0.2 + (n + 1) * band), shape="square")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return ProductImageFactory(product=product, data=out.getvalue(), position=position)


def paint(image: ProductImage, **shares: int) -> None:
    """As if the picture had these thousandths of the named colours."""
    row = [shares.get(name, 0) for name in NAMES]
    main = [index for index, share in enumerate(row) if share >= 1000 * upkeep.ENOUGH]
    swatches = [
        number
        for name, share in sorted(shares.items(), key=lambda one: -one[1])
        for number in (int(NAMED[INDEX[name]].shades[0], 16), share)
    ]
    PictureColors.objects.filter(image=image).update(shares=row, main=main, swatches=swatches)
