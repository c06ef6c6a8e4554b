"""Layers: jackets, coats and waistcoats, what they look like and are called."""

from demo.assortment.garments import FLAT, LINEN, LONG, STRONG
from demo.assortment.materials import CORDUROY, TWEED
from demo.draw import coats, jackets, puffers
from demo.kinds import Accent, Choice, Kind, Material, Part

NO_COLLAR = Choice("none", ("collarless",), ("without a collar", "with no collar"), share=0.7)
HOOD = Choice("hood", ("hooded",), ("with a hood",))
NO_HOOD = Choice("none", (), ("without a hood", "with no hood"))
BUTTONS = Choice("buttons", ("buttoned", "button-up"), ("with buttons", "to button up"))
ZIP = Choice("zip", ("zip-up", "zipped"), ("with a zip", "with a zipper"))
FRONT = Part(
    "front",
    (
        Choice("single", ("single-breasted",), ("with one row of buttons",), share=1.5),
        Choice("double", ("double-breasted",), ("with two rows of buttons",)),
    ),
)
BUTTON = Accent("button", ("buttons",), ("white", "black", "brown", "red", "yellow"), 0.35)
COTTON = Material("cotton", ("cotton",), share=2)
WOOL = Material("wool", ("wool", "woollen"), "felt", 0.05, share=3)

