"""Home textiles, then ornaments: vases, candles, baskets, clocks, mirrors and picture frames."""

from demo.assortment import textiles
from demo.assortment.materials import GLASS, STONEWARE
from demo.draw import clocks, framed, ornaments
from demo.kinds import Accent, Choice, Kind, Material, Part

PORCELAIN = Material("porcelain", ("porcelain", "china"), "smooth", 0.9)
WOOD = Material("wood", ("wooden", "wood"), "wood", 0.25, ("beige", "brown"), False, share=2)
PAINTED = Material("painted wood", ("painted", "lacquered"), "smooth", 0.4, (), False, share=2)
METAL = Material("metal", ("metal", "steel"), "metal", 0.8, (), False)
BRASS = Material("brass", ("brass", "golden"), "metal", 0.9, ("yellow",), False)
CASE = Material("metal", ("metal", "steel"), "smooth", 0.7, (), False, share=2)
PLASTIC = Material("plastic", ("plastic",), "smooth", 0.5, (), False)
WICKER = Material(
    "wicker",
    ("wicker", "rattan"),
    "wicker",
    0.15,
    ("beige", "brown", "white", "grey", "black"),
    False,
    share=2,
)
FACE = Accent(
    "face", ("face",), ("black", "red", "blue", "green", "yellow", "pink"), 0.4, default="white"
)
KINDS = (
    *textiles.KINDS,
    Kind(
        "vase",
        one="vase",
        many="vases",
        others=("flower vase", "table vase", "vase for flowers", "decorative vase"),
        group="home",
        category="Home > Decoration > Vases",
        artist=ornaments.vase,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round", "bulbous"), ("with a round belly",)),
                    Choice("cylinder", ("cylindrical", "straight"), ("with straight sides",)),
                    Choice(
                        "bottle",
                        ("bottle-shaped", "narrow-necked"),
                        ("with a narrow neck", "with a long neck"),
                        ("bud vase",),
                    ),
                    Choice("flared", ("flared", "trumpet"), ("with a wide mouth",)),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("none", ("handleless",), ("without handles",), share=3),
                    Choice("handles", ("two-handled",), ("with two handles", "with handles")),
                ),
            ),
            Part(
                "filling",
                (
                    Choice("none", ("empty",), (), share=3),
                    Choice("grass", (), ("with pampas grass", "with dried grasses")),
                    Choice("leaves", (), ("with green twigs", "with eucalyptus", "with leaves")),
                ),
                posed=True,
            ),
        ),
        materials=(STONEWARE, PORCELAIN, GLASS),
        colours=("white", "blue", "green", "beige", "black", "pink", "red", "yellow"),
        patterns=("plain", "plain", "plain", "striped", "dotted", "floral"),
        accents=(
            Accent("base", ("base", "lower half"), ("white", "black", "blue", "brown", "red"), 0.3),
        ),
        purposes=("something to put flowers in", "for tulips", "for a bunch of flowers"),
        price=(15, 79),
        grams=900,
        lines=(
            "Holds a bunch from the market.",
            "Watertight, and heavy enough not to tip.",
            "Rinse it with warm water and a brush.",
            "Whatever stands in it in the picture is not included.",
        ),
        period=(0.06, 0.1),
        zoom=1.06,
        lift=-0.01,
        focus=(0.45, 0.45),
        scenes=("studio", "table", "room"),
    ),
    Kind(
        "candle",
        one="candle",
        many="candles",
        others=("wax candle", "table candle", "decorative candle", "wax candles"),
        group="home",
        category="Home > Decoration > Candles",
        artist=ornaments.candle,
        parts=(
            Part(
                "shape",
                (
                    Choice("pillar", ("thick", "pillar"), nouns=("pillar candle", "block candle")),
                    Choice(
                        "taper",
                        ("tall", "slim"),
                        ("in a candlestick", "in a brass holder"),
                        ("taper candle", "dinner candle"),
                    ),
                    Choice(
                        "jar",
                        (),
                        ("in a glass", "in a glass jar"),
                        ("jar candle", "scented candle"),
                    ),
                ),
            ),
            Part(
                "flame",
                (
                    Choice("lit", ("lit", "burning"), ("with a flame",)),
                    Choice("none", ("unlit",), ("without a flame", "not lit")),
                ),
                posed=True,
            ),
            Part(
                "number",
                (
                    Choice("one", share=2),
                    Choice("three", (), ("in a set of three",), ("set of three candles",)),
                ),
            ),
        ),
        materials=(Material("wax", ("wax",), "smooth", 0.35, patterned=False),),
        colours=("white", "beige", "red", "green", "blue", "yellow", "pink", "purple"),
        purposes=("something for a cosy evening", "for candlelight", "to light at dinner"),
        price=(5, 39),
        grams=430,
        lines=(
            "Burns down evenly and does not drip in still air.",
            "Keep the wick short, and never leave it alone.",
            "With a wick of cotton.",
            "A small present that everybody can use.",
        ),
        zoom=1.02,
        focus=(0.5, 0.35),
        scenes=("studio", "table"),
    ),
    Kind(
        "basket",
        one="basket",
        many="baskets",
        others=("storage basket", "woven basket", "storage baskets", "woven baskets"),
        group="home",
        category="Home > Storage > Baskets",
        artist=ornaments.basket,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round",), ("with a round belly",)),
                    Choice("low", ("low", "shallow"), ("with low sides",), ("bread basket",)),
                    Choice("tall", ("tall", "high"), (), ("laundry basket", "log basket")),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("none", ("handleless",), ("without handles", "with no handles")),
                    Choice("sides", (), ("with two handles", "with handles at the sides")),
                    Choice("top", (), ("with one big handle", "with a handle over the top")),
                ),
            ),
        ),
        materials=(
            WICKER,
            Material("seagrass", ("seagrass", "straw"), "straw", 0.1, ("beige", "brown"), False),
            Material("rope", ("rope", "cotton rope"), "rope", 0.1, (), False),
        ),
        colours=("beige", "brown", "white", "grey", "black", "beige", "pink", "green"),
        accents=(
            Accent("handle", ("handle", "handles"), ("brown", "black", "white", "red"), 0.4),
            Accent("base", ("base", "bottom", "lower half"), ("white", "black", "pink"), 0.35),
        ),
        purposes=("something to keep toys in", "for the laundry", "for firewood and wool"),
        price=(19, 79),
        grams=850,
        lines=(
            "Woven by hand, so no two are quite alike.",
            "Carries blankets, toys or firewood.",
            "Wipe it with a damp cloth.",
            "Keeps its shape, even when it is full.",
        ),
        zoom=1.06,
        lift=-0.03,
        focus=(0.5, 0.5),
        scenes=("studio", "room", "table"),
    ),
    Kind(
        "wall clock",
        one="wall clock",
        many="wall clocks",
        others=("clock", "kitchen clock", "clock for the wall", "clocks"),
        group="home",
        category="Home > Decoration > Clocks",
        artist=clocks.wall_clock,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round",), share=1.5),
                    Choice("square", ("square",)),
                    Choice("octagonal", ("octagonal", "eight-sided")),
                    Choice("sunburst", ("sunburst", "starburst"), ("with rays",)),
                ),
            ),
            Part(
                "dial",
                (
                    Choice("numbers", (), ("with numbers", "with Arabic numerals")),
                    Choice("roman", (), ("with Roman numerals",)),
                    Choice("dashes", (), ("without numbers", "with dashes")),
                ),
            ),
        ),
        materials=(CASE, WOOD, PAINTED, PLASTIC, BRASS),
        colours=("black", "red", "white", "blue", "brown", "green", "grey", "yellow"),
        accents=(
            FACE,
            Accent("hands", ("hands",), ("red", "blue", "yellow", "green"), 0.4),
        ),
        purposes=("something to tell the time", "for the kitchen wall"),
        mirrors=False,
        price=(19, 89),
        grams=720,
        lines=(
            "Runs quietly enough for a bedroom.",
            "One AA battery lasts about a year.",
            "Hangs on a single nail.",
            "The glass keeps the dust off the hands.",
        ),
        zoom=1.08,
        focus=(0.5, 0.42),
        scenes=("studio", "wall"),
    ),
    Kind(
        "alarm clock",
        one="alarm clock",
        many="alarm clocks",
        others=("bedside clock", "clock", "clocks", "table clock"),
        group="home",
        category="Home > Decoration > Clocks",
        artist=clocks.alarm_clock,
        parts=(
            Part(
                "shape",
                (
                    Choice(
                        "bells",
                        ("twin-bell", "round"),
                        ("with two bells", "with bells on top"),
                        share=2,
                    ),
                    Choice("square", ("square",), ("with a square case",)),
                    Choice(
                        "digital",
                        ("digital",),
                        ("with a digital display",),
                        ("digital clock", "radio alarm clock"),
                    ),
                ),
            ),
        ),
        materials=(CASE, PLASTIC),
        colours=("red", "black", "white", "blue", "green", "pink", "yellow", "grey"),
        accents=(FACE,),
        purposes=("something to wake up to", "for the bedside table", "to get up on time"),
        mirrors=False,
        price=(15, 49),
        grams=380,
        lines=(
            "Loud enough for heavy sleepers.",
            "A light shows the time at night.",
            "Batteries are in the box.",
            "One press for five more minutes.",
        ),
        zoom=1.06,
        focus=(0.5, 0.55),
        scenes=("studio", "table"),
    ),
    Kind(
        "mirror",
        one="mirror",
        many="mirrors",
        others=("looking glass", "framed mirror", "decorative mirror", "framed mirrors"),
        group="home",
        category="Home > Decoration > Mirrors",
        artist=framed.mirror,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round", "circular")),
                    Choice("oval", ("oval",)),
                    Choice("rectangular", ("rectangular",)),
                    Choice("arched", ("arched",), ("with a rounded top", "with an arch")),
                ),
            ),
            Part(
                "frame",
                (
                    Choice("plain", ("simple",), ("with a plain frame",), share=2),
                    Choice("ornate", ("ornate", "beaded"), ("with a beaded frame",)),
                ),
            ),
            Part(
                "stand",
                (
                    Choice("none", share=2),
                    Choice("strap", (), ("on a strap", "with a leather strap")),
                    Choice(
                        "stand",
                        (),
                        ("on a stand", "with a foot"),
                        ("table mirror", "vanity mirror"),
                    ),
                ),
            ),
        ),
        materials=(WOOD, PAINTED, METAL, BRASS),
        colours=("black", "brown", "white", "beige", "yellow", "grey", "green", "blue"),
        purposes=("something to look at yourself in", "for the hall", "to do your hair by"),
        price=(25, 149),
        grams=2600,
        lines=(
            "Makes a small room look larger.",
            "The glass does not distort and does not tarnish.",
            "Clean it with a dry cloth.",
            "Packed so that it arrives in one piece.",
        ),
        zoom=1.06,
        focus=(0.35, 0.3),
        scenes=("studio", "wall"),
    ),
    Kind(
        "picture frame",
        one="picture frame",
        many="picture frames",
        others=("photo frame", "frame for a picture", "photo frames", "frame for the wall"),
        group="home",
        category="Home > Decoration > Picture frames",
        artist=framed.picture_frame,
        parts=(
            Part(
                "shape",
                (
                    Choice("portrait", ("portrait", "vertical", "upright"), share=1.5),
                    Choice("landscape", ("landscape", "horizontal")),
                    Choice("square", ("square",)),
                    Choice("oval", ("oval",)),
                ),
            ),
            Part(
                "frame",
                (
                    Choice("slim", ("slim", "thin"), ("with a narrow edge",)),
                    Choice("wide", ("wide", "chunky"), ("with a broad edge",)),
                ),
            ),
            Part(
                "picture",
                (
                    Choice(
                        "mountains",
                        (),
                        ("with mountains", "with a picture of mountains"),
                        ("mountain picture",),
                    ),
                    Choice(
                        "leaf",
                        ("botanical",),
                        ("with a leaf", "with a picture of a leaf"),
                        ("botanical print",),
                    ),
                    Choice(
                        "abstract", ("abstract",), ("with abstract shapes",), ("abstract print",)
                    ),
                    Choice("none", ("empty",), ("without a picture", "with no picture")),
                ),
            ),
        ),
        materials=(WOOD, PAINTED, METAL),
        colours=("black", "white", "brown", "beige", "grey", "red", "blue", "green"),
        accents=(
            Accent(
                "mount",
                ("mount", "mat", "passe-partout"),
                ("black", "red", "blue", "green", "pink", "yellow"),
                0.35,
                default="white",
            ),
        ),
        purposes=("something for a bare wall", "to hang up a photo", "to show off a print"),
        price=(12, 69),
        grams=800,
        lines=(
            "Hangs on the wall or leans on a shelf.",
            "The back opens without tools.",
            "With a mount that gives the picture air.",
            "Takes your own picture just as well.",
        ),
        zoom=1.06,
        focus=(0.5, 0.5),
        scenes=("studio", "wall"),
    ),
)
