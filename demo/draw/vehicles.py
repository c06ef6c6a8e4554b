"""Toy cars and toy trains, seen from the side."""

from collections.abc import Sequence
from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, curve, ellipse, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

TYRE: RGB = (48, 48, 52)
STEEL = Paint((196, 198, 202), gloss=1)
PANE = Paint((168, 204, 220), gloss=1)
LAMP = Paint((252, 226, 140), gloss=1)
CREAM: RGB = (250, 244, 230)


def wheel(canvas: Canvas, x: float, y: float, radius: float, colour: RGB, material: str) -> None:
    """A wheel seen from the side, with a hub."""
    wooden = material == "wood"
    rim = Paint(colour, gloss=0.3 if wooden else 0.6, texture="wood" if wooden else "smooth")
    canvas.part(ellipse(x, y, radius, radius), rim, volume=0.7, radius=0.02, drop=0.5)
    ring = Paint(tone(colour, 1.5 if sum(colour) < 300 else 0.78), gloss=0.4)
    canvas.part(ellipse(x, y, radius * 0.62, radius * 0.62), ring, volume=0.4, radius=0.012, drop=0)
    hub = Paint((206, 166, 112), texture="wood") if wooden else STEEL
    canvas.part(ellipse(x, y, radius * 0.3, radius * 0.3), hub, volume=0.7, radius=0.012, drop=0.3)


def _moved(points: Sequence[Knot], dx: float, dy: float, scale: float) -> list[Knot]:
    return [(p[0] * scale + dx, p[1] * scale + dy, *p[2:]) for p in points]


def car(canvas: Canvas, look: Look) -> None:
    """A chunky car driving to the right."""
    dice, shape = look.dice, look.part("shape")
    radius = dice.uniform(0.098, 0.118) * (1.08 if shape == "racing" else 1)
    top, nose = dice.uniform(0.27, 0.32), dice.uniform(0.46, 0.51)
    rear, front = dice.uniform(0.27, 0.3), dice.uniform(0.71, 0.74)
    extra = dice.random()
    axle = 0.72
    tyres = look.accent("wheels", TYRE)
    canvas.ground(0.5, axle + radius, 0.39)
    draw = {"rounded": _saloon, "racing": _racer, "pickup": _pickup, "van": _van}[shape]
    draw(canvas, look.main, top, nose, extra)
    for x in (rear, front):
        if shape != "racing":
            arch = Paint(tone(look.main.colour, 0.35))
            canvas.part(
                ellipse(x, axle - 0.012, radius * 1.16, radius * 1.16, 180, 360),
                arch,
                volume=0.2,
                drop=0,
            )
        wheel(canvas, x, axle, radius, tyres, look.material)


def _lights(canvas: Canvas, front: float, back: float, y: float) -> None:
    canvas.part(ellipse(front, y, 0.026, 0.034), LAMP, volume=0.6, radius=0.015)
    canvas.part(ellipse(back, y, 0.016, 0.028), Paint((206, 52, 44), gloss=1), radius=0.01)


def _bumpers(canvas: Canvas, y: float) -> None:
    for x0, x1 in ((0.1, 0.2), (0.8, 0.9)):
        canvas.stroke([(x0, y), (x1, y)], 0.034, STEEL, volume=0.7)


def _pane(canvas: Canvas, knots: Sequence[Knot]) -> None:
    """A window with a slanting reflection."""
    canvas.part(curve(knots), PANE, volume=0.35, radius=0.012, drop=0.15)
    xs, ys = [k[0] for k in knots], [k[1] for k in knots]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    x, y = min(xs) + wide * 0.42, min(ys) + tall * 0.14
    glare = [
        (x, y),
        (x + wide * 0.2, y),
        (x - wide * 0.02, y + tall * 0.7),
        (x - wide * 0.2, y + tall * 0.7),
    ]
    canvas.part(glare, Paint((255, 255, 255), opacity=0.5), volume=0, drop=0)


