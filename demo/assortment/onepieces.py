"""Jumpsuits, dungarees and swimsuits: what these kinds look like and are called."""

from demo.assortment.garments import LONG, SHORT, V_NECK
from demo.assortment.sewn import (
    CORDUROY,
    COTTON,
    DENIM,
    LINEN,
    NO_COLLAR,
    NO_SLEEVES,
    POINTED_COLLAR,
    ROUND_NECK,
    SATIN,
)
from demo.draw import bottoms, dresses
from demo.kinds import Accent, Choice, Kind, Material, Part

KINDS = (
    Kind(
        "jumpsuit",
        one="jumpsuit",
        many="jumpsuits",
        others=("one-piece suit", "all-in-one", "jump suit"),
        group="clothing",
        category="Clothing > Jumpsuits",
        artist=dresses.jumpsuit,
        parts=(
            Part("sleeve", (NO_SLEEVES, SHORT, LONG)),
            Part("collar", (NO_COLLAR, POINTED_COLLAR)),
            Part("neck", (V_NECK, ROUND_NECK)),
            Part(
                "legs",
                (
                    Choice("long", ("long-legged",), ("with long legs",), share=2),
                    Choice(
                        "short", (), ("with short legs",), ("playsuit", "romper", "short jumpsuit")
                    ),
                ),
            ),
            Part(
                "closure",
                (
                    Choice("none", (), ()),
                    Choice("buttons", ("button-front", "buttoned"), ("with buttons",)),
                    Choice("zip", ("zip-front", "zipped"), ("with a zip", "with a zipper")),
                ),
            ),
        ),
        materials=(COTTON, LINEN, SATIN, DENIM),
        colours=("black", "green", "blue", "red", "beige", "navy"),
        patterns=("plain", "plain", "plain", "floral", "dotted", "striped"),
        accents=(
            Accent("belt", ("belt", "waist belt"), ("brown", "black", "red", "white"), 0.5),
            Accent("collar", ("collar",), ("white", "black", "red"), 0.3),
        ),
        price=(69, 169),
        grams=520,
        lines=(
            "One piece, and you are dressed.",
            "The belt comes off and is yours to change.",
            "Room to reach, bend and dance.",
            "Side pockets deep enough for both hands.",
        ),
        sizes="letters",
        focus=(0.5, 0.25),
        scenes=("studio", "wood", "cloth"),
        share=0.8,
    ),
    Kind(
        "dungarees",
        one="dungarees",
        many="dungarees",
        others=("overalls", "bib overalls", "pair of dungarees", "dungaree"),
        group="clothing",
        category="Clothing > Dungarees",
        artist=bottoms.dungarees,
        parts=(
            Part(
                "legs",
                (
                    Choice("long", ("long", "long-legged"), ("with long legs",), share=2),
                    Choice(
                        "short", ("short",), ("with short legs",), ("shortalls", "dungaree shorts")
                    ),
                ),
            ),
        ),
        materials=(DENIM, CORDUROY, COTTON),
        colours=("blue", "navy", "green", "yellow", "brown", "red", "pink"),
        patterns=("plain", "plain", "plain", "striped"),
        accents=(
            Accent("strap", ("straps", "shoulder straps"), ("brown", "red", "white", "black"), 0.3),
        ),
        price=(59, 139),
        grams=780,
        lines=(
            "A pocket for everything, and straps that adjust.",
            "Made for gardens, workshops and playgrounds.",
            "Sturdy cloth that gets softer with each wash.",
            "Side buttons make them easy to step into.",
        ),
        sizes="letters",
        focus=(0.5, 0.26),
        scenes=("studio", "wood", "cloth"),
        share=0.8,
    ),
    Kind(
        "swimsuit",
        one="swimsuit",
        many="swimsuits",
        others=("swimwear", "bathing suit", "bathing costume", "women's swimwear"),
        group="clothing",
        category="Clothing > Swimwear",
        artist=dresses.swimsuit,
        parts=(
            Part(
                "style",
                (
                    Choice("one-piece", ("one-piece",), ("in one piece",), ("swimming costume",)),
                    Choice("bikini", ("two-piece",), ("in two pieces",), ("bikini", "bikinis")),
                ),
            ),
            Part(
                "strap",
                (
                    Choice("thin", (), ("with thin straps", "with narrow straps"), share=1.5),
                    Choice("wide", (), ("with wide straps", "with broad straps")),
                    Choice("halter", ("halterneck", "halter"), ("tied at the neck",)),
                    Choice(
                        "none",
                        ("strapless", "bandeau"),
                        ("without straps", "with no straps"),
                        (),
                        0.8,
                    ),
                ),
            ),
        ),
        materials=(
            Material("nylon", ("nylon", "polyamide"), "smooth", 0.3, share=2),
            Material("ribbed", ("ribbed",), "corduroy", 0.15, patterned=False),
        ),
        colours=("red", "black", "blue", "yellow", "pink", "green", "navy"),
        patterns=("plain", "plain", "striped", "dotted", "floral"),
        accents=(
            Accent("strap", ("straps",), ("white", "black", "red", "yellow"), 0.2),
            Accent("edge", ("trim", "edges", "edging"), ("white", "black", "red", "yellow"), 0.3),
        ),
        purposes=("something to swim in", "something for the beach", "for the pool"),
        price=(29, 99),
        grams=160,
        lines=(
            "Keeps its shape and colour in chlorine and salt.",
            "Fully lined, and dry within the hour.",
            "Rinse in clear water after swimming.",
            "Made of yarn from old fishing nets.",
        ),
        sizes="letters",
        focus=(0.5, 0.3),
        scenes=("studio", "sand", "wood", "cloth"),
    ),
)
