"""Whether two files show one picture: re-encoded, of another size, or cut at its edges.

Vectors cannot tell: a shirt and the same shirt in another pattern lie as close as a picture and its
crop. Pixels can, once the two are laid over each other. What a crop does to a picture that is
stretched to a square is a scale and a shift for each axis, four numbers; they are found by
Gauss-Newton steps on brightness, coarse to fine (Lucas and Kanade, 1981).

Twice: small signatures (32 by 32, stored) tell in a fraction of a millisecond what is out of the
question; of the few that remain the files themselves are laid over each other at 128 by 128, for a
tear in a pair of jeans is smaller than a pixel of a signature.

Arrays are float32; brightness and colour in [0, 1]; positions in [-1, 1], left to right and top to
bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Array = npt.NDArray[np.float32]

# Raised with every change of what a signature is: those of another version are made anew.
VERSION = 1
SIDE, COLOR_SIDE = 32, 8  # of a signature: brightness, and two of colour
SIZE = SIDE**2 + 2 * COLOR_SIDE**2  # bytes
BLUR = 0.75  # in its pixels
LOOKED_AT = 128  # pixels a side, where files are compared
# A picture has so many times as many itself, else fewer are compared.
SPARE = 1.5
# So large a picture is read for that; more is thrown away while decoding.
READ_SIDE = 512

# A crop beyond that is another picture: 8% at each of two sides.
MOST_SCALE, MOST_SHIFT = 1.22, 0.18
STEPS = 5
# Keeps steps small where a picture is flat, and has nothing to be laid over by.
DAMPING, LEAST_DAMPING = 1e-4, 1e-6

# Where less is left it lies well; else it is begun anew from so many crops.
FITS, STARTS = 0.02, 3
# Signatures that differ by more need no second look.
SCREEN_BRIGHTNESS, SCREEN_COLOR = 0.06, 0.15

# Scale and shift of one axis: as it is; a twentieth off one side, off the other, off both; and the
# other way round.
_CROPS = (
    (1.0, 0.0),
    *((0.95, 0.05), (0.95, -0.05), (0.9, 0.0)),
    *((1 / 0.95, -0.05 / 0.95), (1 / 0.95, 0.05 / 0.95), (1 / 0.9, 0.0)),
)


@dataclass(frozen=True)
class Placement:
    """Where a second picture lies on a first: `x = scale_x * x' + shift_x`, and so for y."""

    scale_x: float = 1.0
    shift_x: float = 0.0
    scale_y: float = 1.0
    shift_y: float = 0.0

    def inverted(self) -> Placement:
        """Where the first lies on the second."""
        return Placement(
            1 / self.scale_x,
            -self.shift_x / self.scale_x,
            1 / self.scale_y,
            -self.shift_y / self.scale_y,
        )

    def then(self, finer: Placement, on: _Overlap) -> Placement:
        """`finer` was found between what the two have in common, stretched to a square."""
        scale_x, shift_x = _composed(on.first[0::2], on.second[0::2], finer.scale_x, finer.shift_x)
        scale_y, shift_y = _composed(on.first[1::2], on.second[1::2], finer.scale_y, finer.shift_y)
        return Placement(scale_x, shift_x, scale_y, shift_y)


@dataclass(frozen=True)
class Difference:
    """What is left when two pictures lie on each other. `brightness`: root of the mean square.
    `spot`: the most in any place of about a thirtieth of the picture. `color`: the most in any
    place of an eighth."""

    brightness: float
    spot: float
    color: float


@dataclass(frozen=True)
class _Overlap:
    """What two pictures have in common, as left, top, right, bottom in [-1, 1] of each."""

    first: tuple[float, float, float, float]
    second: tuple[float, float, float, float]


def signature_of(image: Image.Image) -> bytes:
    """`SIZE` bytes: brightness, then blue and red differences, row by row.

    Blurred first, lest what is finer than two pixels turn into stripes of its own, which lie
    elsewhere after a crop (a striped sweater on planks differed by .13, blurred by .01).
    """
    channels = image.resize((LOOKED_AT, LOOKED_AT), Image.Resampling.HAMMING).convert("YCbCr")
    return b"".join(
        channel.filter(ImageFilter.GaussianBlur(BLUR * LOOKED_AT / side))
        .resize((side, side), Image.Resampling.BOX)
        .tobytes()
        for channel, side in zip(channels.split(), (SIDE, COLOR_SIDE, COLOR_SIDE), strict=True)
    )


def screen(one: bytes, others: Sequence[bytes]) -> list[Placement | None]:
    """For each of `others` where it may lie on `one`, or None: it is surely another picture.

    Steps go down to the nearest hollow, which stripes have one of for each stripe. So what does not
    fit from where it is is begun anew from the crops that fit best.
    """
    if not others:
        return []
    brightness, color = _unpacked([one, *others])
    first, second = np.repeat(brightness[:1], len(others), axis=0), brightness[1:]
    placed = _align(first, second, levels=(16, 32))
    rest = _rest(first, second, placed)
    poor = np.flatnonzero(rest > FITS)
    for begun in _starts(first[poor], second[poor]) if poor.size else ():
        again = _align(first[poor], second[poor], levels=(16, 32), begun=begun)
        rest_again = _rest(first[poor], second[poor], again)
        better = rest_again < rest[poor]
        placed[poor[better]], rest[poor[better]] = again[better], rest_again[better]
    shown = np.repeat(color[:1], len(others), axis=0)
    moved = np.stack([_moved(shown[:, channel], placed) for channel in (0, 1)], axis=1)
    off = np.sqrt(((color[1:] - moved) ** 2).sum(axis=1)) * _within(placed, COLOR_SIDE)
    fits = (rest <= SCREEN_BRIGHTNESS) & (off.max(axis=(1, 2)) <= SCREEN_COLOR)
    return [
        Placement(*map(float, place)) if fit else None
        for place, fit in zip(placed, fits, strict=True)
    ]


def difference(one: Image.Image, other: Image.Image, placement: Placement) -> Difference:
    """What is left of two pictures (RGB) when `other` lies on `one`, `placement` being about where.

    Both are cut to what they have in common, and that again once it is known more exactly.
    """
    for _ in range(2):
        on = _overlap(placement)
        first, second = _cut(one, other, on)
        levels = tuple(side for side in (32, 64, 128) if side <= first.shape[-1])
        (found,) = _align(first[:1], second[:1], levels=levels)
        placement = placement.then(Placement(*map(float, found)), on)
    first, second = _cut(one, other, _overlap(placement))
    left = first - second
    side = left.shape[-1]
    if side > SIDE:  # two pixels are one: noise of coding is smaller
        left = _halved(left)
    spots = np.abs(_means(left[0], 3))
    block = left.shape[-1] // COLOR_SIDE
    colors = left[1:].reshape(2, COLOR_SIDE, block, COLOR_SIDE, block).mean(axis=(2, 4))
    return Difference(
        brightness=float(np.sqrt((left[0] ** 2).mean())),
        spot=float(spots.max()),
        color=float(np.sqrt((colors**2).sum(axis=0)).max()),
    )


# --- Laying one on the other --------------------------------------------------------------------


def _unpacked(signatures: Sequence[bytes]) -> tuple[Array, Array]:
    """(n, SIDE, SIDE) and (n, 2, COLOR_SIDE, COLOR_SIDE)."""
    buffer = np.frombuffer(b"".join(signatures), np.uint8).reshape(-1, SIZE)
    rows = (buffer / 255).astype(np.float32)
    colors = rows[:, SIDE**2 :].reshape(-1, 2, COLOR_SIDE, COLOR_SIDE)
    return rows[:, : SIDE**2].reshape(-1, SIDE, SIDE), colors


def _rest(first: Array, second: Array, placed: Array) -> Array:
    """(n,): root of the mean square of what differs, where the second lies on the first."""
    within = _within(placed, first.shape[-1])
    rest = (second - _moved(first, placed)) * within
    squares = (rest**2).sum(axis=(1, 2)) / np.maximum(within.sum(axis=(1, 2)), 1)
    return np.sqrt(squares).astype(np.float32)


def _starts(first: Array, second: Array) -> list[Array]:
    """The crops by a twentieth, at any sides of either picture, that fit best, each (n, 4)."""
    small, other = _halved(first), _halved(second)
    grid = [np.array([*x, *y], np.float32) for x in _CROPS for y in _CROPS]
    rests = np.stack([_rest(small, other, np.tile(crop, (len(small), 1))) for crop in grid])
    best = np.argsort(rests, axis=0)[:STARTS]
    return [np.stack([grid[crop] for crop in row]) for row in best]


def _align(
    first: Array, second: Array, *, levels: Sequence[int], begun: Array | None = None
) -> Array:
    """Where each of `second` lies on that of `first`, both (n, side, side): (n, 4), as
    `Placement` has it. `levels`: ascending, each twice the one before, the last being the side.
    `begun`: where to begin, (n, 4)."""
    count = len(first)
    placed = np.tile(np.array([1, 0, 1, 0], np.float32), (count, 1)) if begun is None else begun
    pyramid = {levels[-1]: (first, second)}
    for side in reversed(levels[:-1]):
        first, second = _halved(first), _halved(second)
        pyramid[side] = first, second
    for side in levels:
        first, second = pyramid[side]
        places = _places(side)
        along_x = np.gradient(first, axis=2) * (side / 2)
        along_y = np.gradient(first, axis=1) * (side / 2)
        for _ in range(STEPS):
            within = _within(placed, side)
            rest = (second - _moved(first, placed)) * within
            by_x, by_y = _moved(along_x, placed) * within, _moved(along_y, placed) * within
            slopes = np.stack([by_x * places, by_x, by_y * places[:, None], by_y], axis=1)
            slopes = slopes.reshape(count, 4, -1)
            squares = np.einsum("nip,njp->nij", slopes, slopes)
            damped = DAMPING * np.trace(squares, axis1=1, axis2=2) + LEAST_DAMPING * side**2
            squares += damped[:, None, None] * np.eye(4, dtype=np.float32)
            towards = np.einsum("nip,np->ni", slopes, rest.reshape(count, -1))
            step = np.linalg.solve(squares, towards[..., None])[..., 0]
            placed = placed + np.clip(step, -0.1, 0.1)
            placed[:, 0::2] = np.clip(placed[:, 0::2], 1 / MOST_SCALE, MOST_SCALE)
            placed[:, 1::2] = np.clip(placed[:, 1::2], -MOST_SHIFT, MOST_SHIFT)
    return placed


@lru_cache
def _places(side: int) -> Array:
    """The middles of pixels."""
    return ((np.arange(side) + 0.5) / side * 2 - 1).astype(np.float32)


def _moved(images: Array, placed: Array) -> Array:
    """Each of (n, side, side) as seen from the one that lies on it; bilinear, its edges go on.

    By looking up, not by products of matrices: they are small, and a library that shares each among
    all cores spends ten times as long on that.
    """
    columns, right = _between(placed[:, 0:1], placed[:, 1:2], images.shape[-1])
    rows, below = _between(placed[:, 2:3], placed[:, 3:4], images.shape[-1])
    upper = np.take_along_axis(images, rows[:, :, None], axis=1)
    lower = np.take_along_axis(images, rows[:, :, None] + 1, axis=1)
    lines = upper + (lower - upper) * below[:, :, None]
    first = np.take_along_axis(lines, columns[:, None], axis=2)
    second = np.take_along_axis(lines, columns[:, None] + 1, axis=2)
    moved: Array = first + (second - first) * right[:, None]
    return moved


def _between(scale: Array, shift: Array, side: int) -> tuple[npt.NDArray[np.int64], Array]:
    """(n, side): the pixel before each position, and how far it is on the way to the next."""
    pixels = np.clip((scale * _places(side) + shift + 1) / 2 * side - 0.5, 0, side - 1)
    before = np.minimum(pixels.astype(np.int64), side - 2)
    return before, (pixels - before).astype(np.float32)


def _within(placed: Array, side: int) -> Array:
    """(n, side, side): 1 where the one lies on the other, 0 where it sticks out."""
    x = np.abs(placed[:, 0:1] * _places(side) + placed[:, 1:2]) <= 1
    y = np.abs(placed[:, 2:3] * _places(side) + placed[:, 3:4]) <= 1
    return (y[:, :, None] & x[:, None, :]).astype(np.float32)


def _means(image: Array, side: int) -> Array:
    """The mean of each square of `side` pixels in (height, width), from running sums."""
    sums = np.pad(image.astype(np.float64), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    squares = sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]
    means: Array = (squares / side**2).astype(np.float32)
    return means


def _halved(images: Array) -> Array:
    count, height, width = images.shape
    smaller: Array = images.reshape(count, height // 2, 2, width // 2, 2).mean(axis=(2, 4))
    return smaller


# --- Cutting out what two have in common --------------------------------------------------------


def _overlap(placement: Placement) -> _Overlap:
    left, right, on_left, on_right = _common(placement.scale_x, placement.shift_x)
    top, bottom, on_top, on_bottom = _common(placement.scale_y, placement.shift_y)
    return _Overlap((on_left, on_top, on_right, on_bottom), (left, top, right, bottom))


def _common(scale: float, shift: float) -> tuple[float, float, float, float]:
    """On one axis: from and to on the second, and on the first."""
    low, high = max(-1.0, (-1 - shift) / scale), min(1.0, (1 - shift) / scale)
    return low, high, max(-1.0, scale * low + shift), min(1.0, scale * high + shift)


def _composed(
    first: Sequence[float], second: Sequence[float], scale: float, shift: float
) -> tuple[float, float]:
    """A scale and shift between the squares that `first` and `second` were stretched to, as ones
    between the pictures."""
    middle, half = (first[0] + first[1]) / 2, (first[1] - first[0]) / 2
    other_middle, other_half = (second[0] + second[1]) / 2, (second[1] - second[0]) / 2
    whole = half * scale / other_half
    return whole, middle + half * shift - whole * other_middle


def _cut(one: Image.Image, other: Image.Image, on: _Overlap) -> tuple[Array, Array]:
    """Both (3, side, side): brightness and colours of what they have in common. The side is
    `LOOKED_AT`, or less where one of the pictures is so small that its own pixels would show."""
    boxes = [_box(image, part) for image, part in ((one, on.first), (other, on.second))]
    shortest = min(min(box[2] - box[0], box[3] - box[1]) for box in boxes)
    side = next((side for side in (LOOKED_AT, 64) if shortest >= SPARE * side), SIDE)
    first, second = (
        np.asarray(
            image.resize((side, side), Image.Resampling.HAMMING, box=box).convert("YCbCr"),
            np.float32,
        ).transpose(2, 0, 1)
        / np.float32(255)
        for image, box in zip((one, other), boxes, strict=True)
    )
    return first, second


def _box(
    image: Image.Image, part: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """In pixels."""
    left, top, right, bottom = ((edge + 1) / 2 for edge in part)
    width, height = image.size
    return left * width, top * height, right * width, bottom * height
