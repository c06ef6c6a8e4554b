"""The studio: a light backdrop, and parts of a product laid on it, each lit and shaded alike.

Shapes are drawn at twice the size and reduced; light is worked out at a quarter of the size,
where it is soft anyway. Each part is worked on only as far as it reaches. That keeps a picture of
800 px well under a tenth of a second.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from demo.draw.geometry import Knot, Point
from demo.draw.paint import RGB, Floats, Paint, overlay
from demo.draw.scenes import backdrop
from demo.draw.textures import SHEEN, tile

Polygon = Sequence[Knot]
Corner = tuple[int, int]
Box = tuple[int, int, int, int]
SMOOTHING = 2
LIGHT_STEP = 4
BILINEAR = Image.Resampling.BILINEAR


@dataclass(frozen=True)
class View:
    """Where the camera stands: a turn (degrees), a zoom, a shift in picture widths; and before
    what: a scene of `demo.draw.scenes`, and the colour of its sheet, cloth or wall."""

    angle: float = 0.0
    zoom: float = 1.0
    shift: Point = (0.0, 0.0)
    flip: bool = False
    backdrop: RGB = (236, 234, 230)
    scene: str = "studio"


@dataclass(frozen=True)
class Fold:
    """A soft crease: a line in unit coordinates with a width and a depth (0 to 1)."""

    line: Polygon
    width: float = 0.03
    depth: float = 0.22


@dataclass
class Canvas:
    """A square picture of `size` pixels that takes parts from back to front."""

    size: int
    view: View
    picture: Image.Image = field(init=False)

    def __post_init__(self) -> None:
        self.picture = backdrop(self.view.scene, self.size, self.view.backdrop).copy()
        self._turn = math.radians(self.view.angle)

    def place(self, points: Iterable[Sequence[float]], scale: float) -> list[Point]:
        """Unit coordinates as this view shows them, in pixels of a picture of side `scale`."""
        cos, sin = math.cos(self._turn) * self.view.zoom, math.sin(self._turn) * self.view.zoom
        placed = []
        for point in points:
            x, y = point[0] - 0.5, point[1] - 0.5
            x, y = x * cos - y * sin, x * sin + y * cos
            x = -x if self.view.flip else x
            placed.append(
                ((x + 0.5 + self.view.shift[0]) * scale, (y + 0.5 + self.view.shift[1]) * scale)
            )
        return placed

    def part(
        self,
        shape: Polygon,
        paint: Paint,
        *,
        volume: float = 0.5,
        radius: float = 0.035,
        drop: float = 0.35,
        barrel: float = 0.0,
        folds: Sequence[Fold] = (),
        holes: Sequence[Polygon] = (),
    ) -> None:
        """Lay one lit part on the picture.

        `volume` is how rounded its edges look and `radius` how far in from the edge (picture
        widths); `drop` is the strength of the shadow it throws on what lies behind; `barrel`
        shades it across as a cylinder.
        """
        mask, corner = self._filled(shape, holes)
        self._lay(mask, corner, paint, volume, radius, drop, barrel, folds)

    def stroke(
        self, line: Polygon, width: float, paint: Paint, *, volume: float = 0.6, drop: float = 0.3
    ) -> None:
        """Lay a lit band along `line`: a strap, a leg, a cable. `width` in picture widths."""
        mask, corner = self._stroked([line], width, round_ends=True)
        self._lay(mask, corner, paint, volume, width * 0.4, drop, 0.0, ())

    def ink(
        self,
        line: Polygon,
        colour: RGB,
        width: float = 0.004,
        opacity: float = 0.7,
        dash: float = 0.0,
    ) -> None:
        """Draw a thin flat line: a seam, or with `dash` (picture widths) stitches."""
        lines = _dashes(line, dash) if dash else [line]
        mask, corner = self._stroked(lines, width, round_ends=False)
        box = (*corner, corner[0] + mask.width, corner[1] + mask.height)
        self.picture.paste(colour, box, _scaled(mask, opacity))

    def ground(self, cx: float, y: float, rx: float, strength: float = 0.45) -> None:
        """The contact shadow under a product that stands at height `y`."""
        small = self.size // LIGHT_STEP
        mask = Image.new("L", (small, small), 0)
        draw = ImageDraw.Draw(mask)
        for spread, share in ((1.12, 0.35), (0.96, 0.6)):
            thick = 0.022 * spread
            outline = [
                (
                    cx + rx * spread * math.cos(a / 20 * math.pi),
                    y + thick * math.sin(a / 20 * math.pi),
                )
                for a in range(40)
            ]
            draw.polygon(self.place(outline, small), fill=round(255 * strength * share))
            mask = mask.filter(ImageFilter.GaussianBlur(small * 0.012 * spread))
            draw = ImageDraw.Draw(mask)
        self._darken(mask)

    def finish(self) -> Image.Image:
        """The picture, RGB, `size` by `size`."""
        return self.picture

    def _window(self, points: Sequence[Point], margin: float) -> Box:
        """The part of the picture that `points` and a margin (pixels) touch, in whole steps."""
        limit = self.size // LIGHT_STEP
        sides = []
        for axis in (0, 1):
            values = [point[axis] for point in points]
            low = math.floor((min(values) - margin) / LIGHT_STEP)
            high = math.ceil((max(values) + margin) / LIGHT_STEP)
            first = min(max(low, 0), limit - 1)
            sides.append((first * LIGHT_STEP, max(min(high, limit), first + 1) * LIGHT_STEP))
        return sides[0][0], sides[1][0], sides[0][1], sides[1][1]

    def _filled(self, shape: Polygon, holes: Sequence[Polygon]) -> tuple[Image.Image, Corner]:
        """The coverage of a shape, and where in the picture it begins."""
        outline = self.place(shape, self.size)
        window = self._window(outline, 2)
        mask, draw = _sheet(window)
        draw.polygon(_moved(outline, window), fill=255)
        for hole in holes:
            draw.polygon(_moved(self.place(hole, self.size), window), fill=0)
        return mask.reduce(SMOOTHING), window[:2]

    def _stroked(
        self, lines: Sequence[Polygon], width: float, round_ends: bool
    ) -> tuple[Image.Image, Corner]:
        placed = [self.place(line, self.size) for line in lines]
        thick = max(1, round(width * self.view.zoom * self.size * SMOOTHING))
        window = self._window([p for line in placed for p in line], thick / SMOOTHING + 2)
        mask, draw = _sheet(window)
        for line in placed:
            points = _moved(line, window)
            draw.line(points, fill=255, width=thick, joint="curve")
            if round_ends and thick > 3:
                for x, y in (points[0], points[-1]):
                    r = thick / 2
                    draw.ellipse((x - r, y - r, x + r, y + r), fill=255)
        return mask.reduce(SMOOTHING), window[:2]

    def _darken(self, small: Image.Image, corner: Corner = (0, 0)) -> None:
        """Multiply the picture by one minus `small` (L), which begins at `corner`.

        Both are in steps of light. Nothing may be dark at the border of `small`, unless that is
        the picture's own.
        """
        found = small.getbbox()
        if found is None:
            return
        left, upper = max(0, found[0] - 1), max(0, found[1] - 1)
        right, lower = min(small.width, found[2] + 1), min(small.height, found[3] + 1)
        shade = ImageChops.invert(small.crop((left, upper, right, lower)))
        x, y = (left + corner[0]) * LIGHT_STEP, (upper + corner[1]) * LIGHT_STEP
        shade = shade.resize((shade.width * LIGHT_STEP, shade.height * LIGHT_STEP), BILINEAR)
        box = (x, y, x + shade.width, y + shade.height)
        behind = self.picture.crop(box)
        self.picture.paste(ImageChops.multiply(behind, Image.merge("RGB", (shade,) * 3)), box)

    def _lay(
        self,
        mask: Image.Image,
        corner: Corner,
        paint: Paint,
        volume: float,
        radius: float,
        drop: float,
        barrel: float,
        folds: Sequence[Fold],
    ) -> None:
        if mask.getbbox() is None:
            return
        left, upper = corner
        box = (left, upper, left + mask.width, upper + mask.height)
        bare = paint.pattern == "plain" and paint.texture == "smooth"
        if bare and paint.opacity < 1 and not (volume or drop or barrel or folds):
            # A film without a body of its own, a glint or a haze, takes the light as it is.
            self.picture.paste(paint.colour, box, _scaled(mask, paint.opacity))
            return
        small = self.size // LIGHT_STEP
        radius *= self.view.zoom
        # Light is worked out over the part, and as far around it as blurs and shadows reach.
        around = math.ceil(small * max(3 * radius if volume else 0, 0.066 if drop else 0)) + 3
        x, y = max(0, left // LIGHT_STEP - around), max(0, upper // LIGHT_STEP - around)
        right = min(small, box[2] // LIGHT_STEP + around)
        lower = min(small, box[3] // LIGHT_STEP + around)
        low = Image.new("L", (right - x, lower - y), 0)
        low.paste(mask.reduce(LIGHT_STEP), (left // LIGHT_STEP - x, upper // LIGHT_STEP - y))
        if drop:
            self._darken(_thrown(low, small, drop * paint.opacity), (x, y))
        shade, shine = self._light(low, (x, y), paint, volume, radius, barrel, folds)
        part = self._surface(paint, box)
        window = (
            left / LIGHT_STEP - x,
            upper / LIGHT_STEP - y,
            box[2] / LIGHT_STEP - x,
            box[3] / LIGHT_STEP - y,
        )
        for light, blend in ((shade, ImageChops.multiply), (shine, ImageChops.screen)):
            full = light.resize(mask.size, BILINEAR, box=window)
            part = blend(part, Image.merge("RGB", (full,) * 3))
        self.picture.paste(part, box, mask if paint.opacity == 1 else _scaled(mask, paint.opacity))

    def _surface(self, paint: Paint, box: Box) -> Image.Image:
        width, height = box[2] - box[0], box[3] - box[1]
        grain = None if paint.texture == "smooth" else self._grain(paint)
        base, top = np.array(paint.colour, np.float32), np.array(paint.second, np.float32)
        if paint.pattern == "plain":
            if grain is None:
                return Image.new("RGB", (width, height), paint.colour)
            return Image.fromarray(_tiled(_grained(base, grain[..., None]), box))
        xs = np.arange(box[0], box[2], dtype=np.float32)[None, :]
        ys = np.arange(box[1], box[3], dtype=np.float32)[:, None]
        x = (xs + 0.5) / self.size - 0.5 - self.view.shift[0]
        y = (ys + 0.5) / self.size - 0.5 - self.view.shift[1]
        x = -x if self.view.flip else x
        turn = self._turn + math.radians(paint.angle)
        unit = np.float32(1 / (self.view.zoom * paint.period))
        u = (x * math.cos(turn) + y * math.sin(turn)) * unit
        v = (y * math.cos(turn) - x * math.sin(turn)) * unit
        share = overlay(paint, u, v, float(unit) * 1.5 / self.size)[..., None]
        colours = base + (top - base) * share
        if grain is not None:
            return Image.fromarray(_grained(colours, _tiled(grain, box)[..., None]))
        return Image.fromarray((colours + 0.5).astype(np.uint8))

    def _grain(self, paint: Paint) -> Floats:
        turned = round(paint.angle / 90) % 2 == 1
        return tile(paint.texture, self.size * self.view.zoom, turned)

    def _light(
        self,
        low: Image.Image,
        corner: Corner,
        paint: Paint,
        volume: float,
        radius: float,
        barrel: float,
        folds: Sequence[Fold],
    ) -> tuple[Image.Image, Image.Image]:
        """What to multiply with and what to screen with, at the size of `low` (both L)."""
        small, (wide, tall) = self.size // LIGHT_STEP, low.size
        light: Floats = np.full((tall, wide), 1.03, np.float32)
        if volume:
            height = _blurred(low, small * radius)
            step = max(1, round(small * radius * 0.6))
            slope = _shifted(height, -step) - _shifted(height, step)
            light = light + volume * (0.42 * slope - 0.42 * (1 - height))
        sheen = SHEEN.get(paint.texture, 0.0)
        if barrel or sheen:
            columns = np.flatnonzero(np.asarray(low).any(axis=0))
            first, last = (columns[0], columns[-1]) if columns.size else (0, wide - 1)
            across = (np.arange(wide, dtype=np.float32) - first) / max(1, last - first) * 2 - 1
            across = np.clip(-across if self.view.flip else across, -1, 1)
            band = barrel * (0.28 - 0.9 * np.abs(across + 0.35) ** 1.7)
            band = band + sheen * (np.cos(4.4 * (across + 0.4)) - 0.3)
            light = light + band[None, :]
        for fold in folds:
            light = light + self._crease(fold, low.size, corner)
        # A little fall-off from the top left to the bottom right ties all parts together.
        ramp = np.linspace(0.035, -0.035, small, dtype=np.float32)
        across_ramp, down_ramp = ramp[corner[0] :][:wide], ramp[corner[1] :][:tall]
        light = light + down_ramp[:, None] + across_ramp[None, :]
        shine = np.maximum(light - 1, 0) * (0.75 + 1.1 * paint.gloss)
        return _levels(np.minimum(light, 1)), _levels(shine)

    def _crease(self, fold: Fold, extent: tuple[int, int], corner: Corner) -> Floats:
        small = self.size // LIGHT_STEP
        mask = Image.new("L", extent, 0)
        width = max(1, round(fold.width * self.view.zoom * small * 0.6))
        line = [(x - corner[0], y - corner[1]) for x, y in self.place(fold.line, small)]
        ImageDraw.Draw(mask).line(line, fill=255, width=width)
        soft = _blurred(mask, small * fold.width * self.view.zoom * 0.5)
        step = max(1, width)
        return fold.depth * (0.7 * _shifted(soft, -step) - soft)


def _sheet(window: Box) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """An empty mask for a window of the picture, at the size at which shapes are drawn."""
    width, height = window[2] - window[0], window[3] - window[1]
    mask = Image.new("L", (width * SMOOTHING, height * SMOOTHING), 0)
    return mask, ImageDraw.Draw(mask)


def _moved(points: Sequence[Point], window: Box) -> list[Point]:
    """Points of the picture as points of the window's sheet."""
    return [((x - window[0]) * SMOOTHING, (y - window[1]) * SMOOTHING) for x, y in points]


