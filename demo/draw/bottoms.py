"""Trousers, jeans, shorts, skirts and dungarees, seen from the front."""

from random import Random

from demo.draw.canvas import Canvas
from demo.draw.cuts import (
    BRASS,
    Body,
    Legs,
    belt,
    buttons,
    clipped,
    edged,
    fitted,
    is_dark,
    leg_ends,
    legs,
    seam,
    waistband,
)
from demo.draw.dresses import accented, hem_line
from demo.draw.geometry import Knot, Point, curve, ellipse
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

THREAD: RGB = (214, 142, 66)


def _cut(dice: Random, fit: str, end: float) -> Legs:
    """Legs of a fit: "slim", "straight", "wide" or "flared"."""
    waist = dice.uniform(0.15, 0.162)
    hip = dice.uniform(0.205, 0.22)
    low, high, knee = {
        "slim": (0.118, 0.13, 0.152),
        "straight": (0.186, 0.205, 0.196),
        "wide": (0.262, 0.3, 0.245),
        "flared": (0.235, 0.262, 0.15),
    }[fit]
    crotch, spread = dice.uniform(0.315, 0.345), dice.uniform(0.025, 0.045)
    return Legs(waist, hip, knee, dice.uniform(low, high), spread, crotch, end)


def _slant_pockets(canvas: Canvas, body: Body, cut: Legs, paint: Paint) -> None:
    for side in (1, -1):
        slit = [(cut.waist * 0.66, 0.05), (cut.hip * 0.84, 0.15), (cut.hip - 0.012, 0.2)]
        canvas.ink(body.line(slit, side), seam(paint), 0.005, 0.8)
        inner = [(x - 0.012, y + 0.006) for x, y in slit]
        canvas.ink(body.line(inner, side), seam(paint), 0.002, 0.5, dash=0.008)


def _fly(canvas: Canvas, body: Body, cut: Legs, colour: RGB, dash: float = 0.0) -> None:
    canvas.ink(body.line([(0, 0.05), (0, cut.crotch)]), colour, 0.004, 0.7)
    edge = [(0.045, 0.05), (0.044, cut.crotch * 0.55), (0.004, cut.crotch * 0.78)]
    canvas.ink(body.line(edge), colour, 0.003, 0.85, dash=dash)


def drawstring(canvas: Canvas, body: Body, colour: RGB) -> None:
    """A string tied in front of the waistband."""
    for side, fall in ((1, 0.15), (-1, 0.13)):
        string = [(0.016, 0.018), (0.05, 0.065), (0.032, fall)]
        canvas.stroke(body.line(string, side), 0.011 * body.scale, Paint(colour), drop=0.4)
    canvas.part(body.dot(0, 0.02, 0.017), Paint(colour), radius=0.006, drop=0.4)


def gathers(canvas: Canvas, body: Body, half: float, paint: Paint, height: float = 0.05) -> None:
    """The fine upright creases of an elastic waistband."""
    for i in range(-7, 8):
        x = half * i / 7.6
        line = body.line([(x, -0.012), (x, height - 0.006)])
        canvas.ink(line, seam(paint), 0.003, 0.4)


def _loops(canvas: Canvas, body: Body, cut: Legs, paint: Paint) -> None:
    for x in (-0.8, -0.42, 0.42, 0.8):
        line = body.line([(x * cut.waist, -0.008), (x * cut.waist, 0.044)])
        canvas.stroke(line, 0.013 * body.scale, paint, drop=0.3)


def trousers(canvas: Canvas, look: Look) -> None:
    """Trousers with a waistband, slanted pockets and two legs."""
    dice, main = look.dice, look.main
    end = {"long": 1.13, "cropped": 0.88}[look.part("length")] + dice.uniform(-0.03, 0.02)
    cut = _cut(dice, look.part("fit"), end)
    body = fitted(end + 0.06, 2 * max(cut.hip, cut.hem), 0.86, 0.03)
    creased = dice.random() < 0.5 and look.part("pocket") != "cargo"
    outlines = legs(canvas, body, cut, main, creased)
    if dice.random() < 0.35:
        leg_ends(canvas, body, edged(main), cut, outlines, 0.06)
    _slant_pockets(canvas, body, cut, main)
    _fly(canvas, body, cut, seam(main))
    if look.part("pocket") == "cargo":
        _cargo(canvas, body, cut, edged(main.plain(), 0.8))
    waistband(canvas, body, cut, edged(main))
    if look.part("belt") == "belt":
        paint = Paint(look.accent("belt", look.trim), gloss=0.35)
        belt(canvas, body, cut.waist, 0.0, paint, BRASS)
        _loops(canvas, body, cut, edged(main.plain()))
    else:
        canvas.part(body.dot(0.0, 0.028, 0.014), Paint(look.trim, gloss=0.6), radius=0.006)


