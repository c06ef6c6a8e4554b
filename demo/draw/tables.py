"""Dining tables, coffee tables and desks."""

from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, curve, ellipse
from demo.draw.paint import Paint, tone
from demo.draw.seats import four_legs, legs_paint
from demo.draw.solids import METALS, WOODS, Model, board, coloured, model
from demo.looks import Look


def dining_table(canvas: Canvas, look: Look) -> None:
    """A table to eat at."""
    dice = look.dice
    tall = dice.uniform(0.73, 0.76)
    long, short = dice.uniform(1.35, 1.65), dice.uniform(0.8, 0.9)
    disc = dice.uniform(1.0, 1.2)
    yaw, pitch = dice.uniform(20, 32), dice.uniform(12, 17)
    splay = dice.uniform(0.04, 0.08)
    wood, steel = _stuffs(look)
    shape = look.part("shape")
    wide, deep = (disc, disc) if shape == "round" else (long, short)
    scene = model(canvas, (wide, tall, deep), yaw, pitch)
    legs = legs_paint(look, wood, steel, look.part("legs"))
    scene.shadow(wide * 0.9, deep * 0.9)
    form = look.part("legs")
    if form == "pedestal":
        _pedestal(scene, wide, tall, legs)
    elif form == "trestle":
        _trestle(scene, wide, deep, tall, legs)
    else:
        inset = 0.74 if shape != "rectangular" else 0.95
        four_legs(scene, (wide * inset, deep * inset), tall - 0.05, form, splay, legs, bulk=1.6)
    if shape == "rectangular" and form in ("straight", "tapered"):
        apron = (tall - 0.12, tall - 0.03)
        x, z = wide * 0.46, deep * 0.44
        scene.box((-x, x), apron, (-z, z), legs.shaded(0.9), faces="sf")
    scene.slab(_top(shape, wide, deep), tall - 0.04, tall, look.main)
    _veins(scene, look, wide, deep, tall)


def coffee_table(canvas: Canvas, look: Look) -> None:
    """A low table for a sofa."""
    dice = look.dice
    tall = dice.uniform(0.4, 0.46)
    long, short = dice.uniform(0.95, 1.15), dice.uniform(0.55, 0.65)
    disc = dice.uniform(0.72, 0.86)
    yaw, pitch = dice.uniform(22, 34), dice.uniform(17, 22)
    splay = dice.uniform(0.03, 0.06)
    wood, steel = _stuffs(look)
    shape = look.part("shape")
    wide, deep = (disc, disc) if shape == "round" else (long, short)
    scene = model(canvas, (wide, tall, deep), yaw, pitch)
    legs = legs_paint(look, wood, steel, look.part("legs"))
    scene.shadow(wide * 0.9, deep * 0.9)
    form = look.part("legs")
    inset = 0.76 if shape != "rectangular" else 0.94
    four_legs(scene, (wide * inset, deep * inset), tall - 0.03, form, splay, legs, bulk=1.15)
    if look.part("shelf") == "shelf":
        share = 0.66 if shape != "rectangular" else 0.88
        scene.slab(_top(shape, wide * share, deep * share), 0.13, 0.155, legs)
    top = _top(shape, wide, deep)
    if look.material != "glass":
        scene.slab(top, tall - 0.035, tall, look.main)
        _veins(scene, look, wide, deep, tall)
        return
    glass = replace(look.main, opacity=0.55)
    scene.slab(top, tall - 0.022, tall, glass)
    gleam = Paint((255, 255, 255), opacity=0.35)
    for start, width in ((-0.3, 0.1), (-0.14, 0.04)):
        x0, x1 = start * wide, (start + width) * wide
        lean, z = wide * 0.12, deep * 0.3
        streak = [(x0, tall, z), (x1, tall, z), (x1 + lean, tall, -z), (x0 + lean, tall, -z)]
        scene.canvas.part([scene.at(*p) for p in streak], gleam, volume=0, drop=0)


