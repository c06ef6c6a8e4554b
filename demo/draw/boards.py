"""What lies flat in a kitchen: boards, trays, aprons."""

import math
import random

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, curve, ellipse, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.draw.vessels import STEEL, white
from demo.looks import Look


def cutting_board(canvas: Canvas, look: Look) -> None:
    """A board from above, its handle at the top."""
    dice, main, shape = look.dice, look.main, look.part("shape")
    handle, groove = look.part("handle"), look.part("groove")
    wide, tall, soft = {
        "rectangular": (
            dice.uniform(0.24, 0.27),
            dice.uniform(0.31, 0.34),
            dice.uniform(0.02, 0.06),
        ),
        "round": (0.31, 0.31, 0.31),
        "oval": (dice.uniform(0.235, 0.255), dice.uniform(0.33, 0.35), 0.0),
    }[shape]
    neck, reach = dice.uniform(0.045, 0.06), dice.uniform(0.15, 0.18)
    planks, cy = dice.choice((0.1, 0.18, 0.34)), 0.5
    if handle == "handle":
        cy, tall = 0.59, tall * 0.88
        wide = wide * 0.9 if shape == "round" else wide
    if shape == "round":
        tall = wide

    def body(inset: float) -> list[Point]:
        if shape == "rectangular":
            box = (0.5 - wide + inset, cy - tall + inset, 0.5 + wide - inset, cy + tall - inset)
            return rounded(*box, max(0.012, soft - inset * 0.5))
        return ellipse(0.5, cy, wide - inset, tall - inset, steps=80)

    top = cy - tall
    hole: list[Point] = []
    pieces = [body(0)]
    if handle == "handle":
        stem: list[Knot] = [
            (0, top - reach),
            (neck * 0.9, top - reach * 0.95),
            (neck * 1.08, top - reach * 0.72),
            (neck * 0.86, top - reach * 0.2),
            (neck * 1.5, top + 0.012),
            (neck * 2.2, top + 0.04, 1),
            (0, top + 0.06),
        ]
        pieces.insert(0, curve(mirrored(stem)))
        hole = ellipse(0.5, top - reach * 0.72, 0.017, 0.017, steps=24)
    elif handle == "hole":
        hole = rounded(0.5 - 0.085, top + 0.05, 0.5 + 0.085, top + 0.092, 0.021)
        if shape != "rectangular":
            hole = rounded(0.5 - 0.075, top + 0.055, 0.5 + 0.075, top + 0.095, 0.02)
    # The thickness of the board shows as a darker edge to the lower right.
    for piece in pieces:
        canvas.part([(x + 0.006, y + 0.013) for x, y in piece], main.shaded(0.62), drop=0.8)
    for piece in pieces:
        low_hole = [hole] if hole else []
        canvas.part(piece, main, volume=0.3, radius=0.012, drop=0, holes=low_hole)
    if look.material == "wood":
        for left in (-0.6, 0.2):
            plank = _plank(wide - 0.003, tall - 0.003, cy, left, shape == "rectangular")
            canvas.part(plank, Paint((60, 34, 16), opacity=planks), volume=0, drop=0)
    if look.material == "marble":
        _veins(canvas, dice, main, (wide * 0.68, tall * 0.68), cy)
    if look.material == "plastic":
        rim = body(0.01)
        canvas.ink([*rim, rim[0]], tone(main.colour, 0.55), 0.016, 0.75)
    if hole:
        canvas.part(hole, main.shaded(0.32), volume=-0.6, radius=0.012, drop=0)
        canvas.ink([*hole, hole[0]], tone(main.colour, 0.55), 0.006, 0.6)
    if groove == "groove":
        gap = 0.045
        if handle == "hole":
            gap = 0.12 if shape != "rectangular" else gap
        track, inner = body(gap), body(gap + 0.022)
        if handle == "hole" and shape == "rectangular":
            track, inner = (
                rounded(0.5 - wide + g, top + 0.085 + g, 0.5 + wide - g, cy + tall - g, 0.03)
                for g in (gap, gap + 0.022)
            )
        canvas.part(track, main.shaded(0.5), volume=-0.7, radius=0.008, drop=0, holes=[inner])
        lit = tone(main.colour, 1.8)
        canvas.ink([*inner, inner[0]], lit, 0.004, 0.5)
        canvas.ink([*track, track[0]], tone(main.colour, 0.4), 0.004, 0.5)


def _plank(wide: float, tall: float, cy: float, left: float, flat: bool) -> list[Point]:
    """One of the strips that a wooden board is glued from; `left` is its edge, as a share."""
    edge = []
    for i in range(13):
        share = left + 0.4 * i / 12
        edge.append((0.5 + wide * share, tall if flat else tall * math.sqrt(1 - share * share)))
    return [*((x, cy - y) for x, y in edge), *((x, cy + y) for x, y in reversed(edge))]


