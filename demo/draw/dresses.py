"""Dresses, jumpsuits and swimwear, seen from the front."""

from dataclasses import replace
from math import dist
from random import Random

from demo.draw.canvas import Canvas
from demo.draw.cuts import (
    BRASS,
    Body,
    Legs,
    belt,
    buttons,
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
)
from demo.draw.geometry import Knot, Point
from demo.draw.paint import Paint, tone
from demo.looks import Look

WAIST = 0.42


def accented(look: Look, name: str, paint: Paint) -> Paint:
    """`paint`, or the accent's colour without a pattern where the part has one of its own."""
    if not look.has_accent(name):
        return paint
    return replace(paint.plain(), colour=look.accent(name))


def hem_line(half: float, end: float, waves: int, depth: float, sag: float) -> list[Knot]:
    """The right half of a wavy hem, from the side to the middle."""
    points: list[Knot] = []
    for i in range(1, 2 * waves):
        x = half * (1 - i / (2 * waves))
        points.append((x, end + sag * (1 - (x / half) ** 2) + (depth if i % 2 else 0)))
    return [*points, (0, end + sag)]


def hollows(waves: int) -> list[float]:
    """Where the folds of such a hem fall, as shares of its half width, on both sides."""
    right = [1 - i / waves for i in range(1, waves)]
    return [*(-x for x in right), 0.06, *right, -0.93, 0.93]


def dress(canvas: Canvas, look: Look) -> None:
    """A dress: bodice, waist and skirt, with a neckline, and perhaps sleeves, collar and belt."""
    dice, main = look.dice, look.main
    style, length, sleeve = look.part("style"), look.part("length"), look.part("sleeve")
    neck, leaves = look.part("neck"), look.part("collar")
    bust = dice.uniform(0.165, 0.18)
    waist = bust - dice.uniform(0.032, 0.048)
    end = {"short": 0.8, "knee": 1.07, "long": 1.5}[length] + dice.uniform(-0.035, 0.035)
    slope = {"short": 0.47, "knee": 0.37, "long": 0.26}[length] * dice.uniform(0.88, 1.12)
    flare = waist + (end - WAIST) * slope * (0.62 if style == "wrap" else 1)
    if style == "straight":
        flare = dice.uniform(0.165, 0.185)
    wide = max(flare, {"long": 0.35, "short": 0.3, "none": 0.2}[sleeve])
    body = fitted(end + 0.06, 2 * wide, 0.9)
    straps = dice.random() < 0.5 and sleeve == "none" and leaves == "none"
    neck_width = dice.uniform(0.078, 0.095)
    depth = _depth(dice, neck, leaves)
    loose = dice.uniform(0, 0.03)

    if straps:
        top = _strapped(canvas, body, main, neck, bust, dice.uniform(0.014, 0.03))
    else:
        neck_inside(canvas, body, main, neck_width, depth)
        top = [*neckline(neck, neck_width, depth), *_armhole(sleeve, bust)]
    if sleeve != "none":
        arms = sleeves(canvas, body, main, sleeve, bust + 0.014, bust, loose)
        if leaves != "none":
            cuffs(canvas, body, accented(look, "collar", edged(main)), sleeve, arms, bust + 0.014)
    waves = 2 if style == "wrap" else dice.randint(2, 3)
    skirt = _skirt(style, waist, flare, end, waves)
    hang = 0.02 if style == "straight" else 0.05
    back = [(0, end - 0.1), (flare * 0.6, end - 0.06, 1), (flare - 0.008, end - 0.004, 1)]
    inside = main.plain().shaded(1.4 if is_dark(main) else 0.5)
    canvas.part(body.both([*back, (0, end + hang * 0.3)]), inside, volume=0.2, drop=0.2)
    folds = [
        body.fold((waist * s * 0.6, WAIST + 0.02), (flare * s, end + 0.01), 0.055, 0.32)
        for s in ((-0.6, 0.5) if style == "straight" else hollows(waves))
    ]
    folds += [body.fold((bust * 0.9 * s, 0.24), (bust * 0.3 * s, 0.29), 0.04, 0.2) for s in (1, -1)]
    canvas.part(body.both([*top, *skirt]), main, folds=folds, volume=0.75)
    if style == "wrap":
        _overlap(canvas, body, main, [*top, *skirt], waist, flare, end)
    elif style == "a-line":
        line = body.line([(-waist, WAIST), (0, WAIST + 0.016), (waist, WAIST)])
        canvas.ink(line, seam(main), 0.004, 0.7)
    else:
        for side in (1, -1):
            dart = [(bust * 0.62, 0.27), (waist * 0.55, WAIST), (waist * 0.7, 0.58)]
            canvas.ink(body.line(dart, side), seam(main), 0.003, 0.6)
    if leaves == "pointed" and style != "wrap":
        _placket(canvas, body, look, depth, end - 0.02 if dice.random() < 0.6 else WAIST - 0.02)
    if leaves != "none":
        paint = accented(look, "collar", edged(main.plain(), 0.8))
        collar(canvas, body, paint, leaves, neck, neck_width, depth)
    elif not straps:
        edge = [(-p[0], *p[1:]) for p in neckline(neck, neck_width, depth)][::-1]
        line = body.line([*edge, *neckline(neck, neck_width, depth)[1:]])
        canvas.stroke(line, 0.014 * body.scale, edged(main.plain()), drop=0.2)
    if look.part("belt") == "belt":
        paint = Paint(look.accent("belt", look.trim), gloss=0.35)
        belt(canvas, body, waist, WAIST, paint, BRASS)
    elif style == "wrap":
        _bow(canvas, body, edged(main), waist, dice)


