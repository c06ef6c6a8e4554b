"""Folders of flat pictures, and an encoder that sees nothing but their colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from search.encoders.base import Vectors, encode_image_batches, unit_rows
from tests.factories import picture_bytes

COLOURS = {"red": (1.0, 0.0, 0.0), "lime": (0.0, 1.0, 0.0), "blue": (0.0, 0.0, 1.0)}


class ColourEncoder:
    """A picture's vector is its mean colour; a text's is the colour that it names, or grey."""

    reference = "local-dir:nowhere"
    dimension = 3
    checksum = "0" * 64
    causal_text = False

    def __init__(self) -> None:
        self.batches: list[int] = []  # the sizes of those encoded

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        colours = [
            next((c for name, c in COLOURS.items() if name in text), (1, 1, 1)) for text in texts
        ]
        return unit_rows(np.array(colours).reshape(-1, 3))

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        return encode_image_batches(self, images, 8)

    def preprocess(self, image: Image.Image) -> Vectors:
        pixel = np.asarray(image.resize((1, 1)), dtype=np.float32)
        return pixel.transpose(2, 0, 1) + np.float32(1)  # black has a direction, too

    def encode_pixels(self, batch: Vectors) -> Vectors:
        self.batches.append(len(batch))
        return unit_rows(batch[:, :, 0, 0])


def write_pictures(root: Path, colours: Mapping[str, str]) -> Path:
    """`root` with a flat picture for each path, in its colour; the suffix says in which format."""
    formats = {".jpg": "JPEG", ".heic": "HEIF"}
    for name, colour in colours.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        format = formats.get(path.suffix.lower(), path.suffix[1:].upper() or "JPEG")
        path.write_bytes(picture_bytes((32, 32), color=colour, format=format))
    return root
