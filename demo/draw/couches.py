"""Armchairs and sofas."""

from dataclasses import dataclass

from demo.draw.canvas import Canvas
from demo.draw.geometry import ellipse, rounded
from demo.draw.paint import Paint
from demo.draw.solids import METALS, WOODS, Model, Place, model
from demo.looks import Look


@dataclass(frozen=True)
class Couch:
    """The measures of an upholstered seat, in metres; `places` is how many sit on it."""

    wide: float
    deep: float
    seat: float
    tall: float
    arm: float
    rest: float
    clear: float
    places: int

    @property
    def inner(self) -> float:
        """Half the width between the arms."""
        return self.wide / 2 - self.arm


def armchair(canvas: Canvas, look: Look) -> None:
    """An upholstered chair for one."""
    dice = look.dice
    wing = look.part("back") == "wing"
    tall = dice.uniform(0.78, 0.88)
    couch = Couch(
        wide=dice.uniform(0.78, 0.9),
        deep=dice.uniform(0.74, 0.82),
        seat=dice.uniform(0.42, 0.46),
        tall=tall + 0.2 if wing else tall,
        arm=dice.uniform(0.12, 0.16),
        rest=dice.uniform(0.58, 0.63),
        clear=dice.uniform(0.13, 0.17),
        places=1,
    )
    _upholstered(canvas, look, couch, dice.uniform(24, 34), dice.uniform(12, 16))


def sofa(canvas: Canvas, look: Look) -> None:
    """A sofa for two or three."""
    dice = look.dice
    places = {"two": 2, "three": 3}[look.part("seats")]
    couch = Couch(
        wide=dice.uniform(1.45, 1.6) if places == 2 else dice.uniform(2.05, 2.25),
        deep=dice.uniform(0.84, 0.94),
        seat=dice.uniform(0.42, 0.46),
        tall=dice.uniform(0.78, 0.88),
        arm=dice.uniform(0.15, 0.2),
        rest=dice.uniform(0.6, 0.65),
        clear=dice.uniform(0.12, 0.16),
        places=places,
    )
    _upholstered(canvas, look, couch, dice.uniform(18, 26), dice.uniform(12, 16))


def _upholstered(canvas: Canvas, look: Look, couch: Couch, yaw: float, pitch: float) -> None:
    dice, main = look.dice, look.main
    wood = Paint(dice.choice(WOODS), texture="wood", gloss=0.25)
    steel = Paint(dice.choice(METALS), texture="metal", gloss=0.8)
    bend = dice.uniform(0.045, 0.065)
    scene = model(canvas, (couch.wide, couch.tall, couch.deep), yaw, pitch)
    scene.shadow(couch.wide, couch.deep, 0.4)
    legs = look.part("legs")
    low = 0.02 if legs == "none" else couch.clear
    if legs != "none":
        _feet(scene, couch, wood if legs == "wooden" else steel, legs == "wooden")
    back, front = -couch.deep / 2, couch.deep / 2
    arms = look.part("arms")
    open_sides = arms == "wooden"
    body = couch.inner + (0.05 if open_sides else 0.0)
    _arm(scene, couch, arms, main, wood, low, -1)
    scene.cushion(
        (-body, body),
        (low, couch.seat - 0.1),
        (back, front - 0.02),
        0.03,
        main.shaded(0.93),
    )
    scene.cushion((-body, body), (low + 0.05, couch.tall), (back, back + 0.2), bend, main)
    if look.part("back") == "wing":
        _wings(scene, couch, main, -1)
    _cushions(scene, couch, look, main, bend, body if open_sides else couch.inner)
    if look.part("back") == "wing":
        _wings(scene, couch, main, 1)
    _arm(scene, couch, arms, main, wood, low, 1)


def _feet(scene: Model, couch: Couch, paint: Paint, wooden: bool) -> None:
    x0, z0 = couch.wide / 2 - 0.1, couch.deep / 2 - 0.09
    lean = 0.035 if wooden else 0.0
    thick, thin = (0.055, 0.028) if wooden else (0.024, 0.024)
    for z in (-1, 1):
        for x in (-1, 1):
            scene.post(
                (x * x0, couch.clear + 0.03, z * z0),
                (x * (x0 + lean), 0.01, z * (z0 + lean)),
                paint.shaded(0.7 if z < 0 else 1),
                thick,
                thin,
            )
    if not wooden:
        for a, b in (((-x0, z0), (x0, z0)), ((x0, -z0), (x0, z0))):
            scene.post((a[0], 0.015, a[1]), (b[0], 0.015, b[1]), paint, 0.024)