def _depth(dice: Random, neck: str, leaves: str) -> float:
    low, high = {"v-neck": (0.18, 0.23), "square": (0.11, 0.14)}.get(neck, (0.075, 0.12))
    depth = dice.uniform(low, high)
    return min(depth, 0.08) if leaves != "none" and neck == "round" else depth


def _armhole(sleeve: str, bust: float) -> list[Knot]:
    if sleeve == "none":
        return [
            (bust - 0.022, 0.03, 1),
            (bust - 0.04, 0.12),
            (bust - 0.022, 0.2),
            (bust, 0.24, 1),
        ]
    return [(bust + 0.014, 0.042, 1), (bust - 0.004, 0.13), (bust - 0.002, 0.24)]


def _strapped(
    canvas: Canvas, body: Body, main: Paint, neck: str, bust: float, strap: float
) -> list[Knot]:
    """The top of a dress on straps: draws these, and gives the outline down to the bust."""
    x = bust * 0.62
    inside = [(0, 0.17), (bust * 0.8, 0.19, 1), (bust - 0.004, 0.25, 1), (0, 0.32)]
    canvas.part(
        body.both(inside), main.plain().shaded(1.35 if is_dark(main) else 0.6), volume=0.2, drop=0.2
    )
    for side in (1, -1):
        back = body.line([(x * 0.94, 0.0), (x * 0.9, 0.19)], side)
        canvas.stroke(back, strap * body.scale, main.plain().shaded(0.75), drop=0.1)
        front = body.line([(x * 0.94, 0.0), (x + 0.006, 0.08), (x, 0.17)], side)
        canvas.stroke(front, strap * body.scale, edged(main.plain(), 0.6), drop=0.25)
    depth, rise = {"v-neck": (0.13, 0.14), "square": (0.004, 0.145)}.get(neck, (0.075, 0.135))
    return [*neckline(neck, x + 0.012, depth, rise), (bust - 0.03, 0.2), (bust, 0.245, 1)]


def _skirt(style: str, waist: float, flare: float, end: float, waves: int) -> list[Knot]:
    if style == "straight":
        hip: list[Knot] = [(waist, WAIST), (waist + 0.052, 0.63), (flare, end, 1)]
        return [*hip, *hem_line(flare, end, 1, 0, 0.016)]
    middle = (waist + (flare - waist) * 0.42, WAIST + (end - WAIST) * 0.4)
    side: list[Knot] = [(waist, WAIST - 0.01), middle, (flare, end, 1)]
    return [*side, *hem_line(flare, end, waves, 0.014, 0.035)]


