"""Pictures to pixel arrays as open_clip's inference transform does, with Pillow and numpy alone.

The steps and their rounding follow open_clip's `transform.py` and torchvision's Resize and
CenterCrop on PIL images; tests hold the result equal to theirs.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from search.encoders.base import Vectors

# "shortest" fits the short side and then crops: a 1 x 10,000 picture would grow to 500 million
# pixels, of which all but a square is thrown away. Beyond this, only the middle is computed.
MAX_ASPECT = 64


@dataclass(frozen=True)
class Preprocessing:
    """One model's way from a picture to its input.

    `size`: height and width in pixels. `resize_mode`: "shortest" (fit the short side, crop the
    centre), "longest" (fit the long side, pad with `fill_color`) or "squash". `interpolation`:
    "bicubic" or "bilinear". `mean`, `std`: per channel, of values from 0 to 1.
    """

    size: tuple[int, int]
    resize_mode: str
    interpolation: str
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    fill_color: int

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "Preprocessing":
        """From the fields of open_clip's PreprocessCfg. Raises KeyError or ValueError."""
        size = config["size"]
        height, width = (size, size) if isinstance(size, int) else size
        if config["resize_mode"] not in {"shortest", "longest", "squash"}:
            raise ValueError(f"unknown resize mode {config['resize_mode']!r}")
        return cls(
            size=(int(height), int(width)),
            resize_mode=config["resize_mode"],
            # open_clip reads "random" as bicubic outside training
            interpolation="bilinear" if config["interpolation"] == "bilinear" else "bicubic",
            mean=_three(config["mean"]),
            std=_three(config["std"]),
            fill_color=int(config["fill_color"]),
        )

    def __call__(self, image: Image.Image) -> Vectors:
        """(3, height, width) float32."""
        if self.resize_mode == "squash":
            fitted = self._resize(image, self.size)
        elif self.resize_mode == "longest":
            fitted = self._resize(image, self._keep_ratio(image, longest=True))
        else:
            (height, top, bottom), (width, left, right) = map(
                _span, reversed(image.size), self._shortest(image), self.size
            )
            fitted = self._resize(image, (height, width), (left, top, right, bottom))
        # Cropped before the conversion, as open_clip does.
        cropped = _centre(fitted, self.size, self.fill_color).convert("RGB")
        values = np.asarray(cropped, dtype=np.float32).transpose(2, 0, 1) / np.float32(255)
        mean = np.array(self.mean, dtype=np.float32)[:, None, None]
        std = np.array(self.std, dtype=np.float32)[:, None, None]
        return np.ascontiguousarray((values - mean) / std)

    def _resize(
        self,
        image: Image.Image,
        size: tuple[int, int],
        box: tuple[float, float, float, float] | None = None,
    ) -> Image.Image:
        height, width = size
        # open_clip leaves the interpolation at its default here.
        bicubic = self.interpolation == "bicubic" or (
            self.resize_mode == "shortest" and self.size[0] != self.size[1]
        )
        resampling = Image.Resampling.BICUBIC if bicubic else Image.Resampling.BILINEAR
        return image.resize((width, height), resampling, box)

    def _shortest(self, image: Image.Image) -> tuple[int, int]:
        side, other = self.size
        if side != other:
            return self._keep_ratio(image, longest=False)
        width, height = image.size
        if width <= height:
            return int(side * height / width), side
        return side, int(side * width / height)

    def _keep_ratio(self, image: Image.Image, *, longest: bool) -> tuple[int, int]:
        width, height = image.size
        ratios = height / self.size[0], width / self.size[1]
        ratio = max(ratios) if longest else min(ratios)
        return max(1, round(height / ratio)), max(1, round(width / ratio))


def _three(value: Any) -> tuple[float, float, float]:
    first, second, third = value if isinstance(value, list | tuple) else (value,) * 3
    return float(first), float(second), float(third)


def _span(source: int, fitted: int, wanted: int) -> tuple[int, float, float]:
    """One axis of a picture that grows or shrinks from `source` to `fitted` pixels, and keeps the
    middle `wanted`: how many pixels to compute, and the stretch of the source they come from.

    Where not all are computed, a margin leaves out nothing that the resampling filter reads (two
    pixels, of the source or of the result, whichever are larger).
    """
    if fitted <= MAX_ASPECT * wanted:
        return fitted, 0, source
    step = source / fitted
    margin = math.ceil(3 / step) + 3
    first = round((fitted - wanted) / 2) - margin
    length = wanted + 2 * margin
    return length, first * step, (first + length) * step


def _centre(image: Image.Image, size: tuple[int, int], fill: int) -> Image.Image:
    """The middle of a picture; where it is smaller, it is padded evenly first."""
    height, width = size
    missing_x, missing_y = max(0, width - image.width), max(0, height - image.height)
    if missing_x or missing_y:
        # Only "longest" gets here, and pads what the conversion would make of the mode.
        image = image.convert("RGB")
        padded = Image.new(
            "RGB", (image.width + missing_x, image.height + missing_y), (fill, fill, fill)
        )
        padded.paste(image, (missing_x // 2, missing_y // 2))
        image = padded
    top = round((image.height - height) / 2)
    left = round((image.width - width) / 2)
    return image.crop((left, top, left + width, top + height))