def _cargo(canvas: Canvas, body: Body, cut: Legs, paint: Paint) -> None:
    """Large pockets with flaps on the thighs."""
    x, y = cut.hip * 0.35 + cut.knee * 0.65 - 0.055, 0.44
    for side in (1, -1):
        bag: list[Knot] = [(x - 0.075, y, 1), (x + 0.07, y, 1), (x + 0.06, y + 0.15, 1)]
        canvas.part(
            body.shape([*bag, (x - 0.075, y + 0.15, 1)], side), paint, radius=0.016, drop=0.7
        )
        flap: list[Knot] = [(x - 0.08, y - 0.012, 1), (x + 0.075, y - 0.012, 1)]
        flap += [(x + 0.073, y + 0.04, 1), (x, y + 0.062, 1), (x - 0.08, y + 0.04, 1)]
        shape = body.shape(flap, side)
        canvas.part(shape, paint, radius=0.012, drop=0.7)
        canvas.ink([*shape, shape[0]], seam(paint), 0.003, 0.6)


def jeans(canvas: Canvas, look: Look) -> None:
    """Jeans: five pockets, rivets, bright stitching; perhaps torn, perhaps turned up."""
    dice, main = look.dice, look.main
    end = 1.13 + dice.uniform(-0.03, 0.02)
    cut = _cut(dice, look.part("fit"), end)
    body = fitted(end + 0.06, 2 * max(cut.hip, cut.hem), 0.86, 0.03)
    thread = THREAD if look.colour in ("blue", "navy", "black") else seam(main)
    outlines = legs(canvas, body, cut, main)
    for side in (1, -1):
        outer: list[Knot] = [(cut.hip - 0.022, 0.24), (cut.knee - 0.02, 0.66)]
        line = body.line([*outer, (cut.hem - 0.02, end - 0.01)], side)
        canvas.ink(line, thread, 0.0028, 0.8, dash=0.009)
    if look.part("cuff") == "turned-up":
        inside = Paint(tone(main.colour, 1.9 if is_dark(main) else 1.55), texture="denim")
        leg_ends(canvas, body, inside, cut, outlines, dice.uniform(0.075, 0.1))
    else:
        for side in (1, -1):
            hem = [(cut.spread + 0.004, end - 0.018), (cut.hem - 0.004, end - 0.026)]
            canvas.ink(body.line(hem, side), thread, 0.0028, 0.9, dash=0.009)
    _jeans_top(canvas, body, cut, main, thread)
    if look.part("finish") == "ripped":
        middle = (cut.knee + cut.spread) / 2
        tears = (
            (1, middle, 0.65, 0.06),
            (-1, middle + 0.005, 0.71, 0.055),
            (-1, 0.115, 0.47, 0.05),
        )
        for side, x, y, half in tears:
            _tear(canvas, body, main, dice, side * x, y + dice.uniform(-0.02, 0.02), half)


def _jeans_top(canvas: Canvas, body: Body, cut: Legs, main: Paint, thread: RGB) -> None:
    """Pockets, fly, waistband, loops, rivets and button of a pair of jeans."""
    brass = Paint(BRASS, gloss=0.9)
    coin = body.shape([(0.1, 0.075, 1), (0.155, 0.075, 1), (0.15, 0.135, 1), (0.105, 0.135, 1)])
    canvas.part(coin, edged(main, 0.5), radius=0.01, drop=0.2)
    canvas.ink([*coin, coin[0]], thread, 0.0022, 0.8, dash=0.007)
    for side in (1, -1):
        mouth: list[Point] = [(0.07, 0.04), (0.09, 0.12), (0.145, 0.155), (cut.hip - 0.004, 0.155)]
        canvas.ink(body.line(mouth, side), seam(main), 0.006, 0.8)
        stitched = [(x - 0.004, y + 0.014) for x, y in mouth]
        canvas.ink(body.line(stitched, side), thread, 0.003, 0.95, dash=0.009)
    _fly(canvas, body, cut, thread, 0.009)
    waistband(canvas, body, cut, edged(main, 0.7))
    _loops(canvas, body, cut, edged(main, 1.2))
    for y in (-0.004, 0.044):
        line = body.line([(-cut.waist, y - 0.014), (0, y + 0.008), (cut.waist, y - 0.014)])
        canvas.ink(line, thread, 0.0025, 0.85, dash=0.009)
    canvas.part(body.dot(0.004, 0.028, 0.017), brass, radius=0.007, drop=0.5)
    for side in (1, -1):
        for x, y in ((0.078, 0.075), (cut.hip - 0.03, 0.155)):
            canvas.part(body.dot(side * x, y, 0.008), brass, radius=0.004, drop=0.3)