def _arm(
    scene: Model, couch: Couch, form: str, main: Paint, wood: Paint, low: float, side: int
) -> None:
    outer, inner = side * couch.wide / 2, side * couch.inner
    x = (min(outer, inner), max(outer, inner))
    z = (-couch.deep / 2, couch.deep / 2)
    if form == "square":
        scene.cushion(x, (low, couch.rest), z, 0.025, main)
        return
    if form == "wooden":
        middle = (x[0] + x[1]) / 2
        for end in (z[0] + 0.1, z[1] - 0.06):
            scene.post((middle, low, end), (middle, couch.rest, end), wood, 0.045)
        scene.post((middle, couch.rest, z[0] + 0.06), (middle, couch.rest, z[1]), wood, 0.05, 0.07)
        return
    roll = couch.arm * 0.56
    scene.cushion((x[0] + 0.015, x[1] - 0.015), (low, couch.rest - 0.05), z, 0.03, main)
    centre = (x[0] + x[1]) / 2
    height = couch.rest - roll * 0.6
    scene.post((centre, height, z[0] + 0.05), (centre, height, z[1]), main, roll * 2.1)
    cx, cy = scene.at(centre, height, z[1])
    reach = roll * scene.scale * 1.05
    scene.canvas.part(ellipse(cx, cy, reach, reach), main, volume=0.5, radius=0.02, drop=0)
    ring = ellipse(cx, cy, reach * 0.8, reach * 0.8)
    scene.canvas.ink([*ring, ring[0]], main.shaded(0.6).colour, 0.004, 0.55)


def _wings(scene: Model, couch: Couch, main: Paint, side: int) -> None:
    inner, outer = side * (couch.inner - 0.03), side * (couch.inner + 0.08)
    back = -couch.deep / 2

    def cheek(z: float, y: float) -> Place:
        return (outer if side > 0 else inner), y, back + z

    outline = rounded(0.02, couch.rest - 0.08, 0.36, couch.tall - 0.02, 0.14)
    x = (min(inner, outer), max(inner, outer))
    shape = [scene.at(*cheek(z, y)) for z, y in outline]
    edge = [scene.at(x[0] if side > 0 else x[1], cheek(z, y)[1], back + z) for z, y in outline]
    if side > 0:
        scene.canvas.part(edge, main, volume=0.6, radius=0.03)
        scene.canvas.part(shape, main.shaded(0.84), volume=0.6, radius=0.03, drop=0.1)
    else:
        scene.canvas.part(edge, main.shaded(0.86), volume=0.7, radius=0.03)


def _cushions(
    scene: Model, couch: Couch, look: Look, main: Paint, bend: float, half: float
) -> None:
    back, front = -couch.deep / 2, couch.deep / 2
    tufted = look.part("back") == "tufted"
    step = 2 * half / couch.places
    for i in range(couch.places):
        x = (-half + i * step + 0.004, -half + (i + 1) * step - 0.004)
        y, z = (couch.seat - 0.13, couch.seat + 0.02), (back + 0.16, front + 0.01)
        scene.cushion(x, y, z, bend, main, piped=True)
    if tufted:
        _buttons(scene, couch, main, half)
    elif look.part("back") != "wing":
        for i in range(couch.places):
            x = (-half + i * step + 0.01, -half + (i + 1) * step - 0.01)
            y = (couch.seat + 0.01, couch.tall - 0.05)
            scene.cushion(x, y, (back + 0.17, back + 0.34), bend * 1.3, main, piped=True)
    if look.has_accent("cushion"):
        cloth = Paint(look.accent("cushion"))
        size = min(0.42, step * 0.66)
        places = (0.0,) if couch.places == 1 else (-half + size * 0.6, half - size * 0.62)
        for x0 in places:
            outline = _pillow(x0, couch.seat + 0.02, size)
            shape = [scene.at(x, y, back + 0.42 - (y - couch.seat) * 0.2) for x, y in outline]
            scene.canvas.part(shape, cloth, volume=0.9, radius=0.045, drop=0.5)


def _pillow(x: float, low: float, size: float) -> list[tuple[float, float]]:
    half = size / 2
    corners = [(x - half, low), (x + half, low), (x + half, low + size), (x - half, low + size)]
    points = []
    for i, (ax, ay) in enumerate(corners):
        bx, by = corners[(i + 1) % 4]
        cx, cy = x, low + half
        for step in range(10):
            t = step / 10
            px, py = ax + (bx - ax) * t, ay + (by - ay) * t
            # The sides of a stuffed square are drawn in between its corners.
            pull = 0.24 * t * (1 - t)
            points.append((px + (cx - px) * pull, py + (cy - py) * pull))
    return points


def _buttons(scene: Model, couch: Couch, main: Paint, half: float) -> None:
    plane = -couch.deep / 2 + 0.205
    rows = (couch.seat + (couch.tall - couch.seat) * t for t in (0.72, 0.38))
    dark = main.plain().shaded(0.62)
    for row, y in enumerate(rows):
        count = 2 * couch.places + 1 - row
        step = 2 * half * 0.86 / (2 * couch.places)
        for i in range(count):
            x = (i - (count - 1) / 2) * step
            # Creases run down to the buttons of the next row, or fade out towards the seat.
            for dx in (-0.5, 0.5):
                if abs(x + dx * step) < half * 0.9:
                    share = 1.0 if row == 0 else 0.6
                    drop = (couch.tall - couch.seat) * 0.34 * share
                    end = (x + dx * step * share, y - drop, plane)
                    scene.trace([(x, y, plane), end], dark.colour, 0.005, 0.35)
            cx, cy = scene.at(x, y, plane)
            scene.canvas.part(
                ellipse(cx, cy, 0.009, 0.009, steps=14), dark, volume=0.6, radius=0.005, drop=0.4
            )
