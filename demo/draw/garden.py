"""Bird houses, solar lights, parasols and deck chairs."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from demo.draw.canvas import Canvas, Fold
from demo.draw.gardening import ROPE, STEEL, along
from demo.draw.geometry import Point, between, curve, ellipse, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look

WOOD: RGB = (178, 128, 82)
INK: RGB = (50, 50, 54)


def bird_house(canvas: Canvas, look: Look) -> None:
    """A bird house, hung on a cord, on a post or by itself."""
    dice = look.dice
    roof, mount = look.part("roof"), look.part("mount")
    half = dice.uniform(0.19, 0.22) * (0.86 if mount == "post" else 1)
    top, low = {"none": (0.2, 0.84), "cord": (0.34, 0.86), "post": (0.17, 0.62)}[mount]
    eaves = top + (0.2 if roof == "pitched" else 0.1) * (0.86 if mount == "post" else 1)
    cap = Paint(look.accent("roof", tone(look.main.colour, 0.62)), texture="wood")
    if mount == "none":
        canvas.ground(0.52, low + 0.005, half * 1.2)
    elif mount == "post":
        canvas.ground(0.5, 0.9, 0.1)
        post = Paint(WOOD, texture="wood")
        canvas.part(
            rounded(0.468, low - 0.02, 0.532, 0.9, 0.008),
            post,
            volume=0.7,
            radius=0.025,
            barrel=0.3,
        )
    else:
        hang = top + (0.01 if roof == "pitched" else 0.06)
        canvas.stroke(
            [(0.5, 0.1), (0.5, hang)]
            if roof == "pitched"
            else [(0.36, hang), (0.5, 0.1), (0.64, hang)],
            0.018,
            ROPE,
        )
        canvas.stroke(ellipse(0.5, 0.1, 0.028, 0.028), 0.01, STEEL)
    deep = 0.09
    side = [
        (0.5 + half, eaves - 0.03),
        (0.5 + half + deep, eaves - 0.06),
        (0.5 + half + deep, low - 0.045),
        (0.5 + half, low),
    ]
    canvas.part(side, look.main.shaded(0.68), volume=0.3, radius=0.015)
    if roof == "pitched":
        front = [
            (0.5, top + 0.03),
            (0.5 + half, eaves),
            (0.5 + half, low),
            (0.5 - half, low),
            (0.5 - half, eaves),
        ]
    else:
        front = [
            (0.5 - half, top + 0.03),
            (0.5 + half, eaves),
            (0.5 + half, low),
            (0.5 - half, low),
        ]
    canvas.part(front, look.main, volume=0.35, radius=0.02)
    floor = [
        (0.5 - half - 0.025, low - 0.02),
        (0.5 + half + 0.02, low - 0.02),
        (0.5 + half + 0.02, low + 0.018),
        (0.5 - half - 0.025, low + 0.018),
    ]
    canvas.part(floor, cap.turned(90).shaded(0.9), volume=0.5, radius=0.012)
    for x in (-0.33, 0.33):
        canvas.ink(
            [(0.5 + half * x, low - 0.025), (0.5 + half * x, eaves + 0.04)],
            tone(look.main.colour, 0.55),
            0.005,
            0.5,
        )
    hole = (0.5, eaves + (low - eaves) * 0.36)
    size = half * dice.uniform(0.36, 0.42)
    canvas.part(
        ellipse(*hole, size + 0.016, size + 0.016),
        look.main.plain().shaded(1.15),
        volume=0.7,
        radius=0.01,
        drop=0.2,
    )
    canvas.part(ellipse(*hole, size, size), Paint((38, 30, 26)), volume=-0.7, radius=0.02, drop=0)
    if look.part("perch") == "perch":
        y = hole[1] + size + 0.062
        canvas.stroke(
            [(0.5, y), (0.475, y + 0.035)], 0.026, Paint(WOOD, texture="wood"), volume=0.9, drop=0.6
        )
        canvas.part(
            ellipse(0.472, y + 0.038, 0.02, 0.02),
            Paint(tone(WOOD, 1.2)),
            volume=0.8,
            radius=0.01,
            drop=0,
        )
    _roof(canvas, roof, half, top, eaves, deep, cap)


def _roof(
    canvas: Canvas, kind: str, half: float, top: float, eaves: float, deep: float, paint: Paint
) -> None:
    thick, over = 0.05, 0.07
    if kind == "pitched":
        slope = (eaves - top - 0.03) / half
        foot = (0.5 + half + over, eaves + slope * over)
        right = [
            (0.5, top - thick * 0.4),
            (0.5 + deep, top - 0.035 - thick * 0.4),
            (foot[0] + deep, foot[1] - 0.035),
            foot,
        ]
        canvas.part(right, paint.shaded(1.05), volume=0.3, radius=0.015, drop=0.4)
        for s in (1, -1):
            board = [
                (0.5, top - thick * 0.5),
                (0.5 + s * (half + over), foot[1] - thick * 0.2),
                (0.5 + s * (half + over - 0.015), foot[1] + thick * 0.75),
                (0.5, top + thick * 0.75),
            ]
            canvas.part(
                board, paint.shaded(0.85 if s > 0 else 1.0), volume=0.6, radius=0.014, drop=0.5
            )
        return
    lid = [
        (0.5 - half - over, top - thick * 0.4),
        (0.5 - half - over + deep, top - 0.05 - thick * 0.4),
        (0.5 + half + over + deep, eaves - 0.02 - thick * 0.4),
        (0.5 + half + over, eaves + 0.03 - thick * 0.4),
    ]
    canvas.part(lid, paint.turned(90).shaded(1.1), volume=0.3, radius=0.015, drop=0.3)
    edge = [lid[0], lid[3], (lid[3][0], lid[3][1] + thick), (lid[0][0], lid[0][1] + thick)]
    canvas.part(edge, paint.turned(90).shaded(0.85), volume=0.6, radius=0.012, drop=0.5)


def solar_light(canvas: Canvas, look: Look) -> None:
    """A light on a stake for the border of a path."""
    dice = look.dice
    shape = look.part("shape")
    low = 0.9
    canvas.ground(0.5, low - 0.012, 0.06)
    paint = look.main.plain()
    radius = dice.uniform(0.16, 0.18)
    head = {"globe": 0.1 + radius * 2, "mushroom": 0.42, "lantern": 0.42}[shape]
    canvas.part(
        along((0.5, head - 0.02), (0.5, low), [(0.0, 0.026, 1), (0.86, 0.026, 1), (1.0, 0.004, 1)]),
        paint,
        volume=0.8,
        radius=0.016,
    )
    canvas.part(
        rounded(0.455, head - 0.03, 0.545, head + 0.05, 0.014),
        paint.shaded(0.85),
        volume=0.8,
        radius=0.02,
    )
    glow = Paint((255, 236, 176), gloss=0.9)
    if shape == "globe":
        cy = 0.1 + radius
        for grow in (1.3, 1.15):
            halo = ellipse(0.5, cy, radius * grow, radius * grow)
            canvas.part(halo, replace(glow, opacity=0.16), volume=0, drop=0)
        canvas.part(ellipse(0.5, cy, radius, radius), glow, volume=0.6, radius=0.09)
        for size, opacity in ((0.8, 0.2), (0.66, 0.22), (0.52, 0.25), (0.38, 0.3), (0.24, 0.35)):
            core = ellipse(0.5, cy, radius * size, radius * size)
            canvas.part(core, Paint((255, 252, 236), opacity=opacity), volume=0, drop=0)
        return
    tall, wide = 0.19, dice.uniform(0.115, 0.13)
    top = head - tall - 0.02
    glass = [
        (0.5 - wide * 0.82, top),
        (0.5 + wide * 0.82, top),
        (0.5 + wide * 0.62, head - 0.02),
        (0.5 - wide * 0.62, head - 0.02),
    ]
    canvas.part(glass, glow, volume=0.4, radius=0.03)
    canvas.part(
        ellipse(0.5, top + tall * 0.5, 0.035, 0.06), Paint((255, 251, 232)), volume=0, drop=0
    )
    for x in (-0.42, 0.0, 0.42) if shape == "lantern" else (-0.3, 0.3):
        canvas.stroke(
            [(0.5 + x * wide * 1.8, top), (0.5 + x * wide * 1.4, head - 0.02)], 0.012, paint, drop=0
        )
    if shape == "mushroom":
        cap = curve(
            [
                (0.5 - wide * 2, top + 0.01, 1),
                (0.5 - wide * 1.5, top - 0.09),
                (0.5, top - 0.15),
                (0.5 + wide * 1.5, top - 0.09),
                (0.5 + wide * 2, top + 0.01, 1),
                (0.5, top + 0.035),
            ]
        )
        canvas.part(cap, paint, volume=0.8, radius=0.04)
        panel = ellipse(0.5, top - 0.105, wide * 0.9, 0.032)
    else:
        cap = [
            (0.5 - wide * 1.4, top + 0.012),
            (0.5 - wide * 0.66, top - 0.1),
            (0.5 + wide * 0.66, top - 0.1),
            (0.5 + wide * 1.4, top + 0.012),
        ]
        canvas.part(cap, paint, volume=0.6, radius=0.02)
        canvas.part(
            rounded(0.5 - wide * 0.75, head - 0.035, 0.5 + wide * 0.75, head - 0.005, 0.01),
            paint,
            volume=0.7,
            radius=0.01,
        )
        panel = [
            (0.5 - wide * 0.5, top - 0.085),
            (0.5 + wide * 0.5, top - 0.085),
            (0.5 + wide * 0.66, top - 0.045),
            (0.5 - wide * 0.66, top - 0.045),
        ]
    canvas.part(panel, Paint((44, 56, 84), gloss=0.9), volume=0.4, radius=0.012, drop=0)


def parasol(canvas: Canvas, look: Look) -> None:
    """An open parasol on its pole."""
    dice = look.dice
    edge, base = look.part("edge"), look.part("base")
    half, top, rim = dice.uniform(0.37, 0.395), 0.12, dice.uniform(0.34, 0.37)
    painted = look.has_accent("pole")
    pole = Paint(look.accent("pole", WOOD), texture="smooth" if painted else "wood", gloss=0.3)
    low = 0.88
    canvas.ground(0.5, low, 0.15 if base == "stand" else 0.05)
    if base == "spike":
        mound = curve(
            [
                (0.37, low + 0.012, 1),
                (0.44, low - 0.022),
                (0.56, low - 0.022),
                (0.63, low + 0.012, 1),
            ]
        )
        canvas.part(
            mound, Paint((222, 198, 150), texture="stone"), volume=0.6, radius=0.02, drop=0.1
        )
    canvas.part(
        rounded(0.487, 0.2, 0.513, low - 0.005, 0.01), pole, volume=0.8, radius=0.012, barrel=0.4
    )
    if base == "stand":
        foot = [
            *ellipse(0.5, low - 0.005, 0.16, 0.03, 0, 180),
            *ellipse(0.5, low - 0.035, 0.15, 0.03, 180, 360),
        ]
        canvas.part(foot, Paint((120, 122, 124), texture="stone"), volume=0.8, radius=0.025)
        canvas.part(
            rounded(0.472, low - 0.12, 0.528, low - 0.04, 0.01),
            Paint((92, 94, 98)),
            volume=0.8,
            radius=0.02,
        )
    under = curve(
        [(0.5 - half, rim, 1), (0.5, rim - 0.05), (0.5 + half, rim, 1), (0.5, rim + 0.06)]
    )
    canvas.part(under, look.main.plain().shaded(0.5), volume=-0.3, radius=0.03, drop=0.3)
    canvas.part(
        rounded(0.487, rim - 0.02, 0.513, rim + 0.1, 0.004),
        pole.shaded(0.75),
        volume=0.6,
        radius=0.01,
        drop=0,
    )
    _gores(canvas, look, half, top, rim, edge)
    canvas.part(ellipse(0.5, top - 0.012, 0.018, 0.024), pole, volume=0.9, radius=0.012)


def _gores(canvas: Canvas, look: Look, half: float, top: float, rim: float, edge: str) -> None:
    """The canopy's panels; a striped one has them in two colours by turns."""
    count = 6
    striped = look.main.pattern == "striped"
    bounds = [-math.cos(math.pi * i / count) for i in range(count + 1)]
    for i in range(count):
        a, b = bounds[i], bounds[i + 1]

        def rib(t: float, across: float) -> Point:
            x = 0.5 + across * half * math.sin(math.pi / 2 * t) ** 0.9
            return x, top + (rim - top) * (
                1 - math.cos(math.pi / 2 * t)
            ) ** 0.8 + 0.06 * t * math.sqrt(max(0, 1 - across**2)) * t

        shares = [k / 10 for k in range(11)]
        left, right = [rib(t, a) for t in shares], [rib(t, b) for t in shares]
        (ax, ay), (bx, by) = left[-1], right[-1]
        sag = 0.03 if edge == "scalloped" else -0.018
        hem = [
            (bx + (ax - bx) * k / 8, by + (ay - by) * k / 8 + sag * math.sin(math.pi * k / 8))
            for k in range(1, 8)
        ]
        paint = look.main
        if striped:
            paint = replace(paint.plain(), colour=paint.second if i % 2 else paint.colour)
        paint = paint.shaded((1.08, 1.12, 1.04, 0.96, 0.88, 0.78)[i])
        gore = [*left, *reversed(hem), *reversed(right)]
        if edge != "straight":
            _valance(canvas, left[-1], right[-1], hem[::-1], paint.shaded(0.92), edge)
        canvas.part(gore, paint, volume=0.3, radius=0.02, drop=0.1)
        canvas.ink(left, tone(paint.colour, 0.6), 0.005, 0.5)


