"""Renditions: the smaller files of a picture that pages offer in `srcset`, and its preview.

They are made in two steps. WebP files come at once: until they exist (`Pictured.renditions_ready`)
pages show the picture itself. AVIF files (`Pictured.avif_ready`) come when nothing else is to be
done.

Measured on one core, Pillow 13.0 (libavif 1.4.2, aom): kB and ms of one file, and what AVIF saves
where both are as like the picture (SSIM) as WebP of quality 80.

| width | WebP 80 | AVIF, speed 8 | saved | AVIF, speed 6 |
|---|---|---|---|---|
| 160 | 2.3 to 5.7 kB, 2 ms | 2.2 to 4.4 kB, 7 to 18 ms | 0 to 15% | 20 to 60 ms |
| 320 | 5.8 to 13.5 kB, 5 ms | 5.2 to 10.7 kB, 17 to 42 ms | 13 to 22% | 50 to 130 ms |
| 640 | 15 to 34 kB, 15 ms | 12 to 24 kB, 47 to 95 ms | 18 to 28% | 150 to 300 ms |
| 960 | 62 kB, 38 ms | 44 kB, 160 ms | 20% | 580 ms |
| 1280 | 98 kB, 66 ms | 70 kB, 250 ms | 23% | 800 ms |

Speed 6 saves another 5 to 10%, speed 9 takes a third of the time for 15% more bytes. AVIF of 160
saves little over WebP of 160, but thumbnails would take 320 otherwise. All of a picture of 640
pixels takes 20 ms and 100 ms, of one of 2,400 pixels (with decoding) 370 ms and 700 ms. A preview
takes 3 ms and 130 to 300 bytes.
"""

from __future__ import annotations

import base64
import io
import logging
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from PIL import Image, ImageFilter

from shop.catalog.pictured import Pictured
from shop.locks import try_lock

logger = logging.getLogger(__name__)

# How many pictures one task of a sweep makes before it lets others have the worker.
BATCH = 20  # a few seconds
AVIF_BATCH = 1  # others come first
PREVIEW_SIDE = 24  # px, the longer one


def make_renditions(model: type[Pictured], image_id: int) -> bool:
    """Make the WebP files and the preview of a picture that has none; whether it has them now.

    Doing it twice does no harm. A picture that cannot be read is logged and left as it is.
    """
    return _make(model, image_id, "WEBP", "renditions_ready")


def make_avif(model: type[Pictured], image_id: int) -> bool:
    """Likewise its AVIF files, and its preview where it is older than previews are."""
    return _make(model, image_id, "AVIF", "avif_ready")


def sweep_renditions(model: type[Pictured], *, after: int = 0) -> int | None:
    """Make the WebP files that are missing, the newest picture first, going on after that id.

    Gives the last id it looked at while there may be more. Going on from there means that
    pictures which fail are passed by, and met again only by the next sweep from the start.
    """
    ids = _next(model, BATCH, after, renditions_ready=False)
    for image_id in ids:
        make_renditions(model, image_id)
    return ids[-1] if len(ids) == BATCH else None


def sweep_avif(model: type[Pictured], *, after: int = 0) -> int | None:
    """Likewise the AVIF files, of pictures that have their WebP files."""
    ids = _next(model, AVIF_BATCH, after, renditions_ready=True, avif_ready=False)
    for image_id in ids:
        make_avif(model, image_id)
    return ids[-1] if len(ids) == AVIF_BATCH else None


def _next(model: type[Pictured], count: int, after: int, **wanted: bool) -> list[int]:
    rows = model._default_manager.filter(**wanted).order_by("-pk")
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows.values_list("pk", flat=True)[:count])


def _make(model: type[Pictured], image_id: int, file_type: str, flag: str) -> bool:
    """One process at a time, or one would write anew what another has just said to be there, and
    shoppers' browsers would keep half a file for good."""
    with try_lock(f"renditions:{file_type}:{model._meta.label_lower}:{image_id}") as held:
        return held and _make_alone(model, image_id, file_type, flag)


def _make_alone(model: type[Pictured], image_id: int, file_type: str, flag: str) -> bool:
    row = model._default_manager.filter(pk=image_id, **{flag: False}).first()
    if row is None or not row.image:
        return False
    try:
        preview = _write(row, file_type)
    except Exception:
        # Missing file, full disk, broken storage: whatever it is must not stop the others.
        logger.warning(
            "No %s of %s %s (%s)", file_type, model.__name__, row.pk, row.image, exc_info=True
        )
        return False
    # The file may have been replaced meanwhile, or the row deleted.
    same = model._default_manager.filter(pk=row.pk, image=row.image.name)
    if same.update(preview=preview, **{flag: True}):
        return True
    row.image.discard()
    return False


def _write(row: Pictured, file_type: str) -> str:
    """Write the files of that type; gives the preview."""
    image = row.image
    storage: Storage = image.storage
    widths = sorted(image.aspect_ratios[None][file_type].items(), reverse=True)
    with storage.open(image.name) as file, Image.open(file, formats=["JPEG"]) as original:
        original.draft("RGB", _size(row, widths[0][0]))
        shrunk = original.convert("RGB")
    for width, rendition in widths:  # each from the next larger one
        size = _size(row, width)
        if shrunk.size != size:
            shrunk = shrunk.resize(size, Image.Resampling.LANCZOS)
        data = _encoded(shrunk, file_type, **_options(file_type, width))
        storage.delete(rendition.name)
        try:
            storage.save(rendition.name, ContentFile(data))
        except OSError:
            storage.delete(rendition.name)  # half of it takes up what a full disk has left
            raise
    return row.preview or _preview(shrunk)


def _preview(picture: Image.Image) -> str:
    """A stamp of it as base64, blurred so that browsers stretch it without steps."""
    stamp = picture.copy()
    stamp.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BOX)
    blurred = stamp.filter(ImageFilter.GaussianBlur(1.1))
    # Else colour, of which there is one value for four pixels, bleeds.
    data = _encoded(blurred, "WEBP", quality=85, method=6, use_sharp_yuv=True)
    return base64.b64encode(data).decode()


def _options(file_type: str, width: int) -> dict[str, Any]:
    if file_type == "AVIF":
        # One thread, for shoppers' pages need the other cores. Large ones hide more.
        return {"quality": 55 if width >= 640 else 60, "speed": 8, "max_threads": 1}
    # The method is the effort, 0 to 6. Against 2, Pillow's default of 4 saves 4% of the bytes in
    # twice the time.
    return {"quality": 80, "method": 2}


def _encoded(picture: Image.Image, file_type: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, file_type, **options)
    return out.getvalue()


def _size(row: Pictured, width: int) -> tuple[int, int]:
    return width, max(1, round(row.height * width / row.width))
