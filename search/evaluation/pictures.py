"""The pictures of queries: files of the user's, and pictures of the shop as a shopper would take
them.

A judgement names either a file, or `catalogue:HANDLE/N?CHANGE=SEED`: the Nth picture (from 1) of a
product, changed by one of `CHANGES`. The seed decides how, so the same name is the same picture.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from search.evaluation.catalogue import Catalogue
from shop.catalog.images import ImageRejected, TakenImage, take_in
from shop.catalog.models import ProductImage

_OF_THE_SHOP = re.compile(
    r"catalogue:(?P<handle>[^/?]+)/(?P<place>\d{1,9})\?(?P<change>\w+)=(?P<seed>\d{1,18})"
)
# Of what a photo is saved with before it is sent, where a change asks for no other.
QUALITY = 92
# On which the background is found.
MASK_SIDE = 128
FLOOD = (255, 0, 254)  # no product has it


class UnusablePicture(Exception):
    """A picture of a query cannot be used; the message says why."""


Change = Callable[[Image.Image, random.Random], Image.Image]


def crop(picture: Image.Image, chance: random.Random) -> Image.Image:
    """A part of 50 to 80% of the area, somewhere in the picture."""
    share = chance.uniform(0.5, 0.8) ** 0.5
    width, height = round(picture.width * share), round(picture.height * share)
    left = chance.randint(0, picture.width - width)
    top = chance.randint(0, picture.height - height)
    return picture.crop((left, top, left + width, top + height))


def rotate(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Turned by 8 to 25 degrees either way; the corners take the colour of the picture's edge."""
    angle = chance.uniform(8, 25) * chance.choice((-1, 1))
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=_edge(picture))


def jpeg(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Made small (a side of 160 to 224) and saved as a poor JPEG (quality 15 to 35)."""
    side = chance.randint(160, 224)
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    small.save(packed, "JPEG", quality=chance.randint(15, 35))
    return Image.open(packed).convert("RGB")


def background(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Another background: what has the colour of the edge and is connected to it is filled with
    soft patches of two other colours. A picture without an even edge keeps most of its own."""
    small = picture.copy()
    small.thumbnail((MASK_SIDE, MASK_SIDE))  # flooding is slow, and the eye does not miss it
    marked = Image.new("RGB", (small.width + 2, small.height + 2), _edge(picture))
    marked.paste(small, (1, 1))
    ImageDraw.floodfill(marked, (0, 0), FLOOD, thresh=48)
    flooded = np.asarray(marked)[1:-1, 1:-1] == np.array(FLOOD)
    mask = Image.fromarray(flooded.all(axis=2).astype(np.uint8) * 255)
    mask = mask.resize(picture.size, Image.Resampling.BILINEAR)
    return Image.composite(_patches(picture.size, chance), picture, mask)


CHANGES: dict[str, Change] = {
    "crop": crop,
    "rotate": rotate,
    "jpeg": jpeg,
    "background": background,
}


def changed(picture: Image.Image, change: str, seed: int) -> TakenImage:
    """The picture as a photo that a shopper sends: changed, saved as a JPEG, and taken in."""
    made = CHANGES[change](picture.convert("RGB"), random.Random(f"{change}/{seed}"))  # noqa: S311
    packed = io.BytesIO()
    made.save(packed, "JPEG", quality=QUALITY)
    return take_in(packed.getvalue())


def shop_reference(handle: str, place: int, change: str, seed: int) -> str:
    """The name of a changed picture of the shop; `place` from 1."""
    return f"catalogue:{handle}/{place}?{change}={seed}"


def open_picture(named: str, folder: Path, catalogue: Catalogue) -> TakenImage:
    """The picture of a query; a file's name is looked for in `folder`. Raises `UnusablePicture`."""
    if named.startswith("catalogue:"):
        found = _OF_THE_SHOP.fullmatch(named)
        if found is None or found["change"] not in CHANGES:
            raise UnusablePicture(
                f"“{named}” names no picture: write catalogue:HANDLE/N?CHANGE=SEED, with a change "
                f"of {', '.join(CHANGES)}."
            )
        image = _image(catalogue, found["handle"], int(found["place"]))
        if image is None:
            raise UnusablePicture(
                f"“{named}”: the product “{found['handle']}” has no picture {found['place']}."
            )
        try:
            with image.image.open("rb") as stream:
                return changed(Image.open(stream), found["change"], int(found["seed"]))
        except OSError as error:
            raise UnusablePicture(
                f"“{named}” cannot be read: {error.strerror or error}."
            ) from error
    path = folder / named
    try:
        with path.open("rb") as stream:
            return take_in(stream, name=path.name)
    except ImageRejected as error:
        raise UnusablePicture(f"{path}: {' '.join(error.messages)}") from error
    except OSError as error:
        raise UnusablePicture(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # a NUL
        raise UnusablePicture(f"{named!r} is no file's name: {error}.") from error


def _image(catalogue: Catalogue, handle: str, place: int) -> ProductImage | None:
    handles = catalogue.handles_named(handle)
    images = catalogue.items[catalogue.rows[handles[0]]].images if len(handles) == 1 else ()
    if not 1 <= place <= len(images):
        return None
    return ProductImage.objects.filter(pk=images[place - 1]).first()


def _edge(picture: Image.Image) -> tuple[int, int, int]:
    """The mean colour of the four corners' pixels."""
    right, bottom = picture.width - 1, picture.height - 1
    corners = [picture.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))]
    red, green, blue = (round(sum(band) / 4) for band in zip(*corners, strict=True))
    return red, green, blue


def _patches(size: tuple[int, int], chance: random.Random) -> Image.Image:
    small = Image.new("RGB", (4, 4))
    colours = [tuple(chance.randint(40, 220) for _ in range(3)) for _ in range(2)]
    small.putdata([chance.choice(colours) for _ in range(16)])
    return small.resize(size, Image.Resampling.BICUBIC)
