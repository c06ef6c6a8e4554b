"""A part of a photo, where a shopper means not all of it: four shares of width and height."""

from __future__ import annotations

from django.utils.translation import gettext

from search.colors.photo import look_at
from search.colors.subject import UNSURE, Box
from shop.catalog.images import MIN_SIDE, TakenImage, encoded
from shop.formats import percent

# A smaller part shows nothing.
LEAST = 0.05
# Written in thousandths, a side is that much shorter at most; and 0.3 - 0.25 is not quite 0.05.
_ROUNDING = 0.001 + 1e-9
# A subject that fills more of its photo is no part of it worth choosing.
MOST_OF_IT = 0.7
EXAMPLE = "0.1,0.2,0.9,0.8"


def read(text: str) -> Box:
    """The box that "left,top,right,bottom" says. Raises ValueError, whose message is for people."""
    try:
        left, top, right, bottom = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(
            gettext(
                "A part of the photo is left, top, right and bottom as shares of its width and "
                "height, such as %(example)s."
            )
            % {"example": EXAMPLE}
        ) from None
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise ValueError(
            gettext(
                "The part lies within the photo: its numbers go from 0 to 1, left before right and "
                "top before bottom, such as %(example)s."
            )
            % {"example": EXAMPLE}
        )
    if min(right - left, bottom - top) < LEAST - _ROUNDING:
        raise ValueError(
            gettext("The part is at least %(share)s of the photo's width and height.")
            % {"share": percent(LEAST)}
        )
    return left, top, right, bottom


def written(box: Box) -> str:
    """As an address says it."""
    return ",".join(f"{share:.3f}".rstrip("0").rstrip(".") for share in box)


def cut(photo: TakenImage, box: Box) -> TakenImage:
    """That part as a photo of its own, at least `MIN_SIDE` pixels wide and high."""
    image = photo.open()
    left, right = _span(box[0], box[2], image.width)
    top, bottom = _span(box[1], box[3], image.height)
    return encoded(image.crop((left, top, right, bottom)), source_hash=photo.source_hash)


def proposed(photo: TakenImage) -> Box | None:
    """Where the photo's subject is; None where that is not sure, or is nearly all of it."""
    look = look_at(photo)
    left, top, right, bottom = look.box
    area = (right - left) * (bottom - top)
    return look.box if look.confidence >= UNSURE and area <= MOST_OF_IT else None


def _span(low: float, high: float, side: int) -> tuple[int, int]:
    """The pixels from one share of a side to another, and around them where they are too few."""
    first, last = int(low * side), round(high * side)
    missing = min(MIN_SIDE, side) - (last - first)
    if missing > 0:
        first = min(max(0, first - missing // 2), side - min(MIN_SIDE, side))
        last = first + min(MIN_SIDE, side)
    return first, last