def _tear(
    canvas: Canvas, body: Body, main: Paint, dice: Random, x: float, y: float, half: float
) -> None:
    """A frayed hole with the white cross threads left in it."""
    high = half * 0.8
    steps = [i / 4 for i in range(-4, 5)]
    upper: list[Knot] = [
        (x + half * s, y - high * (1 - 0.45 * abs(s)) * dice.uniform(0.7, 1.15), 1) for s in steps
    ]
    lower: list[Knot] = [
        (x + half * s, y + high * (1 - 0.45 * abs(s)) * dice.uniform(0.7, 1.15), 1) for s in steps
    ]
    dark = is_dark(main)
    rim = body.shape([*upper, *reversed(lower)])
    canvas.part(rim, main.shaded(0.35 if dark else 0.42), radius=0.006, volume=0.2, drop=0)
    canvas.ink([*rim, rim[0]], tone(main.colour, 2.0 if dark else 1.7), 0.004, 0.6)
    for i in range(-2, 3):
        level = y + high * (i * 0.32 + dice.uniform(-0.06, 0.06))
        reach = half * (dice.uniform(1.0, 1.12) - 0.1 * abs(i))
        line = body.line([(x - reach, level), (x, level + 0.006), (x + reach, level - 0.002)])
        canvas.ink(line, (246, 246, 244), 0.0088 * body.scale, 1)


def shorts(canvas: Canvas, look: Look) -> None:
    """Shorts, with a drawstring or with a fly and a button."""
    dice, main = look.dice, look.main
    knee = look.part("length") == "knee"
    end = dice.uniform(0.63, 0.68) if knee else dice.uniform(0.42, 0.47)
    waist, hip = dice.uniform(0.158, 0.172), dice.uniform(0.21, 0.225)
    hem = dice.uniform(0.215, 0.235) if knee else dice.uniform(0.235, 0.265)
    cut = Legs(waist, hip, hip, hem, dice.uniform(0.012, 0.025), dice.uniform(0.28, 0.31), end)
    body = fitted(end + 0.06, 2 * hem, 1.4, 0.03)
    outlines = legs(canvas, body, cut, main)
    if look.has_accent("hem"):
        leg_ends(canvas, body, accented(look, "hem", main), cut, outlines, 0.045)
    else:
        for side in (1, -1):
            line = body.line([(cut.spread, end - 0.03), (hem, end - 0.042)], side)
            canvas.ink(line, seam(main), 0.003, 0.6, dash=0.009)
    _slant_pockets(canvas, body, cut, main)
    if look.part("closure") == "drawstring":
        waistband(canvas, body, cut, edged(main), 0.065)
        gathers(canvas, body, waist, main, 0.062)
        drawstring(canvas, body, (60, 60, 66) if main.colour[1] > 150 else (246, 244, 238))
    else:
        _fly(canvas, body, cut, seam(main))
        waistband(canvas, body, cut, edged(main))
        _loops(canvas, body, cut, edged(main.plain(), 1.3))
        canvas.part(body.dot(0.0, 0.028, 0.015), Paint(look.trim, gloss=0.6), radius=0.006)