def _saloon(canvas: Canvas, main: Paint, top: float, nose: float, extra: float) -> None:
    body: list[Knot] = [
        (0.112, 0.69),
        (0.105, 0.6),
        (0.17, nose + 0.02),
        (0.26, nose - 0.04),
        (0.36, top + 0.035),
        (0.5, top),
        (0.62, top + 0.035),
        (0.71, nose - 0.03),
        (0.82, nose),
        (0.89, 0.59),
        (0.888, 0.69),
        (0.86, 0.745, 1),
        (0.14, 0.745, 1),
    ]
    canvas.part(curve(body), main, volume=0.75, radius=0.06)
    low = nose - 0.01
    _pane(
        canvas,
        [(0.325, low, 1), (0.39, top + 0.06), (0.475, top + 0.045, 1), (0.475, low, 1)],
    )
    _pane(
        canvas,
        [(0.51, low, 1), (0.51, top + 0.045, 1), (0.59, top + 0.065), (0.66, low, 1)],
    )
    _door(canvas, main, 0.493, 0.66, low + 0.02)
    _bumpers(canvas, 0.7)
    _lights(canvas, 0.862, 0.122, 0.6)
    if extra < 0.5:
        canvas.stroke([(0.38, top - 0.022), (0.6, top - 0.022)], 0.018, STEEL)
        for x in (0.41, 0.57):
            canvas.stroke([(x, top - 0.02), (x, top + 0.02)], 0.014, STEEL)


def _door(canvas: Canvas, main: Paint, left: float, right: float, top: float) -> None:
    seam = tone(main.colour, 0.45)
    outline: list[Knot] = [(left, top, 1), (left, 0.735, 1)]
    canvas.ink(outline, seam, 0.006, 0.7)
    canvas.ink([(right, top), (right - 0.012, 0.66)], seam, 0.006, 0.7)
    canvas.stroke([(left + 0.03, top + 0.04), (left + 0.075, top + 0.04)], 0.016, STEEL)


def _racer(canvas: Canvas, main: Paint, top: float, nose: float, extra: float) -> None:
    head = top + 0.13
    wing = replace(main.plain().shaded(0.8))
    canvas.stroke([(0.17, 0.48), (0.19, 0.62)], 0.03, STEEL)
    canvas.part(rounded(0.09, nose - 0.08, 0.25, nose - 0.035, 0.02), wing, volume=0.6, radius=0.02)
    canvas.part(ellipse(0.45, head, 0.075, 0.075), Paint(CREAM, gloss=0.8), volume=0.8, radius=0.04)
    visor = [
        (0.47, head - 0.035, 1),
        (0.525, head - 0.02),
        (0.52, head + 0.03),
        (0.47, head + 0.02),
    ]
    canvas.part(curve(visor), Paint((60, 70, 84), gloss=1), volume=0.5, radius=0.01, drop=0)
    body: list[Knot] = [
        (0.12, 0.72),
        (0.12, 0.58),
        (0.2, nose + 0.04),
        (0.33, nose - 0.01),
        (0.38, nose + 0.035),
        (0.52, nose + 0.045),
        (0.58, nose + 0.02),
        (0.74, nose + 0.075),
        (0.88, 0.64),
        (0.9, 0.71),
        (0.84, 0.765),
        (0.2, 0.77),
    ]
    canvas.part(curve(body), main, volume=0.75, radius=0.05)
    screen: list[Knot] = [
        (0.545, nose + 0.04, 1),
        (0.535, nose - 0.035),
        (0.58, nose - 0.01),
        (0.62, nose + 0.04, 1),
    ]
    canvas.part(curve(screen), replace(PANE, opacity=0.75), volume=0.3, drop=0)
    badge = ellipse(0.5, 0.655, 0.068, 0.068)
    canvas.part(badge, Paint(CREAM, gloss=0.5), volume=0.2, radius=0.01, drop=0.2)
    number: list[Knot] = [(0.487, 0.632), (0.505, 0.617), (0.505, 0.695)]
    if extra < 0.5:
        number = [(0.478, 0.62), (0.522, 0.62), (0.494, 0.695)]
    canvas.ink(number, TYRE, 0.016, 0.9)
    pipe = [(0.13, 0.69), (0.28, 0.7), (0.4, 0.72)]
    canvas.stroke(curve(pipe, closed=False), 0.026, STEEL)