KINDS = (
    Kind(
        "jacket",
        one="jacket",
        many="jackets",
        others=("short jacket", "casual jacket"),
        group="clothing",
        category="Clothing > Jackets",
        artist=jackets.jacket,
        parts=(
            Part(
                "style",
                (
                    Choice(
                        "bomber",
                        ("bomber",),
                        ("with a ribbed hem", "with ribbed cuffs"),
                        ("bomber", "bomber jacket", "blouson"),
                    ),
                    Choice(
                        "trucker",
                        ("trucker", "buttoned"),
                        ("with two chest pockets", "with metal buttons"),
                        ("trucker jacket",),
                    ),
                    Choice(
                        "biker",
                        ("biker",),
                        ("with a slanted zip", "with an asymmetric zip"),
                        ("biker jacket", "moto jacket", "motorcycle jacket"),
                    ),
                ),
            ),
            Part("hood", (Choice("none", NO_HOOD.before, NO_HOOD.after, share=3), HOOD)),
            Part("sleeve", (LONG,)),
        ),
        materials=(
            Material(
                "denim",
                ("denim", "jean"),
                "denim",
                0.05,
                ("blue", "navy", "black", "grey", "white"),
                False,
                2,
            ),
            Material(
                "leather",
                ("leather",),
                "leather",
                0.55,
                ("black", "brown", "red", "white", "beige", "green", "navy"),
                False,
                2,
            ),
            COTTON,
            Material("nylon", ("nylon",), "satin", 0.4, (), False, 1.5),
        ),
        colours=("black", "blue", "green", "red", "brown", "beige", "yellow"),
        patterns=("plain", "plain", "plain", "checked"),
        accents=(
            Accent("sleeve", ("sleeves",), STRONG, 0.22),
            Accent("collar", ("collar",), ("white", "black", "beige", "red", "brown"), 0.3),
        ),
        purposes=("something for the days in between", "something to wear on a motorbike"),
        price=(79, 289),
        grams=900,
        lines=(
            "Keeps the wind out without weighing you down.",
            "A layer for the days in between.",
            "Two inside pockets, one of which closes.",
            "Roomy enough for a jumper.",
            "Gets better with every year.",
        ),
        period=(0.05, 0.09),
        sizes="letters",
        zoom=1.04,
        focus=(0.5, 0.3),
        scenes=FLAT,
        share=1.5,
    ),
    Kind(
        "coat",
        one="coat",
        many="coats",
        others=("overcoat", "winter coat", "topcoat"),
        group="clothing",
        category="Clothing > Coats",
        artist=coats.coat,
        parts=(
            Part(
                "collar",
                (
                    Choice("pointed", ("collared",), ("with lapels", "with a collar"), share=2),
                    Choice(
                        "stand-up",
                        ("high-collared",),
                        ("with a stand-up collar", "with a high collar"),
                    ),
                    NO_COLLAR,
                ),
            ),
            Part(
                "length",
                (
                    Choice("knee", ("knee-length", "midi"), ("to the knee",)),
                    Choice("long", ("long", "ankle-length", "maxi"), ("to the ankles",)),
                ),
            ),
            FRONT,
            Part(
                "belt",
                (
                    Choice("none", (), ("without a belt", "with no belt"), share=1.5),
                    Choice("belt", ("belted",), ("with a belt", "with a tie belt")),
                ),
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(
            WOOL,
            Material("cashmere", ("cashmere",), "felt", 0.12, (), False),
            TWEED,
        ),
        colours=("beige", "black", "grey", "navy", "brown", "red", "green"),
        patterns=("plain", "plain", "plain", "plain", "checked"),
        accents=(
            BUTTON,
            Accent("collar", ("collar",), ("black", "brown", "white", "navy"), 0.2),
        ),
        purposes=("something warm and smart for winter", "something to wear over a suit"),
        price=(149, 449),
        grams=1700,
        lines=(
            "Warm enough for the platform at seven in the morning.",
            "Fully lined, so it slips on easily.",
            "Brush it, and it stays new for years.",
            "Roomy enough for a jacket underneath.",
        ),
        period=(0.05, 0.09),
        sizes="letters",
        zoom=1.0,
        focus=(0.5, 0.26),
        scenes=FLAT,
    ),
    Kind(
        "parka",
        one="parka",
        many="parkas",
        others=("winter parka", "field parka"),
        group="clothing",
        category="Clothing > Coats",
        artist=coats.parka,
        parts=(
            Part("hood", (HOOD,)),
            Part(
                "trim",
                (
                    Choice(
                        "fur", ("fur-trimmed",), ("with a fur hood", "with a fur trim"), share=1.5
                    ),
                    Choice("none", (), ("without fur", "with no fur")),
                ),
            ),
            Part(
                "closure", (ZIP, Choice("buttons", ("buttoned",), ("with buttons", "with snaps")))
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(COTTON, Material("nylon", ("nylon", "polyester"), "smooth", 0.35)),
        colours=("green", "navy", "black", "beige", "red", "orange"),
        patterns=("plain", "plain", "plain", "plain", "checked"),
        accents=(
            Accent("trim", ("fur", "fur trim"), ("beige", "white", "black", "brown", "grey"), 1.0),
            Accent("lining", ("lining",), ("orange", "red", "yellow", "blue"), 0.4),
        ),
        purposes=("something for freezing days", "something warm for the school run"),
        price=(119, 329),
        grams=1500,
        lines=(
            "Keeps out wind and sleet.",
            "Deep pockets for cold hands.",
            "Can be drawn in at the waist.",
            "Warm down to minus ten.",
        ),
        period=(0.05, 0.09),
        sizes="letters",
        zoom=1.02,
        lift=0.005,
        focus=(0.5, 0.22),
        scenes=FLAT,
        share=0.8,
    ),
    Kind(
        "raincoat",
        one="raincoat",
        many="raincoats",
        others=("rain jacket", "waterproof", "mac", "rain coat", "slicker"),
        group="clothing",
        category="Clothing > Coats",
        artist=coats.raincoat,
        parts=(
            Part("hood", (Choice("hood", HOOD.before, HOOD.after, share=2), NO_HOOD)),
            Part(
                "closure",
                (Choice("buttons", BUTTONS.before, (*BUTTONS.after, "with snaps")), ZIP),
            ),
            Part(
                "length",
                (
                    Choice("short", ("short",), ("to the hip",)),
                    Choice("knee", ("knee-length", "midi"), ("to the knee",)),
                ),
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(
            Material("rubber", ("rubber", "rubberised"), "rubber", 0.8, share=2),
            Material("nylon", ("nylon", "polyester"), "smooth", 0.45),
        ),
        colours=("yellow", "red", "navy", "green", "blue", "orange"),
        patterns=("plain", "plain", "plain", "dotted", "striped", "floral"),
        accents=(
            Accent("hood", ("hood",), STRONG, 0.2),
            Accent("button", ("buttons", "snaps"), ("white", "black", "red"), 0.35),
        ),
        purposes=("something for a rainy day", "something waterproof"),
        price=(59, 179),
        grams=800,
        lines=(
            "Waterproof, with sealed seams.",
            "Rolls up small, for just in case.",
            "Wipe it clean and hang it to dry.",
            "Room for a thick jumper underneath.",
        ),
        period=(0.06, 0.1),
        sizes="letters",
        zoom=1.04,
        lift=0.01,
        focus=(0.5, 0.3),
        scenes=FLAT,
    ),
    Kind(
        "puffer jacket",
        one="puffer jacket",
        many="puffer jackets",
        others=("puffer", "down jacket", "quilted jacket", "padded jacket"),
        group="clothing",
        category="Clothing > Jackets",
        artist=puffers.puffer_jacket,
        parts=(
            Part("hood", (NO_HOOD, HOOD)),
            Part(
                "sleeve",
                (
                    Choice(LONG.value, LONG.before, LONG.after, share=2.5),
                    Choice(
                        "none",
                        ("sleeveless",),
                        ("without sleeves", "with no sleeves"),
                        ("gilet", "body warmer", "puffer vest"),
                    ),
                ),
            ),
            Part(
                "length",
                (
                    Choice("short", ("short",), ("to the hip",), share=2.5),
                    Choice("long", ("long", "longline"), ("to the knee",), ("puffer coat",)),
                ),
            ),
            Part("closure", (ZIP,)),
        ),
        materials=(
            Material("nylon", ("nylon", "polyester"), "smooth", 0.5, (), False, 3),
            Material("corduroy", ("corduroy", "cord"), "corduroy", 0.05, (), False, 0.5),
        ),
        colours=("black", "red", "navy", "yellow", "green", "orange", "white"),
        accents=(
            Accent("zip", ("zip", "zipper"), ("red", "yellow", "white", "orange", "black"), 0.35),
            Accent("lining", ("lining",), ("orange", "red", "yellow", "blue"), 0.35),
        ),
        purposes=("something light and very warm", "something for a walk in the snow"),
        price=(79, 259),
        grams=700,
        lines=(
            "Very warm for its weight.",
            "Packs down into its own bag.",
            "Sheds a shower and stops the wind.",
            "Wash it cold, and dry it with two tennis balls.",
        ),
        sizes="letters",
        zoom=1.02,
        focus=(0.5, 0.3),
        scenes=FLAT,
        share=1.1,
    ),
    Kind(
        "blazer",
        one="blazer",
        many="blazers",
        others=("suit jacket", "tailored jacket", "sports coat"),
        group="clothing",
        category="Clothing > Blazers",
        artist=coats.blazer,
        parts=(
            FRONT,
            Part(
                "lapel",
                (
                    Choice("notched", ("notch-lapel",), ("with notched lapels",), share=1.5),
                    Choice("peaked", ("peak-lapel",), ("with peaked lapels",)),
                ),
            ),
            Part(
                "pocket",
                (
                    Choice("flap", (), ("with flap pockets",)),
                    Choice("patch", (), ("with patch pockets",)),
                ),
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(
            WOOL,
            LINEN,
            Material("velvet", ("velvet",), "suede", 0.25, (), False),
            CORDUROY,
        ),
        colours=("navy", "black", "grey", "beige", "green", "red", "brown"),
        patterns=("plain", "plain", "plain", "checked", "striped"),
        accents=(
            Accent("lapel", ("lapels", "collar"), ("black", "white", "navy"), 0.2),
            BUTTON,
        ),
        purposes=("something smart for the office", "something for a wedding"),
        price=(99, 329),
        grams=850,
        lines=(
            "Sits well over a shirt or a T-shirt.",
            "Lined, with two inside pockets.",
            "Smart enough for a wedding, and for the party after it.",
            "Hang it up in steam, and it is smooth again.",
        ),
        period=(0.03, 0.07),
        sizes="letters",
        zoom=1.08,
        focus=(0.5, 0.3),
        scenes=FLAT,
    ),
    Kind(
        "waistcoat",
        one="waistcoat",
        many="waistcoats",
        others=("suit vest", "dress vest", "tailored vest"),
        group="clothing",
        category="Clothing > Waistcoats",
        artist=coats.waistcoat,
        parts=(
            Part("sleeve", (Choice("none", ("sleeveless",), ("without sleeves",)),)),
            Part(
                "collar",
                (
                    Choice("none", NO_COLLAR.before, NO_COLLAR.after, share=1.5),
                    Choice("pointed", ("collared",), ("with lapels", "with a collar")),
                ),
            ),
            FRONT,
            Part("closure", (BUTTONS,)),
        ),
        materials=(
            WOOL,
            LINEN,
            TWEED,
            Material("silk", ("silk", "satin"), "satin", 0.5),
        ),
        colours=("grey", "navy", "black", "brown", "green", "red", "beige"),
        patterns=("plain", "plain", "checked", "striped", "dotted"),
        accents=(
            BUTTON,
            Accent("collar", ("lapels", "collar"), ("black", "white", "navy"), 0.3),
        ),
        purposes=("something to wear under a suit jacket", "something for a wedding"),
        price=(49, 139),
        grams=300,
        lines=(
            "Completes a suit, or stands alone over a shirt.",
            "Can be drawn in at the back.",
            "The lining slips easily over a shirt.",
            "Dry clean, or air it overnight.",
        ),
        period=(0.03, 0.07),
        sizes="letters",
        zoom=1.1,
        lift=0.01,
        focus=(0.5, 0.4),
        scenes=FLAT,
        share=0.7,
    ),
)
