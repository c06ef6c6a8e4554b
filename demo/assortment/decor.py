"""Textiles and ornaments for the home: what the kinds of this family look like and are called."""

from demo.draw import clocks, framed, ornaments, textiles
from demo.kinds import Accent, Choice, Kind, Material, Part

COTTON = Material("cotton", ("cotton",), "canvas", 0.1, share=2)
LINEN = Material("linen", ("linen",), "linen", 0.1, share=2)
VELVET = Material("velvet", ("velvet",), "suede", 0.35, patterned=False)
KNIT = Material("knitted", ("knitted", "knit"), "knit", 0.1, patterned=False)
WOOL = Material("wool", ("wool", "woollen"), "felt", 0.1, share=2)
STONEWARE = Material("stoneware", ("stoneware", "ceramic", "earthenware"), "stone", 0.55, share=2)
PORCELAIN = Material("porcelain", ("porcelain", "china"), "smooth", 0.9)
GLASS = Material(
    "glass",
    ("glass",),
    "glass",
    1.0,
    ("white", "green", "blue", "pink", "yellow", "orange", "purple", "brown", "grey"),
    patterned=False,
)
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
FRINGE = Part(
    "fringe",
    (
        Choice("fringe", ("fringed",), ("with fringes", "with a fringe")),
        Choice("none", ("fringeless",), ("without fringes", "with no fringe")),
    ),
)
BORDER_COLOURS = ("white", "red", "navy", "yellow", "black", "green", "pink")
FACE = Accent(
    "face", ("face",), ("black", "red", "blue", "green", "yellow", "pink"), 0.4, default="white"
)
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
                    Choice("none", ("untrimmed",), ("without trim", "with a plain edge")),
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
        others=("throw", "throw blanket", "sofa throw", "throws", "folded blanket"),
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
                    Choice("none", ("borderless",), ("without a border", "with no border")),
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
        artist=textiles.curtain,
        parts=(
            Part(
                "length",
                (
                    Choice("short", ("short",), ("down to the sill",)),
                    Choice("long", ("long", "floor-length"), ("down to the floor",), share=2),
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
        artist=textiles.towel,
        parts=(
            Part(
                "shape",
                (
                    Choice("stacked", ("folded",), ("in a pile", "in a stack", "folded up")),
                    Choice("hanging", ("hanging",), ("on a rail", "hanging on a rail")),
                    Choice("rolled", ("rolled",), ("rolled up", "in rolls")),
                ),
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
            "Whatever stands in it on the picture is not included.",
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
            ),
            Part(
                "number",
                (
                    Choice("one", ("single",), (), share=2),
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
                    Choice("low", ("low", "shallow"), ("with a low side",), ("bread basket",)),
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
                    Choice("dashes", ("numberless",), ("without numbers", "with dashes")),
                ),
            ),
        ),
        materials=(CASE, WOOD, PAINTED, PLASTIC, BRASS),
        colours=("black", "red", "white", "blue", "brown", "green", "grey", "yellow"),
        accents=(
            FACE,
            Accent("hands", ("hands", "pointers"), ("red", "blue", "yellow", "green"), 0.4),
        ),
        purposes=("something to tell the time", "for the kitchen wall", "to be on time"),
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
        others=("bedside clock", "desk clock", "alarm", "table clock"),
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
                    Choice("square", ("square",), ("with hands and a square case",)),
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
                    Choice("none", share=2, nouns=("wall mirror", "hanging mirror")),
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
        others=("photo frame", "framed picture", "framed print", "photo frames", "wall art"),
        group="home",
        category="Home > Decoration > Picture frames",
        artist=framed.picture_frame,
        parts=(
            Part(
                "shape",
                (
                    Choice("portrait", ("upright", "portrait-format"), share=1.5),
                    Choice("landscape", ("landscape-format",), ("lying across",)),
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
                    Choice("mountains", (), ("with mountains", "with a picture of mountains")),
                    Choice("leaf", ("botanical",), ("with a leaf", "with a picture of a leaf")),
                    Choice("abstract", ("abstract",), ("with abstract shapes",)),
                    Choice("none", ("empty",), ("without a picture", "with no picture in it")),
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
