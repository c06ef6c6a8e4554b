"""Toys with a face: robots, rocking horses and rubber ducks."""

from collections.abc import Sequence
from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import Knot, Point, curve, ellipse, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.draw.plush import eye, limb
from demo.draw.vehicles import CREAM, STEEL
from demo.looks import Look

TYRE: RGB = (48, 48, 52)


def robot(canvas: Canvas, look: Look) -> None:
    """A robot of the old school, seen from the front."""
    dice, main = look.dice, look.main
    head, body = dice.uniform(0.13, 0.16), dice.uniform(0.17, 0.2)
    brow, waist = dice.uniform(0.19, 0.22), dice.uniform(0.69, 0.72)
    iris, reach = dice.uniform(0.036, 0.044), dice.uniform(0.085, 0.11)
    dials = dice.random()
    chin, collar = 0.395, 0.44
    dark = Paint(tone(main.colour, 0.5), gloss=0.5)
    canvas.ground(0.5, 0.905, 0.25)
    if look.part("antenna") == "antenna":
        canvas.stroke([(0.5, 0.12), (0.5, brow + 0.02)], 0.018, STEEL)
        lamp = Paint((214, 56, 48), gloss=1)
        canvas.part(ellipse(0.5, 0.105, 0.034, 0.034), lamp, volume=0.8, radius=0.02)
    _robot_legs(canvas, look, body, waist)
    arms = Paint(look.accent("arms"), texture=main.texture, gloss=main.gloss)
    for side in (-1, 1):
        shoulder = (0.5 + side * (body + 0.005), 0.5)
        elbow = (0.5 + side * (body + reach), 0.57)
        hand = (0.5 + side * (body + reach * 0.95), 0.7)
        canvas.stroke([shoulder, elbow], 0.07, arms, volume=0.8)
        canvas.part(limb(elbow, hand, 0.038, 0.038), arms, volume=0.8, radius=0.025)
        canvas.part(ellipse(*elbow, 0.026, 0.026), STEEL, volume=0.7, radius=0.012)
        grip = ellipse(hand[0], hand[1] + 0.066, 0.04, 0.042, -60, 240)
        canvas.stroke(_turned(grip, hand[1] + 0.066), 0.026, STEEL, volume=0.7)
    canvas.part(rounded(0.44, chin - 0.02, 0.56, collar + 0.03, 0.01), STEEL, volume=0.5, drop=0.2)
    trunk = rounded(0.5 - body, collar, 0.5 + body, waist, 0.045)
    canvas.part(trunk, main, volume=0.7, radius=0.045)
    _panel(canvas, dark, body, (collar, waist), dials)
    if look.part("head") == "round":
        skull: list[Knot] = [
            (0, brow - 0.035),
            (head * 0.62, brow - 0.005),
            (head, brow + 0.1),
            (head, chin, 1),
            (0, chin, 1),
        ]
        canvas.part(curve(mirrored(skull)), main, volume=0.75, radius=0.05)
    else:
        canvas.part(
            rounded(0.5 - head, brow, 0.5 + head, chin, 0.03), main, volume=0.7, radius=0.04
        )
    for side in (-1, 1):
        x = 0.5 + side * (head + 0.012)
        ear = rounded(x - 0.017, 0.27, x + 0.017, 0.335, 0.012)
        canvas.part(ear, dark, volume=0.6, radius=0.012)
        x, y = 0.5 + side * head * 0.46, brow + 0.078
        canvas.part(ellipse(x, y, iris, iris), Paint(CREAM, gloss=1), volume=0.6, radius=0.015)
        eye(canvas, x, y, iris * 0.52)
    mouth = rounded(0.5 - head * 0.55, chin - 0.065, 0.5 + head * 0.55, chin - 0.025, 0.014)
    canvas.part(mouth, dark, volume=0.2, radius=0.01, drop=0)
    for i in range(1, 5):
        x = 0.5 + head * 0.55 * (i / 2.5 - 1)
        canvas.ink([(x, chin - 0.063), (x, chin - 0.027)], CREAM, 0.006, 0.85)


