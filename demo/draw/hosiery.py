"""Leggings, socks and pyjamas."""

from demo.draw.bottoms import drawstring, gathers
from demo.draw.canvas import Canvas
from demo.draw.cuts import (
    Body,
    Legs,
    buttons,
    clipped,
    collar,
    cuffs,
    edged,
    fitted,
    is_dark,
    leg_ends,
    legs,
    neck_inside,
    neckline,
    seam,
    sleeves,
    waistband,
)
from demo.draw.dresses import accented
from demo.draw.geometry import Knot
from demo.draw.paint import Paint, tone
from demo.looks import Look


def leggings(canvas: Canvas, look: Look) -> None:
    """Leggings: close along the whole leg, with a broad elastic waistband."""
    dice, main = look.dice, look.main
    end = {"long": 1.16, "cropped": 0.86}[look.part("length")] + dice.uniform(-0.02, 0.02)
    waist, hip = dice.uniform(0.128, 0.138), dice.uniform(0.188, 0.2)
    shape: list[Knot] = [(waist, 0), (hip, 0.2), (hip - 0.008, 0.36), (0.138, 0.66), (0.142, 0.82)]
    shape.append((0.092, 1.16))
    inner: list[Knot] = [(0.03, 1.16), (0.024, 0.82), (0.03, 0.66), (0.005, 0.36)]
    body = fitted(end + 0.06, 0.44, 0.86, 0.03)
    level = body.top + end * body.scale
    stripe = look.has_accent("stripe")
    for side in (-1, 1):
        knots = [
            (0, 0, 1),
            (*shape[0], 1),
            *shape[1:-1],
            (*shape[-1], 1),
            (*inner[0], 1),
            *inner[1:],
        ]
        folds = [
            body.fold((0.02, 0.33), (hip * 0.7, 0.29), 0.03, 0.2, side),
            body.fold((0.04, 0.68), (0.12, 0.65), 0.025, 0.22, side),
            body.fold((0.04, end - 0.05), (0.1, end - 0.07), 0.02, 0.22, side),
        ]
        leg = clipped(body.shape(knots, side), (1, level), (0, level))
        canvas.part(leg, main.turned(side * 3), folds=folds, volume=0.95, radius=0.045)
        if stripe:
            thick = 0.04
            band: list[Knot] = [(shape[0][0], 0.03, 1), *shape[1:-1], (*shape[-1], 1)]
            back: list[Knot] = [(x - thick, y) for x, y, *_ in reversed(band[1:-1])]
            outline = [*band, (shape[-1][0] - thick, 1.16, 1), *back, (waist - thick, 0.03, 1)]
            piece = clipped(body.shape(outline, side), (1, level), (0, level))
            canvas.part(piece, accented(look, "stripe", main), volume=0.5, drop=0.1)
        hem = body.line([(0.026, end - 0.02), (0.13 if end < 1 else 0.094, end - 0.022)], side)
        canvas.ink(hem, seam(main), 0.003, 0.6)
    canvas.ink(body.line([(0, 0.1), (0, 0.36)]), seam(main), 0.004, 0.7)
    broad = accented(look, "waistband", edged(main.plain(), 0.8))
    waistband(
        canvas, body, Legs(waist + 0.004, 0, 0, 0, 0, 0, 0), broad, 0.12, (hip - waist) * 0.62
    )
    canvas.ink(
        body.line([(-waist, 0.08), (0, 0.104), (waist, 0.08)]), seam(broad), 0.0025, 0.6, dash=0.009
    )


def socks(canvas: Canvas, look: Look) -> None:
    """A pair of socks from the side, one lying before the other."""
    dice, main = look.dice, look.main
    rise = {"short": 0.16, "mid": 0.36, "knee": 0.72}[look.part("length")] + dice.uniform(
        -0.02, 0.02
    )
    foot, leg = dice.uniform(0.36, 0.4), dice.uniform(0.15, 0.165)
    height = rise + 0.2
    scale = min(0.72 / height, 0.78 / (foot + 0.2), 1.5)
    gap = dice.uniform(0.12, 0.15)
    width = foot + gap
    for dx, dy in ((0.0, 0.0), (gap, 0.1)):
        body = Body(scale, 0.45 - height * scale / 2 + dy * scale, 0.5 + (dx - width / 2) * scale)
        _sock(canvas, body, look, main, rise, foot, leg)