def _veins(
    canvas: Canvas, dice: random.Random, stone: Paint, size: tuple[float, float], cy: float
) -> None:
    """The veins of marble, within `size` of the middle of the board."""
    colour = tone(stone.colour, 0.62) if min(stone.colour) > 90 else tone(stone.colour, 3.0)
    for place in (-1.3, -0.7, -0.1, 0.4):
        start, slope = place + dice.uniform(-0.15, 0.15), dice.uniform(0.3, 0.6)
        line = curve(
            [
                (
                    0.5 + size[0] * (-1 + i * 0.4),
                    cy
                    + size[1] * max(-1, min(1, start + slope * i * 0.4 + dice.uniform(-0.2, 0.2))),
                )
                for i in range(6)
            ],
            closed=False,
        )
        canvas.ink(line, colour, dice.uniform(0.004, 0.011), dice.uniform(0.25, 0.5))


def tray(canvas: Canvas, look: Look) -> None:
    """A serving tray from above."""
    dice, main, shape = look.dice, look.main, look.part("shape")
    handled = look.part("handle") == "handle"
    wide, tall, power = {
        "rectangular": (dice.uniform(0.33, 0.35), dice.uniform(0.24, 0.27), dice.uniform(6, 12)),
        "round": (0.33, 0.33, 2.0),
        "oval": (dice.uniform(0.335, 0.355), dice.uniform(0.25, 0.27), 2.3),
    }[shape]
    border, grip_wide = dice.uniform(0.034, 0.044), dice.uniform(0.085, 0.1)
    if shape == "round" and not handled:
        wide = tall = 0.37
    if not handled and shape != "round":
        wide += 0.05

    def form(inset: float, down: float = 0.0) -> list[Point]:
        points = []
        for i in range(96):
            c, s = math.cos(i / 48 * math.pi), math.sin(i / 48 * math.pi)
            swell = (abs(c) ** power + abs(s) ** power) ** (-1 / power)
            points.append(
                (0.5 + (wide - inset) * c * swell, 0.5 + down + (tall - inset) * s * swell)
            )
        return points

    edge = Paint(
        look.accent("rim", main.plain().shaded(0.86).colour), gloss=main.gloss, texture=main.texture
    )
    if handled:
        metal = Paint(look.trim if look.material != "metal" else STEEL, gloss=0.7)
        for sign in (-1, 1):
            loop = curve(
                [
                    (0.5 + sign * (wide - 0.02), 0.5 - grip_wide),
                    (0.5 + sign * (wide + 0.055), 0.5 - grip_wide * 0.9),
                    (0.5 + sign * (wide + 0.078), 0.5),
                    (0.5 + sign * (wide + 0.055), 0.5 + grip_wide * 0.9),
                    (0.5 + sign * (wide - 0.02), 0.5 + grip_wide),
                ],
                closed=False,
            )
            canvas.stroke(loop, 0.03, metal, volume=0.9, drop=0.7)
    canvas.part(form(0, 0.014), edge.shaded(0.6), volume=0.3, drop=0.9)
    canvas.part(form(0), edge, volume=0.6, radius=0.014, drop=0)
    floor = form(border)
    canvas.part(floor, main, volume=0.12, radius=0.02, drop=0)
    # The rim's shadow falls on the floor from the upper left.
    shade = form(border + 0.018, 0.009)
    moved = [(x + 0.009, y) for x, y in shade]
    canvas.part(floor, Paint((30, 24, 20), opacity=0.3), volume=0, drop=0, holes=[moved])
    canvas.ink([*floor, floor[0]], tone(edge.colour, 0.5), 0.006, 0.5)
    ring = form(0.008)
    canvas.stroke(ring[50:74], 0.008, white(0.2 + 0.4 * main.gloss), volume=0, drop=0)
    if main.gloss > 0.4:
        for shift in (0.0, 0.075):
            x = 0.5 - wide * 0.3 + shift
            band = 0.028 if shift else 0.05
            sheen = [
                (x, 0.5 - tall * 0.55),
                (x + band, 0.5 - tall * 0.55),
                (x + band - 0.12, 0.5 + tall * 0.3),
                (x - 0.12, 0.5 + tall * 0.3),
            ]
            canvas.part(sheen, white(0.16), volume=0, drop=0)