def _turned(points: Sequence[Point], y: float) -> list[Point]:
    """Points turned upside down about the height `y`, so that a claw opens downwards."""
    return [(px, 2 * y - py) for px, py in points]


def _panel(
    canvas: Canvas, dark: Paint, body: float, span: tuple[float, float], dials: float
) -> None:
    """A board with a gauge, buttons and a row of lights."""
    top, low = span[0] + 0.04, span[1] - 0.05
    board = rounded(0.5 - body * 0.68, top, 0.5 + body * 0.68, low, 0.02)
    canvas.part(board, Paint(CREAM, gloss=0.4), volume=0.2, radius=0.012, drop=0.15)
    lamps: tuple[RGB, ...] = ((210, 54, 48), (246, 200, 60), (70, 150, 84))
    x = 0.5 - body * 0.3 if dials < 0.5 else 0.5 + body * 0.3
    y = top + 0.062
    canvas.part(ellipse(x, y, 0.042, 0.042), dark, volume=0.4, radius=0.01, drop=0.1)
    canvas.part(ellipse(x, y, 0.033, 0.033), Paint((255, 255, 255), gloss=1), volume=0.2, drop=0)
    canvas.ink([(x, y + 0.012), (x + 0.017, y - 0.018)], (200, 50, 44), 0.007, 0.95)
    for i in (-1, 1):
        line = y + i * 0.018
        start = 1.0 - x - 0.034
        canvas.ink([(start, line), (start + 0.068, line)], dark.colour, 0.011, 0.8)
    for lamp, colour in zip((-1, 0, 1), lamps, strict=True):
        spot = ellipse(0.5 + lamp * body * 0.42, low - 0.036, 0.02, 0.02, steps=24)
        canvas.part(spot, Paint(colour, gloss=1), volume=0.7, radius=0.01, drop=0.2)


def _robot_legs(canvas: Canvas, look: Look, body: float, waist: float) -> None:
    main = look.main
    dark = Paint(tone(main.colour, 0.5), gloss=0.5)
    if look.part("legs") == "wheels":
        canvas.part(
            rounded(0.5 - body * 0.7, waist - 0.02, 0.5 + body * 0.7, 0.8, 0.03), dark, volume=0.6
        )
        for side in (-1, 1):
            x = 0.5 + side * body * 0.86
            tyre = rounded(x - 0.056, 0.72, x + 0.056, 0.905, 0.05)
            canvas.part(tyre, Paint(TYRE, texture="rubber"), volume=0.8, radius=0.035)
            for i in range(6):
                y = 0.742 + 0.028 * i
                canvas.ink([(x - 0.05, y), (x + 0.05, y)], (96, 96, 100), 0.007, 0.7)
            canvas.part(rounded(x - 0.03, 0.79, x + 0.03, 0.835, 0.014), STEEL, volume=0.5)
        return
    for side in (-1, 1):
        x = 0.5 + side * body * 0.5
        canvas.part(
            rounded(x - 0.048, waist - 0.02, x + 0.048, 0.86, 0.01), main, volume=0.7, radius=0.03
        )
        canvas.part(ellipse(x, 0.79, 0.026, 0.026), STEEL, volume=0.7, radius=0.012, drop=0.1)
        shoe: list[Knot] = [
            (x - 0.062, 0.905, 1),
            (x - 0.072, 0.87),
            (x - 0.04, 0.835),
            (x + 0.04, 0.835),
            (x + 0.072, 0.87),
            (x + 0.062, 0.905, 1),
        ]
        shift = side * 0.012
        canvas.part([(p[0] + shift, p[1]) for p in curve(shoe)], dark, volume=0.7, radius=0.025)