def _overlap(
    canvas: Canvas,
    body: Body,
    main: Paint,
    half: list[Knot],
    waist: float,
    flare: float,
    end: float,
) -> None:
    """The front panel of a wrap dress, laid across from the left shoulder to the right waist."""
    left: list[Knot] = [(-p[0], *p[1:]) for p in half]
    edge: list[Knot] = [
        (flare * 0.5, end + 0.02, 1),
        (flare * 0.46, end - 0.14),
        (waist * 0.98, WAIST + 0.05, 1),
        (waist * 0.98, WAIST - 0.03, 1),
    ]
    start: Knot = (half[0][0], half[0][1], 1)
    folds = [
        body.fold((waist * 0.9, WAIST), (-flare * s, WAIST + (end - WAIST) * t), 0.04, 0.26)
        for s, t in ((0.2, 0.95), (0.55, 0.6), (0.5, 0.25))
    ]
    folds.append(body.fold((-0.08, 0.2), (waist * 0.7, WAIST - 0.02), 0.04, 0.24))
    canvas.part(body.shape([start, *left[1:], *edge]), main, folds=folds, volume=0.7, drop=0.75)
    for line in (edge[:3], [edge[3], start]):
        canvas.ink(body.line(line), seam(main), 0.005, 0.7)


def _bow(canvas: Canvas, body: Body, paint: Paint, waist: float, dice: Random) -> None:
    """A sash of the dress's own cloth, tied at the right of the waist."""
    y, x = WAIST, waist * 0.62
    band: list[Knot] = [(0, y - 0.006), (waist + 0.004, y - 0.02, 1), (waist + 0.005, y + 0.014, 1)]
    canvas.part(body.both([*band, (0, y + 0.026)]), paint, radius=0.01, drop=0.3)
    fall = dice.uniform(0.2, 0.28)
    for swing in (0.035, -0.02):
        tail: list[Knot] = [
            (x - 0.006, y),
            (x + swing + 0.004, y + fall * 0.5),
            (x + swing - 0.012, y + fall, 1),
            (x + swing + 0.03, y + fall - 0.02, 1),
            (x + swing + 0.032, y + fall * 0.5),
            (x + 0.012, y),
        ]
        canvas.part(body.shape(tail), paint, radius=0.01, drop=0.4)
    for side in (1, -1):
        loop = [(x, y), (x + side * 0.05, y - 0.042), (x + side * 0.078, y + 0.002)]
        canvas.part(body.shape([*loop, (x + side * 0.04, y + 0.028)]), paint, radius=0.01, drop=0.4)
    canvas.part(body.dot(x, y + 0.002, 0.019), paint.shaded(0.9), radius=0.008)


def _placket(canvas: Canvas, body: Body, look: Look, start: float, end: float) -> None:
    """The button band down the front."""
    band: list[Point] = [(0.026, start + 0.012), (0.026, end), (-0.026, end)]
    outline = body.shape([(p[0], p[1], 1) for p in [*band, (-0.026, start + 0.012)]])
    canvas.part(outline, look.main, radius=0.008, volume=0.4, drop=0.25)
    for side in (1, -1):
        line = body.line([(0.026, start + 0.03), (0.026, end)], side)
        canvas.ink(line, seam(look.main), 0.003, 0.5)
    colour = (240, 236, 226) if is_dark(look.main) else tone(look.main.colour, 0.45)
    buttons(canvas, body, colour, start + 0.04, end - 0.03, max(3, round((end - start) / 0.1)))


