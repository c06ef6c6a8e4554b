"""A hot spot of a picture that the shop composed, as a query: what is in its box, as if a shopper
had sent that part of the picture as a photo.

Anybody may follow its address, as long as the picture is shown. What is cut out is kept in the
cache, by the picture's content and the box: vectors of photos are by their content, so the model
sees each box once.
"""

from __future__ import annotations

from dataclasses import asdict

from django.core.cache import cache

from search import addresses, crops, photos
from shop.catalog.images import TakenImage
from shop.editorial import parts
from shop.editorial.models import Spot

KEEP_SECONDS = 24 * 3600


def connect() -> None:
    """Spots lead to searches."""
    parts.spot_addresses.append(address_of)


def address_of(spot: Spot) -> str:
    return addresses.asking(spot=str(spot.pk))


def find(key: int) -> Spot | None:
    """The spot, while shoppers may see its picture."""
    return Spot.objects.shown().select_related("block__picture").filter(pk=key).first()


def photo_of(spot: Spot) -> TakenImage | None:
    """What is in its box, at the size of a kept photo; None where the picture's file is gone, or
    damaged."""
    picture = spot.block.picture
    left, top, width, height = spot.box
    box = (left, top, left + width, top + height)
    key = f"spot-photo:1:{picture.content_hash}:{crops.written(box)}"
    if stored := cache.get(key):
        return TakenImage(**stored)
    try:
        with picture.image.open() as file:
            data = file.read()
        whole = TakenImage(
            data=data,
            suffix=".jpg",
            width=picture.width,
            height=picture.height,
            content_hash=picture.content_hash,
            source_hash=picture.source_hash,
        )
        photo = photos.shrunk(crops.cut(whole, box))
    except OSError:
        return None
    cache.set(key, asdict(photo), KEEP_SECONDS)
    return photo