def _pickup(canvas: Canvas, main: Paint, top: float, nose: float, extra: float) -> None:
    side = nose + 0.035
    if extra < 0.6:
        for x, y in ((0.2, side - 0.01), (0.31, side - 0.005), (0.255, side - 0.075)):
            log = Paint((190, 144, 94), texture="wood")
            canvas.part(ellipse(x, y, 0.055, 0.055), log, volume=0.5, radius=0.02)
            canvas.part(ellipse(x, y, 0.034, 0.034), log.shaded(1.4), volume=0, drop=0)
            canvas.ink(ellipse(x, y, 0.016, 0.016, steps=16), (140, 98, 58), 0.005)
    cab: list[Knot] = [
        (0.42, 0.74, 1),
        (0.42, top + 0.09),
        (0.45, top + 0.01),
        (0.54, top),
        (0.62, top + 0.02),
        (0.7, nose - 0.005),
        (0.83, nose + 0.01),
        (0.885, nose + 0.06),
        (0.89, 0.71),
        (0.86, 0.745, 1),
    ]
    canvas.part(curve(cab), main, volume=0.75, radius=0.05)
    bed: list[Knot] = [(0.1, side, 1), (0.43, side, 1), (0.43, 0.745, 1), (0.12, 0.745), (0.1, 0.7)]
    canvas.part(curve(bed), main, volume=0.6, radius=0.03)
    canvas.stroke([(0.1, side), (0.425, side)], 0.03, main.plain().shaded(0.78))
    for y in (0.33, 0.66):
        line = side + (0.745 - side) * y
        canvas.ink([(0.11, line), (0.42, line)], tone(main.colour, 0.5), 0.005, 0.5)
    _pane(
        canvas,
        [
            (0.475, nose, 1),
            (0.475, top + 0.06, 1),
            (0.55, top + 0.042),
            (0.6, top + 0.065),
            (0.655, nose, 1),
        ],
    )
    _door(canvas, main, 0.465, 0.665, nose + 0.03)
    _bumpers(canvas, 0.715)
    _lights(canvas, 0.866, 0.11, 0.615)


def _van(canvas: Canvas, main: Paint, top: float, nose: float, extra: float) -> None:
    top -= 0.02
    body: list[Knot] = [
        (0.1, 0.72),
        (0.1, 0.5),
        (0.11, top + 0.06),
        (0.16, top + 0.005),
        (0.4, top - 0.01),
        (0.66, top),
        (0.75, top + 0.04),
        (0.83, nose),
        (0.89, nose + 0.06),
        (0.895, 0.7),
        (0.87, 0.745, 1),
        (0.13, 0.745, 1),
    ]
    canvas.part(curve(body), main, volume=0.7, radius=0.05)
    high, low = top + 0.055, nose + 0.005
    for x in (0.15, 0.28, 0.41):
        _pane(canvas, [(*p, 1) for p in rounded(x, high, x + 0.1, low, 0.022)])
    _pane(
        canvas,
        [
            (0.56, low, 1),
            (0.56, high + 0.005, 1),
            (0.66, high),
            (0.72, high + 0.04),
            (0.775, low, 1),
        ],
    )
    _door(canvas, main, 0.545, 0.77, low + 0.03)
    if extra < 0.6:
        band = tone(main.colour, 0.6) if sum(main.colour) > 560 else CREAM
        canvas.ink([(0.104, nose + 0.045), (0.54, nose + 0.045)], band, 0.022, 0.9)
    _bumpers(canvas, 0.715)
    _lights(canvas, 0.868, 0.11, 0.62)


def train(canvas: Canvas, look: Look) -> None:
    """A steam engine driving to the right, with or without a wagon behind it."""
    dice = look.dice
    pulling = look.part("wagon") == "wagon"
    scale, left, up = (0.63, 0.32, 0.27) if pulling else (0.9, 0.05, 0.08)
    cab, boiler = dice.uniform(0.2, 0.25), dice.uniform(0.41, 0.45)
    small, big = dice.uniform(0.068, 0.08), dice.uniform(0.115, 0.13)
    flare = dice.uniform(0.055, 0.075)
    load = dice.random()
    rail = 0.85
    canvas.ground(0.5, rail * scale + up, 0.41 if pulling else 0.4)
    if pulling:
        _wagon(canvas, look, rail * scale + up, load)
    _engine(canvas, look, (cab, boiler, small, big, flare), (left, up, scale))


