"""A shopper's photo: where its subject is, and the colours of it, as chips."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from PIL import Image

from search.colors.extraction import VERSION, colors_in
from search.colors.lab import to_lab
from search.colors.names import BY_NAME, NAMED
from search.colors.subject import Box, reduced, subject_in
from shop.catalog.images import TakenImage

KEEP_SECONDS = 3600
# Less of a colour is no chip; nor are more than so many.
LEAST = 0.15
MOST = 3


@dataclass(frozen=True)
class PhotoColor:
    """A named colour of the photo: its name (`names.NAMED`), the shade to show for it ("#rrggbb"),
    and its share of the subject in (0, 1]."""

    name: str
    hex: str
    share: float

    @property
    def label(self) -> str:
        """The named colour, for people."""
        return BY_NAME[self.name].label


@dataclass(frozen=True)
class PhotoLook:
    """`box`: the subject's, as a first proposal for the crop: left, top, right, bottom as shares of
    width and height. `confidence`: in [0, 1], how sure it is; below `subject.UNSURE` the box is
    only the middle. `colors`: most of it first."""

    box: Box
    confidence: float
    colors: tuple[PhotoColor, ...]


def look_at(photo: TakenImage, crop: Box | None = None) -> PhotoLook:
    """The subject and the colours of a photo; of what is in `crop`, where the shopper drew one.

    About 15 ms, once an hour for each photo and crop. With a crop, the box is that of the subject
    within it, still in shares of the whole photo. Raises ValueError for a crop that is none.
    """
    if crop is not None and not (0 <= crop[0] < crop[2] <= 1 and 0 <= crop[1] < crop[3] <= 1):
        raise ValueError(
            f"Not a crop: {crop}. It is left, top, right, bottom, as shares of width and height, "
            "such as (0.1, 0.2, 0.9, 0.8)."
        )
    asked = hashlib.sha256(repr((photo.content_hash, crop)).encode()).hexdigest()
    key = f"photo-look:{VERSION}:{asked}"
    look: PhotoLook | None = cache.get(key)
    if look is None:
        look = _look(photo.open(), crop)
        cache.set(key, look, KEEP_SECONDS)
    return look


def colors_of_photo(photo: TakenImage, crop: Box | None = None) -> tuple[PhotoColor, ...]:
    """The named colours of a photo, most of it first: those of `look_at`."""
    return look_at(photo, crop).colors


def _look(image: Image.Image, crop: Box | None) -> PhotoLook:
    left, top, right, bottom = crop or (0.0, 0.0, 1.0, 1.0)
    cut = image.crop(
        (
            int(left * image.width),
            int(top * image.height),
            max(int(left * image.width) + 1, round(right * image.width)),
            max(int(top * image.height) + 1, round(bottom * image.height)),
        )
    )
    lab = to_lab(reduced(cut))
    subject = subject_in(lab)
    shares = colors_in(lab, subject).shares
    found = sorted(zip(shares.tolist(), NAMED, strict=True), key=lambda one: -one[0])
    x0, y0, x1, y1 = subject.box
    box = (
        left + x0 * (right - left),
        top + y0 * (bottom - top),
        left + x1 * (right - left),
        top + y1 * (bottom - top),
    )
    colors = tuple(
        PhotoColor(named.name, f"#{named.shades[0]}", share)
        for share, named in found[:MOST]
        if share >= LEAST
    )
    return PhotoLook(box, subject.confidence, colors)
