"""Scarves, gloves and ties."""

from collections.abc import Callable, Sequence
from functools import partial

from demo.draw.canvas import Canvas, Fold
from demo.draw.fittings import STEEL, seam
from demo.draw.geometry import Knot, curve, ellipse, mirrored, rotated
from demo.draw.paint import Paint, tone
from demo.looks import Look


def _tail(
    canvas: Canvas, look: Look, x: float, top: float, end: float, wide: float, lean: float
) -> None:
    """One hanging end of a scarf, `lean` off the vertical, with its fringe."""
    dice, main = look.dice, look.main
    fringe = Paint(look.accent("fringe", tone(main.colour, 0.82)))
    if look.part("fringe") == "fringe":
        for i in range(8):
            fx = x + lean - wide + wide * 2 * (i + 0.5) / 8
            canvas.stroke(
                [(fx, end - 0.012), (fx + lean * 0.1 + dice.uniform(-0.008, 0.008), end + 0.075)],
                0.0125,
                fringe,
                drop=0.2,
            )
    shape: list[Knot] = [
        (x - wide * 0.8, top, 1),
        (x + wide * 0.8, top, 1),
        (x + lean * 0.4 + wide, (top + end) / 2),
        (x + lean + wide, end, 1),
        (x + lean - wide, end, 1),
        (x + lean * 0.4 - wide, (top + end) / 2),
    ]
    canvas.part(
        curve(shape),
        main.turned(-lean * 60),
        volume=0.7,
        drop=0.45,
        folds=[
            Fold([(x - wide * 0.3, top), (x + lean - wide * 0.25, end - 0.05)], 0.03, 0.26),
            Fold([(x + wide * 0.45, top), (x + lean * 0.5 + wide * 0.4, end - 0.15)], 0.03, 0.26),
        ],
    )
    if look.part("fringe") == "none":
        hem = [(x + lean - wide, end - 0.028), (x + lean + wide, end - 0.028)]
        canvas.ink(hem, seam(main.colour), 0.005, 0.7, dash=0.013)


def scarf(canvas: Canvas, look: Look) -> None:
    """A scarf: looped as round a neck, or laid over and hanging long."""
    dice, main = look.dice, look.main
    ends = (dice.uniform(0.82, 0.86), dice.uniform(0.74, 0.8))
    lean = dice.uniform(0.02, 0.05)
    if look.part("shape") == "long":
        _crossed(canvas, look, ends)
        return
    wide, outer = dice.uniform(0.085, 0.1), dice.uniform(0.25, 0.275)
    _tail(canvas, look, 0.57, 0.36, ends[1], wide, lean * 1.6)
    _tail(canvas, look, 0.43, 0.36, ends[0], wide, -lean)
    back: list[Knot] = [
        (0.5 - outer * 0.86, 0.3),
        (0.5 - outer * 0.7, 0.17),
        (0.5, 0.12),
        (0.5 + outer * 0.7, 0.17),
        (0.5 + outer * 0.86, 0.3),
        (0.5, 0.34),
    ]
    canvas.part(curve(back), main.shaded(0.72), volume=0.7, radius=0.05)
    canvas.part(
        ellipse(0.5, 0.255, outer * 0.46, 0.07), Paint(tone(main.colour, 0.3)), drop=0, volume=0.3
    )
    for dy, paint in ((0.0, main.shaded(0.92)), (0.105, main)):
        grow = outer * (1 - dy * 1.1)
        front: list[Knot] = [
            (0.5 - grow, 0.265 + dy),
            (0.5 - grow * 0.72, 0.185 + dy),
            (0.5 - grow * 0.4, 0.25 + dy),
            (0.5, 0.29 + dy),
            (0.5 + grow * 0.4, 0.25 + dy),
            (0.5 + grow * 0.72, 0.185 + dy),
            (0.5 + grow, 0.265 + dy),
            (0.5 + grow * 0.78, 0.36 + dy),
            (0.5, 0.43 + dy),
            (0.5 - grow * 0.78, 0.36 + dy),
        ]
        crease = curve(
            [(0.5 - grow * 0.85, 0.27 + dy), (0.5, 0.35 + dy), (0.5 + grow * 0.85, 0.27 + dy)],
            closed=False,
        )
        canvas.part(
            curve(front),
            paint.turned(dice.uniform(-14, 14)),
            volume=0.9,
            radius=0.05,
            drop=0.5,
            folds=[Fold(crease, 0.035, 0.4)],
        )