def jumpsuit(canvas: Canvas, look: Look) -> None:
    """A jumpsuit: a bodice and legs in one piece, with a belt."""
    dice, main = look.dice, look.main
    sleeve, neck, leaves = look.part("sleeve"), look.part("neck"), look.part("collar")
    bust = dice.uniform(0.168, 0.182)
    waist = bust - dice.uniform(0.022, 0.036)
    short = look.part("legs") == "short"
    hem = dice.uniform(0.22, 0.25) if short else dice.uniform(0.16, 0.25)
    end = dice.uniform(0.49, 0.54) if short else dice.uniform(1.0, 1.06)
    cut = Legs(waist, 0.208, max(0.18, hem * 0.92), hem, 0.045 if short else 0.03, 0.31, end)
    wide = max(hem, {"long": 0.35, "short": 0.3, "none": 0.22}[sleeve])
    body = fitted(WAIST + end + 0.04, 2 * wide, 0.8)
    lower = Body(body.scale, body.top + WAIST * body.scale)
    neck_width, depth = dice.uniform(0.076, 0.09), _depth(dice, neck, leaves)
    loose = dice.uniform(0, 0.03)
    neck_inside(canvas, body, main, neck_width, depth)
    if sleeve != "none":
        arms = sleeves(canvas, body, main, sleeve, bust + 0.014, bust, loose)
        cuffs(canvas, body, edged(main), sleeve, arms, bust + 0.014)
    outlines = legs(canvas, lower, cut, main)
    if dice.random() < 0.5:
        leg_ends(canvas, lower, edged(main), cut, outlines, 0.05)
    top = [*neckline(neck, neck_width, depth), *_armhole(sleeve, bust)]
    waistline: list[Knot] = [(waist, WAIST - 0.03), (waist + 0.004, WAIST + 0.02, 1), (0, 0.45)]
    folds = [body.fold((bust * 0.9 * s, 0.25), (bust * 0.4 * s, 0.31), 0.04, 0.2) for s in (1, -1)]
    folds += [
        body.fold((waist * s, 0.33), (waist * s * 0.8, 0.42), 0.035, 0.26) for s in (0.7, -0.6)
    ]
    canvas.part(body.both([*top, *waistline]), main, folds=folds, volume=0.7, drop=0.3)
    closure = look.part("closure")
    if closure == "zip":
        _zip(canvas, body, main, depth, WAIST + 0.22)
    elif closure == "buttons":
        _placket(canvas, body, look, depth, WAIST + 0.22)
    for side in (1, -1):
        slit = [(cut.waist * 0.72, 0.05), (cut.hip - 0.012, 0.2)]
        canvas.ink(lower.line(slit, side), seam(main), 0.005, 0.75)
    if leaves != "none":
        paint = accented(look, "collar", edged(main.plain(), 0.8))
        collar(canvas, body, paint, leaves, neck, neck_width, depth)
    else:
        edge = [(-p[0], *p[1:]) for p in neckline(neck, neck_width, depth)][::-1]
        line = body.line([*edge, *neckline(neck, neck_width, depth)[1:]])
        canvas.stroke(line, 0.014 * body.scale, edged(main.plain()), drop=0.2)
    paint = Paint(look.accent("belt", edged(main).colour), gloss=0.2)
    belt(canvas, body, waist, WAIST, paint, BRASS)


def _zip(canvas: Canvas, body: Body, main: Paint, start: float, end: float) -> None:
    line = body.line([(0, start), (0, end)])
    canvas.stroke(line, 0.026 * body.scale, edged(main.plain(), 1.4), drop=0.2)
    canvas.ink(line, (206, 208, 212), 0.013 * body.scale, 1)
    canvas.ink(line, (110, 112, 116), 0.009 * body.scale, 0.9, dash=0.008)
    pull = [(0.01, 0, 1), (0.012, 0.055), (-0.012, 0.055), (-0.01, 0, 1)]
    puller = body.shape([(x, y + start + 0.01, *c) for x, y, *c in pull])
    canvas.part(puller, Paint((196, 198, 204), gloss=0.9), radius=0.006, drop=0.4)


