"""Pictures of several products together: a living room, a hall. Drawn as a photograph of each is.

A room is a large square with a wall and a floor; products are laid on it at given places, lit and
shaded as in the studio, and what is in the frame is cut out. Where each product is to be seen is
measured while it is drawn, so what a room says of its products cannot be wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from demo.assortment import KINDS
from demo.draw.canvas import LIGHT_STEP, Canvas, View
from demo.draw.paint import RGB, Floats, Paint
from demo.draw.textures import tile
from demo.looks import Look

# In pixels. The square reaches beyond the frame on all sides: products are drawn on squares of
# their own, of which much is empty.
SIDE = 2400
FRAME = (360, 600, 2040, 1860)
MEASURED_AT = 160
# Where the floor begins, in the square, and how high the skirting board is.
FLOOR = 0.655
SKIRTING = 0.022

Box = tuple[float, float, float, float]  # left, top, width, height


@dataclass(frozen=True)
class Place:
    """A product in a room: by its handle, with the middle of its lower edge and its height.

    Both are in widths of the frame. `hangs` names the middle of the upper edge instead.
    """

    handle: str
    x: float
    y: float
    height: float
    hangs: bool = False
    flip: bool = False


@dataclass(frozen=True)
class Room:
    """A wall and a floor, what belongs to the house, and what the shop sells, back to front."""

    name: str
    wall: RGB
    wood: RGB
    places: tuple[Place, ...]
    fittings: Callable[[Canvas, Room], None] | None = None


@dataclass(frozen=True)
class Drawn:
    """A room's picture, and by the handle of each product the box in which it is to be seen."""

    picture: Image.Image
    boxes: dict[str, Box]


class _Measured(Canvas):
    """A canvas that knows how far the parts reach that were laid on it, in pixels."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.reach = (self.size, self.size, 0, 0)

    def _lay(self, mask: Image.Image, corner: tuple[int, int], paint: Paint, *rest: Any) -> None:
        found = mask.getbbox()
        # A glint or a haze is none of the product's body.
        if found is not None and paint.opacity > 0.2:
            x, y = corner
            box = (found[0] + x, found[1] + y, found[2] + x, found[3] + y)
            before = self.reach
            self.reach = (
                min(before[0], box[0]),
                min(before[1], box[1]),
                max(before[2], box[2]),
                max(before[3], box[3]),
            )
        super()._lay(mask, corner, paint, *rest)


def draw_room(room: Room, looks: dict[str, Look]) -> Drawn:
    """Draw a room; `looks` has what each product of it looks like, by its handle."""
    canvas = Canvas(SIDE, View())
    canvas.picture = _house(room)
    if room.fittings is not None:
        room.fittings(canvas, room)
    boxes = {}
    for place in room.places:
        boxes[place.handle] = _put(canvas.picture, place, looks[place.handle])
    return Drawn(canvas.picture.crop(FRAME), boxes)


def in_square(x: float, y: float) -> tuple[float, float]:
    """A place in the frame, in widths of the frame, as a place in the square."""
    wide = FRAME[2] - FRAME[0]
    return (FRAME[0] + x * wide) / SIDE, (FRAME[1] + y * wide) / SIDE


def _put(square: Image.Image, place: Place, look: Look) -> Box:
    """Draw a product on the square; its box, in fractions of the frame."""
    kind = KINDS[look.kind]
    view = View(zoom=kind.zoom, shift=(0, kind.lift), flip=place.flip and kind.mirrors)
    left, top, right, bottom = (side / MEASURED_AT for side in _reach(look, view))
    wide, tall = FRAME[2] - FRAME[0], FRAME[3] - FRAME[1]
    side = place.height * wide / (bottom - top)
    side = math.ceil(side / LIGHT_STEP) * LIGHT_STEP
    x = FRAME[0] + place.x * wide - (left + right) / 2 * side
    y = FRAME[1] + place.y * wide - (top if place.hangs else bottom) * side
    corner = round(x), round(y)
    canvas = _Measured(side, view)
    canvas.picture = square.crop((*corner, corner[0] + side, corner[1] + side))
    kind.artist(canvas, look)
    square.paste(canvas.finish(), corner)
    edges = [
        (canvas.reach[i] + corner[i % 2] - FRAME[i % 2]) / (wide, tall)[i % 2] for i in range(4)
    ]
    first = [min(max(edge, 0.0), 1.0) for edge in edges]
    return first[0], first[1], first[2] - first[0], first[3] - first[1]


def _reach(look: Look, view: View) -> tuple[int, int, int, int]:
    canvas = _Measured(MEASURED_AT, view)
    KINDS[look.kind].artist(canvas, look)
    return canvas.reach


def _house(room: Room) -> Image.Image:
    """The wall, with light from the upper left, a skirting board and a floor of boards."""
    ys, xs = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / np.float32(SIDE)
    glow = np.exp(-((xs - 0.33) ** 2 + (ys - 0.38) ** 2) / 0.16)
    light = 0.86 + 0.17 * glow
    sheet = np.array(room.wall, np.float32) * light[..., None]
    edge, skirting = round(SIDE * FLOOR), round(SIDE * SKIRTING)
    board = (
        np.array((244, 241, 235), np.float32)
        * (0.9 + 0.09 * glow[edge - skirting : edge])[..., None]
    )
    sheet[edge - skirting : edge] = board
    sheet[edge - skirting : edge - skirting + 3] *= 1.03
    sheet[edge - skirting - 8 : edge - skirting] *= np.linspace(1, 0.93, 8)[:, None, None]
    sheet[edge - 3 : edge] *= 0.78
    sheet[edge:] = _planks(room.wood, xs[edge:], ys[edge:])
    # The wall keeps some light from the floor next to it.
    near = np.exp(-(ys[edge:] - FLOOR) / 0.02)[..., None]
    sheet[edge:] *= 1 - 0.22 * near
    grain = np.random.default_rng(7).random((SIDE, SIDE, 1), np.float32)
    return Image.fromarray(np.clip(sheet + grain, 0, 255).astype(np.uint8))


def _planks(wood: RGB, xs: Floats, ys: Floats) -> Floats:
    """Boards that run away from the camera."""
    depth = (ys - (FLOOR - 0.28)) / (1 - FLOOR + 0.28)
    lanes = (xs - 0.5) / depth / 0.11
    plank = np.floor(lanes)
    tone = 1 + 0.07 * np.sin(plank * 12.9898)
    seam = np.abs(lanes - plank - 0.5) > 0.488
    piece = tile("wood", 900, True)
    times = -(-SIDE // piece.shape[0])
    grain = np.tile(piece, (times, times))[: xs.shape[0], : xs.shape[1]]
    lit = 0.84 + 0.2 * depth
    shade = np.where(seam, np.float32(0.8), np.float32(1)) * grain * lit * tone
    return np.array(wood, np.float32) * shade[..., None]