def _crossed(canvas: Canvas, look: Look, ends: tuple[float, float]) -> None:
    """A scarf laid as round a neck, its long ends crossed."""
    dice, main = look.dice, look.main
    wide, out, slant = (
        dice.uniform(0.115, 0.13),
        dice.uniform(0.19, 0.215),
        dice.uniform(0.18, 0.21),
    )
    back: list[Knot] = [
        (0.5 - out - wide * 0.6, 0.25),
        (0.5 - out * 0.75, 0.1),
        (0.5, 0.065),
        (0.5 + out * 0.75, 0.1),
        (0.5 + out + wide * 0.6, 0.25),
        (0.5 + out * 0.55, 0.24),
        (0.5, 0.19),
        (0.5 - out * 0.55, 0.24),
    ]
    canvas.part(curve(back), main.turned(90).shaded(0.72), volume=0.7, radius=0.04)
    fringe = Paint(look.accent("fringe", tone(main.colour, 0.82)))
    for side, end in ((1, ends[1] + 0.02), (-1, ends[0] + 0.02)):
        top, foot = 0.5 - side * out, 0.5 + side * slant
        if look.part("fringe") == "fringe":
            for i in range(8):
                x = foot - wide * 0.95 + wide * 1.9 * (i + 0.5) / 8
                y = end - side * (i - 3.5) * 0.006
                tip = (x + side * 0.02 + dice.uniform(-0.007, 0.007), y + 0.075)
                canvas.stroke([(x, y - 0.015), tip], 0.013, fringe, drop=0.2)
        strip: list[Knot] = [
            (top - wide * 0.9, 0.2),
            (top, 0.135),
            (top + wide * 0.7, 0.17),
            (top + wide + side * 0.03, 0.3),
            (0.5 + wide + side * 0.03, 0.52),
            (foot + wide, end - side * 0.022, 1),
            (foot - wide, end + side * 0.022, 1),
            (0.5 - wide + side * 0.01, 0.56),
            (top - wide + side * 0.005, 0.34),
        ]
        creases = [
            Fold(
                curve([(top + d, 0.19), (0.5 + d * 1.2, 0.52), (foot + d, end)], closed=False),
                0.03,
                0.28,
            )
            for d in (-wide * 0.35, wide * 0.4)
        ]
        canvas.part(curve(strip), main.turned(-side * 22), volume=0.75, drop=0.55, folds=creases)
        if look.part("fringe") == "none":
            y = end - 0.03
            hem = [(foot - wide * 1.02, y + side * 0.022), (foot + wide * 0.98, y - side * 0.022)]
            canvas.ink(hem, seam(main.colour), 0.005, 0.7, dash=0.013)


# A left hand's outline, fingers up and the thumb to the right, from the wrist round to the wrist.
_WRIST: Sequence[Knot] = ((-0.085, 0.15), (-0.108, 0.06), (-0.114, -0.04))
_FINGERS: Sequence[Sequence[Knot]] = (
    ((-0.124, -0.15), (-0.104, -0.19), (-0.076, -0.16)),
    ((-0.07, -0.25), (-0.044, -0.292), (-0.018, -0.255)),
    ((-0.006, -0.285), (0.022, -0.328), (0.048, -0.285)),
    ((0.064, -0.24), (0.09, -0.277), (0.112, -0.235)),
)
_GAPS: Sequence[Knot] = ((-0.063, -0.055, 1), (-0.012, -0.07, 1), (0.053, -0.06, 1))
_THUMB: Sequence[Knot] = ((0.165, -0.065), (0.198, -0.085), (0.212, -0.045), (0.185, 0.045))
_HEEL: Sequence[Knot] = ((0.125, 0.115), (0.088, 0.16))


def gloves(canvas: Canvas, look: Look) -> None:
    """A pair of gloves or mittens, backs up."""
    dice = look.dice
    size, apart = dice.uniform(1.02, 1.1), dice.uniform(0.185, 0.2)
    tilt = dice.uniform(4, 10)
    shape = _hand(look.part("fingers"))
    cuff = dice.uniform(0.12, 0.15)
    for side in (-1, 1):
        place = partial(_placed, side=side, apart=apart, size=size, tilt=tilt)
        _glove(canvas, look, shape, place, cuff)


def _placed(
    points: Sequence[Knot], side: int, apart: float, size: float, tilt: float
) -> list[Knot]:
    """A glove's points where it lies: the left one, or its mirror image to the right."""
    centre = 0.5 + side * apart
    moved: list[Knot] = [(centre - side * p[0] * size, 0.53 + p[1] * size, *p[2:]) for p in points]
    return rotated(moved, side * tilt, (centre, 0.53))