def _engine(
    canvas: Canvas,
    look: Look,
    size: tuple[float, float, float, float, float],
    place: tuple[float, float, float],
) -> None:
    cab, boiler, small, big, flare = size
    left, up, scale = place
    main = look.main
    dark = Paint(TYRE, gloss=0.5)
    brass = Paint((222, 178, 84), gloss=1)

    def lay(knots: Sequence[Knot], paint: Paint, volume: float = 0.6, radius: float = 0.03) -> None:
        canvas.part(_moved(knots, left, up, scale), paint, volume=volume, radius=radius * scale)

    low = 0.66
    stack = [(0.73 - flare * 0.62, boiler, 1), (0.73 - flare * 0.62, 0.32, 1)]
    stack += [(0.73 - flare, 0.24, 1), (0.73 + flare, 0.24, 1)]
    stack += [(0.73 + flare * 0.62, 0.32, 1), (0.73 + flare * 0.62, boiler + 0.04, 1)]
    lay(curve(stack), main.plain().shaded(0.72))
    lay(rounded(0.73 - flare * 1.16, 0.215, 0.73 + flare * 1.16, 0.262, 0.02), brass, radius=0.02)
    dome: list[Knot] = [(0.5, boiler + 0.03), (0.51, boiler - 0.06), (0.555, boiler - 0.085)]
    dome += [(0.6, boiler - 0.06), (0.61, boiler + 0.03)]
    lay(curve(dome), brass, 0.8)
    lay(rounded(0.4, boiler, 0.84, low, 0.045), main, 0.9, 0.075)
    lay(rounded(0.795, boiler - 0.012, 0.865, low + 0.012, 0.028), dark, 0.8, 0.025)
    lay(ellipse(0.872, boiler + 0.1, 0.026, 0.044), LAMP, 0.7, 0.015)
    for x in (0.5, 0.64):
        lay(rounded(x, boiler - 0.002, x + 0.022, low, 0.008), brass, 0.6, 0.012)
    house: list[Knot] = [(0.14, cab + 0.05, 1), (0.43, cab + 0.05, 1), (0.43, low + 0.03, 1)]
    house += [(0.14, low + 0.03, 1)]
    lay(house, main, 0.55)
    lay(rounded(0.2, cab + 0.11, 0.37, 0.47, 0.04), Paint(tone(main.colour, 0.28)), 0.2)
    lay(rounded(0.212, cab + 0.124, 0.37, 0.47, 0.034), PANE, 0.3)
    roof: list[Knot] = [(0.085, cab + 0.06), (0.1, cab + 0.015), (0.285, cab - 0.035)]
    roof += [(0.47, cab + 0.015), (0.485, cab + 0.06)]
    lay(curve(roof), Paint(look.accent("roof"), gloss=0.5), 0.8)
    lay(rounded(0.1, low, 0.87, low + 0.07, 0.02), main.plain().shaded(0.62), 0.5, 0.02)
    plough: list[Knot] = [(0.84, low + 0.02, 1), (0.875, low + 0.02, 1), (0.945, 0.815, 1)]
    plough += [(0.82, 0.815, 1)]
    lay(plough, Paint((196, 52, 48) if look.colour != "red" else TYRE, gloss=0.5), 0.6, 0.02)
    tyres = look.accent("wheels", TYRE)
    axles = ((0.265, big), (0.545, small * 1.05), (0.735, small * 1.05))
    for x, radius in axles:
        x, y = x * scale + left, (0.85 - radius) * scale + up
        wheel(canvas, x, y, radius * scale, tyres, look.material)
    rod = _moved([(0.265, 0.79), (0.735, 0.79)], left, up, scale)
    canvas.stroke(rod, 0.026 * scale, STEEL, volume=0.7)


def _wagon(canvas: Canvas, look: Look, rail: float, load: float) -> None:
    """An open wagon with a cargo of blocks or logs, hooked to the engine."""
    left, right, top, low = 0.075, 0.355, rail - 0.225, rail - 0.075
    canvas.stroke([(right - 0.02, low), (0.43, low)], 0.018, STEEL)
    pine = Paint((212, 170, 116), texture="wood")
    if load < 0.5:
        for i, x in enumerate((0.1, 0.175, 0.25)):
            size = 0.075
            y = top - 0.042 - 0.012 * (i % 2)
            canvas.part(rounded(x, y, x + size, y + size, 0.01), pine.shaded(1 - 0.12 * (i % 2)))
    else:
        for x, y in ((0.125, 0.0), (0.215, 0.0), (0.305, 0.0), (0.17, -0.06), (0.26, -0.06)):
            canvas.part(ellipse(x, top + y, 0.044, 0.044), pine, volume=0.6, radius=0.015)
            canvas.part(
                ellipse(x, top + y, 0.026, 0.026), pine.shaded(1.5), volume=0, radius=0.01, drop=0
            )
    box = rounded(left, top, right, low, 0.02)
    canvas.part(box, look.main, volume=0.55, radius=0.025)
    seam = tone(look.main.colour, 0.5)
    for share in (0.34, 0.67):
        y = top + (low - top) * share
        canvas.ink([(left + 0.006, y), (right - 0.006, y)], seam, 0.005, 0.55)
    edge = rounded(left - 0.012, top - 0.014, right + 0.012, top + 0.016, 0.012)
    canvas.part(edge, look.main.plain().shaded(0.72), volume=0.5, radius=0.012)
    base = rounded(left - 0.005, low - 0.006, right + 0.005, low + 0.03, 0.012)
    canvas.part(base, look.main.plain().shaded(0.62), volume=0.5, radius=0.012)
    for x in (left + 0.065, right - 0.065):
        wheel(canvas, x, rail - 0.052, 0.052, look.accent("wheels", TYRE), look.material)
