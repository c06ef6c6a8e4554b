"""Bookshelves, chests of drawers, wardrobes and beds."""

import random
from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import ellipse
from demo.draw.paint import RGB, Paint
from demo.draw.solids import METALS, WOODS, Model, coloured, model
from demo.looks import Look

Span = tuple[float, float]
# Quiet bindings, so that books on a shelf do not pass for the shelf's colour.
BOOKS: tuple[RGB, ...] = (
    (196, 186, 168),
    (134, 128, 122),
    (96, 104, 116),
    (222, 216, 204),
    (150, 122, 104),
    (112, 122, 110),
)


def bookshelf(canvas: Canvas, look: Look) -> None:
    """Shelves with a few books on them."""
    dice, main = look.dice, look.main
    low = look.part("height") == "low"
    wide, deep = dice.uniform(0.74, 0.9), dice.uniform(0.28, 0.34)
    tall = dice.uniform(0.78, 0.92) if low else dice.uniform(1.55, 1.8)
    yaw, pitch = dice.uniform(20, 30), dice.uniform(9, 13)
    count = 2 if low else dice.choice((4, 5))
    thick = dice.uniform(0.024, 0.034)
    books = random.Random(dice.random())
    scene = model(canvas, (wide, tall, deep), yaw, pitch)
    scene.shadow(wide, deep, 0.4)
    x, z = (-wide / 2, wide / 2), (-deep / 2, deep / 2)
    if look.part("back") == "closed":
        scene.box(x, (0.04, tall), (z[0], z[0] + 0.01), main.shaded(0.66), grain="y", faces="f")
        scene.box(x, (0.0, 0.06), (z[0], z[1] - 0.02), main.shaded(0.8), faces="f")
        _upright(scene, (x[0], x[0] + thick), tall, z, main)
    else:
        for side in x:
            place = side - thick / 2 if side > 0 else side + thick / 2
            scene.post((place, 0, z[0]), (place, tall, z[0]), main.shaded(0.75), thick)
        scene.post((x[0] + thick / 2, 0, z[1]), (x[0] + thick / 2, tall, z[1]), main, thick)
    step = (tall - 0.08 - thick) / count
    for i in range(count + 1):
        y = 0.06 + i * step
        scene.box(x, (y, y + thick), z, main)
        if i < count:
            _row_of_books(scene, books, (x[0] + thick, x[1] - thick), y + thick, step * 0.8, z)
    if look.part("back") == "closed":
        _upright(scene, (x[1] - thick, x[1]), tall, z, main)
        scene.box(x, (tall - thick, tall), z, main, faces="tf")
    else:
        for end in z:
            scene.post((x[1], 0, end), (x[1], tall, end), main.shaded(0.9), thick)


def _upright(scene: Model, x: Span, tall: float, z: Span, paint: Paint) -> None:
    scene.box(x, (0, tall), z, paint, grain="y", faces="sf")


def _row_of_books(
    scene: Model, books: random.Random, x: Span, low: float, high: float, z: Span
) -> None:
    """Two or three blocks of books, with gaps, standing on a shelf."""
    left = x[0] + books.uniform(0.02, 0.2) * (x[1] - x[0])
    for _ in range(books.choice((2, 3))):
        wide = books.uniform(0.09, 0.16)
        if left + wide > x[1] - 0.02:
            return
        tall = low + min(high, 0.32) * books.uniform(0.68, 0.95)
        paint = Paint(books.choice(BOOKS), texture="paper")
        ends = (left, left + wide)
        scene.box(ends, (low, tall), (z[0] + 0.03, z[1] - 0.05), paint, drop=0.2)
        count = books.choice((2, 3))
        for i in range(1, count):
            spine = left + wide * i / count
            front = z[1] - 0.05
            scene.trace([(spine, low, front), (spine, tall, front)], (60, 56, 54), 0.004, 0.6)
        left += wide + (0.0 if books.random() < 0.6 else books.uniform(0.08, 0.2))


