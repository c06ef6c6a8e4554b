"""Dresses and trousers, laid flat and seen from the front."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, curve, ellipse, mirrored, rounded
from demo.draw.paint import Paint, tone
from demo.draw.tops import sleeves
from demo.looks import Look


def dress(canvas: Canvas, look: Look) -> None:
    """A dress: bodice, waist, skirt; with straps, short sleeves or none."""
    dice, main = look.dice, look.main
    waist_y, bust = dice.uniform(0.37, 0.43), dice.uniform(0.112, 0.132)
    waist = bust - dice.uniform(0.015, 0.035)
    flare, end = {
        "a-line": (dice.uniform(0.2, 0.28), dice.uniform(0.72, 0.8)),
        "sheath": (dice.uniform(0.12, 0.145), dice.uniform(0.74, 0.82)),
        "maxi": (dice.uniform(0.17, 0.23), dice.uniform(0.9, 0.93)),
        "wrap": (dice.uniform(0.17, 0.22), dice.uniform(0.76, 0.83)),
    }[look.style]
    top = 0.1 if look.style == "maxi" else 0.13
    sleeve_kind = dice.choice(("none", "cap", "strap", "long"))
    if look.style == "wrap":
        sleeve_kind = dice.choice(("cap", "long"))
    neck, deep = dice.uniform(0.055, 0.075), dice.uniform(0.05, 0.1)
    shoulder = bust + 0.01
    if sleeve_kind == "long":
        arm = [
            (0.5 + shoulder - 0.04, top + 0.012, 1),
            (0.5 + shoulder + 0.02, top + 0.06),
            (0.5 + shoulder + 0.105, 0.47, 1),
            (0.5 + shoulder + 0.055, 0.485, 1),
            (0.5 + bust - 0.02, top + 0.17, 1),
        ]
        sleeves(canvas, main, arm, 14)
    elif sleeve_kind == "cap":
        arm = [
            (0.5 + shoulder - 0.04, top + 0.012, 1),
            (0.5 + shoulder + 0.03, top + 0.05),
            (0.5 + shoulder + 0.06, top + 0.13, 1),
            (0.5 + shoulder - 0.005, top + 0.15, 1),
            (0.5 + bust - 0.03, top + 0.11, 1),
        ]
        sleeves(canvas, main, arm, 30)
    if sleeve_kind == "strap":
        for side in (1, -1):
            canvas.stroke(
                [(0.5 + side * 0.07, top + 0.08), (0.5 + side * 0.062, top)],
                0.016,
                main.plain().shaded(0.9),
            )
        bodice: list[Knot] = [(0, top + 0.085), (0.07, top + 0.06, 1), (bust, top + 0.11)]
    else:
        canvas.part(ellipse(0.5, top + 0.006, neck + 0.008, 0.02), main.plain().shaded(0.6))
        bodice = [
            (0, top + deep),
            (neck, top, 1),
            (shoulder, top + 0.025, 1),
            (bust - 0.012, top + 0.1),
        ]
    wave = dice.uniform(0.008, 0.018)
    skirt: list[Knot] = [
        (waist, waist_y),
        (waist + (flare - waist) * 0.42, waist_y + 0.13),
        (flare, end, 1),
        (flare * 0.66, end + wave),
        (flare * 0.33, end),
        (0, end + wave),
    ]
    folds = [
        Fold(
            [(0.5 + waist * s * 0.6, waist_y + 0.02), (0.5 + flare * s * 0.72, end)],
            0.05,
            dice.uniform(0.2, 0.34),
        )
        for s in (-1, -0.45, 0.1, 0.55, 1)
    ]
    if look.style == "sheath":
        folds = folds[1:3]
    canvas.part(curve(mirrored([*bodice, *skirt])), main, folds=folds, volume=0.65)
    if look.style == "wrap":
        canvas.part(
            curve(
                [
                    (0.5 - neck, top, 1),
                    (0.5 - bust, top + 0.1),
                    (0.5 - waist, waist_y, 1),
                    (0.5 + waist * 0.9, waist_y, 1),
                    (0.5, top + 0.16),
                ]
            ),
            main,
            folds=[Fold([(0.44, top + 0.1), (0.55, waist_y)], 0.04, 0.2)],
        )
        canvas.ink(
            curve(
                [
                    (0.5 + waist * 0.7, waist_y),
                    (0.5 + flare * 0.5, end - 0.1),
                    (0.5 + flare * 0.42, end),
                ],
                closed=False,
            ),
            tone(main.colour, 0.6),
            0.005,
        )
    belt = dice.random()
    if belt < 0.5 or look.style == "wrap":
        colour = look.trim if belt < 0.3 else tone(main.colour, 0.7)
        canvas.part(
            rounded(
                0.5 - waist - 0.008, waist_y - 0.014, 0.5 + waist + 0.008, waist_y + 0.016, 0.008
            ),
            Paint(colour, gloss=0.3),
            radius=0.012,
        )
        if belt < 0.2:
            for side in (1, -1):
                canvas.part(
                    curve(
                        [
                            (0.5, waist_y, 1),
                            (0.5 + side * 0.05, waist_y - 0.028),
                            (0.5 + side * 0.055, waist_y + 0.022),
                        ]
                    ),
                    Paint(colour),
                    radius=0.012,
                )
    else:
        canvas.ink([(0.5 - waist, waist_y), (0.5 + waist, waist_y)], tone(main.colour, 0.6), 0.003)
    if dice.random() < 0.3 and look.style != "sheath":
        y = end - 0.035
        band = flare - 0.01
        canvas.part(
            curve(
                mirrored(
                    [
                        (0, y),
                        (band * 0.66, y),
                        (band - 0.008, y - 0.012, 1),
                        (flare, end, 1),
                        (flare * 0.66, end + wave),
                        (0, end + wave),
                    ]
                )
            ),
            Paint(look.trim),
            radius=0.012,
            drop=0.1,
            volume=0.3,
        )


def trousers(canvas: Canvas, look: Look) -> None:
    """Trousers with a waistband, pockets and two legs."""
    dice, main = look.dice, look.main
    waist, hip = dice.uniform(0.118, 0.135), dice.uniform(0.155, 0.175)
    end = {"cropped": dice.uniform(0.74, 0.8)}.get(look.style, dice.uniform(0.89, 0.93))
    width = {
        "straight": dice.uniform(0.105, 0.118),
        "wide": dice.uniform(0.16, 0.19),
        "tapered": dice.uniform(0.07, 0.082),
        "cropped": dice.uniform(0.1, 0.14),
    }[look.style]
    spread = dice.uniform(0.012, 0.024)
    crotch = dice.uniform(0.36, 0.4)
    cuffed = dice.random() < 0.33
    outer = spread + width + (0.01 if look.style == "wide" else 0.0)
    for side in (-1, 1):

        def s(x: float, side: int = side) -> float:
            return 0.5 + side * x

        leg = [
            (s(0), 0.13, 1),
            (s(waist), 0.13, 1),
            (s(hip), 0.25),
            (s(max(hip - 0.005, outer * 0.97)), crotch + 0.05),
            (s(outer), end, 1),
            (s(spread), end + 0.01, 1),
            (s(0.006), crotch + 0.02, 1),
            (s(0), crotch),
        ]
        folds = [
            Fold([(s((hip + 0.01) / 2), 0.3), (s((outer + spread) / 2), end)], 0.028, 0.2),
            Fold([(s(0.015), crotch), (s(hip * 0.7), crotch - 0.05)], 0.03, 0.25),
            Fold([(s(outer), 0.66), (s(spread + 0.03), 0.7)], 0.03, 0.15),
        ]
        canvas.part(curve(leg), main.turned(side * 2), folds=folds, volume=0.65, drop=0.3)
        if cuffed:
            canvas.part(
                curve(
                    [
                        (s(spread + 0.001), end - 0.035, 1),
                        (s(outer + 0.002), end - 0.045, 1),
                        (s(outer + 0.003), end, 1),
                        (s(spread - 0.001), end + 0.011, 1),
                    ]
                ),
                main.shaded(0.88),
                radius=0.012,
                drop=0.35,
            )
        pocket = curve(
            [(s(waist * 0.55), 0.165), (s(waist * 0.7), 0.215), (s(hip - 0.008), 0.24)],
            closed=False,
        )
        canvas.ink(pocket, tone(main.colour, 0.5), 0.004)
    canvas.part(
        curve(
            mirrored([(0, 0.112), (waist - 0.002, 0.108, 1), (waist + 0.006, 0.15, 1), (0, 0.154)])
        ),
        main.shaded(0.9),
        radius=0.012,
        drop=0.25,
    )
    fly = curve(
        [(0.5, 0.155), (0.5, crotch - 0.06), (0.5 - 0.03, crotch - 0.09), (0.5 - 0.032, 0.155)],
        closed=False,
    )
    canvas.ink(fly, tone(main.colour, 0.5), 0.003)
    if dice.random() < 0.45:
        canvas.part(
            rounded(0.5 - waist - 0.008, 0.115, 0.5 + waist + 0.008, 0.146, 0.006),
            Paint(look.trim, gloss=0.4),
            radius=0.01,
        )
        canvas.part(
            rounded(0.472, 0.11, 0.528, 0.151, 0.008),
            Paint((196, 178, 132), gloss=0.9),
            radius=0.01,
            holes=[rounded(0.483, 0.12, 0.517, 0.141, 0.004)],
        )
    else:
        canvas.part(ellipse(0.5, 0.131, 0.01, 0.01), Paint(look.trim, gloss=0.6), radius=0.006)