def swimsuit(canvas: Canvas, look: Look) -> None:
    """A swimsuit in one piece, or a bikini."""
    if look.part("style") == "bikini":
        _bikini(canvas, look)
    else:
        _one_piece(canvas, look)


def _swim_straps(canvas: Canvas, body: Body, look: Look, x: float, y: float, back: float) -> None:
    """The straps from the cups at (x, y) over the shoulder to the back at height `back`."""
    strap = look.part("strap")
    if strap == "none":
        return
    paint = accented(look, "strap", edged(look.main.plain(), 0.7))
    width = {"thin": 0.016, "wide": 0.05, "halter": 0.024}[strap] * body.scale
    for side in (1, -1):
        if strap == "halter":
            line = body.line([(x, y + 0.02), (x * 0.72, y * 0.5), (0.012, 0.0)], side)
            canvas.stroke(line, width, paint, drop=0.3)
            tail = body.line([(0.0, 0.004), (0.05, -0.03), (0.085, 0.03)], side)
            canvas.stroke(tail, width * 0.7, paint, drop=0.3)
        else:
            rear = body.line([(x, 0.0), (x * 0.82, back)], side)
            canvas.stroke(rear, width, paint.shaded(0.72), drop=0.1)
            front = body.line([(x, 0.0), (x + 0.008, y * 0.5), (x, y + 0.03)], side)
            canvas.stroke(front, width, paint, drop=0.3)
    if strap == "halter":
        canvas.part(body.dot(0, 0.002, 0.02), paint.shaded(0.9), radius=0.008)


def _piping(canvas: Canvas, body: Body, look: Look, lines: list[list[Knot]]) -> None:
    """Bindings along the edges, on both sides."""
    paint = replace(accented(look, "edge", edged(look.main.plain())), texture="smooth")
    width = (0.022 if look.has_accent("edge") else 0.013) * body.scale
    for line in lines:
        for side in (1, -1):
            points = body.line(line, side)
            # The round ends would stand out at the corners of the cloth.
            for end in (0, -1):
                corner = points[end]
                while abs(corner[0] - body.centre) > 0.01 and dist(points[end], corner) < width / 2:
                    points.pop(end)
            canvas.stroke(points, width, paint, volume=0.4, drop=0.12)


def _one_piece(canvas: Canvas, look: Look) -> None:
    dice, main = look.dice, look.main
    bust, waist = dice.uniform(0.16, 0.175), dice.uniform(0.122, 0.135)
    hip, leg = dice.uniform(0.18, 0.195), dice.uniform(0.6, 0.68)
    scoop = dice.uniform(0.04, 0.1)
    body = fitted(0.98, 0.46, 0.88, 0.02)
    inside = main.plain().shaded(1.35 if is_dark(main) else 0.58)
    rear: list[Knot] = [(0, 0.33), (bust * 0.7, 0.25, 1), (bust - 0.01, 0.27, 1), (0, 0.5)]
    canvas.part(body.both(rear), inside, volume=0.2, drop=0.2)
    seat: list[Knot] = [
        (0, 0.6),
        (hip - 0.008, leg - 0.01, 1),
        (hip * 0.66, 0.83),
        (0.05, 0.92),
        (0, 0.93),
    ]
    canvas.part(body.both([*seat, (0, 0.93)]), inside, volume=0.3, drop=0.3)
    _swim_straps(canvas, body, look, bust * 0.68, 0.16, 0.26)
    bare = look.part("strap") == "none"
    neck: list[Knot] = [
        (0, 0.19 if bare else 0.2 + scoop),
        (bust * 0.45, 0.185),
        (bust * 0.75, 0.155),
    ]
    side_edge: list[Knot] = [(bust * 0.86, 0.18), (bust - 0.006, 0.26, 1)]
    leg_edge: list[Knot] = [(hip, leg, 1), (0.1, leg + 0.11), (0.052, 0.86), (0.045, 0.93, 1)]
    front = [*neck, *side_edge, (waist, 0.46), *leg_edge, (0, 0.94)]
    folds = [body.fold((bust * 0.9 * s, 0.3), (bust * 0.3 * s, 0.36), 0.05, 0.25) for s in (1, -1)]
    folds += [body.fold((waist * s, 0.46), (waist * 0.3 * s, 0.5), 0.04, 0.18) for s in (1, -1)]
    canvas.part(body.both(front), main, folds=folds, volume=0.9)
    for side in (1, -1):
        cup = [(bust * 0.84, 0.34), (bust * 0.48, 0.395), (0.012, 0.36)]
        canvas.ink(body.line(cup, side), seam(main), 0.003, 0.4)
    _piping(canvas, body, look, [[*neck, *side_edge], leg_edge])


