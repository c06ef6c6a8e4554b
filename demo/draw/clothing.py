"""T-shirts, dresses, trousers and jackets, laid flat and seen from the front."""

from demo.draw.canvas import Canvas, Fold
from demo.draw.geometry import Knot, curve, ellipse, flipped, mirrored, rounded
from demo.draw.paint import RGB, Paint, tone
from demo.looks import Look


def _sleeves(canvas: Canvas, paint: Paint, right: list[Knot], tilt: float,
             cuff: list[Knot] | None = None, cuff_colour: RGB | None = None) -> None:
    """A pair of sleeves from the right one's outline; patterns turn with each arm by `tilt`."""
    for side in (1, -1):
        put = (lambda k: k) if side > 0 else flipped
        canvas.part(curve(put(right)), paint.turned(side * tilt), volume=0.55)
        if cuff:
            band = Paint(cuff_colour) if cuff_colour else paint.plain().shaded(0.82)
            canvas.part(curve(put(cuff)), band, volume=0.4, radius=0.015, drop=0.15)


def t_shirt(canvas: Canvas, look: Look) -> None:
    """A T-shirt with short or long sleeves."""
    dice, main = look.dice, look.main
    wide, long = dice.uniform(0.165, 0.205), dice.uniform(0.8, 0.86)
    neck = dice.uniform(0.075, 0.095)
    depth = {"v-neck": dice.uniform(0.12, 0.15)}.get(look.style, dice.uniform(0.045, 0.075))
    shoulder = wide + dice.uniform(0.02, 0.035)
    ringer = dice.random() < 0.4
    edge = look.trim if ringer else None
    reach = dice.uniform(0.1, 0.13)
    if look.style == "long-sleeve":
        end = dice.uniform(0.66, 0.74)
        sleeve = [(0.5 + shoulder - 0.05, 0.215, 1), (0.5 + shoulder + 0.03, 0.255),
                  (0.5 + shoulder + 0.1, end, 1), (0.5 + shoulder + 0.03, end + 0.015, 1),
                  (0.5 + wide - 0.02, 0.42, 1)]
        cuff = [(0.5 + shoulder + 0.097, end - 0.03, 1), (0.5 + shoulder + 0.1, end, 1),
                (0.5 + shoulder + 0.03, end + 0.015, 1), (0.5 + shoulder + 0.024, end - 0.02, 1)]
        tilt = 8
    else:
        drop = dice.uniform(0.375, 0.42)
        sleeve = [(0.5 + shoulder - 0.05, 0.215, 1), (0.5 + shoulder + 0.03, 0.25),
                  (0.5 + shoulder + reach, drop, 1), (0.5 + shoulder + reach - 0.085, drop + 0.05, 1),
                  (0.5 + wide - 0.02, 0.36, 1)]
        cuff = [(0.5 + shoulder + reach - 0.012, drop - 0.022, 1), (0.5 + shoulder + reach, drop, 1),
                (0.5 + shoulder + reach - 0.085, drop + 0.05, 1),
                (0.5 + shoulder + reach - 0.098, drop + 0.03, 1)]
        tilt = 34
    canvas.part(ellipse(0.5, 0.205, neck + 0.012, 0.03), main.plain().shaded(0.62), drop=0.2)
    _sleeves(canvas, main, sleeve, tilt, cuff, edge)
    inner = (0, 0.2 + depth, 1) if look.style == "v-neck" else (0, 0.2 + depth)
    body = [inner, (neck, 0.2, 1), (shoulder, 0.232), (shoulder - 0.01, 0.3),
            (wide, 0.42), (wide - dice.uniform(-0.005, 0.015), 0.6), (wide + 0.006, long, 1),
            (0, long + 0.012)]
    folds = [Fold([(0.5 + wide * s, 0.42), (0.5 + wide * 0.55 * s, 0.55)], 0.03, 0.25)
             for s in (1, -1)]
    folds.append(Fold([(0.5 + wide * 0.4, 0.68), (0.5 + wide * 0.62, long)], 0.04, 0.18))
    folds.append(Fold([(0.5 - wide * 0.5, 0.6), (0.5 - wide * 0.35, long)], 0.04, 0.16))
    canvas.part(curve(mirrored(body)), main, folds=folds, volume=0.6)
    collar = curve([(0.5 - neck, 0.2), (0.5 - neck * 0.72, 0.2 + depth * 0.66),
                    (0.5, 0.2 + depth, *([1] if look.style == "v-neck" else [])),
                    (0.5 + neck * 0.72, 0.2 + depth * 0.66), (0.5 + neck, 0.2)], closed=False)
    if look.style == "v-neck":
        collar = [(0.5 - neck, 0.2), (0.5, 0.2 + depth), (0.5 + neck, 0.2)]
    canvas.stroke(collar, 0.02, Paint(edge) if edge else main.plain().shaded(0.85), drop=0.15)
    if look.style == "pocket":
        x = 0.5 + wide * 0.45
        canvas.part(curve([(x - 0.045, 0.36, 1), (x + 0.045, 0.36, 1), (x + 0.045, 0.44, 1),
                           (x, 0.46, 1), (x - 0.045, 0.44, 1)]),
                    Paint(edge) if edge else main.plain().shaded(0.88), radius=0.01, drop=0.3)
    hem = [(0.5 - wide, long - 0.02), (0.5, long - 0.009), (0.5 + wide, long - 0.02)]
    canvas.ink(hem, tone(main.colour, 0.7), 0.0025, 0.6, dash=0.008)