def _valance(
    canvas: Canvas, a: Point, b: Point, hem: Sequence[Point], paint: Paint, edge: str
) -> None:
    """What hangs from the edge of a panel: a scallop, or a fringe."""
    line = [a, *hem, b]
    if edge == "fringe":
        light = Paint((246, 240, 224))
        count = max(3, round((b[0] - a[0]) / 0.02))
        for k in range(count):
            x, y = line[round((k + 0.5) / count * (len(line) - 1))]
            x = a[0] + (b[0] - a[0]) * (k + 0.5) / count
            canvas.stroke([(x, y - 0.01), (x, y + 0.06)], 0.012, light, drop=0.1)
        return
    drop = [
        (
            b[0] + (a[0] - b[0]) * k / 12,
            b[1] + (a[1] - b[1]) * k / 12 + 0.045 + 0.035 * math.sin(math.pi * k / 12),
        )
        for k in range(13)
    ]
    canvas.part([*line, *drop], paint, volume=0.4, radius=0.015, drop=0.15)


def deck_chair(canvas: Canvas, look: Look) -> None:
    """A folding chair with a sling of cloth, seen from its front right."""
    dice = look.dice
    painted = look.has_accent("frame")
    frame = Paint(look.accent("frame", WOOD), texture="smooth" if painted else "wood", gloss=0.3)
    deep = (dice.uniform(0.27, 0.3), -0.1)
    head, toe = (0.2, 0.21), (0.5, 0.89)
    knee, heel = (0.59, 0.61), (0.11, 0.87)
    prop = (between(head, toe, 0.24), between(heel, knee, 0.13))

    def far(p: Point) -> Point:
        return p[0] + deep[0], p[1] + deep[1]

    def beam(a: Point, b: Point, shade: float = 1.0, width: float = 0.036) -> None:
        turn = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) - 90
        canvas.stroke([a, b], width, frame.shaded(shade).turned(turn), volume=0.8, drop=0.35)

    canvas.ground(0.34, 0.88, 0.26)
    canvas.ground(0.6, 0.8, 0.2, 0.3)
    for a, b in (prop, (heel, knee), (head, toe)):
        beam(far(a), far(b), 0.78)
    for p in (heel, toe):
        beam(p, far(p), 0.86)
    seat = dice.uniform(0.71, 0.735)
    path = curve(
        [head, (0.29, 0.47), (0.42, seat - 0.045), (0.51, seat - 0.03), knee], closed=False
    )
    _sling(canvas, look.main, path, far)
    beam(knee, far(knee), 1.0)
    beam(head, far(head), 1.05)
    if look.part("pillow") == "pillow":
        places = ((1, 0.1), (1, 0.5), (1, 0.9), (4, 0.96), (7, 0.9), (7, 0.5), (7, 0.1), (4, 0.04))
        corners = [between(path[k], far(path[k]), t) for k, t in places]
        paint = look.main.plain().shaded(1.15)
        canvas.part(curve(corners), paint, volume=1.0, radius=0.04, drop=0.6)
    for a, b in (prop, (heel, knee), (head, toe)):
        beam(a, b)
    if look.part("armrest") == "armrest":
        for place in (far, lambda p: p):
            beam(place((0.6, 0.6)), place((0.6, 0.5)), 0.9, 0.03)
            beam(place((0.3, 0.44)), place((0.63, 0.49)), 1.08, 0.046)
    canvas.part(ellipse(0.398, 0.66, 0.014, 0.014), STEEL, volume=0.9, radius=0.008)


