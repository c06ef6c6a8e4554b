"""How clothes are cut: measures of a body, necklines, collars, sleeves and trouser legs.

Garments are written in measures of their own: x from the middle line, y down from the shoulder
(or from the waist), where a shoulder is about 0.19 wide. A `Body` puts them on the picture, as
large as they fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, Point, between, curve, ellipse, flipped, mirrored
from demo.draw.paint import RGB, Paint, tone

BRASS: RGB = (206, 172, 104)
STEEL: RGB = (190, 194, 198)


@dataclass(frozen=True)
class Body:
    """Where a garment lies on the picture, and how large."""

    scale: float
    top: float
    centre: float = 0.5

    def knots(self, points: Sequence[Knot], side: int = 1) -> list[Knot]:
        """Points of the garment on the picture; of its left half if `side` is negative."""
        return [
            (self.centre + side * p[0] * self.scale, self.top + p[1] * self.scale, *p[2:])
            for p in points
        ]

    def shape(self, points: Sequence[Knot], side: int = 1) -> list[Point]:
        """A closed smooth outline."""
        return curve(self.knots(points, side))

    def both(self, half: Sequence[Knot]) -> list[Point]:
        """A closed symmetric outline from its right half, top to bottom."""
        points = [(p[0] * self.scale, self.top + p[1] * self.scale, *p[2:]) for p in half]
        return curve(mirrored(points, self.centre))

    def line(self, points: Sequence[Knot], side: int = 1) -> list[Point]:
        """An open smooth line."""
        return curve(self.knots(points, side), closed=False)

    def fold(self, a: Point, b: Point, width: float, depth: float, side: int = 1) -> Fold:
        """A crease between two points."""
        return Fold(self.knots([a, b], side), width * self.scale, depth)

    def dot(self, x: float, y: float, radius: float) -> list[Point]:
        """A disc, such as a button."""
        cx, cy = self.knots([(x, y)])[0]
        return ellipse(cx, cy, radius * self.scale, radius * self.scale, steps=20)


def fitted(height: float, width: float, most: float = 2.0, up: float = 0.0) -> Body:
    """A body on which a garment of this height and width fills the picture.

    `most` is the largest scale, so that short garments look a little smaller than long ones; `up`
    is how far the garment reaches above its zero line.
    """
    scale = min(0.86 / height, 0.86 / width, most)
    return Body(scale, 0.5 - height * scale / 2 + up * scale)


def is_dark(paint: Paint) -> bool:
    """Whether seams must be lighter than the cloth to be seen."""
    red, green, blue = paint.colour
    return 0.3 * red + 0.59 * green + 0.11 * blue < 62


def seam(paint: Paint) -> RGB:
    """The colour of a seam in this cloth."""
    return tone(paint.colour, 1.7 if is_dark(paint) else 0.55)


def edged(paint: Paint, strength: float = 1.0) -> Paint:
    """The same cloth in a shade that stands out against it: for bands, pockets, collars."""
    return paint.shaded(1 + 0.22 * strength if is_dark(paint) else 1 - 0.14 * strength)


def clipped(points: Sequence[Point], a: Point, b: Point) -> list[Point]:
    """The part of an outline to the right of the line from `a` to `b` (as one walks it)."""

    def beyond(p: Point) -> float:
        return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])

    kept: list[Point] = []
    for i, p in enumerate(points):
        last = points[i - 1]
        before, here = beyond(last), beyond(p)
        if (before > 0) != (here > 0):
            kept.append(between(last, p, before / (before - here)))
        if here > 0:
            kept.append(p)
    return kept


def neckline(form: str, width: float, depth: float, rise: float = 0.0) -> list[Knot]:
    """The right half of a neckline from its lowest point to the shoulder, at height `rise`."""
    if form == "v-neck":
        return [(0, rise + depth, 1), (width * 0.55, rise + depth * 0.5), (width, rise, 1)]
    if form == "square":
        return [(0, rise + depth), (width * 0.94, rise + depth, 1), (width, rise, 1)]
    return [(0, rise + depth), (width * 0.66, rise + depth * 0.72), (width, rise, 1)]


def neck_inside(canvas: Canvas, body: Body, paint: Paint, width: float, depth: float) -> None:
    """The back of a garment as seen through its neck, with a label."""
    inside = [
        (0, 0.012),
        (width * 0.6, 0.007),
        (width + 0.004, -0.004, 1),
        (width + 0.012, 0.05, 1),
    ]
    dark = 1.35 if is_dark(paint) else 0.6
    canvas.part(
        body.both([*inside, (width * 0.8, depth + 0.06), (0, depth + 0.07)]),
        paint.plain().shaded(dark),
        volume=0.3,
        drop=0.2,
    )
    label = [(0.022, 0.022, 1), (0.022, 0.044, 1), (-0.022, 0.044, 1), (-0.022, 0.022, 1)]
    canvas.part(body.shape(label), Paint((240, 236, 228)), volume=0.1, drop=0.1)


def sleeves(
    canvas: Canvas, body: Body, paint: Paint, form: str, shoulder: float, bust: float, wide: float
) -> list[list[Point]]:
    """A pair of sleeves, right one first, whose outlines it gives; `wide` loosens them."""
    if form == "short":
        arm: list[Knot] = [
            (shoulder - 0.06, 0.02, 1),
            (shoulder + 0.03 + wide * 0.5, 0.075),
            (shoulder + 0.085 + wide, 0.235, 1),
            (shoulder - 0.01, 0.285, 1),
            (bust - 0.06, 0.25, 1),
        ]
        tilt = 28
    else:
        arm = [
            (shoulder - 0.06, 0.02, 1),
            (shoulder + 0.028, 0.085),
            (shoulder + 0.078 + wide * 0.5, 0.36),
            (shoulder + 0.12 + wide, 0.635, 1),
            (shoulder + 0.045, 0.655, 1),
            (shoulder + 0.01, 0.42),
            (bust - 0.05, 0.24, 1),
        ]
        tilt = 10
    outlines = []
    for side in (1, -1):
        outline = body.shape(arm, side)
        inner, outer = (shoulder + 0.01, 0.2), (shoulder + 0.06, 0.24)
        folds = [body.fold((bust - 0.02, 0.2), outer, 0.03, 0.25, side)]
        if form == "long":
            folds.append(
                body.fold((shoulder + 0.02, 0.43), (shoulder + 0.09, 0.4), 0.03, 0.3, side)
            )
            folds.append(body.fold(inner, (shoulder + 0.08, 0.62), 0.04, 0.16, side))
        canvas.part(outline, paint.turned(side * tilt), volume=0.65, folds=folds)
        outlines.append(outline)
    return outlines


def cuffs(
    canvas: Canvas,
    body: Body,
    paint: Paint,
    form: str,
    arms: Sequence[list[Point]],
    shoulder: float,
) -> None:
    """Bands at the ends of a pair of sleeves."""
    if form == "short":
        cut = body.knots([(shoulder + 0.2, 0.185), (shoulder - 0.06, 0.265)])
    else:
        cut = body.knots([(shoulder + 0.25, 0.575), (shoulder, 0.61)])
    for side, arm in zip((1, -1), arms, strict=True):
        a, b = cut if side > 0 else flipped(list(reversed(cut)), body.centre)
        band = clipped(arm, (b[0], b[1]), (a[0], a[1]))
        canvas.part(band, paint, radius=0.012, volume=0.5, drop=0.3)


def collar(
    canvas: Canvas,
    body: Body,
    paint: Paint,
    form: str,
    neck: str,
    width: float,
    depth: float,
    rim: Paint | None = None,
) -> None:
    """Two collar leaves round a neckline: "pointed" as on a shirt, or "round"; with a `rim`."""
    corner = (1,) if form == "pointed" else ()
    inner: list[Knot] = [(0.004, depth, 1)]
    if neck == "square":
        inner.append((width * 0.9, depth, 1))
        tip: list[Knot] = [(width + 0.05, depth * 0.6), (width + 0.04, depth + 0.055, *corner)]
        tip += [(0.04, depth + 0.06), (0.012, depth + 0.05, *corner)]
    elif neck == "v-neck":
        # The leaves end part of the way down, so that the V stays open below them.
        inner = [(width * 0.3, depth * 0.7, 1), (width * 0.62, depth * 0.42)]
        tip = [(width + 0.05, depth * 0.28), (width + 0.045, depth * 1.0, *corner)]
        if form == "round":
            tip = [(width + 0.054, depth * 0.3), (width + 0.03, depth * 0.64)]
            tip.append((width * 0.62, depth * 0.88))
    elif form == "pointed":
        inner.append((width * 0.7, depth * 0.62))
        tip = [(width + 0.044, 0.045), (0.092, depth + 0.085, 1)]
    else:
        inner.append((width * 0.7, depth * 0.62))
        tip = [(width + 0.05, 0.045), (width + 0.008, depth + 0.05), (0.05, depth + 0.078)]
        tip.append((0.01, depth + 0.046))
    start: list[Knot] = [(width * 0.8, -0.022, 1), (width + 0.03, -0.004)]
    for side in (-1, 1):
        leaf = body.shape([*start, *tip, *inner], side)
        canvas.part(leaf, paint, radius=0.01, volume=0.35, drop=0.6)
        canvas.ink([*leaf, leaf[0]], seam(paint), 0.003, 0.55)
        if rim:
            border = body.line([(width + 0.03, -0.004), *tip, inner[0]], side)
            canvas.stroke(border, 0.013 * body.scale, rim, drop=0.1)


def buttons(canvas: Canvas, body: Body, colour: RGB, start: float, end: float, count: int) -> None:
    """A row of buttons down the front."""
    for i in range(count):
        y = start + (end - start) * i / max(1, count - 1)
        canvas.part(body.dot(0, y, 0.013), Paint(colour, gloss=0.6), radius=0.006, drop=0.4)


def belt(canvas: Canvas, body: Body, half: float, y: float, paint: Paint, metal: RGB) -> None:
    """A belt with a buckle, at height `y` round a waist of this half width."""
    band: list[Knot] = [
        (0, y - 0.015),
        (half + 0.006, y - 0.026, 1),
        (half + 0.008, y + 0.022, 1),
        (0, y + 0.036),
    ]
    canvas.part(body.both(band), paint, radius=0.012, drop=0.45)
    frame = body.both(
        [(0, y - 0.026), (0.036, y - 0.026, 1), (0.036, y + 0.046, 1), (0, y + 0.046)]
    )
    hole = body.both([(0, y - 0.01), (0.021, y - 0.01, 1), (0.021, y + 0.03, 1), (0, y + 0.03)])
    canvas.part(frame, Paint(metal, gloss=0.9, texture="metal"), radius=0.01, holes=[hole])


@dataclass(frozen=True)
class Legs:
    """The cut of a pair of trousers, from the waist at y = 0: half widths and heights."""

    waist: float
    hip: float
    knee: float
    hem: float
    spread: float
    crotch: float
    end: float

    def half(self) -> list[Knot]:
        """The outline of the right leg."""
        knee = 0.66
        outer: list[Knot] = [(self.waist, 0, 1), (self.hip, 0.19)]
        inner: list[Knot] = [(0.006, self.crotch + 0.02, 1), (0, self.crotch, 1)]
        if self.end > 0.8:
            outer.append((self.knee, knee))
            middle = self.spread * (knee - self.crotch) / (self.end - self.crotch)
            inner.insert(0, (middle, knee))
        outer.append((self.hem, self.end, 1))
        return [(0, 0, 1), *outer, (self.spread, self.end + 0.012, 1), *inner]


def legs(
    canvas: Canvas, body: Body, cut: Legs, paint: Paint, creased: bool = False
) -> list[list[Point]]:
    """Both legs, left one first, whose outlines it gives; `creased` presses a line into them."""
    outlines = []
    middle = (cut.hem + cut.spread) / 2
    for side in (-1, 1):
        folds = [
            body.fold((0.02, cut.crotch), (cut.hip * 0.75, cut.crotch - 0.06), 0.035, 0.3, side),
            body.fold(
                (0.02, cut.crotch + 0.03), (cut.hip * 0.6, cut.crotch + 0.05), 0.03, 0.2, side
            ),
        ]
        if cut.end > 0.8:
            folds.append(body.fold((cut.spread, 0.68), (cut.knee * 0.8, 0.64), 0.035, 0.26, side))
            folds.append(
                body.fold((cut.hem, cut.end - 0.12), (middle, cut.end - 0.09), 0.03, 0.22, side)
            )
        folds.append(body.fold((cut.hip * 0.5, 0.2), (middle, cut.end), 0.05, 0.14, side))
        outline = body.shape(cut.half(), side)
        canvas.part(outline, paint.turned(side * 3), folds=folds, volume=0.75, drop=0.35)
        if creased:
            line = body.line([(cut.hip * 0.52, 0.1), (cut.hip * 0.5, 0.4), (middle, cut.end)], side)
            canvas.ink(line, seam(paint), 0.0025, 0.5)
        outlines.append(outline)
    return outlines


def leg_ends(
    canvas: Canvas,
    body: Body,
    paint: Paint,
    cut: Legs,
    outlines: Sequence[list[Point]],
    band: float,
) -> None:
    """Bands or turn-ups of height `band` at the ends of both legs."""
    for outline in outlines:
        left, right = body.knots([(-1, cut.end - band), (1, cut.end - band)])
        piece = clipped(outline, (left[0], left[1]), (right[0], right[1]))
        canvas.part(piece, paint, radius=0.012, volume=0.6, drop=0.45)


def waistband(
    canvas: Canvas, body: Body, cut: Legs, paint: Paint, height: float = 0.055, grow: float = 0.006
) -> None:
    """A waistband with the inside of the back behind it; drawn after what it holds.

    `grow` is how much wider it is at its lower edge.
    """
    half = cut.waist
    canvas.part(
        body.both([(0, -0.03), (half - 0.006, -0.022, 1), (half - 0.006, 0.02, 1), (0, 0.03)]),
        paint.plain().shaded(1.3 if is_dark(paint) else 0.58),
        volume=0.3,
        drop=0.1,
    )
    band: list[Knot] = [
        (0, 0.0),
        (half * 0.7, -0.01),
        (half - 0.001, -0.026, 1),
        (half + grow, height - 0.022, 1),
        (half * 0.7, height - 0.004),
        (0, height + 0.004),
    ]
    canvas.part(body.both(band), paint, radius=0.014, volume=0.5, drop=0.3)