def dress(canvas: Canvas, look: Look) -> None:
    """A dress: bodice, waist, skirt; with straps, short sleeves or none."""
    dice, main = look.dice, look.main
    waist_y, bust = dice.uniform(0.37, 0.43), dice.uniform(0.112, 0.132)
    waist = bust - dice.uniform(0.015, 0.035)
    flare, end = {"a-line": (dice.uniform(0.2, 0.28), dice.uniform(0.72, 0.8)),
                  "sheath": (dice.uniform(0.12, 0.145), dice.uniform(0.74, 0.82)),
                  "maxi": (dice.uniform(0.17, 0.23), dice.uniform(0.9, 0.93)),
                  "wrap": (dice.uniform(0.17, 0.22), dice.uniform(0.76, 0.83))}[look.style]
    top = 0.1 if look.style == "maxi" else 0.13
    sleeve_kind = dice.choice(("none", "cap", "strap", "long"))
    if look.style == "wrap":
        sleeve_kind = dice.choice(("cap", "long"))
    neck, deep = dice.uniform(0.055, 0.075), dice.uniform(0.05, 0.1)
    shoulder = bust + 0.01
    if sleeve_kind == "long":
        arm = [(0.5 + shoulder - 0.04, top + 0.012, 1), (0.5 + shoulder + 0.02, top + 0.06),
               (0.5 + shoulder + 0.105, 0.47, 1), (0.5 + shoulder + 0.055, 0.485, 1),
               (0.5 + bust - 0.02, top + 0.17, 1)]
        _sleeves(canvas, main, arm, 14)
    elif sleeve_kind == "cap":
        arm = [(0.5 + shoulder - 0.04, top + 0.012, 1), (0.5 + shoulder + 0.03, top + 0.05),
               (0.5 + shoulder + 0.06, top + 0.13, 1), (0.5 + shoulder - 0.005, top + 0.15, 1),
               (0.5 + bust - 0.03, top + 0.11, 1)]
        _sleeves(canvas, main, arm, 30)
    if sleeve_kind == "strap":
        for side in (1, -1):
            canvas.stroke([(0.5 + side * 0.07, top + 0.08), (0.5 + side * 0.062, top)], 0.016,
                          main.plain().shaded(0.9))
        bodice: list[Knot] = [(0, top + 0.085), (0.07, top + 0.06, 1), (bust, top + 0.11)]
    else:
        canvas.part(ellipse(0.5, top + 0.006, neck + 0.008, 0.02), main.plain().shaded(0.6))
        bodice = [(0, top + deep), (neck, top, 1), (shoulder, top + 0.025, 1),
                  (bust - 0.012, top + 0.1)]
    wave = dice.uniform(0.008, 0.018)
    skirt: list[Knot] = [(waist, waist_y), (waist + (flare - waist) * 0.42, waist_y + 0.13),
                         (flare, end, 1), (flare * 0.66, end + wave), (flare * 0.33, end),
                         (0, end + wave)]
    folds = [Fold([(0.5 + waist * s * 0.6, waist_y + 0.02), (0.5 + flare * s * 0.72, end)],
                  0.05, dice.uniform(0.2, 0.34)) for s in (-1, -0.45, 0.1, 0.55, 1)]
    if look.style == "sheath":
        folds = folds[1:3]
    canvas.part(curve(mirrored([*bodice, *skirt])), main, folds=folds, volume=0.65)
    if look.style == "wrap":
        canvas.part(curve([(0.5 - neck, top, 1), (0.5 - bust, top + 0.1), (0.5 - waist, waist_y, 1),
                           (0.5 + waist * 0.9, waist_y, 1), (0.5, top + 0.16)]), main,
                    folds=[Fold([(0.44, top + 0.1), (0.55, waist_y)], 0.04, 0.2)])
        canvas.ink(curve([(0.5 + waist * 0.7, waist_y), (0.5 + flare * 0.5, end - 0.1),
                          (0.5 + flare * 0.42, end)], closed=False), tone(main.colour, 0.6), 0.005)
    belt = dice.random()
    if belt < 0.5 or look.style == "wrap":
        colour = look.trim if belt < 0.3 else tone(main.colour, 0.7)
        canvas.part(rounded(0.5 - waist - 0.008, waist_y - 0.014, 0.5 + waist + 0.008,
                            waist_y + 0.016, 0.008), Paint(colour, gloss=0.3), radius=0.012)
        if belt < 0.2:
            for side in (1, -1):
                canvas.part(curve([(0.5, waist_y, 1), (0.5 + side * 0.05, waist_y - 0.028),
                                   (0.5 + side * 0.055, waist_y + 0.022)]), Paint(colour),
                            radius=0.012)
    else:
        canvas.ink([(0.5 - waist, waist_y), (0.5 + waist, waist_y)], tone(main.colour, 0.6), 0.003)
    if dice.random() < 0.3 and look.style != "sheath":
        y = end - 0.035
        band = flare - 0.01
        canvas.part(curve(mirrored([(0, y), (band * 0.66, y), (band - 0.008, y - 0.012, 1),
                                    (flare, end, 1), (flare * 0.66, end + wave),
                                    (0, end + wave)])),
                    Paint(look.trim), radius=0.012, drop=0.1, volume=0.3)