def skirt(canvas: Canvas, look: Look) -> None:
    """A skirt from the waist: flared, straight, pleated or in tiers."""
    dice, main, style = look.dice, look.main, look.part("style")
    waist = dice.uniform(0.145, 0.16)
    end = {"short": 0.42, "knee": 0.7, "long": 1.12}[look.part("length")] + dice.uniform(
        -0.03, 0.03
    )
    slope = {"short": 0.42, "knee": 0.32, "long": 0.23}[look.part("length")]
    flare = waist + end * slope * dice.uniform(0.9, 1.15)
    hip: Knot = (waist + (flare - waist) * 0.44, end * 0.4)
    if style == "straight":
        flare, hip = dice.uniform(0.178, 0.195), (0.208, 0.22)
    hem = _pleated_hem(flare, end) if style == "pleated" else hem_line(flare, end, 3, 0.013, 0.04)
    if style == "straight":
        hem = hem_line(flare, end, 1, 0, 0.016)
    body = fitted(
        end + 0.1,
        2 * max(flare, hip[0]),
        {"short": 1.35, "knee": 1.05}.get(look.part("length"), 0.8),
        0.03,
    )
    inside = main.plain().shaded(1.4 if is_dark(main) else 0.5)
    back: list[Knot] = [
        (0, end - 0.1),
        (flare * 0.6, end - 0.06, 1),
        (flare - 0.008, end - 0.004, 1),
    ]
    canvas.part(body.both([*back, (0, end + 0.014)]), inside, volume=0.2, drop=0.25)
    steps = {"straight": (-0.6, 0.5), "pleated": (-0.84, -0.5, -0.17, 0.17, 0.5, 0.84)}.get(
        style, (-0.95, -0.5, 0.1, 0.5, 0.95)
    )
    folds = [
        body.fold((waist * s * 0.8, 0.05), (flare * s * 0.85, end + 0.02), 0.055, 0.3)
        for s in steps
    ]
    outline = body.both([(0, 0), (waist, 0, 1), hip, (flare, end, 1), *hem])
    if style == "tiered":
        _tiers(canvas, body, look, waist, flare, end)
    else:
        canvas.part(outline, main, folds=folds, volume=0.75)
    if style == "pleated":
        for i in range(-5, 6):
            line = body.line([(waist * i / 5.8, 0.03), (flare * i / 5.8, end + 0.01)])
            canvas.ink(line, seam(main), 0.005, 0.6)
    if look.has_accent("hem") and style != "tiered":
        _hem_band(canvas, body, accented(look, "hem", main), outline, hem, flare, end)
    if look.part("closure") == "buttons":
        stop = end - 0.02
        strip: list[Knot] = [(0.03, 0.02, 1), (0.03, stop + 0.05, 1)]
        canvas.part(body.both([(0, 0.02), *strip, (0, stop + 0.052)]), main, radius=0.01, drop=0.35)
        colour = (240, 236, 226) if is_dark(main) else tone(main.colour, 0.42)
        buttons(canvas, body, colour, 0.08, stop, max(4, round(end / 0.11)))
    if look.has_accent("waistband"):
        band = accented(look, "waistband", main)
        waistband(canvas, body, Legs(waist, 0, 0, 0, 0, 0, 0), band, 0.075, 0.022)
        gathers(canvas, body, waist, band, 0.07)
    else:
        waistband(canvas, body, Legs(waist, 0, 0, 0, 0, 0, 0), edged(main), 0.045)


def _pleated_hem(flare: float, end: float) -> list[Knot]:
    """A hem in small steps, one for each pleat."""
    points: list[Knot] = []
    for i in range(6):
        x, lower = flare * (5.4 - i) / 5.8, 0.03 * (1 - ((5.4 - i) / 5.8) ** 2)
        points += [(x, end + lower + 0.014, 1), (max(0.0, x - 0.01), end + lower, 1)]
    return [*points, (0, end + 0.036, 1)]


def _tiers(canvas: Canvas, body: Body, look: Look, waist: float, flare: float, end: float) -> None:
    """Three gathered flounces, the lowest drawn first and coloured as the hem."""
    paint = accented(look, "hem", look.main)
    for start, stop in ((0.62, 1.0), (0.3, 0.66), (0.0, 0.34)):
        y0, y1 = start * end, stop * end
        x0 = waist + (flare - waist) * start
        x1 = waist + (flare - waist) * stop + 0.012
        hem = hem_line(x1, y1, 4, 0.014, 0.03)
        folds = [
            body.fold((x0 * s * 0.9, y0 + 0.01), (x1 * s * 0.95, y1), 0.035, 0.32)
            for s in (-0.8, -0.45, -0.1, 0.3, 0.6, 0.9)
        ]
        outline = body.both([(0, y0), (x0 * 0.97, y0, 1), (x1, y1, 1), *hem])
        canvas.part(outline, paint, folds=folds, volume=0.8, drop=0.6)
        paint = look.main


def _hem_band(
    canvas: Canvas,
    body: Body,
    paint: Paint,
    outline: list[Point],
    hem: list[Knot],
    flare: float,
    end: float,
) -> None:
    """A band along the hem, as wide as the skirt is there."""
    height = 0.075
    level = body.top + (end - height) * body.scale
    across = [p for p in clipped(outline, (0, level), (1, level)) if abs(p[1] - level) < 1e-6]
    half = (max(across)[0] - body.centre) / body.scale
    top: list[Knot] = [(0, end - height + 0.03), (half * 0.6, end - height + 0.018)]
    band = body.both([*top, (half, end - height, 1), (flare + 0.004, end, 1), *hem])
    canvas.part(band, paint, radius=0.016, volume=0.6, drop=0.25)


