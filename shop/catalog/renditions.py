"""Renditions: the smaller WebP files of a picture that pages offer in `srcset`.

`ProductImage.renditions_ready` says whether they exist; until then pages show the picture itself.
A photo of 800 pixels costs about 65 ms for its two files, one of 2,400 pixels 370 ms for three.
"""

from __future__ import annotations

import io
import logging

from django.core.files.base import ContentFile
from PIL import Image

from shop.catalog.models import ProductImage

logger = logging.getLogger(__name__)

# How many pictures one task of the sweep makes before it lets others have the worker: this
# takes a few seconds.
BATCH = 20
QUALITY = 80
# WebP's effort, 0 to 6. Against 2, Pillow's default of 4 saves 4% of the bytes in twice the time.
EFFORT = 2


def make_renditions(*, image_id: int) -> bool:
    """Make the renditions of a picture that has none; whether it has them now.

    Doing it twice does no harm. A picture that cannot be read is logged and left as it is.
    """
    image = ProductImage.objects.filter(pk=image_id, renditions_ready=False).first()
    if image is None or not image.image:
        return False
    try:
        _write(image)
    except Exception:
        # Missing file, full disk, broken storage: whatever it is must not stop the others.
        logger.warning("No renditions of picture %s (%s)", image.pk, image.image, exc_info=True)
        return False
    # The file may have been replaced meanwhile, or the row deleted.
    same = ProductImage.objects.filter(pk=image.pk, image=image.image.name)
    if same.update(renditions_ready=True):
        return True
    image.image.discard()
    return False


def sweep_renditions(*, after: int) -> int | None:
    """Make the renditions that are missing of the next pictures with an id above `after`.

    Gives the last id it looked at while there may be more. Going on from there means that
    pictures which fail are passed by, and met again only by the next sweep from the start.
    """
    waiting = ProductImage.objects.filter(renditions_ready=False, pk__gt=after).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True)[:BATCH])
    for image_id in ids:
        make_renditions(image_id=image_id)
    return ids[-1] if len(ids) == BATCH else None


def _write(image: ProductImage) -> None:
    storage = image.image.storage
    pictures = sorted(image.image.get_picture_files_list(), key=lambda one: -one.width)
    with storage.open(image.image.name) as file, Image.open(file, formats=["JPEG"]) as original:
        original.draft("RGB", _size(image, pictures[0].width))
        shrunk = original.convert("RGB")
    for picture in pictures:  # each from the next larger one
        size = _size(image, picture.width)
        if shrunk.size != size:
            shrunk = shrunk.resize(size, Image.Resampling.LANCZOS)
        out = io.BytesIO()
        shrunk.save(out, picture.file_type, quality=QUALITY, method=EFFORT)
        storage.delete(picture.name)
        storage.save(picture.name, ContentFile(out.getvalue()))


def _size(image: ProductImage, width: int) -> tuple[int, int]:
    return width, max(1, round(image.height * width / image.width))
