"""Chairs, stools and benches."""

from dataclasses import replace

from demo.draw.canvas import Canvas
from demo.draw.geometry import Point, curve, ellipse, mirrored, rounded
from demo.draw.paint import Paint
from demo.draw.solids import METALS, WOODS, Model, Place, Surface, board, coloured, model
from demo.looks import Look

HARD = ("wood", "painted wood", "metal")


def legs_paint(look: Look, wood: Paint, steel: Paint, form: str) -> Paint:
    """Steel for metal legs, else what the frame is made of; in a colour of their own if any."""
    base = steel if form == "metal" else look.main.plain() if look.material in HARD else wood
    colour = look.accent("legs", base.colour)
    own = colour != base.colour and base.texture == "wood"
    return replace(base, colour=colour, texture="smooth" if own else base.texture)


def chair(canvas: Canvas, look: Look) -> None:
    """A dining chair."""
    dice, main = look.dice, look.main
    wide, deep = dice.uniform(0.44, 0.5), dice.uniform(0.42, 0.48)
    seat, tall = dice.uniform(0.45, 0.48), dice.uniform(0.86, 0.98)
    wood = Paint(dice.choice(WOODS), texture="wood", gloss=0.25)
    steel = Paint(dice.choice(METALS), texture="metal", gloss=0.8)
    yaw, pitch = dice.uniform(24, 34), dice.uniform(11, 16)
    tilt, bow, splay = dice.uniform(0.06, 0.1), dice.uniform(0.02, 0.05), dice.uniform(0.03, 0.06)
    soft = look.material == "fabric"
    scene = model(canvas, (wide + 0.1, tall, deep + 0.16), yaw, pitch)
    scene.shadow(wide + 0.06, deep + 0.04)
    form = look.part("legs")
    legs = legs_paint(look, wood, steel, form)
    four_legs(scene, (wide, deep), seat - 0.03, form, splay, legs)
    # A padded chair of rods has them painted in the cloth's colour; else its frame is wooden.
    rods = look.part("back") in ("spindles", "ladder")
    frame = wood if soft and not rods else replace(main.plain(), gloss=max(main.gloss, 0.3))
    frame = replace(frame, texture="smooth") if soft and rods else frame

    def rest(x: float, y: float) -> Place:
        share = (y - seat) / (tall - seat)
        return x, y, -deep / 2 + 0.03 - tilt * share - bow * (1 - (2 * x / wide) ** 2)

    _chair_back(scene, look.part("back"), rest, (wide, seat, tall), main, frame, soft)
    cover = coloured(look, "seat")
    if soft:
        scene.slab(board(wide, deep, 0.07), seat - 0.045, seat - 0.015, frame.shaded(0.8))
        scene.slab(board(wide, deep, 0.09), seat - 0.015, seat + 0.04, cover, soft=1)
    elif look.material == "plastic":
        scene.slab(board(wide, deep, 0.15), seat - 0.02, seat + 0.015, cover, soft=0.8)
    else:
        scene.slab(board(wide, deep, 0.06), seat - 0.035, seat, cover)
    if look.part("arms") == "arms":
        height = seat + 0.21
        for x in (-wide / 2 - 0.01, wide / 2 + 0.01):
            back = rest(x * 0.96, height)
            scene.post((x, seat - 0.02, deep * 0.36), (x, height, deep * 0.32), frame, 0.03, 0.026)
            scene.post(back, (x, height + 0.01, deep * 0.38), frame, 0.036, 0.052)


