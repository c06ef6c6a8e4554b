"""The rooms of the demo's home page, with products of its catalogue by their handles.

The handles are those of seed 1, which the demo shop is drawn from. Each product was chosen, and its
neighbours and the wall with it, because in the demo shop a search with its place in the picture
finds it first; a patterned dress, or a sleeve of its neighbour's, and others come before it.
"""

import math

from demo.draw.canvas import Canvas
from demo.draw.paint import Paint
from demo.home.rooms import FRAME, SIDE, Place, Room, in_square

METAL = Paint((150, 146, 138), texture="metal", gloss=0.6)
WOOD = Paint((176, 132, 90), texture="wood", gloss=0.2)
FRAME_WIDTHS = (FRAME[2] - FRAME[0]) / SIDE
RAIL = 0.075
HUNG = 0.12  # the collar of what hangs on the rail


def _hall(canvas: Canvas, room: Room) -> None:
    """A rail with a hanger for each garment, a shelf and a bench."""
    for x in (0.06, 0.33, 0.61):
        _stroke(canvas, [(x, 0.03), (x, RAIL)], 0.012, METAL)
    _stroke(canvas, [(0.03, RAIL), (0.64, RAIL)], 0.016, WOOD)
    for place in room.places:
        if place.hangs:
            _hanger(canvas, place.x)
    for x in (0.735, 0.905):
        _stroke(canvas, [(x, 0.262), (x, 0.3)], 0.01, METAL)
    _board(canvas, 0.68, 0.25, 0.96, 0.268)
    for x in (0.70, 0.94):
        _stroke(canvas, [(x, 0.555), (x, 0.655)], 0.014, WOOD)
    _board(canvas, 0.67, 0.545, 0.97, 0.567)


def _hanger(canvas: Canvas, x: float) -> None:
    radius, top = 0.012, RAIL - 0.005
    turns = [math.radians(degrees) for degrees in range(0, 190, 15)]
    hook = [(x - radius, RAIL + 0.003)]
    hook += [(x - radius * math.cos(turn), top - radius * math.sin(turn)) for turn in turns]
    _stroke(canvas, [*hook, (x, RAIL + 0.021), (x, HUNG + 0.03)], 0.005, METAL)
    shoulders = [(x - 0.05, HUNG + 0.03), (x, HUNG + 0.006), (x + 0.05, HUNG + 0.03)]
    _stroke(canvas, shoulders, 0.012, WOOD)


def _stroke(canvas: Canvas, line: list[tuple[float, float]], width: float, paint: Paint) -> None:
    canvas.stroke([in_square(*point) for point in line], width * FRAME_WIDTHS, paint)


def _board(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    canvas.part([in_square(*corner) for corner in corners], WOOD, volume=0.3, radius=0.003)


LIVING_ROOM = Room(
    "living-room",
    wall=(202, 212, 204),
    wood=(196, 158, 112),
    places=(
        Place("inka-slim-picture-frame", 0.40, 0.075, 0.15, hangs=True),
        Place("eskil-abstract-picture-frame", 0.545, 0.06, 0.185, hangs=True),
        Place("isla-floor-lamp", 0.13, 0.61, 0.46),
        Place("umber-fabric-sofa", 0.47, 0.635, 0.30),
        Place("lark-potted-plant", 0.855, 0.645, 0.27),
        Place("birk-painted-coffee-table", 0.62, 0.742, 0.14),
    ),
)
HALL = Room(
    "hall",
    wall=(216, 203, 197),
    wood=(176, 132, 90),
    places=(
        Place("elva-coat", 0.138, HUNG, 0.315, hangs=True),
        Place("vale-dress", 0.35, HUNG, 0.285, hangs=True),
        Place("fenn-wool-sweater", 0.55, HUNG, 0.20, hangs=True),
        Place("noor-beige-brimmed-hat", 0.82, 0.253, 0.095),
        Place("kaja-handbag", 0.82, 0.547, 0.165),
        Place("lark-knee-high-boots", 0.535, 0.675, 0.215),
    ),
    fittings=_hall,
)
