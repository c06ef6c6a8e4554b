"""Dresses and skirts: what these kinds look like and are called."""

from demo.assortment.garments import LONG, SHORT, V_NECK
from demo.assortment.sewn import (
    BELT_COLOURS,
    BELTED,
    COTTON,
    DENIM,
    LINEN,
    NO_COLLAR,
    NO_SLEEVES,
    POINTED_COLLAR,
    ROUND_COLLAR,
    ROUND_NECK,
    SATIN,
    TRIMS,
    WOOL,
)
from demo.draw import bottoms, dresses
from demo.kinds import Accent, Choice, Kind, Material, Part

SQUARE_NECK = Choice("square", ("square-neck",), ("with a square neck",), share=0.7)

KINDS = (
    Kind(
        "dress",
        one="dress",
        many="dresses",
        others=("frock", "women's dress", "ladies' dress"),
        group="clothing",
        category="Clothing > Dresses",
        artist=dresses.dress,
        parts=(
            Part(
                "length",
                (
                    Choice("short", ("short", "mini"), ("above the knee",), ("mini dress",)),
                    Choice("knee", ("knee-length", "midi"), (), ("midi dress",), 1.2),
                    Choice(
                        "long",
                        ("long", "maxi", "full-length", "ankle-length"),
                        ("down to the ankles",),
                        ("maxi dress",),
                    ),
                ),
            ),
            Part("sleeve", (NO_SLEEVES, SHORT, LONG)),
            Part("collar", (NO_COLLAR, POINTED_COLLAR, ROUND_COLLAR)),
            Part("neck", (ROUND_NECK, V_NECK, SQUARE_NECK)),
            Part(
                "style",
                (
                    Choice("a-line", ("A-line", "flared"), ("with a flared skirt",), share=2),
                    Choice(
                        "straight", ("straight", "sheath"), ("with a straight skirt",), share=1.2
                    ),
                    Choice("wrap", ("wrap", "wrapover"), (), ("wrap dress",)),
                ),
            ),
            # Wrap dresses without a belt are tied with a sash, hence no words for that.
            Part("belt", (Choice("none", share=2), BELTED)),
        ),
        materials=(COTTON, LINEN, SATIN, DENIM),
        colours=("red", "blue", "yellow", "pink", "black", "green", "white", "navy"),
        patterns=("plain", "plain", "floral", "dotted", "striped", "checked"),
        accents=(
            Accent("collar", ("collar",), ("white", "black", "red", "beige", "navy"), 0.45),
            BELT_COLOURS,
        ),
        purposes=("something to dress up in", "something to wear to a party"),
        price=(49, 169),
        grams=350,
        lines=(
            "Falls softly and moves with you.",
            "For warm evenings and long lunches.",
            "Easy to dress up or down.",
            "Wash at 30 degrees and hang it up to dry.",
        ),
        period=(0.05, 0.1),
        sizes="letters",
        focus=(0.5, 0.24),
        scenes=("studio", "wood", "cloth"),
        share=1.6,
    ),
    Kind(
        "skirt",
        one="skirt",
        many="skirts",
        others=("women's skirt", "ladies' skirt"),
        group="clothing",
        category="Clothing > Skirts",
        artist=bottoms.skirt,
        parts=(
            Part(
                "length",
                (
                    Choice("short", ("short", "mini"), ("above the knee",), ("mini skirt",)),
                    Choice("knee", ("knee-length", "midi"), (), ("midi skirt",)),
                    Choice("long", ("long", "maxi", "ankle-length"), (), ("maxi skirt",)),
                ),
            ),
            Part(
                "style",
                (
                    Choice("a-line", ("A-line", "flared"), (), ("skater skirt",), 1.3),
                    Choice("straight", ("straight", "pencil"), (), ("pencil skirt",)),
                    Choice("pleated", ("pleated",), ("with pleats",)),
                    Choice(
                        "tiered", ("tiered", "ruffled"), ("with tiers", "with ruffles"), (), 0.8
                    ),
                ),
            ),
            Part(
                "closure",
                (
                    Choice("none", (), ("without buttons",), share=3),
                    Choice("buttons", ("button-front", "buttoned"), ("with buttons",)),
                ),
            ),
        ),
        materials=(
            COTTON,
            WOOL,
            DENIM,
            Material(
                "leather", ("leather",), "leather", 0.45, ("black", "brown", "red", "beige"), False
            ),
        ),
        colours=("black", "blue", "red", "green", "beige", "pink", "navy"),
        patterns=("plain", "plain", "checked", "floral", "dotted", "striped"),
        accents=(
            Accent("waistband", ("waistband",), TRIMS, 0.2),
            Accent("hem", ("hem",), TRIMS, 0.2),
        ),
        price=(35, 119),
        grams=300,
        lines=(
            "Sits at the waist and stays there.",
            "Good with boots, good with sandals.",
            "Lined, so that it does not cling.",
            "Has a seam pocket that nobody sees.",
        ),
        sizes="letters",
        focus=(0.5, 0.3),
        scenes=("studio", "wood", "cloth"),
    ),
)