def _bikini(canvas: Canvas, look: Look) -> None:
    dice, main = look.dice, look.main
    bust, hip = dice.uniform(0.175, 0.19), dice.uniform(0.19, 0.205)
    rise, sides = dice.uniform(0.49, 0.53), dice.uniform(0.05, 0.11)
    body = fitted(0.88, 0.5, 0.98, 0.02)
    inside = main.plain().shaded(1.35 if is_dark(main) else 0.58)
    rear: list[Knot] = [(0, 0.32), (bust, 0.31, 1), (bust, 0.36, 1), (0, 0.37)]
    canvas.part(body.both(rear), inside, volume=0.2, drop=0.2)
    bare = look.part("strap") == "none"
    _swim_straps(canvas, body, look, bust * 0.56, 0.18, 0.33)
    if bare:
        band: list[Knot] = [(0, 0.225), (0.1, 0.19), (bust, 0.23, 1), (bust, 0.36, 1), (0.1, 0.385)]
        folds = [body.fold((0.0, 0.23), (0.0, 0.37), 0.03, 0.4)]
        folds += [body.fold((s * 0.02, 0.29), (s * 0.1, 0.27), 0.03, 0.25) for s in (1, -1)]
        canvas.part(body.both([*band, (0, 0.35)]), main, folds=folds, volume=0.9)
        _piping(canvas, body, look, [band[:3], [*band[3:], (0, 0.35)]])
    else:
        lower: list[Knot] = [(bust, 0.355, 1), (0.1, 0.385), (0.008, 0.36, 1)]
        upper: list[Knot] = [(0.006, 0.31, 1), (0.05, 0.25), (bust * 0.52, 0.17, 1)]
        outer: list[Knot] = [(bust * 0.62, 0.17, 1), (bust * 0.88, 0.26), (bust, 0.315, 1)]
        for side in (1, -1):
            folds = [body.fold((bust * 0.5, 0.37), (bust * 0.53, 0.27), 0.04, 0.3, side)]
            cup = body.shape([*upper, *outer, *lower], side)
            canvas.part(cup, main, folds=folds, volume=1.0)
        _piping(canvas, body, look, [upper, outer, lower])
        canvas.stroke(body.line([(-0.014, 0.34), (0.014, 0.34)]), 0.03 * body.scale, edged(main))
    seat: list[Knot] = [(0, rise + 0.02), (hip, rise, 1), (hip, rise + sides, 1)]
    back = [*seat, (hip * 0.66, rise + 0.24), (0.05, rise + 0.32), (0, rise + 0.33)]
    canvas.part(body.both(back), inside, volume=0.3, drop=0.3)
    leg_edge: list[Knot] = [(hip, rise + sides, 1), (0.1, rise + 0.17), (0.05, rise + 0.27)]
    leg_edge.append((0.044, rise + 0.33, 1))
    top: list[Knot] = [(0, rise + 0.035), (hip * 0.6, rise + 0.02), (hip, rise, 1)]
    folds = [body.fold((hip * s, rise + 0.05), (0.05 * s, rise + 0.12), 0.04, 0.2) for s in (1, -1)]
    canvas.part(body.both([*top, *leg_edge, (0, rise + 0.34)]), main, folds=folds, volume=0.9)
    _piping(canvas, body, look, [top, leg_edge])