def trousers(canvas: Canvas, look: Look) -> None:
    """Trousers with a waistband, pockets and two legs."""
    dice, main = look.dice, look.main
    waist, hip = dice.uniform(0.118, 0.135), dice.uniform(0.155, 0.175)
    end = {"cropped": dice.uniform(0.74, 0.8)}.get(look.style, dice.uniform(0.89, 0.93))
    width = {"straight": dice.uniform(0.105, 0.118), "wide": dice.uniform(0.16, 0.19),
             "tapered": dice.uniform(0.07, 0.082), "cropped": dice.uniform(0.1, 0.14)}[look.style]
    spread = dice.uniform(0.012, 0.024)
    crotch = dice.uniform(0.36, 0.4)
    outer = spread + width + (0.01 if look.style == "wide" else 0.0)
    for side in (-1, 1):
        def s(x: float, side: int = side) -> float:
            return 0.5 + side * x
        leg = [(s(0), 0.13, 1), (s(waist), 0.13, 1), (s(hip), 0.25),
               (s(max(hip - 0.005, outer * 0.97)), crotch + 0.05), (s(outer), end, 1),
               (s(spread), end + 0.01, 1), (s(0.006), crotch + 0.02, 1), (s(0), crotch)]
        folds = [Fold([(s((hip + 0.01) / 2), 0.3), (s((outer + spread) / 2), end)], 0.028, 0.2),
                 Fold([(s(0.015), crotch), (s(hip * 0.7), crotch - 0.05)], 0.03, 0.25),
                 Fold([(s(outer), 0.66), (s(spread + 0.03), 0.7)], 0.03, 0.15)]
        canvas.part(curve(leg), main.turned(side * 2), folds=folds, volume=0.65, drop=0.3)
        if dice.random() < 0.99 and look.shape % 3 == 0:
            canvas.part(curve([(s(spread + 0.001), end - 0.035, 1), (s(outer + 0.002), end - 0.045, 1),
                               (s(outer + 0.003), end, 1), (s(spread - 0.001), end + 0.011, 1)]),
                        main.shaded(0.88), radius=0.012, drop=0.35)
        pocket = curve([(s(waist * 0.55), 0.165), (s(waist * 0.7), 0.215), (s(hip - 0.008), 0.24)],
                       closed=False)
        canvas.ink(pocket, tone(main.colour, 0.5), 0.004)
    canvas.part(curve(mirrored([(0, 0.112), (waist - 0.002, 0.108, 1), (waist + 0.006, 0.15, 1),
                                (0, 0.154)])), main.shaded(0.9), radius=0.012, drop=0.25)
    fly = curve([(0.5, 0.155), (0.5, crotch - 0.06), (0.5 - 0.03, crotch - 0.09),
                 (0.5 - 0.032, 0.155)], closed=False)
    canvas.ink(fly, tone(main.colour, 0.5), 0.003)
    if dice.random() < 0.45:
        canvas.part(rounded(0.5 - waist - 0.008, 0.115, 0.5 + waist + 0.008, 0.146, 0.006),
                    Paint(look.trim, gloss=0.4), radius=0.01)
        canvas.part(rounded(0.472, 0.11, 0.528, 0.151, 0.008), Paint((196, 178, 132), gloss=0.9),
                    radius=0.01, holes=[rounded(0.483, 0.12, 0.517, 0.141, 0.004)])
    else:
        canvas.part(ellipse(0.5, 0.131, 0.01, 0.01), Paint(look.trim, gloss=0.6), radius=0.006)