def _sock(
    canvas: Canvas, body: Body, look: Look, main: Paint, rise: float, foot: float, leg: float
) -> None:
    """One sock: x from the heel to the toe, y from the cuff's edge."""
    sole = rise + 0.16
    knots: list[Knot] = [(0.0, 0.012, 1), (leg * 0.5, 0.0), (leg, 0.01, 1)]
    if rise > 0.5:
        knots += [(leg + 0.012, rise * 0.35)]
    knots += [
        (leg - 0.01, rise - 0.05),
        (leg + 0.03, rise + 0.03),
        (foot - 0.08, rise + 0.075),
        (foot - 0.012, rise + 0.1),
        (foot, sole - 0.02),
        (foot - 0.05, sole + 0.004),
        (0.2, sole - 0.006),
        (0.04, sole),
        (-0.022, sole - 0.05),
        (-0.008, rise + 0.03),
        (0.012, rise - 0.06),
    ]
    if rise > 0.5:
        knots += [(-0.012, rise * 0.4)]
    outline = body.shape(knots)
    folds = [
        body.fold((leg + 0.01, rise + 0.01), (0.03, rise + 0.04), 0.03, 0.25),
        body.fold((leg - 0.01, rise - 0.04), (0.05, rise - 0.01), 0.025, 0.18),
        body.fold((0.06, sole - 0.025), (foot - 0.08, sole - 0.03), 0.04, 0.18),
    ]
    canvas.part(outline, main, folds=folds, volume=0.85, drop=0.6)
    tips = accented(look, "toe", edged(main.plain()))
    level = body.top + (rise - 0.045) * body.scale
    foot_only = clipped(outline, (0, level), (1, level))
    for start, stop in (
        ((foot - 0.115, rise + 0.3), (foot - 0.08, rise - 0.2)),
        ((-0.08, rise - 0.05), (0.17, sole + 0.05)),
    ):
        cut = body.knots([start, stop])
        patch = clipped(foot_only, (cut[0][0], cut[0][1]), (cut[1][0], cut[1][1]))
        canvas.part(patch, tips, volume=0.7, radius=0.02, drop=0.1)
    tall = min(0.085, rise * 0.5)
    left, right = body.knots([(-1, tall), (1, tall)])
    cuff = accented(look, "cuff", edged(main.plain()))
    ribbed = clipped(outline, (right[0], right[1]), (left[0], left[1]))
    canvas.part(ribbed, cuff, volume=0.6, radius=0.016, drop=0.3)
    for i in range(1, 9):
        line = body.line([(leg * i / 9, 0.012), (leg * i / 9, tall - 0.004)])
        canvas.ink(line, seam(cuff), 0.003, 0.45)


def pyjamas(canvas: Canvas, look: Look) -> None:
    """A pyjama top, and the trousers beside it, half underneath."""
    dice, main = look.dice, look.main
    short = look.part("legs") == "short"
    trim = accented(look, "piping", edged(main.plain(), 1.3))
    end = dice.uniform(0.46, 0.5) if short else dice.uniform(1.0, 1.06)
    hem = dice.uniform(0.23, 0.25) if short else dice.uniform(0.17, 0.2)
    cut = Legs(0.15, 0.21, max(hem, 0.19), hem, 0.022, 0.33, end)
    scale = 0.86 if short else 0.74
    lower = Body(scale, 0.38 if short else 0.52 - end / 2 * scale, 0.705)
    outlines = legs(canvas, lower, cut, main)
    leg_ends(canvas, lower, trim, cut, outlines, 0.035)
    waistband(canvas, lower, cut, edged(main), 0.06)
    gathers(canvas, lower, cut.waist, main, 0.055)
    drawstring(canvas, lower, tone(trim.colour, 0.8) if is_dark(main) else trim.colour)
    _pyjama_top(canvas, Body(scale, 0.17, 0.335 if short else 0.345), look, trim)


def _pyjama_top(canvas: Canvas, body: Body, look: Look, trim: Paint) -> None:
    dice, main, sleeve = look.dice, look.main, look.part("sleeve")
    leaves = look.part("collar")
    bust, width = dice.uniform(0.178, 0.19), 0.082
    neck = "round" if leaves == "none" else "v-neck"
    depth = 0.085 if leaves == "none" else 0.19
    neck_inside(canvas, body, main, width, depth)
    arms = sleeves(canvas, body, main, sleeve, bust + 0.014, bust, dice.uniform(0.01, 0.03))
    cuffs(canvas, body, trim, sleeve, arms, bust + 0.014)
    tail = 0.7
    side: list[Knot] = [(bust + 0.014, 0.042, 1), (bust - 0.004, 0.13), (bust, 0.24)]
    side += [(bust - 0.004, 0.42), (bust + 0.012, tail, 1), (0, tail + 0.014)]
    folds = [body.fold((bust * s, 0.25), (bust * 0.4 * s, 0.32), 0.04, 0.22) for s in (1, -1)]
    folds += [
        body.fold((bust * 0.5 * s, 0.45), (bust * 0.6 * s, tail), 0.04, 0.16) for s in (1, -1)
    ]
    canvas.part(body.both([*neckline(neck, width, depth), *side]), main, folds=folds, volume=0.7)
    edge = [(-p[0], *p[1:]) for p in neckline(neck, width, depth)][::-1]
    rim = body.line([*edge, *neckline(neck, width, depth)[1:]])
    if leaves == "none":
        canvas.stroke(rim, 0.022 * body.scale, trim, drop=0.2)
    else:
        front = body.line([(0.024, depth - 0.02), (0.026, tail + 0.012)])
        canvas.stroke(front, 0.012 * body.scale, trim, drop=0.2)
        buttons(canvas, body, (244, 242, 236) if is_dark(main) else (92, 84, 80), 0.24, 0.62, 4)
        collar(canvas, body, edged(main, 0.8), leaves, neck, width, depth, trim)
    pocket: list[Knot] = [
        (0.05, 0.3, 1),
        (0.14, 0.3, 1),
        (0.14, 0.39),
        (0.095, 0.405),
        (0.05, 0.39),
    ]
    canvas.part(body.shape(pocket), edged(main, 0.6), radius=0.012, drop=0.4)
    brim: list[Knot] = [(0.05, 0.306), (0.14, 0.306)]
    canvas.stroke(body.line(brim), 0.013 * body.scale, trim, drop=0.1)
