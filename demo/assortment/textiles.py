"""Cushions, blankets, rugs, curtains and towels."""

from demo.draw import hangings, textiles
from demo.kinds import Accent, Choice, Kind, Material, Part

COTTON = Material("cotton", ("cotton",), "canvas", 0.1, share=2)
LINEN = Material("linen", ("linen",), "linen", 0.1, share=2)
VELVET = Material("velvet", ("velvet",), "suede", 0.35, patterned=False)
KNIT = Material("knitted", ("knitted", "knit"), "knit", 0.1, patterned=False)
WOOL = Material("wool", ("wool", "woollen"), "felt", 0.1, share=2)
FRINGE = Part(
    "fringe",
    (
        Choice("fringe", ("fringed",), ("with fringes", "with a fringe")),
        Choice("none", (), ("without fringes", "with no fringe")),
    ),
)
BORDER_COLOURS = ("white", "red", "navy", "yellow", "black", "green", "pink")
PRINTED = ("plain", "plain", "striped", "checked", "dotted", "floral")


KINDS = (
    Kind(
        "cushion",
        one="cushion",
        many="cushions",
        others=("throw pillow", "pillow", "sofa cushion", "scatter cushion", "throw pillows"),
        group="home",
        category="Home > Textiles > Cushions",
        artist=textiles.cushion,
        parts=(
            Part(
                "shape",
                (
                    Choice("square", ("square",), share=2),
                    Choice(
                        "rectangular",
                        ("rectangular", "oblong"),
                        nouns=("lumbar cushion", "lumbar pillow"),
                    ),
                    Choice("round", ("round", "circular"), ("with a button in the middle",)),
                ),
            ),
            Part(
                "trim",
                (
                    Choice("none", (), ("without trim", "with a plain edge")),
                    Choice("piping", ("piped",), ("with piping", "with a piped edge")),
                    Choice("tassels", ("tasselled",), ("with tassels", "with corner tassels")),
                    Choice("fringe", ("fringed",), ("with a fringe", "with fringes")),
                ),
            ),
        ),
        materials=(COTTON, LINEN, VELVET, KNIT),
        colours=("blue", "green", "yellow", "red", "grey", "beige", "pink", "white"),
        patterns=PRINTED,
        accents=(
            Accent(
                "trim",
                ("trim", "trimming", "edging"),
                ("white", "black", "red", "yellow", "blue"),
                0.6,
            ),
        ),
        purposes=("something for the sofa", "to lean back on", "for a comfortable armchair"),
        price=(15, 59),
        grams=520,
        lines=(
            "The cover comes off with a hidden zip.",
            "Plump it up once a day and it stays in shape.",
            "Filled with recycled fibre.",
            "Washes at thirty degrees.",
        ),
        period=(0.07, 0.12),
        zoom=1.06,
        lift=-0.02,
        focus=(0.3, 0.3),
        scenes=("studio", "room", "table"),
    ),
    Kind(
        "blanket",
        one="blanket",
        many="blankets",
        others=("throw", "throw blanket", "sofa throw", "throws"),
        group="home",
        category="Home > Textiles > Blankets",
        artist=textiles.blanket,
        parts=(FRINGE,),
        materials=(
            WOOL,
            KNIT,
            Material("fleece", ("fleece",), "fleece", 0.1),
            COTTON,
        ),
        colours=("grey", "red", "blue", "beige", "green", "yellow", "pink", "navy"),
        patterns=("plain", "plain", "checked", "checked", "striped", "dotted", "floral"),
        accents=(Accent("border", ("border", "edge", "hem"), BORDER_COLOURS, 0.5),),
        purposes=("something to keep warm on the sofa", "to wrap up in", "for cold evenings"),
        price=(29, 119),
        grams=950,
        lines=(
            "Large enough for two, if they like each other.",
            "For the sofa, the bed and the picnic.",
            "Air it often and wash it seldom.",
            "Soft from the first evening on.",
        ),
        period=(0.06, 0.1),
        zoom=1.06,
        lift=-0.09,
        focus=(0.44, 0.6),
        scenes=("studio", "table", "room"),
    ),
    Kind(
        "rug",
        one="rug",
        many="rugs",
        others=("carpet", "area rug", "floor rug", "carpets"),
        group="home",
        category="Home > Textiles > Rugs",
        artist=textiles.rug,
        parts=(
            Part(
                "shape",
                (
                    Choice("rectangular", ("rectangular",), share=2),
                    Choice("round", ("round", "circular")),
                    Choice("runner", ("long", "narrow"), (), ("runner", "hall runner")),
                ),
            ),
            FRINGE,
            Part(
                "border",
                (
                    Choice("none", (), ("without a border", "with no border")),
                    Choice("border", ("bordered",), ("with a border", "with a wide border")),
                ),
            ),
        ),
        materials=(
            WOOL,
            COTTON,
            Material("shaggy", ("shaggy", "high-pile"), "plush", 0.05),
            Material("jute", ("jute", "sisal"), "straw", 0.05, ("beige", "brown"), False),
        ),
        colours=("red", "blue", "grey", "beige", "green", "navy", "pink", "white"),
        patterns=("plain", "plain", "striped", "striped", "checked", "floral", "dotted"),
        accents=(Accent("border", ("border", "edge"), BORDER_COLOURS, 0.6),),
        purposes=("something soft for the floor", "for in front of the bed", "for a cold floor"),
        price=(49, 249),
        grams=3800,
        lines=(
            "Lies flat from the first day.",
            "Put a mat underneath on smooth floors.",
            "Vacuum it without the brush.",
            "Fit for underfloor heating.",
        ),
        period=(0.08, 0.13),
        zoom=1.08,
        lift=-0.02,
        focus=(0.3, 0.72),
        scenes=("studio", "wood"),
    ),
    Kind(
        "curtain",
        one="pair of curtains",
        many="curtains",
        others=("curtain", "drapes", "window curtains", "curtain panels", "draperies"),
        group="home",
        category="Home > Textiles > Curtains",
        artist=hangings.curtain,
        parts=(
            Part(
                "length",
                (
                    Choice("short", ("short",), ("down to the sill",)),
                    Choice("long", ("long", "floor-length"), ("reaching to the floor",), share=2),
                ),
            ),
            Part(
                "heading",
                (
                    Choice("eyelets", ("eyelet", "grommet"), ("with eyelets", "with rings")),
                    Choice("tabs", ("tab-top",), ("with loops", "with tab tops")),
                    Choice("pleats", ("pleated",), ("with a pleated top",)),
                ),
            ),
            Part(
                "drape",
                (
                    Choice("straight", (), ("hanging straight",), share=1.5),
                    Choice("tied", ("tied-back",), ("with tie-backs", "tied back at the sides")),
                ),
                posed=True,
            ),
        ),
        materials=(
            LINEN,
            COTTON,
            VELVET,
            Material("voile", ("sheer", "voile", "see-through"), "linen", 0.05),
        ),
        colours=("white", "beige", "blue", "green", "grey", "red", "yellow", "navy"),
        patterns=PRINTED,
        accents=(
            Accent("rod", ("rod", "pole"), ("black", "white", "brown", "red"), 0.5, default=""),
        ),
        purposes=("something for the window", "to keep the sun out", "for dark nights"),
        price=(29, 119),
        grams=1400,
        lines=(
            "Two panels to a pack; the rod is sold separately.",
            "The hem can be taken up with an iron.",
            "Wash them cool and hang them up damp.",
            "Lined at the edges, so they fall well.",
        ),
        period=(0.06, 0.1),
        zoom=1.06,
        focus=(0.3, 0.2),
        scenes=("studio", "wall"),
    ),
    Kind(
        "towel",
        one="bath towel",
        many="bath towels",
        others=("towel", "towels", "hand towel", "hand towels"),
        group="home",
        category="Home > Textiles > Towels",
        artist=hangings.towel,
        parts=(
            Part(
                "shape",
                (
                    Choice("stacked", ("folded",), ("in a pile", "in a stack", "folded up")),
                    Choice("hanging", ("hanging",), ("on a rail", "hanging on a rail")),
                    Choice("rolled", ("rolled",), ("rolled up", "in rolls")),
                ),
                posed=True,
            ),
        ),
        materials=(
            Material("terry", ("terry", "terry cloth"), "plush", 0.05, share=3),
            LINEN,
        ),
        colours=("white", "blue", "grey", "green", "pink", "beige", "yellow", "navy"),
        patterns=("plain", "plain", "plain", "striped", "striped", "checked", "dotted"),
        accents=(Accent("border", ("border", "band", "trim"), BORDER_COLOURS, 0.5),),
        purposes=("something to dry off with", "for after the shower", "for the bathroom"),
        price=(12, 49),
        grams=560,
        lines=(
            "Thirsty, soft and quick to dry.",
            "Washes at sixty degrees, without softener.",
            "A loop to hang it up by.",
            "Sold one by one, so take as many as you need.",
        ),
        period=(0.05, 0.08),
        zoom=1.08,
        lift=-0.02,
        focus=(0.6, 0.6),
        scenes=("studio", "wood"),
    ),
)
