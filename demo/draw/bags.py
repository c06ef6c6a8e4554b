"""Handbags, tote bags, shoulder bags and bucket bags."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.fittings import arch, buckle, evenly, fittings, lining, ring, seam, zipper
from demo.draw.geometry import Knot, curve, ellipse, flipped, mirrored, rounded
from demo.draw.paint import Paint
from demo.looks import Look


def handbag(canvas: Canvas, look: Look) -> None:
    """A structured handbag with one or two top handles, and perhaps a long strap."""
    dice, main = look.dice, look.main
    metal = fittings(dice)
    handle = Paint(look.accent("handle"), gloss=0.45)
    wide, low, top = dice.uniform(0.27, 0.315), 0.86, dice.uniform(0.46, 0.51)
    narrow, foot = dice.uniform(0.8, 0.9), wide * dice.uniform(0.4, 0.5)
    rise = dice.uniform(0.2, 0.25)
    domed = look.part("shape") == "rounded"
    two = look.part("handle") == "double"
    zipped = look.part("closure") == "zip"
    stitch = seam(main.colour)
    if domed:
        half: list[Knot] = [
            (0, top),
            (wide * 0.6, top + 0.012),
            (wide * 0.95, top + 0.1),
            (wide * 1.04, top + 0.24),
            (wide * 0.98, low - 0.03),
            (wide * 0.84, low, 1),
            (0, low),
        ]
    else:
        half = [
            (0, top),
            (wide * narrow, top, 1),
            (wide * 1.02, low - 0.045),
            (wide * 0.97, low, 1),
            (0, low + 0.003),
        ]
    canvas.ground(0.5, low + 0.006, wide * 1.12)
    if look.part("strap") == "strap":
        edge = wide * (0.84 if domed else narrow)
        line = curve(
            [
                (0.5 - edge, top + 0.08),
                (0.5 - wide * 1.1, top - 0.12),
                (0.5 - wide * 0.74, 0.14),
                (0.5, 0.085),
                (0.5 + wide * 0.74, 0.14),
                (0.5 + wide * 1.1, top - 0.12),
                (0.5 + edge, top + 0.08),
            ],
            closed=False,
        )
        canvas.stroke(line, 0.019, handle.shaded(0.85))
        ring(canvas, 0.5 - edge, top + 0.07, 0.022, metal)
        ring(canvas, 0.5 + edge, top + 0.07, 0.022, metal)
    if two or not zipped:
        canvas.stroke(arch(foot, foot * 0.62, top + 0.02, rise + 0.015), 0.034, handle.shaded(0.72))
    if two and not zipped:
        canvas.stroke(arch(foot * 1.12, foot * 0.7, top + 0.03, rise - 0.035), 0.034, handle)
    canvas.part(
        curve(mirrored(half)),
        main,
        volume=0.7,
        radius=0.05,
        folds=[Fold([(0.5 - wide, low - 0.055), (0.5 + wide, low - 0.055)], 0.02, 0.12)],
    )
    if zipped:
        rail: list[Knot] = (
            [(0.5 - wide * 0.94, top + 0.15), (0.5 - wide * 0.6, top + 0.055), (0.5, top + 0.035)]
            if domed
            else [(0.5 - wide * narrow * 0.9, top + 0.035), (0.5, top + 0.045)]
        )
        zipper(
            canvas,
            curve([*rail, *reversed(flipped(rail[:-1]))], closed=False),
            metal,
            main.colour,
        )
        canvas.stroke(arch(foot, foot * 0.62, top + 0.02, rise, 0.1), 0.034, handle)
        for x in (0.5 - foot, 0.5 + foot):
            canvas.part(
                rounded(x - 0.028, top + 0.085, x + 0.028, top + 0.15, 0.014), handle, radius=0.012
            )
            canvas.part(ellipse(x, top + 0.12, 0.011, 0.011), metal, radius=0.006)
    else:
        _flap(canvas, look, metal, handle, wide * (0.86 if domed else narrow), top, low, domed)
    base = [(0.5 - wide * 0.95, low - 0.025), (0.5 + wide * 0.95, low - 0.025)]
    canvas.ink(base, stitch, 0.004, 0.8, dash=0.011)


def _flap(
    canvas: Canvas,
    look: Look,
    metal: Paint,
    strap: Paint,
    wide: float,
    top: float,
    low: float,
    domed: bool,
) -> None:
    """A flap over the front, held by a lock or by a strap with a buckle."""
    deep = top + (low - top) * (0.56 if domed else 0.5)

    def edge(inset: float) -> list[Knot]:
        return [
            (wide - inset, top + 0.03),
            (wide * 1.04 - inset, deep - 0.08 - inset),
            (wide * 0.82 - inset, deep - 0.02 - inset),
            (0, deep - inset),
        ]

    start: list[Knot] = [(0, top - 0.008), (wide * 0.72, top - (0 if domed else 0.007))]
    canvas.part(curve(mirrored([*start, *edge(0)])), look.main.shaded(0.96), radius=0.03, drop=0.55)
    stitched = [(0.5 + x, y) for x, y, *_ in edge(0.017)]
    line = curve([*flipped(stitched), *list(reversed(stitched))[1:]], closed=False)
    canvas.ink(line, seam(look.main.colour), 0.004, 0.85, dash=0.011)
    if look.part("closure") == "buckle":
        canvas.stroke([(0.5, deep - 0.1), (0.5, deep + 0.09)], 0.05, strap.shaded(0.9))
        buckle(canvas, 0.5, deep + 0.01, 0.045, 0.036, metal)
    else:
        canvas.part(rounded(0.455, deep - 0.045, 0.545, deep + 0.03, 0.018), metal, radius=0.012)
        canvas.part(
            rounded(0.485, deep - 0.025, 0.515, deep + 0.012, 0.01), metal.shaded(0.6), radius=0.008
        )


def tote_bag(canvas: Canvas, look: Look) -> None:
    """A soft open bag with two handles that start on its front and back."""
    dice, main = look.dice, look.main
    handle = Paint(look.accent("handle"), gloss=0.2, texture="canvas")
    long = look.part("handle") == "long"
    tall = look.part("shape") == "tall"
    wide = dice.uniform(0.23, 0.25) if tall else dice.uniform(0.29, 0.33)
    high = dice.uniform(0.47, 0.5) if tall else dice.uniform(0.37, 0.41)
    rise = dice.uniform(0.27, 0.31) if long else dice.uniform(0.13, 0.15)
    lean, foot = dice.uniform(-0.015, 0.025), wide * dice.uniform(0.4, 0.5)
    low = 0.87 if long or tall else 0.82
    top = low - high
    canvas.ground(0.5, low + 0.006, wide * 1.1)
    band = 0.026 if long else 0.034
    canvas.stroke(arch(foot, foot * 0.6, top, rise * 0.92), band, handle.shaded(0.68))
    canvas.part(ellipse(0.5, top + 0.004, wide + lean - 0.004, 0.026), lining(main), drop=0)
    body: list[Knot] = [
        (0, top + 0.026),
        (wide * 0.7, top + 0.018),
        (wide + lean, top, 1),
        (wide * 1.01, low - 0.06),
        (wide * 0.97, low - 0.01),
        (wide * 0.9, low + 0.002),
        (0, low + 0.006),
    ]
    canvas.part(
        curve(mirrored(body)),
        main,
        volume=0.6,
        radius=0.05,
        folds=[
            Fold([(0.5 - wide * 0.55, top + 0.09), (0.5 - wide * 0.72, low - 0.12)], 0.05, 0.2),
            Fold([(0.5 + wide * 0.6, top + 0.12), (0.5 + wide * 0.5, low - 0.06)], 0.05, 0.18),
            Fold([(0.5 - wide * 0.8, low - 0.07), (0.5 + wide * 0.3, low - 0.045)], 0.04, 0.14),
        ],
    )
    if look.accent("base") != main.colour:
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, low - 0.115),
                        (wide * 1.015, low - 0.125, 1),
                        (wide * 1.015, low - 0.05),
                        (wide * 0.975, low - 0.01),
                        (wide * 0.9, low + 0.004),
                        (0, low + 0.008),
                    ]
                )
            ),
            Paint(look.accent("base"), gloss=0.3, texture="leather"),
            radius=0.04,
            drop=0.15,
        )
    hem = curve(
        [(0.5 - wide, top + 0.03), (0.5, top + 0.055), (0.5 + wide, top + 0.03)], closed=False
    )
    canvas.ink(hem, seam(main.colour), 0.004, 0.8, dash=0.011)
    if look.part("pocket") == "pocket":
        canvas.part(
            rounded(0.5 - wide * 0.52, top + high * 0.36, 0.5 + wide * 0.52, low - 0.075, 0.025),
            main.plain().shaded(0.86),
            radius=0.02,
            drop=0.5,
        )
        y = top + high * 0.36 + 0.024
        canvas.ink(
            [(0.5 - wide * 0.48, y), (0.5 + wide * 0.48, y)], seam(main.colour), 0.005, 0.9, 0.011
        )
    canvas.stroke(arch(foot * 1.05, foot * 0.66, top + 0.01, rise, 0.09), band, handle)
    for x in (0.5 - foot * 1.05, 0.5 + foot * 1.05):
        y, half = top + 0.075, band * 0.33
        cross = [(x - half, y), (x + half, y + 0.025), (x + half, y), (x - half, y + 0.025)]
        canvas.ink(cross, seam(handle.colour), 0.004, 0.8)


def shoulder_bag(canvas: Canvas, look: Look) -> None:
    """A bag on one strap: a crescent, or a box with rounded corners."""
    dice, main = look.dice, look.main
    metal = fittings(dice)
    strap = Paint(look.accent("strap"), gloss=0.45)
    crescent = look.part("shape") == "crescent"
    long = look.part("strap") == "long"
    wide = dice.uniform(0.24, 0.27) if long else dice.uniform(0.31, 0.34)
    high = wide * dice.uniform(1.1, 1.25)
    low, band = (0.9, dice.uniform(0.017, 0.022)) if long else (0.86, dice.uniform(0.03, 0.04))
    top, sag = low - high, dice.uniform(0.05, 0.085)
    peak = 0.08 if long else top - dice.uniform(0.2, 0.26)
    canvas.ground(0.5, low + 0.004, wide)
    tie = wide * (0.94 if crescent else 0.97)
    shoulder = wide * (0.62 if long else 0.7)
    line = curve(
        [
            (0.5 - tie, top + 0.05),
            (0.5 - tie * 0.98, top - 0.05),
            (0.5 - shoulder, peak + 0.07),
            (0.5, peak),
            (0.5 + shoulder, peak + 0.07),
            (0.5 + tie * 0.98, top - 0.05),
            (0.5 + tie, top + 0.05),
        ],
        closed=False,
    )
    canvas.stroke(line, band, strap)
    if crescent:
        body: list[Knot] = [
            (0, top + sag),
            (wide * 0.62, top + sag * 0.55),
            (wide * 0.96, top - 0.005),
            (wide * 1.08, top + high * 0.42),
            (wide * 0.72, low - 0.035),
            (0, low),
        ]
    else:
        body = [
            (0, top),
            (wide * 0.9, top + 0.003),
            (wide * 1.02, top + 0.06),
            (wide * 1.04, low - 0.08),
            (wide * 0.93, low),
            (0, low + 0.004),
        ]
    canvas.part(
        curve(mirrored(body)),
        main,
        volume=0.85,
        radius=0.06,
        folds=[
            Fold([(0.5 - wide * 0.8, top + 0.08), (0.5 - wide * 0.45, low - 0.1)], 0.06, 0.14),
            Fold([(0.5 + wide * 0.8, top + 0.1), (0.5 + wide * 0.5, low - 0.08)], 0.06, 0.14),
        ],
    )
    dip = sag if crescent else 0.01
    if look.part("closure") == "zip":
        zipper(
            canvas,
            curve(
                [
                    (0.5 - wide * 0.84, top + 0.055 + dip * 0.2),
                    (0.5, top + 0.05 + dip),
                    (0.5 + wide * 0.84, top + 0.055 + dip * 0.2),
                ],
                closed=False,
            ),
            metal,
            main.colour,
        )
    else:
        deep = top + high * 0.68
        half: list[Knot] = [
            (0, top + dip - 0.008),
            (wide * 0.6, top + dip * 0.5 - 0.008),
            (wide * 0.9, top + 0.02),
            (wide * 0.92, top + high * 0.36),
            (wide * 0.56, deep - 0.035),
            (0, deep),
        ]
        canvas.part(curve(mirrored(half)), main.shaded(0.95), radius=0.03, drop=0.6)
        inner = [(0.5 + x * 0.92, y - 0.017) for x, y, *_ in half[2:]]
        canvas.ink(
            curve([*flipped(inner), *list(reversed(inner))[1:]], closed=False),
            seam(main.colour),
            0.004,
            0.85,
            dash=0.011,
        )
        canvas.part(ellipse(0.5, deep - 0.045, 0.033, 0.033), metal, radius=0.014)
        canvas.part(ellipse(0.5, deep - 0.045, 0.017, 0.017), metal.shaded(0.72), radius=0.008)
    for x in (0.5 - tie, 0.5 + tie):
        ring(canvas, x, top + 0.035, 0.025, metal)


def bucket_bag(canvas: Canvas, look: Look) -> None:
    """A round upright bag, gathered by a cord or open at the top."""
    dice, main = look.dice, look.main
    strap = Paint(look.accent("strap"), gloss=0.45)
    metal = fittings(dice)
    long = look.part("strap") == "long"
    wide, low = dice.uniform(0.21, 0.24), 0.88
    top = low - dice.uniform(0.44, 0.48)
    foot = wide * dice.uniform(0.84, 0.94)
    gathered = look.part("closure") == "drawstring"
    mouth = wide * (0.88 if gathered else 1.06)
    canvas.ground(0.5, low + 0.004, foot * 1.25)
    peak = 0.09 if long else top - dice.uniform(0.15, 0.18)
    line = curve(
        [
            (0.5 - mouth * 0.96, top + 0.06),
            (0.5 - mouth * 0.92, top - 0.06),
            (0.5 - mouth * 0.5, peak + 0.025),
            (0.5 + mouth * 0.5, peak + 0.025),
            (0.5 + mouth * 0.92, top - 0.06),
            (0.5 + mouth * 0.96, top + 0.06),
        ],
        closed=False,
    )
    canvas.stroke(line, 0.022 if long else 0.036, strap.shaded(0.9))
    inside: list[Knot] = [
        (0, top - 0.035),
        (mouth * 0.7, top - 0.026),
        (mouth, top),
        (0, top + 0.12),
    ]
    canvas.part(curve(mirrored(inside)), lining(main), drop=0)
    neck = top + 0.09
    body: list[Knot] = [
        (0, top + (0.05 if gathered else 0.085)),
        (mouth * 0.6, top + (0.04 if gathered else 0.066)),
        (mouth, top, 1),
        (wide * (0.9 if gathered else 1.04), neck),
        (wide * 1.06, low - 0.2),
        (foot, low - 0.02),
        (foot * 0.7, low + 0.012),
        (0, low + 0.02),
    ]
    pleats = [
        Fold(
            [(0.5 + wide * s * 0.95, top + 0.035), (0.5 + wide * s * 1.05, neck + 0.14)], 0.03, 0.4
        )
        for s in (-0.7, -0.42, -0.14, 0.16, 0.44, 0.72)
    ]
    slack = [
        Fold([(0.5 - wide * 0.9, top + 0.12), (0.5 - wide * 0.2, low - 0.16)], 0.06, 0.25),
        Fold([(0.5 + wide * 0.9, top + 0.14), (0.5 + wide * 0.35, low - 0.2)], 0.06, 0.22),
        Fold([(0.5 - wide, low - 0.13), (0.5 + wide * 0.5, low - 0.08)], 0.05, 0.2),
    ]
    canvas.part(
        curve(mirrored(body)), main, volume=0.6, barrel=0.25, folds=pleats if gathered else slack
    )
    if look.accent("base") != main.colour:
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, low - 0.085),
                        (foot * 0.7, low - 0.095),
                        (foot * 1.075, low - 0.12, 1),
                        (foot * 1.005, low - 0.02),
                        (foot * 0.7, low + 0.015),
                        (0, low + 0.023),
                    ]
                )
            ),
            Paint(look.accent("base"), gloss=0.4, texture="leather"),
            barrel=0.3,
            drop=0.15,
        )
    if gathered:
        cord = curve(
            [
                (0.5 - wide * 0.9, neck - 0.015),
                (0.5, neck + 0.03),
                (0.5 + wide * 0.9, neck - 0.015),
            ],
            closed=False,
        )
        canvas.ink(evenly(cord, 0.055), strap.colour, 0.019, 1, dash=9)
        canvas.ink(evenly(cord, 0.055), seam(strap.colour), 0.004, 0.5, dash=9)
        for dx, dy in ((-0.05, 0.2), (0.035, 0.23)):
            end = (0.5 + dx, neck + dy)
            canvas.stroke(
                curve([(0.5, neck + 0.03), (0.5 + dx * 1.1, neck + 0.1), end], closed=False),
                0.015,
                strap,
            )
            canvas.part(ellipse(*end, 0.018, 0.026), strap.shaded(0.8), radius=0.014)
        canvas.part(ellipse(0.5, neck + 0.032, 0.026, 0.02), strap, radius=0.014)
    else:
        hem = [(0.5 - mouth, top + 0.028), (0.5, top + 0.11), (0.5 + mouth, top + 0.028)]
        canvas.ink(curve(hem, closed=False), seam(main.colour), 0.004, 0.85, dash=0.011)
        tab = rounded(0.465, top + 0.055, 0.535, top + 0.17, 0.034)
        canvas.part(tab, strap.shaded(0.95), radius=0.018, drop=0.5)
        canvas.part(ellipse(0.5, top + 0.138, 0.015, 0.015), metal, radius=0.008)
    for x in (0.5 - mouth * 0.95, 0.5 + mouth * 0.95):
        ring(canvas, x, top + 0.055, 0.024, metal)
