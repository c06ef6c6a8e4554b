"""Image intake: the only door for picture bytes from outside."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from PIL import Image


class ImageRejected(ValidationError):
    """The bytes are not welcome; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class TakenImage:
    """A picture that passed: our own re-encoding, without metadata."""

    data: bytes
    suffix: str  # ".jpg" or ".webp"
    width: int
    height: int
    content_hash: str  # SHA-256 of `data`, hex
    source_hash: str  # SHA-256 of the bytes that came, hex

    def open(self) -> Image.Image:
        """The decoded picture, RGB."""
        return Image.open(io.BytesIO(self.data)).convert("RGB")


def take_in(file: BinaryIO | bytes, *, name: str | None = None) -> TakenImage:
    source = file if isinstance(file, bytes) else file.read()
    image = Image.open(io.BytesIO(source)).convert("RGB")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    data = out.getvalue()
    return TakenImage(
        data, ".jpg", *image.size, hashlib.sha256(data).hexdigest(), hashlib.sha256(source).hexdigest()
    )