def desk(canvas: Canvas, look: Look) -> None:
    """A table to work at, with drawers."""
    dice, main = look.dice, look.main
    tall = dice.uniform(0.74, 0.78)
    wide, deep = dice.uniform(1.1, 1.3), dice.uniform(0.55, 0.62)
    yaw, pitch = dice.uniform(20, 30), dice.uniform(12, 16)
    splay = dice.uniform(0.03, 0.05)
    wood, steel = _stuffs(look)
    hutch = look.part("shelf") == "shelf"
    scene = model(canvas, (wide, tall + (0.32 if hutch else 0), deep), yaw, pitch)
    legs = legs_paint(look, wood, steel, look.part("legs"))
    scene.shadow(wide * 0.95, deep * 0.95)
    half, front = wide / 2, deep / 2
    front_paint = coloured(look, "drawers")
    four_legs(
        scene, (wide * 0.95, deep * 0.92), tall - 0.05, look.part("legs"), splay, legs, bulk=1.25
    )
    knob = Paint(METALS[2], texture="metal", gloss=0.9)
    if look.part("drawers") == "three":
        x = (half * 0.3, half * 0.92)
        body = (0.18, tall - 0.03)
        scene.box(x, body, (-front * 0.9, front * 0.92), main.shaded(0.94))
        high = (body[1] - body[0]) / 3
        for i in range(3):
            low = body[0] + i * high + 0.012
            _drawer(
                scene,
                (x[0] + 0.018, x[1] - 0.018),
                (low, low + high - 0.02),
                front * 0.92,
                front_paint,
                knob,
            )
        scene.box(
            (-half * 0.92, half * 0.3),
            (tall - 0.12, tall - 0.03),
            (-front * 0.9, front * 0.9),
            main.shaded(0.86),
            faces="f",
        )
    else:
        x, y = (-half * 0.92, half * 0.92), (tall - 0.17, tall - 0.03)
        scene.box(x, y, (-front * 0.9, front * 0.92), main.shaded(0.94))
        for left, right in ((x[0] + 0.02, -0.01), (0.01, x[1] - 0.02)):
            _drawer(
                scene, (left, right), (y[0] + 0.015, y[1] - 0.01), front * 0.92, front_paint, knob
            )
    scene.slab(board(wide, deep, 0.02), tall - 0.035, tall, main)
    if hutch:
        _hutch(scene, half, tall, front, main)


def _hutch(scene: Model, half: float, tall: float, front: float, main: Paint) -> None:
    high = tall + 0.3
    x0, z = half * 0.96, (-front, -front * 0.15)
    scene.box((-x0, x0), (tall, high), (z[0], z[0] + 0.01), main.shaded(0.72), faces="f")
    for x in (-x0, -x0 * 0.3, x0 * 0.35):
        scene.box((x, x + 0.025), (tall, high), z, main.shaded(0.95), grain="y", faces="sf")
    scene.box((x0 - 0.025, x0), (tall, high), z, main, grain="y", faces="sf")
    scene.box((-x0, x0), (high - 0.025, high), z, main)


def _drawer(
    scene: Model,
    x: tuple[float, float],
    y: tuple[float, float],
    z: float,
    paint: Paint,
    knob: Paint,
) -> None:
    scene.box(x, y, (z, z + 0.015), paint, drop=0.3)
    cx, cy = scene.at((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, z + 0.03)
    reach = 0.016 * scene.scale
    scene.canvas.part(
        ellipse(cx, cy, reach, reach, steps=20), knob, volume=0.8, radius=0.008, drop=0.5
    )


def _stuffs(look: Look) -> tuple[Paint, Paint]:
    """The wood and the steel that legs of other stuff than the top are made of."""
    pick = look.dice.choice(range(4))
    return (
        Paint(WOODS[pick], texture="wood", gloss=0.25),
        Paint(METALS[pick], texture="metal", gloss=0.8),
    )


def _veins(scene: Model, look: Look, wide: float, deep: float, tall: float) -> None:
    """The veins of marble, over its top."""
    if look.material != "marble":
        return
    dice = look.dice
    pale = look.colour in ("black", "green")
    colour = tone(look.main.colour, 2.2 if pale else 0.6)
    for start in (-0.3, -0.12, 0.1, 0.26):
        x, line = start + dice.uniform(-0.05, 0.05), []
        for step in range(8):
            x += dice.uniform(-0.035, 0.05)
            z = (step / 7 - 0.5) * (1 - 2.4 * x * x)
            line.append(scene.at(x * wide, tall, z * deep * 0.9))
        smooth = curve(line, closed=False)
        scene.canvas.ink(smooth, colour, dice.uniform(0.003, 0.007), 0.5)


def _top(shape: str, wide: float, deep: float) -> list[Point]:
    if shape == "rectangular":
        return board(wide, deep, 0.03)
    return ellipse(0, 0, wide / 2, deep / 2)


def _pedestal(scene: Model, wide: float, tall: float, paint: Paint) -> None:
    foot = min(wide * 0.27, 0.32)
    scene.slab(ellipse(0, 0, foot, foot), 0.0, 0.03, paint)
    scene.post((0, 0.03, 0), (0, 0.2, 0), paint, foot * 0.9, 0.12)
    scene.post((0, 0.18, 0), (0, tall - 0.04, 0), paint, 0.11, 0.15, drop=0)


def _trestle(scene: Model, wide: float, deep: float, tall: float, paint: Paint) -> None:
    high = tall - 0.04
    ends = (-wide * 0.33, wide * 0.33)
    for x in ends:
        for z in (-1, 1):
            for lean in (-1, 1):
                scene.post(
                    (x + lean * 0.03, high, z * deep * 0.34),
                    (x + lean * 0.13, 0.015, z * deep * 0.42),
                    paint.shaded(0.8 if z < 0 else 1),
                    0.045,
                )
        for lean in (-1, 1):
            low = (x + lean * 0.09, 0.28, -deep * 0.39)
            scene.post(low, (low[0], 0.28, deep * 0.39), paint.shaded(0.9), 0.03)