def chest_of_drawers(canvas: Canvas, look: Look) -> None:
    """A chest with three, four or six drawers."""
    dice, main = look.dice, look.main
    drawers = {"three": 3, "four": 4, "six": 6}[look.part("drawers")]
    wide = dice.uniform(1.15, 1.35) if drawers == 6 else dice.uniform(0.74, 0.86)
    tall = dice.uniform(0.78, 0.86) if drawers != 4 else dice.uniform(0.96, 1.06)
    deep, clear = dice.uniform(0.42, 0.5), dice.uniform(0.13, 0.18)
    yaw, pitch = dice.uniform(22, 32), dice.uniform(12, 16)
    pick = dice.choice(METALS)
    scene = model(canvas, (wide, tall, deep), yaw, pitch)
    scene.shadow(wide, deep, 0.4)
    x, z = (-wide / 2, wide / 2), (-deep / 2, deep / 2)
    low = _stand(scene, look.part("legs"), x, z, clear, main.plain())
    scene.box(x, (low, tall - 0.03), z, main, grain="y")
    rows, columns = (3, 2) if drawers == 6 else (drawers, 1)
    fronts = coloured(look, "drawers")
    knobs = Paint(look.accent("handles", pick), texture="metal", gloss=0.8)
    high, across = (tall - 0.05 - low) / rows, (wide - 0.03) / columns
    for row in range(rows):
        for column in range(columns):
            left = x[0] + 0.015 + column * across
            y = low + 0.01 + row * high
            ends = (left + 0.012, left + across - 0.012)
            scene.box(ends, (y + 0.01, y + high - 0.01), (z[1], z[1] + 0.018), fronts, drop=0.45)
            _handle(scene, look.part("handle"), ends, y + high * 0.55, z[1] + 0.03, knobs)
    top = (tall - 0.035, tall)
    scene.box((x[0] - 0.012, x[1] + 0.012), top, (z[0], z[1] + 0.03), main)


def wardrobe(canvas: Canvas, look: Look) -> None:
    """A wardrobe with doors."""
    dice, main = look.dice, look.main
    doors = {"two": 2, "three": 3}[look.part("doors")]
    wide = dice.uniform(0.95, 1.1) if doors == 2 else dice.uniform(1.4, 1.6)
    tall, deep = dice.uniform(1.85, 2.0), dice.uniform(0.52, 0.6)
    clear = dice.uniform(0.14, 0.2)
    yaw, pitch = dice.uniform(20, 30), dice.uniform(8, 12)
    pick = dice.choice(METALS)
    scene = model(canvas, (wide, tall, deep), yaw, pitch)
    scene.shadow(wide, deep, 0.4)
    x, z = (-wide / 2, wide / 2), (-deep / 2, deep / 2)
    low = _stand(scene, look.part("legs"), x, z, clear, main.plain())
    scene.box(x, (low, tall - 0.04), z, main, grain="y")
    knobs = Paint(look.accent("handles", pick), texture="metal", gloss=0.8)
    fronts = coloured(look, "doors")
    step = (wide - 0.04) / doors
    for i in range(doors):
        ends = (x[0] + 0.02 + i * step + 0.006, x[0] + 0.02 + (i + 1) * step - 0.006)
        y = (low + 0.03, tall - 0.06)
        scene.box(ends, y, (z[1], z[1] + 0.02), fronts, grain="y", drop=0.45)
        _door(scene, look.part("front"), ends, y, z[1] + 0.022, fronts)
        inner = ends[1] - 0.05 if i % 2 == 0 else ends[0] + 0.05
        middle = (low + tall) / 2
        plane = z[1] + 0.045
        scene.post((inner, middle - 0.11, plane), (inner, middle + 0.11, plane), knobs, 0.026)
    scene.box((x[0] - 0.025, x[1] + 0.025), (tall - 0.05, tall), (z[0], z[1] + 0.045), main)