def _scaled(mask: Image.Image, factor: float) -> Image.Image:
    return mask.point(_ramp(factor))


@lru_cache(maxsize=256)
def _ramp(factor: float) -> list[int]:
    return [round(i * factor) for i in range(256)]


def _blurred(mask: Image.Image, pixels: float) -> Floats:
    blurred = mask.filter(ImageFilter.GaussianBlur(max(0.6, pixels)))
    return np.asarray(blurred, dtype=np.float32) / np.float32(255)


def _shifted(values: Floats, step: int) -> Floats:
    """`values` moved down and right by `step` (up and left if negative), edges repeated."""
    padded = np.pad(values, abs(step), mode="edge")
    start = abs(step) - step
    return padded[start : start + values.shape[0], start : start + values.shape[1]]


def _levels(light: Floats) -> Image.Image:
    return Image.fromarray((np.clip(light, 0, 1) * 255 + 0.5).astype(np.uint8), "L")


def _thrown(low: Image.Image, small: int, strength: float) -> Image.Image:
    soft = low.filter(ImageFilter.GaussianBlur(small * 0.014))
    right, down = round(small * 0.008), round(small * 0.016)
    moved = Image.new("L", soft.size, 0)
    moved.paste(soft, (right, down))
    return _scaled(moved, strength * 0.6)


def _dashes(line: Polygon, dash: float) -> list[Polygon]:
    pieces: list[Polygon] = []
    for (ax, ay), (bx, by) in pairwise(line):
        count = max(1, round(math.hypot(bx - ax, by - ay) / dash / 1.7))
        for i in range(count):
            s, t = i / count, (i + 0.6) / count
            pieces.append(
                [(ax + (bx - ax) * s, ay + (by - ay) * s), (ax + (bx - ax) * t, ay + (by - ay) * t)]
            )
    return pieces


def _grained(colours: Floats, grain: Floats) -> NDArray[np.uint8]:
    """`colours` as eight bits, multiplied by `grain`; dark ones a little more, so it shows."""
    return np.clip(colours * grain + 14 * (grain - 1) + 0.5, 0, 255).astype(np.uint8)


def _tiled(piece: NDArray[Any], box: Box) -> NDArray[Any]:
    """`piece` repeated over the picture from its upper left, as far as `box` shows it."""
    side = piece.shape[0]
    columns = np.arange(box[0], box[2]) % side
    rows = np.arange(box[1], box[3]) % side
    return piece[rows[:, None], columns[None, :]]
