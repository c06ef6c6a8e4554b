"""Knitwear and sweatshirts, what they look like and are called."""

from demo.assortment.garments import (
    COTTON,
    FLAT,
    FLEECE,
    JERSEY,
    KANGAROO,
    LONG,
    ROUND_NECK,
    SHORT,
    STRONG,
    V_NECK,
    WOOL,
)
from demo.draw import knitwear
from demo.kinds import Accent, Choice, Kind, Material, Part

KINDS = (
    Kind(
        "sweater",
        one="sweater",
        many="sweaters",
        others=("jumper", "pullover", "knitted jumper", "jumpers", "knit"),
        group="clothing",
        category="Clothing > Sweaters",
        artist=knitwear.sweater,
        parts=(
            Part(
                "neck",
                (
                    ROUND_NECK,
                    V_NECK,
                    Choice(
                        "turtleneck",
                        ("turtleneck", "roll-neck"),
                        ("with a turtleneck", "with a high neck"),
                        ("turtleneck", "roll neck", "polo neck"),
                    ),
                ),
            ),
            Part("sleeve", (Choice(LONG.value, LONG.before, LONG.after, share=4), SHORT)),
            Part(
                "stitch",
                (
                    Choice("smooth", (), ("without cables",), share=1.5),
                    Choice("cable", ("cable-knit", "cabled"), ("with cables",), ("cable knit",)),
                ),
            ),
        ),
        materials=(WOOL, Material("cashmere", ("cashmere",), "knit", 0.1)),
        colours=("red", "grey", "navy", "green", "beige", "yellow", "white"),
        patterns=("plain", "plain", "plain", "striped", "striped", "dotted"),
        accents=(Accent("trim", ("cuffs", "ribbing", "trim"), STRONG, 0.25),),
        purposes=("something warm for winter", "something to wear by the fire"),
        price=(45, 179),
        grams=480,
        lines=(
            "Warm without weight.",
            "Knitted in one piece, so few seams.",
            "Wash it cold, and dry it flat.",
            "Softer with every winter.",
        ),
        period=(0.06, 0.12),
        sizes="letters",
        zoom=1.1,
        focus=(0.5, 0.3),
        scenes=FLAT,
        share=1.2,
    ),
    Kind(
        "cardigan",
        one="cardigan",
        many="cardigans",
        others=("knitted jacket", "cardi", "cardis"),
        group="clothing",
        category="Clothing > Cardigans",
        artist=knitwear.cardigan,
        parts=(
            Part(
                "closure",
                (
                    Choice(
                        "buttons",
                        ("buttoned", "button-up"),
                        ("with buttons", "to button up"),
                        share=2,
                    ),
                    Choice("zip", ("zip-up", "zipped"), ("with a zip", "with a zipper")),
                    Choice(
                        "none", ("open", "open-front"), ("without buttons", "with an open front")
                    ),
                ),
            ),
            Part(
                "pocket",
                (
                    Choice("pocket", (), ("with pockets", "with two pockets")),
                    Choice("none", (), ("without pockets", "with no pockets")),
                ),
            ),
            Part(
                "length",
                (Choice("short", ("short",), (), share=2), Choice("long", ("long", "longline"))),
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(WOOL, Material("cotton", ("cotton",), "knit", 0.05)),
        colours=("grey", "navy", "red", "beige", "green", "pink"),
        patterns=("plain", "plain", "plain", "striped"),
        accents=(
            Accent("trim", ("trim", "edges", "cuffs"), STRONG, 0.3),
            Accent("pocket", ("pockets",), STRONG, 0.2),
        ),
        purposes=("something to throw on in the evening", "a warm layer for the office"),
        price=(45, 159),
        grams=520,
        lines=(
            "The layer that is always at hand.",
            "Soft, and never scratchy.",
            "Wash it cold, and dry it flat.",
            "Roomy enough for a shirt underneath.",
        ),
        period=(0.05, 0.1),
        sizes="letters",
        zoom=1.04,
        lift=-0.01,
        focus=(0.5, 0.42),
        scenes=FLAT,
    ),
    Kind(
        "hoodie",
        one="hoodie",
        many="hoodies",
        others=("hooded sweatshirt", "hoody", "hooded jumper"),
        group="clothing",
        category="Clothing > Hoodies",
        artist=knitwear.hoodie,
        parts=(
            Part("hood", (Choice("hood", ("hooded",), ("with a hood",)),)),
            Part(
                "closure",
                (
                    Choice("none", (), ("without a zip", "to pull over the head")),
                    Choice("zip", ("zip-up", "zipped"), ("with a zip", "with a zipper")),
                ),
            ),
            KANGAROO,
            Part("sleeve", (LONG,)),
        ),
        materials=(COTTON, Material("fleece", ("fleece",), "fleece", 0.05)),
        colours=("grey", "black", "navy", "red", "green", "yellow", "pink"),
        patterns=("plain", "plain", "plain", "plain", "striped", "dotted"),
        accents=(
            Accent(
                "cord", ("drawstrings", "cords", "laces"), ("white", "red", "black", "yellow"), 0.6
            ),
            Accent("sleeve", ("sleeves",), STRONG, 0.2),
            Accent("hood", ("hood",), STRONG, 0.2),
        ),
        purposes=("something cosy for the sofa", "something to wear after sport"),
        price=(35, 99),
        grams=600,
        lines=(
            "Brushed inside, and as soft as it looks.",
            "Roomy, with nothing to pinch.",
            "Machine wash at 30 degrees, inside out.",
            "For lazy Sundays and cool evenings.",
        ),
        period=(0.06, 0.1),
        sizes="letters",
        zoom=1.04,
        lift=0.02,
        focus=(0.5, 0.28),
        scenes=FLAT,
    ),
    Kind(
        "sweatshirt",
        one="sweatshirt",
        many="sweatshirts",
        others=("sweat top", "pullover sweatshirt"),
        group="clothing",
        category="Clothing > Sweatshirts",
        artist=knitwear.sweatshirt,
        parts=(
            Part(
                "print",
                (
                    Choice("none", (), ("without a print", "without a logo"), share=2),
                    Choice("star", (), ("with a star", "with a star on the chest")),
                    Choice("heart", (), ("with a heart", "with a heart on the chest")),
                ),
            ),
            Part(
                "closure",
                (
                    Choice("none", (), ("without a zip",), share=2),
                    Choice("zip", ("half-zip", "quarter-zip"), ("with a short zip",)),
                ),
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(JERSEY, FLEECE),
        colours=("grey", "navy", "green", "red", "beige", "black"),
        accents=(
            Accent("print", ("print", "motif"), ("white", "red", "yellow", "black"), 1.0),
            Accent("sleeve", ("sleeves",), STRONG, 0.25),
            Accent("trim", ("cuffs", "ribbing", "trim"), STRONG, 0.25),
        ),
        purposes=("something comfortable to relax in", "something for a run in autumn"),
        price=(29, 89),
        grams=450,
        lines=(
            "Brushed inside, smooth outside.",
            "The ribbing springs back after every wash.",
            "Easy to pull on and hard to take off.",
            "Machine wash at 30 degrees, inside out.",
        ),
        sizes="letters",
        zoom=1.1,
        focus=(0.5, 0.3),
        scenes=FLAT,
    ),
)
