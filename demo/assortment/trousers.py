"""Trousers, jeans, shorts and leggings: what these kinds look like and are called."""

from demo.assortment.sewn import (
    BELT_COLOURS,
    BELTED,
    CORDUROY,
    COTTON,
    DENIM,
    DENIM_COLOURS,
    LINEN,
    TRIMS,
    WOOL,
)
from demo.draw import bottoms, hosiery
from demo.kinds import Accent, Choice, Kind, Material, Part

KINDS = (
    Kind(
        "trousers",
        one="trousers",
        many="trousers",
        others=("pants", "slacks", "pair of trousers", "pair of pants"),
        group="clothing",
        category="Clothing > Trousers",
        artist=bottoms.trousers,
        parts=(
            Part(
                "fit",
                (
                    Choice("straight", ("straight", "straight-leg"), ("with straight legs",)),
                    Choice("slim", ("slim", "slim-fit", "tapered"), ("with narrow legs",)),
                    Choice("wide", ("wide-leg", "wide"), ("with wide legs",)),
                    Choice("flared", ("flared",), ("with flared legs",), ("bell-bottoms",), 0.6),
                ),
            ),
            Part(
                "length",
                (
                    Choice("long", ("long", "full-length"), (), share=3),
                    Choice("cropped", ("cropped", "calf-length"), ()),
                ),
            ),
            Part(
                "pocket",
                (
                    Choice("plain", (), (), share=3),
                    Choice(
                        "cargo",
                        ("cargo",),
                        ("with cargo pockets", "with pockets on the legs"),
                        ("cargo trousers", "cargo pants"),
                    ),
                ),
            ),
            Part("belt", (Choice("none", (), ("without a belt",), share=3), BELTED)),
        ),
        materials=(COTTON, WOOL, LINEN, CORDUROY),
        colours=("navy", "beige", "black", "grey", "green", "brown"),
        patterns=("plain", "plain", "plain", "striped", "checked"),
        accents=(BELT_COLOURS,),
        purposes=("something for the office",),
        price=(49, 139),
        grams=450,
        lines=(
            "Comfortable at the desk and on a bike.",
            "Deep pockets that hold a phone.",
            "Wash inside out to keep the colour.",
            "Two buttoned pockets at the back.",
        ),
        period=(0.03, 0.06),
        sizes="letters",
        focus=(0.5, 0.22),
        scenes=("studio", "wood", "cloth"),
        share=1.3,
    ),
    Kind(
        "jeans",
        one="jeans",
        many="jeans",
        others=("denims", "denim trousers", "denim pants", "pair of jeans"),
        group="clothing",
        category="Clothing > Jeans",
        artist=bottoms.jeans,
        parts=(
            Part(
                "fit",
                (
                    Choice("straight", ("straight", "straight-leg"), ("with straight legs",)),
                    Choice("slim", ("skinny", "slim", "slim-fit"), ("with narrow legs",)),
                    Choice("wide", ("wide-leg", "baggy"), ("with wide legs",)),
                    Choice("flared", ("flared", "bootcut"), ("with flared legs",), (), 0.7),
                ),
            ),
            Part(
                "cuff",
                (
                    Choice("none", (), ("without turn-ups",), share=2.5),
                    Choice("turned-up", ("turned-up",), ("with turn-ups", "with rolled hems")),
                ),
            ),
            Part(
                "finish",
                (
                    Choice("whole", (), ("without holes",), share=3),
                    Choice(
                        "ripped",
                        ("ripped", "distressed", "torn"),
                        ("with holes", "with ripped knees"),
                    ),
                ),
            ),
        ),
        materials=(Material("denim", ("denim",), "denim", 0.08, (*DENIM_COLOURS, "beige"), False),),
        colours=("blue", "navy", "blue", "black", "grey", "white"),
        price=(59, 149),
        grams=650,
        lines=(
            "Stiff at first, then yours.",
            "Two pockets at the back and a small one for coins.",
            "Wash rarely, cold, and inside out.",
            "With a little stretch, for long days.",
        ),
        sizes="letters",
        focus=(0.5, 0.2),
        scenes=("studio", "wood", "cloth"),
        share=1.2,
    ),
    Kind(
        "shorts",
        one="shorts",
        many="shorts",
        others=("pair of shorts", "casual shorts"),
        group="clothing",
        category="Clothing > Shorts",
        artist=bottoms.shorts,
        parts=(
            Part(
                "length",
                (
                    Choice("short", ("short", "mid-thigh"), ("above the knee",), share=1.5),
                    Choice(
                        "knee",
                        ("knee-length", "long"),
                        ("down to the knee",),
                        ("bermuda shorts", "bermudas"),
                    ),
                ),
            ),
            Part(
                "closure",
                (
                    Choice(
                        "drawstring",
                        ("drawstring", "elasticated"),
                        ("with a drawstring", "with an elastic waist"),
                    ),
                    Choice("buttons", ("tailored",), ("with a button", "with belt loops")),
                ),
            ),
        ),
        materials=(COTTON, LINEN, DENIM, CORDUROY),
        colours=("blue", "beige", "green", "navy", "red", "white", "black"),
        patterns=("plain", "plain", "striped", "floral", "checked"),
        accents=(Accent("hem", ("hems", "edges", "trim"), TRIMS, 0.3),),
        purposes=("something for hot days",),
        price=(25, 79),
        grams=260,
        lines=(
            "For hot days, the beach and the sofa.",
            "Deep side pockets.",
            "Quick to dry on the line.",
            "Pre-washed, so they stay their size.",
        ),
        sizes="letters",
        focus=(0.5, 0.28),
        scenes=("studio", "wood", "cloth", "sand"),
    ),
    Kind(
        "leggings",
        one="leggings",
        many="leggings",
        others=("running tights", "yoga pants", "pair of leggings", "legging"),
        group="clothing",
        category="Clothing > Leggings",
        artist=hosiery.leggings,
        parts=(
            Part(
                "length",
                (
                    Choice("long", ("long", "full-length", "ankle-length"), (), share=2.5),
                    Choice(
                        "cropped",
                        ("cropped", "calf-length"),
                        ("below the knee",),
                        ("capri leggings",),
                    ),
                ),
            ),
        ),
        materials=(
            Material("jersey", ("jersey", "stretch jersey"), "smooth", 0.15, share=2),
            Material("knit", ("knitted", "ribbed knit"), "knit", 0.06, patterned=False),
        ),
        colours=("black", "grey", "navy", "purple", "green", "pink"),
        patterns=("plain", "plain", "plain", "floral", "dotted", "striped"),
        accents=(
            Accent("waistband", ("waistband",), (*TRIMS, "pink"), 0.3),
            Accent(
                "stripe",
                ("side stripe", "side stripes", "side panels"),
                ("white", "red", "yellow", "pink", "black"),
                0.35,
            ),
        ),
        purposes=("something for yoga", "something to work out in"),
        price=(25, 79),
        grams=220,
        lines=(
            "They stretch with every move and spring back.",
            "The broad waistband stays up without pinching.",
            "Opaque, also when you bend.",
            "For the gym, the mat or the sofa.",
        ),
        sizes="letters",
        focus=(0.5, 0.18),
        scenes=("studio", "wood", "cloth"),
    ),
)
