"""A picture file to the pixels that a model takes. No database, no model: it runs in any thread."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from django.core.files.storage import Storage
from PIL import Image

from search.encoders import Encoder
from search.encoders.base import Vectors

# A JPEG can be decoded at a half, a quarter or an eighth of its size, for a fraction of the cost of
# decoding and resizing it. At twice the model's size or more the vector hardly changes: 723
# photographs of clothes, 800 pixels high, have a cosine of .99992 or more with their exact vectors
# (bundled model). Saving such a file once more, at quality 85, changes them as much (.99991), so a
# shopper's photo, which is decoded whole, is compared as well as before. Only where the sides
# divide: otherwise the last pixels are stretched, and one photograph came to .9985.
DRAFT_SCALES = (8, 4, 2)
DRAFT_MARGIN = 2


@dataclass(frozen=True)
class Pixels:
    """`pixels`: (3, height, width) float32. `content_hash`: SHA-256 of the file, hex."""

    pixels: Vectors
    content_hash: str


def load(storage: Storage, name: str, encoder: Encoder, size: tuple[int, int]) -> Pixels:
    """The stored file `name` as `encoder.preprocess` makes it; `size` as `input_size` gives.

    Raises OSError, or what the decoder does, for a file that cannot be read.
    """
    with storage.open(name) as file:
        data: bytes = file.read()
    return Pixels(encoder.preprocess(decode(data, size)), hashlib.sha256(data).hexdigest())


def input_size(encoder: Encoder) -> tuple[int, int]:
    """Width and height, in pixels, of what the encoder's model takes."""
    _, height, width = encoder.preprocess(Image.new("RGB", (16, 16))).shape
    return width, height


def decode(data: bytes, size: tuple[int, int]) -> Image.Image:
    """The picture, RGB, for a model that takes `size` (width, height): a JPEG that is much larger
    comes at a half, a quarter or an eighth of its size."""
    with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as image:
        if image.format == "JPEG":
            image.draft(None, _draft_size(image.size, size))
        return image.convert("RGB")


def _draft_size(full: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
    for scale in DRAFT_SCALES:
        if all(
            side % scale == 0 and side >= scale * DRAFT_MARGIN * wanted
            for side, wanted in zip(full, size, strict=True)
        ):
            return full[0] // scale, full[1] // scale
    return full