def jacket(canvas: Canvas, look: Look) -> None:
    """A jacket: two fronts that meet (or lap) in the middle, sleeves, collar, pockets."""
    dice, main, style = look.dice, look.main, look.style
    plain = main.plain()
    wide = dice.uniform(0.175, 0.2)
    end = {"bomber": 0.72, "trucker": 0.73, "parka": 0.88, "blazer": 0.83}[style]
    end += dice.uniform(-0.025, 0.025)
    shoulder, top = wide + 0.025, 0.19
    arm_end = dice.uniform(0.68, 0.74)
    ribbed = style == "bomber"
    accent = look.trim if ribbed and dice.random() < 0.6 else tone(main.colour, 0.72)
    arm = [(0.5 + shoulder - 0.05, top + 0.018, 1), (0.5 + shoulder + 0.035, top + 0.06),
           (0.5 + shoulder + 0.09, 0.46), (0.5 + shoulder + 0.1, arm_end, 1),
           (0.5 + shoulder + 0.015, arm_end + 0.01, 1), (0.5 + wide - 0.01, 0.4, 1)]
    cuff = [(0.5 + shoulder + 0.1, arm_end - 0.04, 1), (0.5 + shoulder + 0.1, arm_end, 1),
            (0.5 + shoulder + 0.017, arm_end + 0.01, 1), (0.5 + shoulder + 0.013, arm_end - 0.03, 1)]
    if style == "parka":
        canvas.part(curve(mirrored([(0, 0.075), (0.085, 0.095), (0.115, 0.17), (0.09, 0.25),
                                    (0, 0.27)])), main.shaded(0.9), volume=0.8, radius=0.05)
        canvas.part(curve(mirrored([(0, 0.125), (0.055, 0.14), (0.07, 0.19), (0, 0.26)])),
                    Paint(look.trim).shaded(0.8), volume=0.5)
    else:
        canvas.part(ellipse(0.5, top + 0.012, 0.08, 0.03), plain.shaded(0.5))
    _sleeves(canvas, main, arm, 9, cuff, accent)
    lap = 0.0 if style != "blazer" else 0.02
    for side in (1, -1):
        def s(x: float, side: int = side) -> float:
            return 0.5 + side * x
        open_y = {"blazer": 0.46}.get(style, top + 0.07)
        front = [(s(0.065), top, 1), (s(shoulder), top + 0.035), (s(shoulder - 0.012), top + 0.11),
                 (s(wide), 0.42), (s(wide - 0.004), 0.6),
                 (s(wide + (0.02 if style == "parka" else 0.0)), end, 1),
                 (s(0.03 if style == "blazer" else 0.0), end + 0.008, 1),
                 (s(-lap), end - (0.06 if style == "blazer" else 0), 1), (s(-lap), open_y, 1)]
        folds = [Fold([(s(wide), 0.42), (s(wide * 0.5), 0.5)], 0.03, 0.25),
                 Fold([(s(wide * 0.55), 0.58), (s(wide * 0.6), end)], 0.04, 0.18)]
        canvas.part(curve(front), main, folds=folds, volume=0.65, drop=0.3)
    seam = tone(main.colour, 0.55)
    if style == "blazer":
        for side in (1, -1):
            canvas.part(curve([(0.5 + side * 0.06, top - 0.005, 1), (0.5 + side * 0.125, top + 0.09, 1),
                               (0.5 + side * 0.095, top + 0.1, 1), (0.5 + side * 0.11, top + 0.13, 1),
                               (0.5 + side * 0.0, 0.47, 1)]), main.shaded(0.93), radius=0.015)
        buttons = [(0.5, 0.5 + i * 0.085) for i in range(dice.choice((1, 2)))]
    else:
        buttons = []
        metal = Paint((196, 178, 132) if dice.random() < 0.5 else (190, 192, 196), gloss=0.9)
        if style == "trucker":
            buttons = [(0.5, top + 0.1 + i * (end - top - 0.15) / 5) for i in range(6)]
            for side in (1, -1):
                canvas.ink([(0.5 + side * 0.02, 0.36), (0.5 + side * shoulder * 0.93, 0.35)], seam)
                canvas.ink([(0.5 + side * 0.12, 0.4), (0.5 + side * 0.075, end - 0.03)], seam, 0.003,
                           0.8, dash=0.01)
            canvas.ink([(0.515, top + 0.07), (0.515, end)], seam, 0.003, 0.8, dash=0.01)
        else:
            canvas.stroke([(0.5, top + 0.07), (0.5, end)], 0.012, metal, drop=0.2)
            canvas.stroke([(0.5, top + 0.08), (0.5, top + 0.115)], 0.014, metal)
        collar = [(0.5, top + 0.075, 1), (0.5 + 0.055, top + 0.13 * dice.uniform(0.7, 1.0), 1),
                  (0.5 + 0.1, top + 0.03), (0.5 + 0.062, top - 0.02, 1)]
        if style != "parka":
            for put in (lambda k: k, flipped):
                canvas.part(curve(put(collar)), Paint(accent) if ribbed else main.shaded(0.92),
                            radius=0.02)
    for x, y in buttons:
        canvas.part(ellipse(x, y, 0.011, 0.011), Paint(look.trim, gloss=0.8), radius=0.006)
    if ribbed:
        canvas.part(curve(mirrored([(0, end - 0.035), (wide, end - 0.045, 1), (wide - 0.006, end + 0.012, 1),
                                    (0, end + 0.022)])), Paint(accent), radius=0.016)
    y = end - dice.uniform(0.17, 0.21)
    for side in (1, -1):
        x = 0.5 + side * wide * 0.52
        if style == "parka" or (style == "trucker" and dice.random() < 0.7):
            y_top = y if style == "parka" else 0.37
            canvas.part(rounded(x - 0.05, y_top, x + 0.05, y_top + 0.1, 0.012), main.shaded(0.95),
                        radius=0.012)
            canvas.part(rounded(x - 0.054, y_top - 0.01, x + 0.054, y_top + 0.025, 0.01),
                        main.shaded(0.88), radius=0.01)
        else:
            canvas.stroke([(x - 0.035 * side, y + 0.02), (x + 0.035 * side, y + 0.05)]
                          if ribbed else [(x - 0.045, y), (x + 0.045, y)], 0.012,
                          plain.shaded(0.8), drop=0.3)
