"""Puffer jackets, laid flat: quilted in tubes."""

from dataclasses import replace
from itertools import pairwise

from demo.draw.canvas import Canvas, Fold
from demo.draw.garment import (
    SIDES,
    Arm,
    Cut,
    tinted,
)
from demo.draw.geometry import Knot, Point, curve, mirrored
from demo.draw.jackets import outer_arm, outer_cut
from demo.draw.paint import Paint, tone
from demo.draw.trimmings import (
    lay_hood,
    lay_hood_front,
    lay_welt_pocket,
    lay_zip,
)
from demo.looks import Look


def puffer_jacket(canvas: Canvas, look: Look) -> None:
    """A puffer jacket: fat quilted tubes across body and sleeves, a high collar, a zip."""
    dice, main = look.dice, look.main
    hooded, long = look.part("hood") == "hood", look.part("length") == "long"
    size = 0.84 if long else 1.0
    top = (0.185 if long else 0.22) if hooded else (0.13 if long else 0.17)
    end = dice.uniform(0.9, 0.92) if long else top + dice.uniform(0.6, 0.64)
    cut = outer_cut(dice, size, top, end, 0.004)
    arm = replace(outer_arm(dice, size), cuff=size * 0.1, puff=0.03)
    bare = look.part("sleeve") == "none"
    tubes = dice.choice((6, 7)) + (3 if long else 0)
    lining = tinted(look, "lining", main.plain().shaded(0.6))
    if hooded:
        lay_hood(canvas, cut, main.shaded(0.96), lining, dice, size * 0.95)
    else:
        _puffer_collar(canvas, cut, lining, back=True)
    if bare:
        cut = replace(cut, shoulder=cut.shoulder - 0.03)
    else:
        for side in SIDES:
            _puffer_sleeve(canvas, cut, arm, side, main)
    shape, seams = _tubes(cut, tubes, bare)
    folds = [
        Fold([(0.5 - cut.hem, y), (0.5, y + 0.008), (0.5 + cut.hem, y)], 0.032, 0.5) for y in seams
    ]
    canvas.part(curve(mirrored(shape)), main, folds=folds, volume=0.95, radius=0.045, drop=0.3)
    for y in seams:
        reach = cut.chest if y > cut.pit - 0.01 else cut.shoulder - 0.034
        line = [(0.5 - reach, y), (0.5, y + 0.008), (0.5 + reach, y)]
        canvas.ink(curve(line, closed=False), tone(main.colour, 0.45), 0.0035, 0.55)
    y = cut.end - dice.uniform(0.17, 0.2)
    for side in SIDES:
        start, stop = (0.5 + side * cut.chest * 0.74, y + 0.1), (0.5 + side * cut.chest * 0.62, y)
        lay_welt_pocket(canvas, start, stop, main.plain())
    tape = tinted(look, "zip", main.plain().shaded(0.55))
    if hooded:
        lay_hood_front(canvas, cut, main.shaded(0.96), 0.075 * size)
    else:
        _puffer_collar(canvas, cut, main, back=False)
    start_y = cut.top + (0.03 if hooded else -0.018)
    canvas.stroke([(0.5, start_y + 0.006), (0.5, cut.end - 0.014)], 0.036, tape, drop=0.3)
    lay_zip(canvas, (0.5, start_y), (0.5, cut.end + 0.002), tape)


def _tubes(cut: Cut, count: int, bare: bool) -> tuple[list[Knot], list[float]]:
    """The body's right outline with its bulges, and the heights of the seams."""
    shape: list[Knot] = [
        (0, cut.top + 0.03),
        (cut.neck, cut.top, 1),
        (cut.shoulder, cut.tip, 1),
        (cut.shoulder - (0.03 if bare else 0.016), cut.tip * 0.5 + cut.pit * 0.5),
        (cut.chest, cut.pit, 1),
    ]
    step = (cut.end - cut.top - 0.06) / count
    seams = [cut.top + 0.06 + step * (i + 0.6) for i in range(count)][:-1]
    inner = [y for y in seams if y > cut.pit + 0.02]
    last = cut.pit
    for y in [*inner, cut.end]:
        shape += [(cut.chest + 0.014, (last + y) / 2), (cut.chest - 0.003, y, 1)]
        last = y
    return [*shape, (0, cut.end + 0.008)], seams


def _puffer_sleeve(canvas: Canvas, cut: Cut, arm: Arm, side: int, paint: Paint) -> None:
    long, count = arm.length, 6
    pit: Point = (0.5 + side * (cut.chest - 0.02), cut.pit + 0.012)
    shape: list[Knot] = [(0.5 + side * (cut.shoulder - 0.06), cut.tip + 0.004, 1)]
    outer = [arm.at(cut, side, long * i / count, 0.004) for i in range(count + 1)]
    shape.append((*outer[0], 1))
    for i in range(count):
        middle = arm.at(cut, side, long * (i + 0.5) / count, 0.022)
        shape += [middle, (*outer[i + 1], 1)]
    end = arm.at(cut, side, long, -arm.cuff)
    shape.append((*end, 1))
    reach = [
        (end[0] + (pit[0] - end[0]) * i / 4, end[1] + (pit[1] - end[1]) * i / 4) for i in range(5)
    ]
    for a, b in pairwise(reach):
        shape += [((a[0] + b[0]) / 2 - side * 0.01, (a[1] + b[1]) / 2 + 0.005), (*b, 1)]
    shape.append((0.5 + side * (cut.chest - 0.06), cut.pit - 0.02, 1))
    seams = [[outer[i], arm.at(cut, side, long * i / count, -0.17)] for i in range(1, count)]
    folds = [Fold(seam, 0.03, 0.5) for seam in seams]
    canvas.part(
        curve(shape), paint.turned(-side * arm.angle), folds=folds, volume=0.95, radius=0.04
    )
    band = arm.band(cut, side, 0.026, -0.004)
    canvas.part(band, paint.plain().shaded(0.62), radius=0.012, drop=0.2)


def _puffer_collar(canvas: Canvas, cut: Cut, paint: Paint, back: bool) -> None:
    """The high collar: its inner side behind, its two padded halves in front."""
    w, t = cut.neck, cut.top
    if back:
        half: list[Knot] = [
            (0, t - 0.062),
            (w * 0.8, t - 0.066, 1),
            (w, t + 0.02, 1),
            (0, t + 0.05),
        ]
        canvas.part(curve(mirrored(half)), paint, volume=0.5, radius=0.03)
        return
    for side in SIDES:
        wing: list[Knot] = [
            (0.5, t + 0.05, 1),
            (0.5 + side * w * 0.7, t + 0.044),
            (0.5 + side * (w + 0.024), t + 0.008),
            (0.5 + side * (w + 0.016), t - 0.03),
            (0.5 + side * w * 0.92, t - 0.064, 1),
            (0.5 + side * w * 0.5, t - 0.034),
            (0.5 + side * 0.002, t - 0.016, 1),
        ]
        seam = Fold([(0.5, t + 0.012), (0.5 + side * (w + 0.02), t - 0.02)], 0.026, 0.4)
        canvas.part(curve(wing), paint, folds=[seam], radius=0.026, volume=0.9, drop=0.45)