def _hand(fingers: str) -> list[list[Knot]]:
    """The glove's outline; for fingerless gloves also the openings for fingers and thumb."""
    if fingers == "mitten":
        tip: list[Knot] = [
            (-0.118, -0.15),
            (-0.075, -0.255),
            (0, -0.29),
            (0.075, -0.25),
            (0.106, -0.14),
            (0.108, -0.03, 1),
        ]
        return [[*_WRIST, *tip, *_THUMB, *_HEEL]]
    outline: list[Knot] = list(_WRIST)
    if fingers == "fingers":
        for i, finger in enumerate(_FINGERS):
            outline += [*finger, *_GAPS[i : i + 1]]
        outline += [(0.112, -0.05), (0.118, 0.005, 1), *_THUMB, *_HEEL]
        return [outline]
    openings: list[list[Knot]] = []
    for i, finger in enumerate(_FINGERS):
        (ax, _), (_, tip_y), (bx, _) = (k[:2] for k in finger)
        y = -0.06 + (tip_y + 0.06) * 0.36
        outline += [(ax, y, 1), (bx, y, 1), *_GAPS[i : i + 1]]
        openings.append([*ellipse((ax + bx) / 2, y, (bx - ax) / 2 - 0.001, 0.011, steps=16)])
    outline += [(0.115, -0.04), (0.12, 0.005, 1), (0.15, -0.03, 1), (0.204, -0.005, 1)]
    outline += [(0.185, 0.045), *_HEEL]
    openings.append(rotated(ellipse(0.177, -0.018, 0.028, 0.011, steps=16), 26, (0.177, -0.018)))
    return [outline, *openings]


def _glove(
    canvas: Canvas,
    look: Look,
    shape: Sequence[Sequence[Knot]],
    place: Callable[[Sequence[Knot]], list[Knot]],
    cuff: float,
) -> None:
    """One glove: its cuff, the hand and the openings or seams of its fingers."""
    main, stitch = look.main, seam(look.main.colour)
    edge = Paint(look.accent("cuff"), texture="knit")
    if edge.colour == main.colour:
        edge = main.plain().shaded(0.82)
    fluffy = look.part("cuff") == "fluffy"
    canvas.part(curve(place(shape[0])), main, volume=0.85, radius=0.026, drop=0.5)
    for opening in shape[1:]:
        canvas.part(place(opening), Paint(tone(main.colour, 0.3)), drop=0, radius=0.01)
    if look.part("fingers") != "mitten":
        for x in (-0.06, -0.01, 0.045):
            line = [(x, -0.04), (x * 0.8, 0.05)]
            canvas.ink(place(line), stitch, 0.005, 0.6)
    else:
        line = [(0.11, -0.02), (0.085, 0.05), (0.09, 0.12)]
        canvas.ink(place(curve(line, closed=False)), stitch, 0.005, 0.5)
    low = 0.15 + cuff
    if fluffy:
        rim = ellipse(0, 0.19, 0.135, 0.062, steps=96)
        fur = [
            (x * (1 + 0.06 * (i % 2)), 0.19 + (y - 0.19) * (1 + 0.1 * (i % 2)))
            for i, (x, y) in enumerate(rim)
        ]
        canvas.part(
            place(fur), Paint(edge.colour, texture="plush"), volume=0.9, radius=0.04, drop=0.5
        )
        return
    wide = 0.094
    outline: list[Knot] = [
        (-wide, 0.13, 1),
        (0, 0.138),
        (wide, 0.13, 1),
        (wide + 0.012, low, 1),
        (0, low + 0.012),
        (-wide - 0.012, low, 1),
    ]
    ribs = [
        Fold(place([(wide * s, 0.135), (wide * s * 1.1, low + 0.005)]), 0.012, 0.38)
        for s in (-0.8, -0.55, -0.3, -0.05, 0.2, 0.45, 0.7, 0.92)
    ]
    ribbed = look.part("cuff") == "ribbed"
    canvas.part(curve(place(outline)), edge, volume=0.7, radius=0.025, folds=ribs if ribbed else ())
    if not ribbed:
        canvas.ink(place([(-wide, 0.15), (wide, 0.15)]), seam(edge.colour), 0.005, 0.8, dash=0.012)
        canvas.part(
            place(ellipse(wide * 0.55, 0.15 + cuff * 0.5, 0.019, 0.019)), STEEL, radius=0.01
        )


