"""Hats, scarves, gloves and ties: what these kinds look like and are called."""

from demo.assortment.materials import CORDUROY, STRAW
from demo.draw import headwear, scarves
from demo.kinds import Accent, Choice, Kind, Material, Part

COTTON = Material("cotton", ("cotton", "cotton twill"), "canvas", 0.06, share=2)
WOOL = Material("wool", ("wool", "knitted", "woollen"), "knit", 0.05, share=2)
FLEECE = Material("fleece", ("fleece",), "fleece", 0.04)
FELT = Material("felt", ("felt", "wool felt"), "felt", 0.08)
SILK = Material("silk", ("silk", "satin"), "satin", 0.55, share=2)
BRIGHT = ("red", "white", "black", "yellow", "blue", "green", "orange", "pink", "beige")
NARROW = Choice("narrow", ("narrow", "slim"))

KINDS = (
    Kind(
        "cap",
        one="cap",
        many="caps",
        others=("baseball cap", "ball cap", "peaked cap", "baseball caps", "sports cap"),
        group="accessories",
        category="Accessories > Hats > Caps",
        artist=headwear.cap,
        parts=(
            Part(
                "brim",
                (
                    Choice("curved", (), ("with a curved brim", "with a curved peak"), share=2),
                    Choice(
                        "flat",
                        ("flat-brim", "flat-peak"),
                        ("with a flat brim", "with a straight brim"),
                        ("snapback",),
                    ),
                ),
            ),
            Part(
                "back",
                (
                    Choice("closed", share=2),
                    Choice(
                        "mesh",
                        ("mesh-back",),
                        ("with a mesh back", "with mesh"),
                        ("trucker cap", "trucker hat"),
                    ),
                ),
            ),
            Part(
                "badge",
                (
                    Choice("none", (), ("without a badge", "without a logo"), share=2),
                    Choice("badge", (), ("with a badge", "with a patch", "with a logo")),
                ),
            ),
        ),
        materials=(
            COTTON,
            CORDUROY,
            Material("denim", ("denim",), "denim", 0.06, ("blue", "navy", "black"), False),
        ),
        colours=("navy", "black", "red", "white", "green", "blue", "beige"),
        patterns=("plain", "plain", "plain", "striped", "checked", "floral"),
        accents=(Accent("brim", ("brim", "peak", "visor", "bill"), BRIGHT, 0.4),),
        purposes=("something against the sun", "sun protection for running"),
        price=(17, 39),
        grams=90,
        lines=(
            "Adjusts at the back to most heads.",
            "A sweatband inside keeps it comfortable.",
            "Hand wash, and dry in shape.",
            "Shades the eyes without hiding the view.",
        ),
        zoom=1.1,
        lift=0.0,
        focus=(0.42, 0.5),
        scenes=("studio", "table", "wood", "sand"),
    ),
    Kind(
        "beanie",
        one="beanie",
        many="beanies",
        others=("knitted hat", "woolly hat", "winter hat", "knit cap", "beanie hat"),
        group="accessories",
        category="Accessories > Hats > Beanies",
        artist=headwear.beanie,
        parts=(
            Part(
                "pompom",
                (
                    Choice("none", (), ("without a pompom", "with no bobble")),
                    Choice(
                        "pompom",
                        ("pompom",),
                        ("with a pompom", "with a bobble", "with a pom-pom"),
                        ("bobble hat", "pompom hat"),
                    ),
                ),
            ),
            Part(
                "cuff",
                (
                    Choice("cuff", ("cuffed",), ("with a turned-up edge", "with a cuff"), share=2),
                    Choice("none", (), ("without a cuff",)),
                ),
            ),
            Part(
                "fit",
                (
                    Choice("close", ("close-fitting",), share=3),
                    Choice("slouchy", ("slouchy", "loose"), ("hanging loosely to one side",)),
                ),
            ),
        ),
        materials=(WOOL, FLEECE),
        colours=("grey", "red", "blue", "green", "yellow", "navy", "pink", "white"),
        patterns=("plain", "plain", "striped", "checked", "dotted"),
        accents=(
            Accent("pompom", ("pompom", "bobble"), BRIGHT, 0.5),
            Accent("cuff", ("cuff", "edge"), BRIGHT, 0.3),
        ),
        purposes=("something warm for the head", "something for cold ears", "for skiing"),
        price=(17, 45),
        grams=80,
        lines=(
            "Soft on the forehead, and warm over the ears.",
            "Stretches to fit most heads.",
            "Wash cold and dry it flat.",
            "Small enough for a coat pocket.",
        ),
        zoom=1.04,
        lift=0.01,
        focus=(0.5, 0.7),
        scenes=("studio", "wood", "cloth"),
    ),
    Kind(
        "brimmed hat",
        one="brimmed hat",
        many="brimmed hats",
        others=("hat with a brim", "brim hat", "hats with a brim"),
        group="accessories",
        category="Accessories > Hats > Brimmed hats",
        artist=headwear.brimmed_hat,
        parts=(
            Part(
                "shape",
                (
                    Choice(
                        "fedora",
                        (),
                        ("with a pinched crown",),
                        ("fedora", "trilby", "fedora hat"),
                    ),
                    Choice("boater", (), ("with a flat top",), ("boater", "boater hat")),
                    Choice(
                        "bucket", (), (), ("bucket hat", "fishing hat", "bucket hats", "sun hat")
                    ),
                    Choice("floppy", ("floppy",), ("with a wavy brim",), ("floppy hat", "sun hat")),
                ),
            ),
            Part(
                "brim",
                (
                    Choice("wide", ("wide-brimmed", "wide-brim"), ("with a wide brim",), share=1.5),
                    Choice(
                        "narrow",
                        ("narrow-brimmed", "short-brimmed"),
                        ("with a narrow brim", "with a small brim"),
                    ),
                ),
            ),
        ),
        materials=(
            STRAW,
            FELT,
            Material("cotton", ("cotton", "canvas"), "canvas", 0.06),
        ),
        colours=("beige", "brown", "black", "navy", "grey", "white", "red"),
        patterns=("plain", "plain", "plain", "striped", "floral", "checked"),
        accents=(
            Accent(
                "band",
                ("band", "hatband", "ribbon"),
                ("black", "red", "white", "navy", "blue", "brown", "pink", "green"),
                0.6,
            ),
        ),
        purposes=("something against the sun", "a hat for a garden party", "for hot days"),
        price=(24, 79),
        grams=130,
        lines=(
            "Keeps the sun off face and neck.",
            "A band inside lets you adjust the size.",
            "Steam brings it back into shape.",
            "Light enough to forget you are wearing it.",
        ),
        zoom=1.1,
        lift=-0.03,
        focus=(0.5, 0.52),
        scenes=("studio", "table", "wood", "sand"),
    ),
    Kind(
        "headband",
        one="headband",
        many="headbands",
        others=("hair band", "alice band", "hairband", "hair bands", "hair accessory"),
        group="accessories",
        category="Accessories > Hair",
        artist=headwear.headband,
        parts=(
            Part(
                "bow",
                (
                    Choice("none", ("simple",), ("without a bow or knot",)),
                    Choice("knot", ("knotted", "twisted"), ("with a knot",)),
                    Choice("bow", ("bow",), ("with a bow", "with a big bow")),
                ),
            ),
            Part(
                "width",
                (
                    Choice("wide", ("wide", "broad"), ("with a wide band",)),
                    Choice("narrow", ("narrow", "thin"), ("with a thin band",)),
                ),
            ),
        ),
        materials=(
            Material("satin", ("satin", "silk"), "satin", 0.5),
            Material("velvet", ("velvet",), "suede", 0.1, patterned=False),
            Material("cotton", ("cotton", "fabric"), "linen", 0.06, share=2),
        ),
        colours=("black", "red", "pink", "navy", "green", "white", "yellow"),
        patterns=("plain", "plain", "dotted", "floral", "striped", "checked"),
        purposes=("something to keep hair out of the face", "something for my hair"),
        price=(9, 25),
        grams=40,
        lines=(
            "Holds without pressing behind the ears.",
            "Covered by hand; the ends are padded.",
            "Keeps a fringe in check on windy days.",
            "One size fits most heads.",
        ),
        zoom=1.12,
        lift=-0.01,
        focus=(0.5, 0.25),
        scenes=("studio", "table"),
    ),
    Kind(
        "scarf",
        one="scarf",
        many="scarves",
        others=("neck scarf", "wrap scarf", "muffler", "scarfs"),
        group="accessories",
        category="Accessories > Scarves",
        artist=scarves.scarf,
        parts=(
            Part(
                "shape",
                (
                    Choice(
                        "looped",
                        ("looped", "wrapped"),
                        ("wrapped in a loop",),
                        ("loop scarf",),
                    ),
                    Choice("long", ("long",), ("with crossed ends",), ("long scarf",)),
                ),
                posed=True,
            ),
            Part(
                "fringe",
                (
                    Choice(
                        "fringe",
                        ("fringed",),
                        ("with a fringe", "with fringes", "with tassels"),
                        share=2,
                    ),
                    Choice("none", (), ("without fringes", "without a fringe")),
                ),
            ),
        ),
        materials=(
            WOOL,
            Material("cashmere", ("cashmere",), "fleece", 0.08),
            Material("cotton", ("cotton",), "linen", 0.05),
            Material("silk", ("silk", "satin"), "satin", 0.5),
        ),
        colours=("red", "grey", "blue", "green", "beige", "navy", "yellow"),
        patterns=("plain", "checked", "checked", "striped", "dotted", "floral"),
        accents=(Accent("fringe", ("fringe", "fringes", "tassels"), BRIGHT, 0.3),),
        purposes=("something warm for the neck", "something against a cold wind"),
        price=(19, 89),
        grams=200,
        lines=(
            "Long enough to wrap twice.",
            "Brushed for softness.",
            "Made in a small mill.",
            "Light to carry, and kind to the skin.",
        ),
        period=(0.06, 0.1),
        zoom=1.08,
        lift=0.01,
        focus=(0.5, 0.35),
        scenes=("studio", "wood", "cloth", "wall"),
    ),
    Kind(
        "gloves",
        one="pair of gloves",
        many="gloves",
        others=("glove", "winter gloves", "pair of winter gloves", "hand gloves"),
        group="accessories",
        category="Accessories > Gloves",
        artist=scarves.gloves,
        parts=(
            Part(
                "fingers",
                (
                    Choice("fingers", (), ("with fingers",), share=2),
                    Choice("mitten", (), (), ("mittens", "mitts", "pair of mittens")),
                    Choice(
                        "fingerless",
                        ("fingerless", "half-finger"),
                        ("without fingertips", "with open fingers"),
                    ),
                ),
            ),
            Part(
                "cuff",
                (
                    Choice("ribbed", (), ("with ribbed cuffs", "with knitted cuffs")),
                    Choice("button", (), ("with a button at the cuff", "with buttoned cuffs")),
                    Choice(
                        "fluffy",
                        ("fur-trimmed",),
                        ("with fluffy cuffs", "with furry cuffs", "with fur cuffs"),
                    ),
                ),
            ),
        ),
        materials=(
            WOOL,
            Material("leather", ("leather",), "leather", 0.4, patterned=False, share=1.5),
            Material("suede", ("suede",), "suede", 0.05, patterned=False),
            FLEECE,
        ),
        colours=("black", "red", "brown", "grey", "blue", "green", "pink"),
        patterns=("plain", "plain", "striped", "dotted", "checked"),
        accents=(Accent("cuff", ("cuffs", "cuff"), BRIGHT, 0.4),),
        purposes=("something for cold hands", "something warm for the hands", "for the snow"),
        price=(15, 69),
        grams=90,
        lines=(
            "Warm without making the hands clumsy.",
            "Soft inside, and long enough to meet the sleeve.",
            "Sold as a pair.",
            "Snug at the wrist, so that no wind gets in.",
        ),
        zoom=1.14,
        lift=0.0,
        focus=(0.32, 0.45),
        scenes=("studio", "wood", "cloth"),
    ),
    Kind(
        "tie",
        one="tie",
        many="ties",
        others=("men's tie", "formal tie", "dress tie"),
        group="accessories",
        category="Accessories > Ties",
        artist=scarves.tie,
        parts=(
            Part(
                "shape",
                (
                    Choice("long", (), (), ("necktie", "neck tie", "neckties"), share=2),
                    Choice("bow", (), (), ("bow tie", "bowtie", "dickie bow", "bow ties")),
                ),
            ),
            Part(
                "width",
                (
                    Choice("wide", ("wide", "broad")),
                    Choice("narrow", (*NARROW.before, "skinny")),
                ),
            ),
        ),
        materials=(
            SILK,
            Material("wool", ("wool", "knitted"), "knit", 0.05),
            Material("linen", ("linen",), "linen", 0.06),
        ),
        colours=("navy", "red", "blue", "green", "black", "purple", "pink"),
        patterns=("plain", "striped", "striped", "dotted", "checked", "floral"),
        purposes=("something for a suit", "for a job interview", "for a wedding"),
        price=(19, 69),
        grams=60,
        lines=(
            "Ties well, and springs back when you undo it.",
            "Sewn by hand from cloth cut on the bias.",
            "Smart enough for weddings and interviews.",
            "Spot clean only.",
        ),
        period=(0.035, 0.06),
        zoom=1.06,
        lift=-0.02,
        focus=(0.5, 0.3),
        scenes=("studio", "wood", "cloth"),
    ),
)