def _sling(
    canvas: Canvas, paint: Paint, path: Sequence[Point], far: Callable[[Point], Point]
) -> None:
    """The cloth between the two rails; stripes run down its whole length."""

    def strip(start: float, end: float) -> list[Point]:
        left = [between(p, far(p), start) for p in path]
        return [*left, *reversed([between(p, far(p), end) for p in path])]

    def fold(start: float, end: float) -> list[Fold]:
        low, front = path[-13], path[-4]
        return [
            Fold([between(low, far(low), start), between(low, far(low), end)], 0.1, 0.3),
            Fold([between(front, far(front), start), between(front, far(front), end)], 0.05, -0.15),
        ]

    striped = paint.pattern == "striped"
    base = paint.plain() if striped else paint
    canvas.part(strip(0.1, 0.9), base, volume=0.3, radius=0.02, drop=0.5, folds=fold(0.0, 1.0))
    if striped:
        # One outline for all stripes: what joins them lies under the beam at the head.
        starts = [0.1 + 0.8 * (i + 0.28) / 4 for i in range(4)]
        stripes = [strip(start, start + 0.8 * 0.44 / 4) for start in starts]
        joined = [p for stripe in stripes for p in (*stripe, stripe[0])]
        back = [stripe[0] for stripe in reversed(stripes)]
        second = replace(base, colour=paint.second)
        canvas.part([*joined, *back], second, volume=0, drop=0, folds=fold(0.0, 1.0))
    for share in (0.115, 0.885):
        seam = [between(p, far(p), share) for p in path]
        canvas.ink(seam, tone(paint.colour, 0.55), 0.005, 0.6)