def tie(canvas: Canvas, look: Look) -> None:
    """A necktie with its knot tied, or a bow tie."""
    dice, main = look.dice, look.main
    if look.part("shape") == "bow":
        _bow_tie(canvas, look)
        return
    half = dice.uniform(0.105, 0.12) if look.part("width") == "wide" else dice.uniform(0.06, 0.068)
    low, knot = dice.uniform(0.91, 0.94), dice.uniform(0.235, 0.26)
    thick = half * 0.46 + 0.012
    # The loop for the neck: its far side first.
    neck = ellipse(0.5, 0.135, 0.145, 0.075)
    canvas.part(
        neck, main.plain().shaded(0.6), radius=0.02, holes=[ellipse(0.5, 0.125, 0.115, 0.042)]
    )
    for side in (1, -1):
        collar: list[Knot] = [
            (0.5 + side * 0.148, 0.125),
            (0.5 + side * 0.125, 0.175),
            (0.5 + side * 0.03, knot + 0.012),
            (0.5, knot - 0.02),
            (0.5 + side * 0.06, knot - 0.045),
            (0.5 + side * 0.112, 0.14),
        ]
        canvas.part(curve(collar), main.turned(side * 40), volume=0.7, radius=0.02)
    shift = half * 0.34 + 0.014
    end = low - dice.uniform(0.08, 0.12)
    tail: list[Knot] = [
        (0.5 - thick * 0.4, knot, 1),
        (0.5 + thick * 0.9, knot, 1),
        (0.5 + shift + half * 0.62, end - half * 0.7, 1),
        (0.5 + shift, end, 1),
        (0.5 + shift - half * 0.62, end - half * 0.7, 1),
    ]
    canvas.part(curve(tail), main.shaded(0.8).turned(-4), volume=0.6, radius=0.02)
    blade: list[Knot] = [
        (0, knot + 0.03),
        (thick * 0.8, knot + 0.03, 1),
        (half * 0.86, 0.6),
        (half, low - half * 0.95, 1),
        (0, low, 1),
    ]
    canvas.part(
        curve(mirrored(blade)),
        main,
        volume=0.7,
        radius=0.028,
        drop=0.55,
        folds=[Fold([(0.5, knot + 0.05), (0.495, knot + 0.2)], 0.035, 0.4)],
    )
    bulge: list[Knot] = [
        (0, knot - 0.055),
        (thick * 1.0, knot - 0.05, 1),
        (thick * 1.16, knot - 0.02),
        (thick * 0.72, knot + 0.06, 1),
        (0, knot + 0.066),
    ]
    canvas.part(curve(mirrored(bulge)), main.turned(20), volume=0.85, radius=0.03, drop=0.6)


def _bow_tie(canvas: Canvas, look: Look) -> None:
    """A bow with its band for the neck behind it."""
    dice, main = look.dice, look.main
    broad = look.part("width") == "wide"
    wide, high = dice.uniform(0.35, 0.38), dice.uniform(0.17, 0.19) if broad else 0.115
    y = 0.56
    band = curve(
        [
            (0.46, y),
            (0.24, y - 0.17),
            (0.3, 0.27),
            (0.5, 0.23),
            (0.7, 0.27),
            (0.76, y - 0.17),
            (0.54, y),
        ],
        closed=False,
    )
    canvas.stroke(band, 0.04, main.plain().shaded(0.75))
    for paint, grow, dy in ((main.shaded(0.8), 0.95, 0.022), (main, 1.0, 0.0)):
        for side in (1, -1):
            wing: list[Knot] = [
                (0.5, y + dy - high * 0.26, 1),
                (0.5 + side * wide * 0.5 * grow, y + dy - high * 0.74),
                (0.5 + side * wide * 0.96 * grow, y + dy - high * 0.98),
                (0.5 + side * wide * grow, y + dy - high * 0.9),
                (0.5 + side * wide * 0.98 * grow, y + dy),
                (0.5 + side * wide * grow, y + dy + high * 0.9),
                (0.5 + side * wide * 0.96 * grow, y + dy + high * 0.98),
                (0.5 + side * wide * 0.5 * grow, y + dy + high * 0.74),
                (0.5, y + dy + high * 0.26, 1),
            ]
            creases = [
                Fold(
                    [
                        (0.5 + side * 0.05, y + dy + k * 0.02),
                        (0.5 + side * wide * 0.55, y + dy + k * 0.07),
                    ],
                    0.025,
                    0.4,
                )
                for k in (-1, 1)
            ]
            canvas.part(
                curve(wing), paint.turned(side * 8), volume=0.8, radius=0.035, folds=creases
            )
    knot: list[Knot] = [
        (0, y - high * 0.4),
        (0.045, y - high * 0.42),
        (0.056, y),
        (0.045, y + high * 0.42),
        (0, y + high * 0.4),
    ]
    canvas.part(curve(mirrored(knot)), main.turned(90), volume=0.9, radius=0.025, drop=0.6)