def _door(scene: Model, form: str, x: Span, y: Span, z: float, paint: Paint) -> None:
    """What is on a door: panels, slats, a mirror or nothing."""
    inset = 0.075
    left, right = x[0] + inset, x[1] - inset
    if form == "panelled":
        split = y[0] + (y[1] - y[0]) * 0.42
        for low, high in ((y[0] + inset, split - 0.03), (split + 0.03, y[1] - inset)):
            sunk = [(left, low, z), (right, low, z), (right, high, z), (left, high, z)]
            scene.face(sunk, paint.shaded(0.84), grain=(0, 3), drop=0)
            field = [
                (left + 0.022, low + 0.03, z),
                (right - 0.012, low + 0.03, z),
                (right - 0.012, high - 0.022, z),
                (left + 0.022, high - 0.022, z),
            ]
            scene.face(field, paint.shaded(1.05), grain=(0, 3), drop=0)
    elif form == "slatted":
        low, high = y[0] + inset, y[1] - inset
        sunk = [(left, low, z), (right, low, z), (right, high, z), (left, high, z)]
        scene.face(sunk, paint.shaded(0.9), grain=(0, 1), drop=0)
        dark = paint.shaded(0.5).colour
        for i in range(18):
            line = low + (high - low) * (i + 0.5) / 18
            scene.trace([(left, line, z), (right, line, z)], dark, 0.007, 0.7)
    elif form == "mirror":
        low, high = y[0] + inset, y[1] - inset
        pane = [(left, low, z), (right, low, z), (right, high, z), (left, high, z)]
        scene.face(pane, Paint((204, 216, 222), gloss=1), volume=0.4, drop=0)
        tall, wide = high - low, right - left
        for at, size in ((0.52, 0.16), (0.36, 0.05)):
            gleam = [
                (left, low + tall * at, z),
                (right, low + tall * at + wide * 0.7, z),
                (right, low + tall * (at + size) + wide * 0.7, z),
                (left, low + tall * (at + size), z),
            ]
            scene.face(gleam, Paint((244, 248, 250), gloss=1), volume=0, drop=0)


def _stand(scene: Model, form: str, x: Span, z: Span, clear: float, paint: Paint) -> float:
    """The legs or the plinth of a chest; returns where its body begins."""
    if form == "none":
        inner = (x[0] + 0.02, x[1] - 0.02), (z[0] + 0.02, z[1] - 0.02)
        scene.box(inner[0], (0, 0.07), inner[1], paint.shaded(0.6), faces="sf")
        return 0.06
    for depth in (z[0] + 0.06, z[1] - 0.06):
        for across, lean in ((x[0] + 0.08, -0.03), (x[1] - 0.08, 0.03)):
            scene.post(
                (across, clear + 0.02, depth),
                (across + lean, 0.01, depth + 0.02),
                paint.shaded(0.7 if depth < 0 else 0.95),
                0.06,
                0.032,
            )
    return clear


def _handle(scene: Model, form: str, x: Span, y: float, z: float, paint: Paint) -> None:
    middle, wide = (x[0] + x[1]) / 2, x[1] - x[0]
    if form == "bars":
        half = wide * 0.2
        scene.post((middle - half, y, z), (middle + half, y, z), paint, 0.026, drop=0.6)
        return
    for share in (-0.27, 0.27):
        cx, cy = scene.at(middle + wide * share, y, z)
        reach = 0.024 * scene.scale
        scene.canvas.part(
            ellipse(cx, cy, reach, reach, steps=24), paint, volume=0.8, radius=0.01, drop=0.6
        )