def four_legs(
    scene: Model,
    size: tuple[float, float],
    high: float,
    form: str,
    splay: float,
    paint: Paint,
    *,
    bulk: float = 1.0,
) -> None:
    """Four legs under a top of this width and depth; `bulk` makes them thicker."""
    wide, deep = size
    if form == "metal":
        feet = {}
        for z in (-1, 1):
            for x in (-1, 1):
                top = (x * wide * 0.36, high, z * deep * 0.34)
                foot = (x * (wide * 0.48 + splay * 0.3), 0.012, z * (deep * 0.48 + splay * 0.3))
                feet[x, z] = foot
                scene.post(top, foot, paint.shaded(0.8 if z < 0 else 1), 0.018 * bulk)
        for x in (-1, 1):
            scene.post(feet[x, -1], feet[x, 1], paint, 0.016 * bulk)
        return
    thick, thin = (0.042, 0.022) if form == "tapered" else (0.038, 0.038)
    lean = splay if form == "tapered" else 0.0
    inset = 0.38 if form == "tapered" else 0.44
    for z in (-1, 1):
        for x in (-1, 1):
            scene.post(
                (x * wide * inset, high, z * deep * inset),
                (x * (wide * inset + lean), 0.01, z * (deep * inset + lean)),
                paint.shaded(0.78 if z < 0 else 1),
                thick * bulk,
                thin * bulk,
            )
        if z < 0 and form == "straight" and bulk == 1:
            for x in (-1, 1):
                y = high * 0.4
                scene.post(
                    (x * wide * inset, y, -deep * inset),
                    (x * wide * inset, y, deep * inset),
                    paint.shaded(0.82),
                    0.022,
                )


def _chair_back(
    scene: Model,
    form: str,
    rest: Surface,
    size: tuple[float, float, float],
    main: Paint,
    frame: Paint,
    soft: bool,
) -> None:
    wide, seat, tall = size
    half = wide / 2
    pad = 1.0 if soft else 0.0
    if form in ("spindles", "ladder"):
        for x in (-half * 0.9, half * 0.9):
            scene.post(rest(x, seat - 0.02), rest(x, tall - 0.03), frame, 0.036, 0.03)
    if form == "spindles":
        for i in range(5):
            x = half * 0.3 * (i - 2)
            scene.post(rest(x * 0.9, seat), rest(x, tall - 0.04), frame, 0.016, drop=0.1)
        crest = curve(mirrored(_crest(half, tall, 0.1), 0.0))
        scene.sheet(crest, rest, main, soft=pad)
    elif form == "ladder":
        for i in range(3):
            top = tall - i * (tall - seat) * 0.27
            rung = curve(mirrored(_crest(half * 0.94, top, 0.07), 0.0))
            scene.sheet(rung, rest, main, thickness=0.018, soft=pad)
    elif form == "round":
        for x in (-half * 0.5, half * 0.5):
            scene.post(rest(x, seat - 0.02), rest(x, seat + 0.16), frame, 0.03)
        middle = seat + 0.04 + (tall - seat) * 0.55
        disc = ellipse(0, middle, half * 1.02, (tall - seat) * 0.46)
        scene.sheet(disc, rest, main, soft=pad)
    else:
        low = seat + (0.02 if soft else 0.0)
        panel = curve(
            mirrored(
                [
                    (0, tall + 0.012),
                    (half * 0.84, tall - 0.006),
                    (half * 1.0, tall - 0.09),
                    (half * 0.94, low + 0.08),
                    (half * 0.86, low, 1),
                    (0, low, 1),
                ],
                0.0,
            )
        )
        scene.sheet(panel, rest, main, soft=max(pad, 0.3))


def _crest(half: float, top: float, high: float) -> list[tuple[float, ...]]:
    return [
        (0, top + 0.02),
        (half * 0.7, top + 0.012),
        (half * 1.04, top - 0.012),
        (half * 1.03, top - high * 0.8),
        (half * 0.6, top - high * 0.92),
        (0, top - high * 0.88),
    ]


