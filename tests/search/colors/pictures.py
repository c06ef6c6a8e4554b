"""Pictures of a thing before a ground, drawn where a test needs to know both."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

RGB = tuple[int, int, int]
SHEET: RGB = (236, 234, 230)
Box = tuple[float, float, float, float]


def studio(size: tuple[int, int] = (320, 320), *, sheet: RGB = SHEET) -> Image.Image:
    """A sheet with a vignette and a little noise, as a studio's."""
    width, height = size
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = 1.02 - 0.06 * (x * x + y * y)
    noise = np.random.default_rng(5).normal(0, 0.6, (height, width, 1))
    pixels = np.array(sheet) * light[..., None] + noise
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def boards(size: tuple[int, int] = (320, 320)) -> Image.Image:
    """Wooden boards, each a little lighter or darker, with grain."""
    width, height = size
    chance = np.random.default_rng(7)
    tones = np.repeat(chance.uniform(0.85, 1.1, -(-height // 24)), 24)[:height]
    grain = chance.normal(1, 0.05, (height, width))
    pixels = np.array((176, 132, 88)) * (tones[:, None] * grain)[..., None]
    wood = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return wood.filter(ImageFilter.GaussianBlur(1))


def put(
    image: Image.Image, color: RGB | str, box: Box = (0.25, 0.2, 0.75, 0.8), *, shape: str = "round"
) -> Image.Image:
    """A thing of one colour in a box (shares of width and height), lit from the upper left."""
    left, top, right, bottom = (
        round(share * side) for share, side in zip(box, image.size * 2, strict=True)
    )
    mask = Image.new("L", image.size)
    draw = ImageDraw.Draw(mask)
    if shape == "round":
        draw.rounded_rectangle((left, top, right, bottom), radius=(right - left) // 4, fill=255)
    else:
        draw.rectangle((left, top, right, bottom), fill=255)
    flat = np.asarray(Image.new("RGB", image.size, color), np.float32)
    y, x = np.mgrid[0 : 1 : image.height * 1j, 0 : 1 : image.width * 1j]
    shaded = flat * (1.06 - 0.14 * (x + y) / 2)[..., None]
    thing = Image.fromarray(np.clip(shaded, 0, 255).astype(np.uint8))
    return Image.composite(thing, image, mask)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    both = max(0.0, width) * max(0.0, height)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return both / (sum(areas) - both)
