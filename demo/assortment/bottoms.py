"""Dresses, trousers, swimwear and socks: how these kinds look and what they are called."""

from demo.draw import bottoms, dresses, hosiery
from demo.kinds import Accent, Choice, Kind, Material, Part

DENIM_COLOURS = ("blue", "navy", "black", "grey", "white")
TRIMS = ("white", "black", "red", "yellow", "navy")

COTTON = Material("cotton", ("cotton", "cotton", "organic cotton"), "smooth", 0.08, share=3)
LINEN = Material("linen", ("linen",), "linen", 0.05)
DENIM = Material("denim", ("denim",), "denim", 0.08, DENIM_COLOURS, False)
CORDUROY = Material("corduroy", ("corduroy", "cord"), "corduroy", 0.08, patterned=False)
WOOL = Material("wool", ("wool", "woollen"), "felt", 0.06)
SATIN = Material("satin", ("satin", "silky satin"), "satin", 0.6)

NO_SLEEVES = Choice("none", ("sleeveless",), ("without sleeves", "with no sleeves"))
SHORT_SLEEVES = Choice("short", ("short-sleeved", "short sleeve"), ("with short sleeves",))
LONG_SLEEVES = Choice("long", ("long-sleeved", "long sleeve"), ("with long sleeves",))
NO_COLLAR = Choice("none", ("collarless",), ("without a collar", "with no collar"), share=3)
POINTED_COLLAR = Choice(
    "pointed", ("collared",), ("with a collar", "with a pointed collar", "with a shirt collar")
)
ROUND_COLLAR = Choice(
    "round", ("collared",), ("with a collar", "with a round collar", "with a Peter Pan collar")
)
ROUND_NECK = Choice(
    "round", ("round-neck",), ("with a round neck", "with a round neckline"), share=2
)
V_NECK = Choice("v-neck", ("v-neck",), ("with a v-neck", "with a V-shaped neckline"))
SQUARE_NECK = Choice("square", ("square-neck",), ("with a square neck",), share=0.7)
BELTED = Choice("belt", ("belted",), ("with a belt", "with a belt at the waist"))
BELT_COLOURS = Accent("belt", ("belt",), ("brown", "black", "red", "white", "beige"), 0.8)