def bed(canvas: Canvas, look: Look) -> None:
    """A made bed."""
    dice, main = look.dice, look.main
    double = look.part("size") == "double"
    wide = dice.uniform(1.5, 1.7) if double else dice.uniform(0.92, 1.05)
    long, tall = dice.uniform(1.9, 2.0), dice.uniform(1.0, 1.15)
    rail, clear = dice.uniform(0.32, 0.38), dice.uniform(0.12, 0.16)
    yaw, pitch = dice.uniform(28, 36), dice.uniform(17, 21)
    wood = Paint(dice.choice(WOODS), texture="wood", gloss=0.25)
    scene = model(canvas, (wide, tall, long), yaw, pitch)
    scene.shadow(wide, long, 0.3)
    soft = look.material in ("fabric", "velvet")
    x, z = (-wide / 2, wide / 2), (-long / 2, long / 2)
    legs = wood if soft else main.plain()
    for across in (x[0] + 0.06, x[1] - 0.06):
        for depth in (z[0] + 0.06, z[1] - 0.06):
            scene.post((across, clear + 0.05, depth), (across, 0.01, depth), legs, 0.07, 0.05)
    _headboard(scene, look.part("headboard"), x, (clear, tall), z[0], main, soft)
    inner = (x[0] + 0.03, x[1] - 0.03)
    linen = Paint((246, 244, 238))
    if soft:
        scene.cushion(x, (clear, rail), (z[0] + 0.05, z[1]), 0.04, main)
    else:
        scene.box(x, (clear, rail), (z[0] + 0.06, z[1]), main)
    scene.cushion(inner, (rail - 0.08, rail + 0.18), (z[0] + 0.09, z[1] - 0.03), 0.06, linen)
    pillows = ((-wide * 0.24, 0.31), (wide * 0.24, 0.31)) if double else ((0.0, 0.34),)
    for middle, half in pillows:
        scene.cushion(
            (middle - half, middle + half),
            (rail + 0.15, rail + 0.33),
            (z[0] + 0.14, z[0] + 0.55),
            0.085,
            linen,
        )
    colour = look.accent("blanket", (232, 228, 220))
    cover = Paint(colour)
    over = (x[0] + 0.005, x[1] - 0.005)
    scene.cushion(over, (rail - 0.02, rail + 0.22), (z[0] + 0.7, z[1] - 0.015), 0.06, cover)
    scene.cushion(
        over, (rail + 0.02, rail + 0.235), (z[0] + 0.62, z[0] + 0.86), 0.05, linen, drop=0.2
    )


def _headboard(
    scene: Model, form: str, x: Span, y: Span, z: float, main: Paint, soft: bool
) -> None:
    if form == "slats":
        main = replace(main.plain(), texture="smooth") if soft else main
        for i in range(7):
            across = x[0] + 0.05 + (x[1] - x[0] - 0.1) * i / 6
            thick = 0.06 if i in (0, 6) else 0.034
            scene.post((across, y[0], z + 0.03), (across, y[1] - 0.05, z + 0.03), main, thick)
        scene.box((x[0], x[1]), (y[1] - 0.09, y[1]), (z, z + 0.06), main)
        return
    if not soft:
        scene.box(x, y, (z, z + 0.06), main)
        if form == "panelled":
            count = 3
            step = (x[1] - x[0] - 0.08) / count
            for i in range(count):
                left = x[0] + 0.04 + i * step + 0.03
                right = left + step - 0.06
                corners = [(left, 0.4), (right, 0.4), (right, y[1] - 0.08), (left, y[1] - 0.08)]
                sunk = [(a, b, z + 0.062) for a, b in corners]
                scene.face(sunk, main.shaded(0.8), grain=(0, 3), drop=0)
        return
    scene.cushion(x, y, (z, z + 0.12), 0.05, main)
    if form == "panelled":
        for i in range(1, 5):
            across = x[0] + (x[1] - x[0]) * i / 5
            line = [(across, 0.3, z + 0.121), (across, y[1] - 0.03, z + 0.121)]
            scene.trace(line, main.plain().shaded(0.55).colour, 0.006, 0.6)
