"""Lanterns for a candle."""

from demo.draw.canvas import Canvas
from demo.draw.geometry import curve, ellipse, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.looks import Look


def lantern(canvas: Canvas, look: Look) -> None:
    """A lantern for a candle."""
    dice, main = look.dice, look.main
    candle = Paint((248, 240, 222), gloss=0.3)
    glass = Paint((226, 236, 238), gloss=1.0, texture="glass", opacity=0.35)
    canvas.ground(0.5, 0.88, 0.25)
    frame = main.plain()
    wide = dice.uniform(0.2, 0.24)
    ring = dice.uniform(0.08, 0.1)
    if look.part("shape") == "round":
        _storm_lantern(canvas, wide, frame, glass)
        return
    top, low = dice.uniform(0.36, 0.4), 0.82
    canvas.ink(
        [*ellipse(0.5, 0.14, ring, ring * 0.9), (0.5 + ring, 0.14)],
        tone(frame.colour, 0.8),
        0.022,
        1.0,
    )
    canvas.part(
        rounded(0.5 - wide, top, 0.5 + wide, low, 0.01), Paint(tone(frame.colour, 0.45)), volume=0.2
    )
    canvas.part(
        rounded(0.5 - wide + 0.02, top, 0.5 + wide - 0.02, low, 0.01),
        Paint((252, 236, 196)),
        volume=0.5,
        radius=0.08,
    )
    _candle(canvas, 0.5 - wide * 0.02, low, 0.1, 0.2, candle)
    pane = [
        (0.5 - wide * 0.8, low),
        (0.5 - wide * 0.3, low),
        (0.5 + wide * 0.1, top),
        (0.5 - wide * 0.4, top),
    ]
    canvas.part(pane, Paint((255, 255, 255), opacity=0.3), volume=0, drop=0)
    for x in (-wide, wide):
        canvas.stroke([(0.5 + x, top), (0.5 + x, low)], 0.034, frame)
    canvas.part(
        rounded(0.5 - wide - 0.04, low - 0.01, 0.5 + wide + 0.04, 0.88, 0.012), frame, radius=0.02
    )
    canvas.part(
        rounded(0.5 - wide - 0.035, top - 0.02, 0.5 + wide + 0.035, top + 0.03, 0.012),
        frame,
        radius=0.02,
    )
    roof = [(0, 0.21), (0.07, 0.22, 1), (wide + 0.03, top - 0.015, 1), (0, top - 0.01)]
    canvas.part(curve(mirrored(roof)), frame, volume=0.6, barrel=0.3)


def _candle(canvas: Canvas, x: float, low: float, wide: float, high: float, wax: Paint) -> None:
    canvas.part(
        rounded(x - wide / 2, low - high, x + wide / 2, low, 0.01), wax, barrel=0.25, drop=0.2
    )
    canvas.ink([(x, low - high), (x, low - high - 0.03)], (60, 50, 44), 0.006, 0.9)
    flame = curve(
        [
            (x, low - high - 0.1),
            (x + 0.02, low - high - 0.045),
            (x, low - high - 0.02),
            (x - 0.02, low - high - 0.045),
        ]
    )
    canvas.part(flame, Paint((255, 156, 34), gloss=1), volume=0.4, radius=0.01, drop=0)


def _storm_lantern(canvas: Canvas, wide: float, frame: Paint, glass: Paint) -> None:
    handle = curve(
        [
            (0.5 - wide * 1.15, 0.44),
            (0.5 - wide * 0.9, 0.16),
            (0.5, 0.09),
            (0.5 + wide * 0.9, 0.16),
            (0.5 + wide * 1.15, 0.44),
        ],
        closed=False,
    )
    canvas.ink(handle, tone(frame.colour, 0.7), 0.014, 1.0)
    tank = [
        (0, 0.72),
        (wide * 0.6, 0.72, 1),
        (wide * 1.15, 0.77),
        (wide * 1.2, 0.86),
        (wide * 1.1, 0.88, 1),
        (0, 0.895),
    ]
    globe = [
        (0, 0.36),
        (wide * 0.5, 0.36, 1),
        (wide * 0.9, 0.52),
        (wide * 0.62, 0.7),
        (wide * 0.5, 0.72, 1),
        (0, 0.72),
    ]
    inner = Paint((252, 232, 186))
    canvas.part(curve(mirrored(globe)), inner, volume=0.6, radius=0.07)
    flame = curve([(0.5, 0.5), (0.535, 0.62), (0.5, 0.68), (0.465, 0.62)])
    canvas.part(curve(mirrored(globe)), glass, volume=0.6, radius=0.05, drop=0)
    canvas.part(flame, Paint((255, 156, 34), gloss=1), volume=0.4, radius=0.02, drop=0)
    canvas.ink(
        curve(
            [(0.5 - wide * 0.55, 0.44), (0.5 - wide * 0.66, 0.53), (0.5 - wide * 0.54, 0.62)],
            closed=False,
        ),
        (255, 255, 255),
        0.018,
        0.7,
    )
    for side in (-1, 1):
        x = 0.5 + side * wide * 1.12
        canvas.stroke(
            curve([(0.5 + side * wide * 0.5, 0.3), (x, 0.36), (x, 0.6), (x, 0.8)], closed=False),
            0.03,
            frame,
        )
    canvas.part(curve(mirrored(tank)), frame, volume=0.7, barrel=0.4)
    canvas.part(
        rounded(0.5 - wide * 0.6, 0.69, 0.5 + wide * 0.6, 0.735, 0.012),
        frame.shaded(0.85),
        radius=0.015,
    )
    hood = [
        (0, 0.17),
        (wide * 0.34, 0.18, 1),
        (wide * 0.4, 0.26),
        (wide * 0.72, 0.29),
        (wide * 0.7, 0.37, 1),
        (0, 0.385),
    ]
    canvas.part(curve(mirrored(hood)), frame, volume=0.6, barrel=0.4)