def horse(canvas: Canvas, look: Look) -> None:
    """A horse on rockers, looking to the right."""
    dice, main = look.dice, look.main
    rise, thick = dice.uniform(0.075, 0.1), dice.uniform(0.035, 0.045)
    poll, back = dice.uniform(0.14, 0.17), dice.uniform(0.43, 0.455)
    belly, shin = dice.uniform(0.6, 0.625), dice.uniform(0.03, 0.037)
    curls = dice.uniform(0.03, 0.042)
    wood = replace(main.plain(), texture="wood", gloss=0.25)
    rockers = replace(wood, colour=look.accent("rockers", (196, 148, 96))).turned(90)
    hair = Paint(look.accent("mane", tone(main.colour, 0.45)), texture="plush")
    plain = main.plain()
    low = 0.9

    def runner(dy: float) -> list[Point]:
        bend: list[Knot] = [
            (0.09, low - rise + dy),
            (0.28, low - rise * 0.22 + dy),
            (0.5, low + dy),
            (0.72, low - rise * 0.22 + dy),
            (0.91, low - rise + dy),
        ]
        return curve(bend, closed=False)

    canvas.ground(0.5, low + 0.025, 0.3)
    canvas.stroke(runner(-0.05), thick, rockers.shaded(0.72))
    far = plain.shaded(0.68)
    for hip, hoof in (((0.33, 0.54), (0.27, 0.82)), ((0.64, 0.54), (0.68, 0.82))):
        canvas.part(limb(hip, hoof, 0.06, shin), far, volume=0.6, radius=0.03)
    for x in (0.2, 0.8):
        canvas.stroke([(x, 0.81), (x + 0.012, 0.875)], 0.03, rockers.shaded(0.85))
    tail: list[Knot] = [
        (0.235, 0.46),
        (0.15, 0.44),
        (0.09, 0.53),
        (0.1, 0.63),
        (0.065, 0.72),
        (0.15, 0.69),
        (0.18, 0.58),
        (0.225, 0.52),
    ]
    canvas.part(curve(tail), hair, volume=0.7, radius=0.025)
    ear: list[Knot] = [(0.665, poll + 0.03), (0.672, poll - 0.06, 1), (0.72, poll + 0.02)]
    canvas.part(curve(ear), plain.shaded(0.85), volume=0.6, radius=0.015)
    body: list[Knot] = [
        (0.24, back + 0.015),
        (0.4, back + 0.012),
        (0.52, back - 0.02),
        (0.6, 0.3),
        (0.66, poll + 0.02),
        (0.73, poll + 0.015),
        (0.79, poll + 0.09),
        (0.865, poll + 0.185),
        (0.85, poll + 0.24),
        (0.79, poll + 0.25),
        (0.735, poll + 0.2),
        (0.715, 0.42),
        (0.72, 0.5),
        (0.67, 0.59),
        (0.5, belly),
        (0.32, belly - 0.008),
        (0.205, 0.58),
        (0.185, 0.5),
    ]
    canvas.part(curve(body), main, volume=0.8, radius=0.06)
    for hip, hoof in (((0.27, 0.54), (0.2, 0.835)), ((0.665, 0.53), (0.755, 0.835))):
        canvas.part(limb(hip, hoof, 0.066, shin), main, volume=0.7, radius=0.035, drop=0.2)
        foot = [(hoof[0] - 0.04, hoof[1] - 0.015), (hoof[0] + 0.04, hoof[1] - 0.015)]
        foot += [(hoof[0] + 0.046, hoof[1] + 0.035), (hoof[0] - 0.046, hoof[1] + 0.035)]
        canvas.part(foot, Paint(tone(main.colour, 0.35), gloss=0.4), volume=0.6, radius=0.015)
    canvas.stroke(runner(0), thick, rockers)
    _mane(canvas, hair, poll, back, curls)
    if look.part("saddle") == "saddle":
        _saddle(canvas, look, back, belly)
    _bridle(canvas, look, poll)


