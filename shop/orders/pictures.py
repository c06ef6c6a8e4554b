"""The picture of an order line: a small copy of its own, since products' pictures come and go."""

from __future__ import annotations

from django.core.files.storage import default_storage

from shop.catalog.models import ProductImage

WIDTH = 320  # px, of the rendition that is copied


def keep_picture(image: ProductImage | None) -> str:
    """The name in the default storage of a copy of `image`; "" where there is none to copy.

    Copies are named after the picture's content, so that all orders of it share one file.
    """
    if image is None or not image.content_hash:
        return ""
    source = image.image
    name = f"orders/{image.content_hash}.{source.name.rpartition('.')[2]}"
    small = image.image.aspect_ratios[None]["WEBP"].get(WIDTH) if image.renditions_ready else None
    if small is not None:
        source = small
        name = f"orders/{image.content_hash}.webp"
    if default_storage.exists(name):
        return name
    try:
        with default_storage.open(source.name) as file:
            return default_storage.save(name, file)
    except OSError:  # an order is worth more than its picture
        return ""
