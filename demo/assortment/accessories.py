"""Accessories: what is worn for warmth, then umbrellas, belts, watches and jewellery."""

from demo.assortment.worn import KINDS as WORN
from demo.draw import carried, jewellery
from demo.kinds import Accent, Choice, Kind, Material, Part

GOLD = Material("gold", ("gold", "golden", "gold-plated"), "metal", 0.9, ("yellow",), False)
SILVER = Material("silver", ("silver", "sterling silver"), "metal", 0.9, ("grey",), False)
GLASS = Material("glass", ("glass", "crystal"), "smooth", 1.0, patterned=False, share=2)
WOOD = Material("wood", ("wooden", "wood"), "wood", 0.2, ("brown", "beige"), False)
LEATHER = Material("leather", ("leather",), "leather", 0.4, patterned=False, share=2)
HARDWARE = Part(
    "hardware",
    (
        Choice("gold", (), ("with gold hardware", "with golden metal", "with brass fittings")),
        Choice("silver", (), ("with silver hardware", "with silver metal", "with steel fittings")),
    ),
)

KINDS = (
    *WORN,
    Kind(
        "umbrella",
        one="umbrella",
        many="umbrellas",
        others=("brolly", "rain umbrella", "stick umbrella", "umbrella for the rain"),
        group="accessories",
        category="Accessories > Umbrellas",
        artist=carried.umbrella,
        parts=(
            Part(
                "shape",
                (
                    Choice("open", ("open", "opened"), (), share=2),
                    Choice("folded", ("folded", "closed", "furled"), ("rolled up",)),
                ),
                posed=True,
            ),
            Part(
                "handle",
                (
                    Choice(
                        "crook", (), ("with a curved handle", "with a hooked handle"), share=1.5
                    ),
                    Choice("straight", (), ("with a straight handle",)),
                ),
            ),
        ),
        materials=(
            Material("polyester", ("polyester", "nylon", "pongee"), "smooth", 0.25, share=2),
            Material("cotton", ("cotton", "canvas"), "canvas", 0.06),
        ),
        colours=("black", "red", "navy", "yellow", "green", "blue", "pink"),
        patterns=("plain", "plain", "dotted", "striped", "checked", "floral"),
        accents=(
            Accent(
                "handle",
                ("handle",),
                ("brown", "black", "white", "red", "yellow", "blue"),
                0.5,
            ),
        ),
        purposes=("something for the rain", "to stay dry", "something for bad weather"),
        price=(19, 59),
        grams=480,
        lines=(
            "Eight ribs of fibreglass bend in a gust and do not break.",
            "Dries overnight in the hall.",
            "Wide enough for one and a half.",
            "Opens with one hand.",
        ),
        period=(0.07, 0.12),
        zoom=1.08,
        lift=0.0,
        focus=(0.4, 0.35),
        scenes=("studio",),
    ),
    Kind(
        "belt",
        one="belt",
        many="belts",
        others=("waist belt", "belt with a buckle", "trouser belt", "belt for jeans"),
        group="accessories",
        category="Accessories > Belts",
        artist=carried.belt,
        parts=(
            Part(
                "shape",
                (
                    Choice("looped", (), ("fastened in a loop",), share=2),
                    Choice("rolled", ("rolled-up", "coiled"), ("rolled up",)),
                ),
                posed=True,
            ),
            Part(
                "width",
                (
                    Choice("wide", ("wide", "broad")),
                    Choice("narrow", ("narrow", "thin", "slim")),
                ),
            ),
            Part(
                "buckle",
                (
                    Choice("square", (), ("with a square buckle", "with a rectangular buckle")),
                    Choice("round", (), ("with a round buckle", "with a ring buckle")),
                    Choice("plate", (), ("with a plate buckle", "with a solid buckle")),
                ),
            ),
            HARDWARE,
        ),
        materials=(
            LEATHER,
            Material("suede", ("suede",), "suede", 0.05, patterned=False),
            Material("canvas", ("canvas", "webbing", "woven"), "canvas", 0.06),
        ),
        colours=("brown", "black", "beige", "navy", "red", "white", "green"),
        patterns=("plain", "plain", "striped", "checked"),
        purposes=("something to hold up trousers", "something for the waist"),
        price=(19, 69),
        grams=180,
        lines=(
            "Cut from one piece, with edges burnished by hand.",
            "Measured to the middle hole.",
            "The buckle can be changed with a screwdriver.",
            "Wears in within a week and lasts for years.",
        ),
        period=(0.03, 0.05),
        zoom=1.12,
        lift=0.0,
        focus=(0.55, 0.65),
        scenes=("studio", "table"),
    ),
    Kind(
        "watch",
        one="watch",
        many="watches",
        others=("wristwatch", "wrist watch", "timepiece", "wristwatches"),
        group="accessories",
        category="Accessories > Watches",
        artist=jewellery.watch,
        parts=(
            Part(
                "dial",
                (
                    Choice(
                        "round", ("round",), ("with a round face", "with a round dial"), share=1.5
                    ),
                    Choice(
                        "square",
                        ("square", "rectangular"),
                        ("with a square face", "with a square dial"),
                    ),
                ),
            ),
            Part(
                "display",
                (
                    Choice("hands", ("analogue", "analog"), ("with hands", "with a dial"), share=2),
                    Choice("digital", ("digital",), ("with a digital display", "with digits")),
                ),
            ),
            HARDWARE,
        ),
        materials=(
            LEATHER,
            Material("steel", ("steel", "metal"), "metal", 0.9, ("grey", "yellow", "black"), False),
            Material("silicone", ("silicone", "rubber", "plastic"), "rubber", 0.2, patterned=False),
            Material("fabric", ("fabric", "nylon", "textile"), "canvas", 0.05),
        ),
        colours=("brown", "black", "navy", "red", "white", "green", "grey"),
        patterns=("plain", "plain", "striped"),
        accents=(
            Accent(
                "face",
                ("face", "dial"),
                ("white", "black", "blue", "green", "red", "yellow", "pink"),
                0.6,
            ),
        ),
        purposes=("something to tell the time", "something for the wrist", "a gift for dad"),
        mirrors=False,
        price=(39, 219),
        grams=70,
        lines=(
            "A quartz movement that keeps good time for years.",
            "Splashproof: fine for washing up, not for diving.",
            "The strap can be changed without a tool.",
            "Hardened glass; two years' guarantee.",
        ),
        period=(0.03, 0.05),
        zoom=1.02,
        lift=0.0,
        focus=(0.5, 0.5),
        scenes=("studio", "wood", "cloth"),
    ),
    Kind(
        "sunglasses",
        one="pair of sunglasses",
        many="sunglasses",
        others=("shades", "sun glasses", "dark glasses", "tinted glasses", "sunnies"),
        group="accessories",
        category="Accessories > Sunglasses",
        artist=jewellery.sunglasses,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round",), ("with round lenses",)),
                    Choice("square", ("square", "angular"), ("with square lenses",)),
                    Choice("aviator", ("aviator", "pilot"), (), ("aviators", "aviator glasses")),
                    Choice("cat-eye", ("cat-eye", "butterfly"), ("with upswept corners",)),
                ),
            ),
        ),
        materials=(
            Material("acetate", ("acetate", "plastic"), "smooth", 0.9, patterned=False, share=2),
            Material(
                "metal",
                ("metal", "wire", "steel"),
                "metal",
                0.9,
                ("yellow", "grey", "black", "pink", "white"),
                False,
            ),
            WOOD,
        ),
        colours=("black", "brown", "red", "white", "blue", "green", "pink"),
        accents=(
            Accent(
                "lens",
                ("lenses",),
                ("blue", "brown", "green", "pink", "yellow", "orange", "purple", "red"),
                0.45,
            ),
        ),
        purposes=("something for bright light", "eye protection from the sun", "for the beach"),
        price=(19, 119),
        grams=35,
        lines=(
            "The lenses block all UV light.",
            "Hinges with a spring that give a little.",
            "They come with a case and a cloth.",
            "Light on the nose, even after a day at the sea.",
        ),
        zoom=1.1,
        lift=0.04,
        focus=(0.3, 0.53),
        scenes=("studio", "table", "wood", "sand", "cloth"),
    ),
    Kind(
        "necklace",
        one="necklace",
        many="necklaces",
        others=("neck jewellery", "neck jewelry"),
        group="accessories",
        category="Accessories > Jewellery > Necklaces",
        artist=jewellery.necklace,
        parts=(
            Part(
                "chain",
                (
                    Choice("links", (), ("on a chain",), ("chain necklace", "neck chain")),
                    Choice("beads", ("beaded",), ("of beads", "with beads"), ("bead necklace",)),
                ),
            ),
            Part(
                "pendant",
                (
                    Choice("none", (), ("without a pendant", "with no pendant")),
                    Choice("heart", ("heart",), ("with a heart", "with a heart pendant")),
                    Choice("drop", (), ("with a drop pendant", "with a teardrop pendant")),
                    Choice("disc", (), ("with a round pendant", "with a disc pendant")),
                ),
            ),
            Part(
                "length",
                (
                    Choice("short", ("short",), ("close to the neck",)),
                    Choice("long", ("long",), ("hanging low",)),
                ),
            ),
        ),
        materials=(
            GOLD,
            SILVER,
            GLASS,
            WOOD,
        ),
        colours=("yellow", "grey", "blue", "red", "green", "white", "brown"),
        purposes=("something for the neckline", "a gift for her", "to dress up a plain top"),
        price=(19, 129),
        grams=30,
        lines=(
            "The clasp opens with one hand.",
            "Comes in a little box, ready to give.",
            "Nickel-free, and kind to the skin.",
            "Made in small numbers by a family workshop.",
        ),
        zoom=1.12,
        lift=-0.01,
        focus=(0.5, 0.72),
        scenes=("studio", "cloth", "wood"),
    ),
    Kind(
        "earrings",
        one="pair of earrings",
        many="earrings",
        others=("earring", "ear jewellery", "ear jewelry", "ear rings"),
        group="accessories",
        category="Accessories > Jewellery > Earrings",
        artist=jewellery.earrings,
        parts=(
            Part(
                "shape",
                (
                    Choice("hoop", ("hoop",), ("in the shape of rings",), ("hoops",)),
                    Choice(
                        "drop", ("drop", "dangling"), ("with dangling drops",), ("dangle earrings",)
                    ),
                    Choice(
                        "heart",
                        ("heart", "heart-shaped"),
                        ("with hearts", "in the shape of hearts"),
                    ),
                    Choice("stud", ("stud",), ("with a cut stone",), ("studs", "ear studs")),
                ),
            ),
        ),
        materials=(GOLD, SILVER, GLASS, WOOD),
        colours=("yellow", "grey", "red", "blue", "green", "pink", "white"),
        purposes=("something for the ears", "a gift for her", "to dress up an evening"),
        price=(12, 79),
        grams=12,
        lines=(
            "So light that you forget them.",
            "Nickel-free, and kind to sensitive ears.",
            "Sold as a pair, in a little box.",
            "Wipe them dry after wearing.",
        ),
        zoom=1.16,
        lift=0.0,
        focus=(0.3, 0.55),
        scenes=("studio", "cloth", "wood"),
    ),
)