KINDS = (
    Kind(
        "dress",
        one="dress",
        many="dresses",
        others=("frock", "women's dress", "ladies' dress"),
        group="clothing",
        category="Clothing > Dresses",
        artist=dresses.dress,
        parts=(
            Part(
                "length",
                (
                    Choice("short", ("short", "mini"), ("above the knee",), ("mini dress",)),
                    Choice("knee", ("knee-length", "midi"), (), ("midi dress",), 1.2),
                    Choice(
                        "long",
                        ("long", "maxi", "full-length", "ankle-length"),
                        ("down to the ankles",),
                        ("maxi dress",),
                    ),
                ),
            ),
            Part("sleeve", (NO_SLEEVES, SHORT_SLEEVES, LONG_SLEEVES)),
            Part("collar", (NO_COLLAR, POINTED_COLLAR, ROUND_COLLAR)),
            Part("neck", (ROUND_NECK, V_NECK, SQUARE_NECK)),
            Part(
                "style",
                (
                    Choice("a-line", ("A-line", "flared"), ("with a flared skirt",), share=2),
                    Choice(
                        "straight", ("straight", "sheath"), ("with a straight skirt",), share=1.2
                    ),
                    Choice("wrap", ("wrap", "wrapover"), (), ("wrap dress",)),
                ),
            ),
            # Wrap dresses without a belt are tied with a sash, hence no words for that.
            Part("belt", (Choice("none", share=2), BELTED)),
        ),
        materials=(COTTON, LINEN, SATIN, DENIM),
        colours=("red", "blue", "yellow", "pink", "black", "green", "white", "navy"),
        patterns=("plain", "plain", "floral", "dotted", "striped", "checked"),
        accents=(
            Accent("collar", ("collar",), ("white", "black", "red", "beige", "navy"), 0.45),
            BELT_COLOURS,
        ),
        purposes=("something to dress up in", "something to wear to a party"),
        price=(49, 169),
        grams=350,
        lines=(
            "Falls softly and moves with you.",
            "For warm evenings and long lunches.",
            "Easy to dress up or down.",
            "Wash at 30 degrees and hang it up to dry.",
        ),
        period=(0.05, 0.1),
        sizes="letters",
        focus=(0.5, 0.24),
        scenes=("studio", "wood", "cloth"),
        share=1.6,
    ),
    Kind(
        "skirt",
        one="skirt",
        many="skirts",
        others=("women's skirt", "ladies' skirt"),
        group="clothing",
        category="Clothing > Skirts",
        artist=bottoms.skirt,
        parts=(
            Part(
                "length",
                (
                    Choice("short", ("short", "mini"), ("above the knee",), ("mini skirt",)),
                    Choice("knee", ("knee-length", "midi"), (), ("midi skirt",)),
                    Choice("long", ("long", "maxi", "ankle-length"), (), ("maxi skirt",)),
                ),
            ),
            Part(
                "style",
                (
                    Choice("a-line", ("A-line", "flared"), (), ("skater skirt",), 1.3),
                    Choice("straight", ("straight", "pencil"), (), ("pencil skirt",)),
                    Choice("pleated", ("pleated",), ("with pleats",)),
                    Choice(
                        "tiered", ("tiered", "ruffled"), ("with tiers", "with ruffles"), (), 0.8
                    ),
                ),
            ),
            Part(
                "closure",
                (
                    Choice("none", (), ("without buttons",), share=3),
                    Choice("buttons", ("button-front", "buttoned"), ("with buttons",)),
                ),
            ),
        ),
        materials=(
            COTTON,
            WOOL,
            DENIM,
            Material(
                "leather", ("leather",), "leather", 0.45, ("black", "brown", "red", "beige"), False
            ),
        ),
        colours=("black", "blue", "red", "green", "beige", "pink", "navy"),
        patterns=("plain", "plain", "checked", "floral", "dotted", "striped"),
        accents=(
            Accent("waistband", ("waistband",), TRIMS, 0.2),
            Accent("hem", ("hem",), TRIMS, 0.2),
        ),
        price=(35, 119),
        grams=300,
        lines=(
            "Sits at the waist and stays there.",
            "Good with boots, good with sandals.",
            "Lined, so that it does not cling.",
            "Has a seam pocket that nobody sees.",
        ),
        sizes="letters",
        focus=(0.5, 0.3),
        scenes=("studio", "wood", "cloth"),
    ),
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
    Kind(
        "jumpsuit",
        one="jumpsuit",
        many="jumpsuits",
        others=("one-piece suit", "all-in-one", "jump suit"),
        group="clothing",
        category="Clothing > Jumpsuits",
        artist=dresses.jumpsuit,
        parts=(
            Part("sleeve", (NO_SLEEVES, SHORT_SLEEVES, LONG_SLEEVES)),
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
    Kind(
        "pyjamas",
        one="pyjamas",
        many="pyjamas",
        others=("pajamas", "pyjama set", "pajama set", "sleepwear", "nightwear", "pjs"),
        group="clothing",
        category="Clothing > Nightwear",
        artist=hosiery.pyjamas,
        parts=(
            Part("sleeve", (SHORT_SLEEVES, LONG_SLEEVES)),
            Part(
                "legs",
                (
                    Choice("long", (), ("with long trousers", "with long legs"), share=1.5),
                    Choice("short", ("short",), ("with shorts", "with short legs")),
                ),
            ),
            Part("collar", (NO_COLLAR, POINTED_COLLAR, ROUND_COLLAR)),
        ),
        materials=(
            COTTON,
            SATIN,
            Material("flannel", ("flannel", "brushed cotton"), "fleece", 0.04),
        ),
        colours=("blue", "pink", "navy", "white", "green", "red", "grey"),
        patterns=("striped", "striped", "checked", "dotted", "plain", "floral"),
        accents=(Accent("piping", ("piping", "trim", "cuffs", "edges"), (*TRIMS, "pink"), 0.5),),
        purposes=("something to sleep in", "something for bed"),
        price=(39, 109),
        grams=480,
        lines=(
            "Soft enough to stay in until noon.",
            "An elastic waist that does not press.",
            "Washed twice before they come to you.",
            "A top and a bottom, sold together.",
        ),
        period=(0.035, 0.065),
        sizes="letters",
        focus=(0.36, 0.3),
        scenes=("studio", "wood", "cloth"),
        share=0.9,
    ),
    Kind(
        "socks",
        one="socks",
        many="socks",
        others=("sock", "pair of socks", "hosiery"),
        group="clothing",
        category="Clothing > Socks",
        artist=hosiery.socks,
        parts=(
            Part(
                "length",
                (
                    Choice(
                        "short", ("short", "ankle", "low"), (), ("ankle socks", "sneaker socks")
                    ),
                    Choice("mid", ("mid-calf", "crew"), (), ("crew socks",), 1.5),
                    Choice("knee", ("knee-high", "long"), (), ("knee socks", "knee-highs")),
                ),
            ),
        ),
        materials=(
            Material("cotton", ("cotton",), "smooth", 0.05, share=2),
            Material("wool", ("wool", "woollen", "knitted"), "knit", 0.04),
        ),
        colours=("grey", "red", "blue", "white", "green", "yellow", "black"),
        patterns=("plain", "plain", "striped", "dotted", "checked"),
        accents=(
            Accent("toe", ("toes", "toes and heels", "heels"), (*TRIMS, "orange"), 0.5),
            Accent("cuff", ("cuffs", "ribbed cuffs"), (*TRIMS, "orange"), 0.35),
        ),
        purposes=("something for cold feet",),
        price=(7, 22),
        grams=70,
        lines=(
            "Stay up without leaving a mark.",
            "The toe seam is flat and cannot be felt.",
            "Wash at 40 degrees, and they come back whole.",
            "Reinforced where socks wear through first.",
        ),
        period=(0.05, 0.09),
        focus=(0.45, 0.3),
        scenes=("studio", "wood", "cloth"),
    ),
)