def _mane(canvas: Canvas, hair: Paint, poll: float, back: float, curls: float) -> None:
    start, end = (0.675, poll + 0.0), (0.535, back - 0.04)
    for i in range(6):
        t = i / 5
        x = start[0] + (end[0] - start[0]) * t
        y = start[1] + (end[1] - start[1]) * t
        tuft: list[Knot] = [
            (x - 0.035, y - 0.02),
            (x + 0.03, y - 0.03),
            (x + 0.04, y + 0.03),
            (x - 0.01, y + 0.075),
            (x - 0.03 - curls, y + 0.07),
            (x - 0.05, y + 0.02),
        ]
        canvas.part(curve(tuft), hair.shaded(1 - 0.1 * (i % 2)), volume=0.7, radius=0.02, drop=0.2)
    lock: list[Knot] = [
        (0.66, poll - 0.01),
        (0.72, poll - 0.03),
        (0.775, poll + 0.02),
        (0.77, poll + 0.085),
        (0.72, poll + 0.05),
    ]
    canvas.part(curve(lock), hair, volume=0.7, radius=0.02)


def _saddle(canvas: Canvas, look: Look, back: float, belly: float) -> None:
    leather = Paint(look.accent("saddle"), texture="leather", gloss=0.45)
    strap = leather.shaded(0.6)
    canvas.stroke([(0.425, back + 0.06), (0.425, belly - 0.005)], 0.03, strap, volume=0.4)
    flap: list[Knot] = [
        (0.3, back + 0.0),
        (0.42, back + 0.008),
        (0.54, back - 0.015),
        (0.545, back + 0.06),
        (0.485, back + 0.135),
        (0.38, back + 0.14),
        (0.32, back + 0.07),
    ]
    canvas.part(curve(flap), leather, volume=0.6, radius=0.03)
    seat: list[Knot] = [
        (0.285, back - 0.035),
        (0.34, back - 0.012),
        (0.45, back - 0.014),
        (0.525, back - 0.066),
        (0.56, back - 0.04),
        (0.53, back + 0.022),
        (0.42, back + 0.042),
        (0.31, back + 0.03),
    ]
    canvas.part(curve(seat), leather.shaded(0.82), volume=0.7, radius=0.025)
    canvas.stroke([(0.44, back + 0.1), (0.45, back + 0.185)], 0.014, strap)
    canvas.stroke(ellipse(0.451, back + 0.205, 0.026, 0.026), 0.012, STEEL)


def _bridle(canvas: Canvas, look: Look, poll: float) -> None:
    leather = Paint((110, 66, 40) if look.colour != "brown" else (56, 36, 28), gloss=0.4)
    canvas.stroke([(0.845, poll + 0.125), (0.775, poll + 0.235)], 0.018, leather)
    canvas.stroke([(0.8, poll + 0.19), (0.69, poll + 0.075)], 0.016, leather)
    reins: list[Knot] = [(0.79, poll + 0.2), (0.7, poll + 0.24), (0.6, poll + 0.235)]
    reins += [(0.53, poll + 0.25)]
    canvas.stroke(curve(reins, closed=False), 0.014, leather)
    canvas.part(ellipse(0.797, poll + 0.2, 0.015, 0.015), STEEL, radius=0.01)
    eye(canvas, 0.762, poll + 0.085, 0.014)
    canvas.ink([(0.835, poll + 0.2), (0.85, poll + 0.196)], (50, 36, 32), 0.01, 0.7)


