"""Kitchen and table: what the kinds of this family look like and are called."""

from demo.draw import tableware
from demo.kinds import Accent, Choice, Kind, Material, Part

KINDS = (
    Kind(
        "mug",
        one="mug",
        many="mugs",
        others=("cup", "coffee mug", "tea mug", "coffee cup", "cups"),
        group="kitchen",
        category="Kitchen > Mugs & Cups",
        artist=tableware.mug,
        parts=(
            Part(
                "shape",
                (
                    Choice("straight", ("straight", "cylindrical")),
                    Choice("rounded", ("round", "rounded")),
                    Choice("tall", ("tall",), nouns=("latte mug", "latte mugs")),
                    Choice("enamel", (), nouns=("camping mug", "enamel mug", "tin mug")),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("handle", (), ("with a handle",), share=6),
                    Choice("none", ("handleless",), ("without a handle", "with no handle")),
                ),
            ),
        ),
        materials=(
            Material("stoneware", ("stoneware", "ceramic", "earthenware"), "stone", 0.6, share=2),
            Material("porcelain", ("porcelain", "china"), "smooth", 0.9, share=2),
            Material("glass", ("glass",), "glass", 1.0, ("white", "green", "blue"), False),
        ),
        colours=("green", "white", "blue", "red", "yellow", "orange"),
        patterns=("plain", "plain", "striped", "dotted", "floral"),
        accents=(Accent("handle", ("handle",), ("red", "black", "white", "blue"), 0.15),),
        purposes=("something for coffee", "for hot drinks", "something to drink tea from"),
        price=(9, 29),
        grams=380,
        lines=(
            "Keeps its warmth, and sits well in the hand.",
            "Safe in the dishwasher.",
            "Holds a generous morning tea.",
        ),
        period=(0.06, 0.11),
        zoom=1.26,
        lift=-0.06,
        focus=(0.5, 0.4),
        scenes=("studio", "table", "cloth", "wood"),
    ),
)