def apron(canvas: Canvas, look: Look) -> None:
    """An apron laid flat, with its neck loop and ties."""
    dice, main, bib = look.dice, look.main, look.part("shape") == "bib"
    strap = Paint(look.accent("straps", main.plain().shaded(0.8).colour), texture="canvas")
    chest, wide = dice.uniform(0.115, 0.13), dice.uniform(0.245, 0.275)
    top, waist, hem = 0.24, dice.uniform(0.46, 0.49), dice.uniform(0.85, 0.88)
    soft, loop = dice.uniform(0.02, 0.07), dice.uniform(0.15, 0.17)
    low_pocket = dice.uniform(0.58, 0.62)
    if not bib:
        waist, hem, wide = 0.22, dice.uniform(0.76, 0.8), wide + 0.05
        low_pocket = 0.38
    for sign in (-1, 1):
        side = 0.5 + sign * (wide - 0.012)
        tie = curve(
            [
                (side, waist + 0.022),
                (side + sign * 0.07, waist - 0.02),
                (side + sign * 0.115, waist + 0.09),
                (side + sign * 0.06, waist + 0.2),
                (side + sign * 0.095, waist + 0.3),
            ],
            closed=False,
        )
        canvas.stroke(tie, 0.026, strap, volume=0.15)
    if bib:
        neck = curve(
            [
                (0.5 - chest + 0.018, top + 0.02),
                (0.5 - chest - 0.005, top - loop * 0.55),
                (0.5 - chest * 0.5, top - loop),
                (0.5 + chest * 0.5, top - loop),
                (0.5 + chest + 0.005, top - loop * 0.55),
                (0.5 + chest - 0.018, top + 0.02),
            ],
            closed=False,
        )
        canvas.stroke(neck, 0.032, strap, volume=0.15)
        half: list[Knot] = [
            (0, top),
            (chest, top, 1),
            (chest + 0.012, top + 0.06),
            (chest + 0.05, waist - 0.07),
            (wide, waist, 1),
            (wide + 0.01, waist + 0.2),
            (wide + 0.012, hem - soft, 1),
            (wide - soft * 0.8, hem, 1),
            (0, hem + 0.006),
        ]
    else:
        half = [
            (0, waist),
            (wide - 0.03, waist, 1),
            (wide, waist + 0.16),
            (wide + 0.022, hem - soft, 1),
            (wide + 0.022 - soft * 0.8, hem, 1),
            (0, hem + 0.008),
        ]
    folds = [
        Fold([(0.5 - wide * 0.5, waist + 0.1), (0.5 - wide * 0.62, hem - 0.03)], 0.05, 0.14),
        Fold([(0.5 + wide * 0.62, waist + 0.06), (0.5 + wide * 0.55, hem - 0.08)], 0.05, 0.14),
        Fold([(0.5 + 0.02, low_pocket + 0.16), (0.5 - 0.02, hem - 0.01)], 0.04, 0.1),
    ]
    canvas.part(curve(mirrored(half)), main, volume=0.3, radius=0.025, folds=folds)
    seam = tone(main.colour, 0.6 if look.colour not in ("black", "navy") else 1.7)
    inner = [(k[0] - 0.014 if k[0] else 0, *k[1:]) for k in half]
    inner = [
        (x, y + (0.016 if y <= waist + 0.001 and not i else 0), *k)
        for i, (x, y, *k) in enumerate(inner)
    ]
    line = curve(
        [(0.5 + x, y - (0.014 if y > waist + 0.25 else -0.014), *k) for x, y, *k in inner],
        closed=False,
    )
    canvas.ink(line, seam, 0.004, 0.7, dash=0.012)
    canvas.ink([(1 - x, y) for x, y in line], seam, 0.004, 0.7, dash=0.012)
    if not bib:
        band = [(-1, -0.026), (1, -0.026), (1, 0.026), (-1, 0.026)]
        belt = [(0.5 + x * (wide - 0.018), waist + y) for x, y in band]
        canvas.part(belt, strap, volume=0.25, radius=0.01)
        canvas.ink([belt[3], belt[2]], tone(strap.colour, 0.55), 0.004, 0.6)
    if look.part("pocket") == "pocket":
        size, deep = wide * 0.62, 0.15
        patch: list[Knot] = [
            (0.5 - size, low_pocket, 1),
            (0.5 + size, low_pocket, 1),
            (0.5 + size * 0.98, low_pocket + deep - 0.03, 1),
            (0.5 + size * 0.88, low_pocket + deep, 1),
            (0.5 - size * 0.88, low_pocket + deep, 1),
            (0.5 - size * 0.98, low_pocket + deep - 0.03, 1),
        ]
        cloth = main.plain().shaded(0.8 if look.pattern == "plain" else 0.92)
        canvas.part(curve(patch), cloth, volume=0.25, radius=0.014, drop=0.55)
        canvas.ink(
            [(0.5 - size, low_pocket + 0.022), (0.5 + size, low_pocket + 0.022)],
            seam,
            0.004,
            0.8,
            dash=0.012,
        )
        canvas.ink([(0.5, low_pocket + 0.022), (0.5, low_pocket + deep)], seam, 0.005, 0.7)