def duck(canvas: Canvas, look: Look) -> None:
    """A bath duck swimming to the right."""
    dice, main = look.dice, look.main
    size, tip = dice.uniform(0.16, 0.18), dice.uniform(0.48, 0.52)
    low, bill = dice.uniform(0.86, 0.88), dice.uniform(0.1, 0.125)
    wing = dice.uniform(0.2, 0.235)
    x, y = 0.6, 0.36
    plain = main.plain()
    canvas.ground(0.49, low + 0.005, 0.3)
    beak = Paint(look.accent("beak"), gloss=0.8)
    trunk: list[Knot] = [
        (0.125, tip),
        (0.2, tip + 0.055),
        (0.33, tip + 0.075),
        (0.46, tip + 0.02),
        (0.62, tip - 0.03),
        (0.78, tip + 0.06),
        (0.84, tip + 0.19),
        (0.77, low - 0.05),
        (0.6, low),
        (0.38, low),
        (0.21, low - 0.06),
        (0.125, low - 0.2),
    ]
    canvas.part(curve(trunk), main, volume=0.85, radius=0.075)
    feather: list[Knot] = [
        (0.28, 0.66),
        (0.42, 0.6),
        (0.56, 0.65),
        (0.55, 0.73),
        (0.43, 0.66 + wing * 0.6),
        (0.33, 0.75),
        (0.25, 0.71),
    ]
    canvas.part(curve(feather), main, volume=0.8, radius=0.035, drop=0.3)
    canvas.part(ellipse(x, y, size, size * 0.97), plain, volume=0.85, radius=0.07, drop=0.25)
    upper: list[Knot] = [
        (x + size * 0.72, y - 0.005),
        (x + size * 0.95, y - 0.012),
        (x + size * 0.9 + bill, y + 0.0),
        (x + size + bill, y + 0.035),
        (x + size * 0.9 + bill * 0.4, y + 0.06),
        (x + size * 0.66, y + 0.055),
    ]
    under: list[Knot] = [
        (x + size * 0.66, y + 0.045),
        (x + size * 0.9 + bill * 0.6, y + 0.06),
        (x + size * 0.9 + bill * 0.45, y + 0.09),
        (x + size * 0.75, y + 0.095),
    ]
    canvas.part(curve(under), beak.shaded(0.72), volume=0.7, radius=0.02)
    canvas.part(curve(upper), beak, volume=0.75, radius=0.025)
    canvas.part(ellipse(x + size * 0.42, y - 0.04, 0.038, 0.046), Paint((255, 255, 255), gloss=0.8))
    eye(canvas, x + size * 0.47, y - 0.035, 0.024)
    shine = ellipse(x - size * 0.42, y - size * 0.5, 0.034, 0.022)
    canvas.part(shine, Paint((255, 255, 255), opacity=0.55), volume=0, drop=0)
    canvas.part(
        ellipse(0.24, 0.635, 0.026, 0.017), Paint((255, 255, 255), opacity=0.45), volume=0, drop=0
    )
    if look.part("hat") == "hat":
        _top_hat(canvas, look.accent("hat"), x - 0.01, y - size * 0.86)


def _top_hat(canvas: Canvas, colour: RGB, x: float, y: float) -> None:
    felt = Paint(colour, texture="felt", gloss=0.3)
    crown: list[Knot] = [
        (x - 0.085, y + 0.0, 1),
        (x - 0.1, y - 0.15, 1),
        (x, y - 0.165),
        (x + 0.1, y - 0.15, 1),
        (x + 0.085, y + 0.0, 1),
    ]
    canvas.part(ellipse(x, y + 0.005, 0.15, 0.032), felt, volume=0.6, radius=0.02)
    canvas.part(curve(crown), felt, volume=0.6, radius=0.03, barrel=0.3)
    band = Paint(CREAM) if sum(colour) < 420 else Paint(TYRE)
    ribbon = [(x - 0.087, y - 0.006, 1), (x - 0.09, y - 0.046, 1), (x, y - 0.035)]
    ribbon += [(x + 0.09, y - 0.046, 1), (x + 0.087, y - 0.006, 1), (x, y + 0.01)]
    canvas.part(curve(ribbon), band, volume=0.3, radius=0.01, drop=0.1, barrel=0.3)