def stool(canvas: Canvas, look: Look) -> None:
    """A low stool or a bar stool."""
    dice = look.dice
    high = look.part("height") == "high"
    wide, splay = dice.uniform(0.34, 0.4), dice.uniform(0.03, 0.06)
    tall = dice.uniform(0.68, 0.76) if high else dice.uniform(0.43, 0.48)
    plump = dice.uniform(0.05, 0.08)
    wood = Paint(dice.choice(WOODS), texture="wood", gloss=0.25)
    steel = Paint(dice.choice(METALS), texture="metal", gloss=0.8)
    reach = wide + 0.04
    scene = model(canvas, (reach, tall + 0.02, reach), dice.uniform(22, 32), dice.uniform(13, 18))
    scene.shadow(reach, reach)
    form = look.part("legs")
    legs = legs_paint(look, wood, steel, form)
    soft = look.material in ("fabric", "leather")
    four_legs(scene, (wide, wide), tall - 0.03, form, splay, legs)
    if high or form == "tapered":
        y = tall * (0.34 if high else 0.45)
        out = wide * 0.44 if form == "straight" else wide * 0.43 + splay * 0.5
        for ends in (((-1, 1), (1, 1)), ((1, -1), (1, 1))):
            (ax, az), (bx, bz) = ends
            scene.post((ax * out, y, az * out), (bx * out, y, bz * out), legs, 0.02, drop=0.1)
    cover = coloured(look, "seat")
    round_top = look.part("seat") == "round"
    top: list[Point] = ellipse(0, 0, wide / 2, wide / 2)
    if not round_top:
        top = board(wide, wide, 0.05)
    if soft:
        scene.slab(top, tall - plump, tall - plump + 0.02, legs.shaded(0.85))
        scene.slab(top, tall - plump + 0.02, tall + 0.01, cover, soft=0.8)
    else:
        scene.slab(top, tall - 0.04, tall, cover)


def bench(canvas: Canvas, look: Look) -> None:
    """A bench for a hallway or a table."""
    dice, main = look.dice, look.main
    wide, deep = dice.uniform(1.05, 1.3), dice.uniform(0.36, 0.42)
    seat, tall = dice.uniform(0.45, 0.48), dice.uniform(0.8, 0.9)
    splay = dice.uniform(0.02, 0.05)
    wood = Paint(dice.choice(WOODS), texture="wood", gloss=0.25)
    steel = Paint(dice.choice(METALS), texture="metal", gloss=0.8)
    backed = look.part("back") == "slats"
    height = tall if backed else seat + 0.04
    scene = model(canvas, (wide, height, deep + 0.06), dice.uniform(24, 34), dice.uniform(13, 18))
    scene.shadow(wide, deep)
    form = look.part("legs")
    legs = legs_paint(look, wood, steel, form)
    four_legs(scene, (wide, deep), seat - 0.03, form, splay, legs)
    if backed:

        def rest(x: float, y: float) -> Place:
            return x, y, -deep / 2 + 0.03 - 0.12 * (y - seat)

        for x in (-wide * 0.46, 0.0, wide * 0.46):
            scene.post(rest(x, seat - 0.04), rest(x, tall - 0.02), main.plain(), 0.04)
        for i in range(3):
            y = tall - i * (tall - seat) * 0.29
            slat = rounded(-wide / 2, y - 0.075, wide / 2, y, 0.02)
            along = scene.along(main, rest(-1, y), rest(1, y))
            scene.sheet(slat, rest, along, thickness=0.02)
    padded = look.material in ("fabric", "leather")
    if padded:
        scene.slab(board(wide, deep, 0.05), seat - 0.05, seat - 0.02, legs.shaded(0.85))
        scene.slab(board(wide, deep, 0.06), seat - 0.02, seat + 0.05, main, soft=0.7)
    else:
        scene.slab(board(wide, deep, 0.03), seat - 0.045, seat, main)
    if look.has_accent("cushion"):
        low = seat + (0.05 if padded else 0.0)
        cloth = Paint(look.accent("cushion"))
        scene.cushion(
            (-wide * 0.4, wide * 0.4), (low, low + 0.075), (-deep * 0.42, deep * 0.44), 0.035, cloth
        )
