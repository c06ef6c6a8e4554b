"""Sandals and slippers: what they look like and are called."""

from demo.assortment.footwear import BLOCK, FLAT, HIGH, LEATHER
from demo.assortment.materials import CORDUROY, SUEDE
from demo.draw import sandals
from demo.kinds import Accent, Choice, Kind, Material, Part

SANDALS = (
    Kind(
        "sandals",
        one="sandal",
        many="sandals",
        others=("pair of sandals", "summer sandals"),
        group="shoes",
        category="Shoes > Sandals",
        artist=sandals.sandals,
        parts=(
            Part(
                "closure",
                (
                    Choice("buckle", ("buckled",), ("with a buckle", "with buckles")),
                    Choice("velcro", ("velcro",), ("with velcro", "with a velcro strap")),
                    Choice(
                        "none",
                        ("slip-on", "backless"),
                        ("without a heel strap", "to slip on"),
                        ("slides", "mules"),
                    ),
                ),
            ),
            Part("heel", (FLAT, BLOCK, HIGH)),
        ),
        materials=(LEATHER, SUEDE),
        colours=("brown", "beige", "red", "white", "black", "blue", "yellow"),
        patterns=("plain", "plain", "plain", "floral", "dotted"),
        accents=(
            Accent(
                "sole",
                ("sole", "soles"),
                ("white", "black", "brown", "beige", "red"),
                0.6,
            ),
        ),
        purposes=("shoes for hot days", "for the beach and the city", "summer shoes"),
        price=(39, 129),
        grams=520,
        lines=(
            "For warm days and bare feet.",
            "The footbed takes on the shape of your foot.",
            "Let them dry in the shade after rain.",
            "Soft straps that want no breaking in.",
        ),
        period=(0.04, 0.06),
        sizes="shoes",
        zoom=1.06,
        lift=0.04,
        focus=(0.62, 0.6),
        scenes=("studio", "studio", "room"),
    ),
    Kind(
        "flip-flops",
        one="flip-flop",
        many="flip-flops",
        others=("thong sandals", "beach shoes", "flip flops", "toe-post sandals"),
        group="shoes",
        category="Shoes > Sandals > Flip-flops",
        artist=sandals.flip_flops,
        parts=(),
        materials=(
            Material("rubber", ("rubber", "foam rubber"), "rubber", 0.2, share=2),
            Material("straw", ("straw", "woven straw"), "straw", 0.05, ("beige", "brown"), False),
        ),
        colours=("blue", "red", "yellow", "pink", "green", "black"),
        patterns=("plain", "plain", "striped", "floral", "dotted"),
        accents=(
            Accent(
                "strap",
                ("strap", "straps"),
                ("white", "black", "red", "yellow", "blue", "pink", "green", "brown", "orange"),
                0.75,
            ),
        ),
        purposes=("for the beach", "for the pool", "shoes for the shower"),
        price=(9, 35),
        grams=300,
        lines=(
            "For the beach, the pool and the way between.",
            "Dry in minutes, and light in the suitcase.",
            "Shake out the sand, rinse, done.",
            "The toe post is rounded, so it does not chafe.",
        ),
        period=(0.06, 0.1),
        sizes="shoes",
        focus=(0.32, 0.3),
        scenes=("studio", "sand", "wood", "cloth"),
    ),
    Kind(
        "slippers",
        one="slipper",
        many="slippers",
        others=("house shoes", "house slippers", "pair of slippers", "indoor shoes"),
        group="shoes",
        category="Shoes > Slippers",
        artist=sandals.slippers,
        parts=(
            Part(
                "back",
                (
                    Choice(
                        "open", ("backless", "open-back"), ("with an open back", "open at the back")
                    ),
                    Choice(
                        "closed", ("closed-back",), ("with a closed back", "with a closed heel")
                    ),
                ),
            ),
            Part(
                "ears",
                (
                    Choice("none", share=4),
                    Choice(
                        "ears",
                        (),
                        ("with ears", "with bunny ears"),
                        ("bunny slippers", "animal slippers", "rabbit slippers"),
                    ),
                ),
            ),
        ),
        materials=(
            Material("felt", ("felt", "wool felt"), "felt", 0.05),
            Material("plush", ("plush", "fluffy"), "plush", 0.05, patterned=False),
            CORDUROY,
            SUEDE,
        ),
        colours=("grey", "beige", "pink", "red", "brown", "blue", "white"),
        patterns=("plain", "plain", "checked", "checked", "dotted", "floral"),
        accents=(
            Accent(
                "lining",
                ("lining", "fluffy lining", "trim"),
                ("white", "beige", "grey", "pink", "red", "yellow", "brown"),
                0.5,
                "beige",
            ),
            Accent("sole", ("sole", "soles"), ("white", "black", "brown", "beige"), 0.4),
        ),
        purposes=("for cold feet", "something cosy for the home", "something warm for the feet"),
        price=(19, 69),
        grams=420,
        lines=(
            "For cold floors and long breakfasts.",
            "The sole does not slip on tiles, and is kind to parquet.",
            "Quiet on wooden floors, and safe on tiles.",
            "A warm present for people who have everything.",
        ),
        period=(0.05, 0.08),
        sizes="shoes",
        zoom=1.07,
        lift=0.04,
        focus=(0.55, 0.55),
        scenes=("studio", "studio", "room"),
    ),
)
