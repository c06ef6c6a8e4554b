"""Pyjamas and socks: what these kinds look like and are called."""

from demo.assortment.garments import LONG, SHORT
from demo.assortment.sewn import COTTON, NO_COLLAR, POINTED_COLLAR, ROUND_COLLAR, SATIN, TRIMS
from demo.draw import hosiery
from demo.kinds import Accent, Choice, Kind, Material, Part

KINDS = (
    Kind(
        "pyjamas",
        one="pyjamas",
        many="pyjamas",
        others=("pajamas", "pyjama set", "pajama set", "sleepwear", "nightwear", "pjs"),
        group="clothing",
        category="Clothing > Nightwear",
        artist=hosiery.pyjamas,
        parts=(
            Part("sleeve", (SHORT, LONG)),
            Part(
                "legs",
                (
                    Choice("long", (), ("with long trousers", "with long legs"), share=1.5),
                    Choice("short", ("short",), ("with shorts", "with short legs")),
                ),
            ),
            Part("collar", (NO_COLLAR, POINTED_COLLAR, ROUND_COLLAR)),
        ),
        materials=(
            COTTON,
            SATIN,
            Material("flannel", ("flannel", "brushed cotton"), "fleece", 0.04),
        ),
        colours=("blue", "pink", "navy", "white", "green", "red", "grey"),
        patterns=("striped", "striped", "checked", "dotted", "plain", "floral"),
        accents=(Accent("piping", ("piping", "trim", "cuffs", "edges"), (*TRIMS, "pink"), 0.5),),
        purposes=("something to sleep in", "something for bed"),
        price=(39, 109),
        grams=480,
        lines=(
            "Soft enough to stay in until noon.",
            "An elastic waist that does not press.",
            "Washed twice before they come to you.",
            "A top and a bottom, sold together.",
        ),
        period=(0.035, 0.065),
        sizes="letters",
        focus=(0.36, 0.3),
        scenes=("studio", "wood", "cloth"),
        share=0.9,
    ),
    Kind(
        "socks",
        one="socks",
        many="socks",
        others=("sock", "pair of socks", "hosiery"),
        group="clothing",
        category="Clothing > Socks",
        artist=hosiery.socks,
        parts=(
            Part(
                "length",
                (
                    Choice(
                        "short", ("short", "ankle", "low"), (), ("ankle socks", "sneaker socks")
                    ),
                    Choice("mid", ("mid-calf", "crew"), (), ("crew socks",), 1.5),
                    Choice("knee", ("knee-high", "long"), (), ("knee socks", "knee-highs")),
                ),
            ),
        ),
        materials=(
            Material("cotton", ("cotton",), "smooth", 0.05, share=2),
            Material("wool", ("wool", "woollen", "knitted"), "knit", 0.04),
        ),
        colours=("grey", "red", "blue", "white", "green", "yellow", "black"),
        patterns=("plain", "plain", "striped", "dotted", "checked"),
        accents=(
            Accent("toe", ("toes", "toes and heels", "heels"), (*TRIMS, "orange"), 0.5),
            Accent("cuff", ("cuffs", "ribbed cuffs"), (*TRIMS, "orange"), 0.35),
        ),
        purposes=("something for cold feet",),
        price=(7, 22),
        grams=70,
        lines=(
            "Stay up without leaving a mark.",
            "The toe seam is flat and cannot be felt.",
            "Wash at 40 degrees, and they come back whole.",
            "Reinforced where socks wear through first.",
        ),
        period=(0.05, 0.09),
        focus=(0.45, 0.3),
        scenes=("studio", "wood", "cloth"),
    ),
)