def dungarees(canvas: Canvas, look: Look) -> None:
    """Dungarees: trousers with a bib, held by straps with buckles."""
    dice, main = look.dice, look.main
    short = look.part("legs") == "short"
    end = dice.uniform(0.43, 0.48) if short else dice.uniform(1.02, 1.08)
    hem = dice.uniform(0.225, 0.25) if short else dice.uniform(0.15, 0.21)
    cut = Legs(0.172, 0.215, max(0.185, hem * 0.95), hem, 0.03, dice.uniform(0.31, 0.34), end)
    body = fitted(end + 0.56, 0.52, 0.84, 0.53)
    bib, wide = dice.uniform(0.27, 0.31), dice.uniform(0.115, 0.13)
    inside = main.plain().shaded(1.4 if is_dark(main) else 0.62)
    denim = look.material == "denim"
    thread = THREAD if denim and look.colour in ("blue", "navy", "black") else seam(main)
    straps = accented(look, "strap", edged(main.plain(), 0.8))
    rear: list[Knot] = [(0, -0.33), (0.06, -0.33, 1), (0.15, -0.09), (0.172, 0.02, 1), (0, 0.05)]
    canvas.part(body.both(rear), inside, volume=0.3, drop=0.3)
    for side in (1, -1):
        back = body.line([(wide - 0.012, -0.52), (0.045, -0.31)], side)
        canvas.stroke(back, 0.046 * body.scale, straps.shaded(0.7), drop=0.2)
    outlines = legs(canvas, body, cut, main)
    if dice.random() < 0.5:
        light = Paint(tone(main.colour, 1.5), texture=main.texture) if denim else edged(main)
        leg_ends(canvas, body, light, cut, outlines, 0.075)
    _slant_pockets(canvas, body, cut, main)
    canvas.ink(body.line([(0, 0.05), (0, cut.crotch)]), thread, 0.004, 0.7)
    chest: list[Knot] = [(0, -bib), (wide, -bib, 1), (wide + 0.016, -0.12), (0.176, 0.01, 1)]
    front = body.both([*chest, (0.176, 0.045, 1), (0, 0.055)])
    canvas.part(front, main, folds=[body.fold((0.12, -0.2), (0.04, 0.0), 0.04, 0.15)], drop=0.5)
    for y in (-0.004, 0.045):
        canvas.ink(body.line([(-0.172, y), (0, y + 0.008), (0.172, y)]), thread, 0.003, 0.8)
    edge: list[Point] = [(wide - 0.012, -bib + 0.014), (wide, -0.13), (0.155, -0.015)]
    for side in (1, -1):
        canvas.ink(body.line(edge, side), thread, 0.0026, 0.8, dash=0.009)
    canvas.ink(body.line([(-wide, -bib + 0.03), (wide, -bib + 0.03)]), thread, 0.0026, 0.8, 0.009)
    _bib_pocket(canvas, body, main, thread, bib)
    for side in (1, -1):
        line = body.line([(wide - 0.012, -0.52), (wide - 0.002, -0.42), (wide - 0.02, -bib)], side)
        canvas.stroke(line, 0.046 * body.scale, straps, drop=0.5)
        cx, cy = body.knots([(side * (wide - 0.022), -bib + 0.012)])[0]
        rx = 0.034 * body.scale
        loop = ellipse(cx, cy, rx, rx * 1.15)
        canvas.part(
            loop,
            Paint(BRASS, gloss=0.9),
            radius=0.008,
            holes=[ellipse(cx, cy, rx * 0.6, rx * 0.75)],
        )
        knob = body.dot(side * (wide - 0.022), -bib + 0.026, 0.015)
        canvas.part(knob, Paint(BRASS, gloss=0.9), radius=0.006)
        stud = body.dot(side * 0.185, 0.11, 0.012)
        canvas.part(stud, Paint(BRASS, gloss=0.9), radius=0.005)


def _bib_pocket(canvas: Canvas, body: Body, main: Paint, thread: RGB, bib: float) -> None:
    y = -bib + 0.075
    corners: list[Knot] = [(0.068, y, 1), (0.064, y + 0.1, 1), (0, y + 0.125, 1)]
    pocket = curve(body.knots([(-0.068, y, 1), *corners, (-0.064, y + 0.1, 1)]))
    canvas.part(pocket, edged(main, 0.8), radius=0.014, drop=0.5)
    canvas.ink([*pocket, pocket[0]], thread, 0.0028, 0.8, dash=0.009)
    canvas.ink(body.line([(-0.066, y + 0.026), (0.066, y + 0.026)]), thread, 0.0026, 0.8)
