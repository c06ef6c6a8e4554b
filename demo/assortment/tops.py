"""Tops: T-shirts, shirts and knitwear, what they look like and are called."""

from demo.draw import knitwear, shirts, tops
from demo.kinds import Accent, Choice, Kind, Material, Part

SHORT = Choice(
    "short", ("short-sleeved", "short-sleeve"), ("with short sleeves", "with half sleeves")
)
LONG = Choice("long", ("long-sleeved", "long-sleeve"), ("with long sleeves",))
SLEEVELESS = Choice("none", ("sleeveless",), ("without sleeves", "with no sleeves"), share=0.6)
ROUND_NECK = Choice("round", ("round-neck", "crew-neck"), ("with a round neck", "with a crew neck"))
V_NECK = Choice("v-neck", ("v-neck",), ("with a v-neck", "with a V neckline"))
COLLARLESS = Choice("none", ("collarless",), ("without a collar", "with no collar"))
POINTED = Choice("pointed", ("collared",), ("with a collar", "with a pointed collar"))
POCKET = Part(
    "pocket",
    (
        Choice("none", (), ("without a pocket", "with no pockets"), share=1.4),
        Choice("pocket", (), ("with a chest pocket", "with a pocket", "with a breast pocket")),
    ),
)
KANGAROO = Part(
    "pocket",
    (
        Choice("pocket", (), ("with a front pocket", "with a kangaroo pocket"), share=2),
        Choice("none", (), ("without pockets", "with no pockets")),
    ),
)
BUTTONED = Part(
    "closure", (Choice("buttons", ("buttoned", "button-up"), ("with buttons", "that buttons up")),)
)
STRONG = ("red", "navy", "black", "white", "green", "yellow", "blue")
FLAT = ("studio", "cloth", "wood")
COTTON = Material("cotton", ("cotton",), share=3)
LINEN = Material("linen", ("linen",), "linen")
WOOL = Material("wool", ("wool", "woollen", "knitted"), "knit", 0.05, share=3)
FLEECE = Material("fleece", ("fleece",), "fleece", 0.05, patterned=False)
JERSEY = Material("cotton", ("cotton", "jersey"), patterned=False, share=3)

KINDS = (
    Kind(
        "t-shirt",
        one="t-shirt",
        many="t-shirts",
        others=("tee", "tshirt", "tee shirt", "tees", "t shirt"),
        group="clothing",
        category="Clothing > T-shirts",
        artist=tops.t_shirt,
        parts=(
            Part(
                "sleeve",
                (
                    Choice(SHORT.value, SHORT.before, SHORT.after, share=1.6),
                    Choice(
                        LONG.value,
                        LONG.before,
                        LONG.after,
                        ("longsleeve", "longsleeves", "long-sleeve tee"),
                    ),
                ),
            ),
            Part("neck", (ROUND_NECK, V_NECK)),
            Part("collar", (Choice("none", COLLARLESS.before, COLLARLESS.after, share=2), POINTED)),
            POCKET,
        ),
        materials=(COTTON, LINEN),
        colours=("blue", "white", "red", "green", "yellow", "black", "grey"),
        patterns=("plain", "striped", "striped", "dotted", "floral"),
        accents=(
            Accent("collar", ("collar",), STRONG, 0.45),
            Accent("sleeve", ("sleeves",), STRONG, 0.16),
            Accent("pocket", ("pocket", "chest pocket"), STRONG, 0.35),
        ),
        purposes=("something light for summer", "a basic for every day"),
        price=(19, 49),
        grams=180,
        lines=(
            "Soft from the first wash on.",
            "Cut straight, neither tight nor boxy.",
            "Wears well alone or under a jacket.",
            "Pre-washed, so it stays its size.",
            "Machine wash at 30 degrees and hang to dry.",
        ),
        period=(0.05, 0.1),
        sizes="letters",
        zoom=1.12,
        focus=(0.5, 0.27),
        scenes=FLAT,
        share=1.4,
    ),
    Kind(
        "tank top",
        one="tank top",
        many="tank tops",
        others=("vest top", "sleeveless top", "tank"),
        group="clothing",
        category="Clothing > Tank tops",
        artist=tops.tank_top,
        parts=(
            Part("sleeve", (SLEEVELESS,)),
            Part(
                "neck",
                (
                    Choice("round", ("scoop-neck",), ("with a round neck", "with a scoop neck")),
                    V_NECK,
                    Choice("square", ("square-neck",), ("with a square neck",)),
                ),
            ),
            Part(
                "strap",
                (
                    Choice("wide", (), ("with wide straps", "with broad straps")),
                    Choice(
                        "thin",
                        ("strappy",),
                        ("with thin straps", "with spaghetti straps"),
                        ("camisole", "cami", "strap top"),
                    ),
                ),
            ),
            Part(
                "length",
                (
                    Choice("regular", (), ("of regular length",), share=2),
                    Choice("short", ("cropped", "crop"), (), ("crop top", "cropped top")),
                ),
            ),
        ),
        materials=(COTTON, LINEN),
        colours=("white", "black", "red", "blue", "green", "pink"),
        patterns=("plain", "plain", "striped", "floral", "dotted"),
        accents=(Accent("trim", ("trim", "edges", "piping"), STRONG, 0.4),),
        purposes=("something for hot days", "something to wear to the gym"),
        price=(14, 39),
        grams=120,
        lines=(
            "Cool on hot days, and thin enough to layer.",
            "Keeps its shape in the wash.",
            "Soft seams that do not rub.",
            "A good first layer under a shirt.",
        ),
        period=(0.05, 0.09),
        sizes="letters",
        zoom=1.14,
        lift=0.01,
        focus=(0.5, 0.25),
        scenes=(*FLAT, "sand"),
        share=0.8,
    ),
    Kind(
        "polo shirt",
        one="polo shirt",
        many="polo shirts",
        others=("polo", "polos", "golf shirt", "tennis shirt"),
        group="clothing",
        category="Clothing > Polo shirts",
        artist=tops.polo_shirt,
        parts=(
            Part("sleeve", (Choice(SHORT.value, SHORT.before, SHORT.after, share=2), LONG)),
            Part("collar", (POINTED,)),
            POCKET,
        ),
        materials=(Material("cotton", ("cotton", "piqué cotton")),),
        colours=("navy", "white", "green", "red", "blue", "black"),
        patterns=("plain", "plain", "plain", "striped"),
        accents=(
            Accent("collar", ("collar",), STRONG, 0.4),
            Accent("cuff", ("cuffs", "sleeve bands"), STRONG, 0.3),
        ),
        purposes=("something smart and casual", "something for golf or tennis"),
        price=(29, 79),
        grams=230,
        lines=(
            "A knit that lets the air through.",
            "The collar keeps its shape after washing.",
            "Smart enough for the office on a Friday.",
            "Comfortable on the court and off it.",
        ),
        period=(0.05, 0.1),
        sizes="letters",
        zoom=1.12,
        focus=(0.5, 0.27),
        scenes=FLAT,
    ),
    Kind(
        "shirt",
        one="shirt",
        many="shirts",
        others=("button-up shirt", "button-down", "dress shirt", "button-up"),
        group="clothing",
        category="Clothing > Shirts",
        artist=shirts.shirt,
        parts=(
            Part(
                "collar",
                (
                    Choice(POINTED.value, POINTED.before, POINTED.after, share=2),
                    Choice(
                        "stand-up",
                        ("band-collar", "stand-collar"),
                        ("with a stand-up collar", "with a mandarin collar"),
                        ("grandad shirt",),
                    ),
                    COLLARLESS,
                    Choice("round", (), ("with a round collar", "with a club collar")),
                ),
            ),
            Part("sleeve", (LONG, SHORT)),
            POCKET,
            BUTTONED,
        ),
        materials=(
            COTTON,
            LINEN,
            Material("flannel", ("flannel",), "felt", 0.05),
            Material("denim", ("denim",), "denim", 0.05, ("blue", "navy", "black", "grey"), False),
        ),
        colours=("white", "blue", "navy", "red", "green", "pink", "black"),
        patterns=("plain", "plain", "checked", "checked", "striped", "floral", "dotted"),
        accents=(
            Accent("collar", ("collar",), ("white", "red", "navy", "black", "blue"), 0.22),
            Accent("cuff", ("cuffs",), ("white", "red", "navy", "black"), 0.18),
        ),
        purposes=("something for the office", "something to wear under a suit"),
        price=(39, 119),
        grams=260,
        lines=(
            "Irons quickly, and looks good if you do not.",
            "Cut with a little room at the back.",
            "Comes with two spare buttons.",
            "Wear it tucked in or loose.",
        ),
        period=(0.03, 0.075),
        sizes="letters",
        zoom=1.1,
        focus=(0.5, 0.26),
        scenes=FLAT,
        share=1.3,
    ),
    Kind(
        "blouse",
        one="blouse",
        many="blouses",
        others=("women's blouse", "ladies' blouse"),
        group="clothing",
        category="Clothing > Blouses",
        artist=shirts.blouse,
        parts=(
            Part(
                "collar",
                (
                    COLLARLESS,
                    Choice("round", (), ("with a Peter Pan collar", "with a round collar")),
                    Choice(
                        "bow",
                        ("pussy-bow", "tie-neck"),
                        ("with a bow at the neck", "with a bow"),
                    ),
                ),
            ),
            Part(
                "sleeve",
                (
                    LONG,
                    Choice(SHORT.value, SHORT.before, (*SHORT.after, "with short puff sleeves")),
                    SLEEVELESS,
                ),
            ),
            Part(
                "hem",
                (
                    Choice("straight", (), ("with a straight hem",)),
                    Choice("peplum", ("peplum",), ("with a peplum", "with a frill at the waist")),
                ),
            ),
        ),
        materials=(
            COTTON,
            Material("silk", ("silk", "satin"), "satin", 0.55, share=2),
            LINEN,
        ),
        colours=("white", "pink", "red", "blue", "green", "beige"),
        patterns=("plain", "plain", "floral", "floral", "dotted", "striped"),
        accents=(Accent("collar", ("collar",), ("white", "black", "red", "pink", "navy"), 0.35),),
        purposes=("something elegant for the office", "something for a summer dinner"),
        price=(35, 119),
        grams=190,
        lines=(
            "Falls softly and moves with you.",
            "Light, and not see-through.",
            "Goes with a skirt as well as with jeans.",
            "Wash by hand, and iron while damp.",
        ),
        period=(0.04, 0.08),
        sizes="letters",
        zoom=1.12,
        focus=(0.5, 0.26),
        scenes=FLAT,
    ),
    Kind(
        "sweater",
        one="sweater",
        many="sweaters",
        others=("jumper", "pullover", "knitted jumper", "jumpers", "knit"),
        group="clothing",
        category="Clothing > Sweaters",
        artist=knitwear.sweater,
        parts=(
            Part(
                "neck",
                (
                    ROUND_NECK,
                    V_NECK,
                    Choice(
                        "turtleneck",
                        ("turtleneck", "roll-neck"),
                        ("with a turtleneck", "with a high neck"),
                        ("turtleneck", "roll neck", "polo neck"),
                    ),
                ),
            ),
            Part("sleeve", (Choice(LONG.value, LONG.before, LONG.after, share=4), SHORT)),
            Part(
                "stitch",
                (
                    Choice("smooth", (), ("without cables",), share=1.5),
                    Choice("cable", ("cable-knit", "cabled"), ("with cables",), ("cable knit",)),
                ),
            ),
        ),
        materials=(WOOL, Material("cashmere", ("cashmere",), "knit", 0.1)),
        colours=("red", "grey", "navy", "green", "beige", "yellow", "white"),
        patterns=("plain", "plain", "plain", "striped", "striped", "dotted"),
        accents=(Accent("trim", ("cuffs", "ribbing", "trim"), STRONG, 0.25),),
        purposes=("something warm for winter", "something to wear by the fire"),
        price=(45, 179),
        grams=480,
        lines=(
            "Warm without weight.",
            "Knitted in one piece, so few seams.",
            "Wash it cold, and dry it flat.",
            "Softer with every winter.",
        ),
        period=(0.06, 0.12),
        sizes="letters",
        zoom=1.1,
        focus=(0.5, 0.3),
        scenes=FLAT,
        share=1.2,
    ),
    Kind(
        "cardigan",
        one="cardigan",
        many="cardigans",
        others=("knitted jacket", "cardi", "cardis"),
        group="clothing",
        category="Clothing > Cardigans",
        artist=knitwear.cardigan,
        parts=(
            Part(
                "closure",
                (
                    Choice(
                        "buttons",
                        ("buttoned", "button-up"),
                        ("with buttons", "that buttons up"),
                        share=2,
                    ),
                    Choice("zip", ("zip-up", "zipped"), ("with a zip", "with a zipper")),
                    Choice(
                        "none", ("open", "open-front"), ("without buttons", "with an open front")
                    ),
                ),
            ),
            Part(
                "pocket",
                (
                    Choice("pocket", (), ("with pockets", "with two pockets")),
                    Choice("none", (), ("without pockets", "with no pockets")),
                ),
            ),
            Part(
                "length",
                (Choice("short", ("short",), (), share=2), Choice("long", ("long", "longline"))),
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(WOOL, Material("cotton", ("cotton",), "knit", 0.05)),
        colours=("grey", "navy", "red", "beige", "green", "pink"),
        patterns=("plain", "plain", "plain", "striped"),
        accents=(
            Accent("trim", ("trim", "edges", "cuffs"), STRONG, 0.3),
            Accent("pocket", ("pockets",), STRONG, 0.2),
        ),
        purposes=("something to throw on in the evening", "a warm layer for the office"),
        price=(45, 159),
        grams=520,
        lines=(
            "The layer that is always at hand.",
            "Soft, and never scratchy.",
            "Wash it cold, and dry it flat.",
            "Roomy enough for a shirt underneath.",
        ),
        period=(0.05, 0.1),
        sizes="letters",
        zoom=1.08,
        focus=(0.5, 0.42),
        scenes=FLAT,
    ),
    Kind(
        "hoodie",
        one="hoodie",
        many="hoodies",
        others=("hooded sweatshirt", "hoody", "hooded jumper"),
        group="clothing",
        category="Clothing > Hoodies",
        artist=knitwear.hoodie,
        parts=(
            Part("hood", (Choice("hood", ("hooded",), ("with a hood",)),)),
            Part(
                "closure",
                (
                    Choice("none", (), ("without a zip", "to pull over the head")),
                    Choice("zip", ("zip-up", "zipped"), ("with a zip", "with a zipper")),
                ),
            ),
            KANGAROO,
            Part("sleeve", (LONG,)),
        ),
        materials=(COTTON, Material("fleece", ("fleece",), "fleece", 0.05)),
        colours=("grey", "black", "navy", "red", "green", "yellow", "pink"),
        patterns=("plain", "plain", "plain", "plain", "striped", "dotted"),
        accents=(
            Accent(
                "cord", ("drawstrings", "cords", "laces"), ("white", "red", "black", "yellow"), 0.6
            ),
            Accent("sleeve", ("sleeves",), STRONG, 0.2),
            Accent("hood", ("hood",), STRONG, 0.2),
        ),
        purposes=("something cosy for the sofa", "something to wear after sport"),
        price=(35, 99),
        grams=600,
        lines=(
            "Brushed inside, and as soft as it looks.",
            "Roomy, with nothing to pinch.",
            "Machine wash at 30 degrees, inside out.",
            "For lazy Sundays and cool evenings.",
        ),
        period=(0.06, 0.1),
        sizes="letters",
        zoom=1.1,
        focus=(0.5, 0.28),
        scenes=FLAT,
    ),
    Kind(
        "sweatshirt",
        one="sweatshirt",
        many="sweatshirts",
        others=("sweat", "sweat top"),
        group="clothing",
        category="Clothing > Sweatshirts",
        artist=knitwear.sweatshirt,
        parts=(
            Part(
                "print",
                (
                    Choice("none", (), ("without a print", "without a logo"), share=2),
                    Choice("star", (), ("with a star", "with a star on the chest")),
                    Choice("heart", (), ("with a heart", "with a heart on the chest")),
                ),
            ),
            Part(
                "closure",
                (
                    Choice("none", (), ("without a zip",), share=2),
                    Choice("zip", ("half-zip", "quarter-zip"), ("with a short zip",)),
                ),
            ),
            Part("sleeve", (LONG,)),
        ),
        materials=(JERSEY, FLEECE),
        colours=("grey", "navy", "green", "red", "beige", "black"),
        accents=(
            Accent("print", ("print", "motif"), ("white", "red", "yellow", "black"), 1.0),
            Accent("sleeve", ("sleeves",), STRONG, 0.25),
            Accent("trim", ("cuffs", "ribbing", "trim"), STRONG, 0.25),
        ),
        purposes=("something comfortable to relax in", "something for a run in autumn"),
        price=(29, 89),
        grams=450,
        lines=(
            "Brushed inside, smooth outside.",
            "The ribbing springs back after every wash.",
            "Easy to pull on and hard to take off.",
            "Machine wash at 30 degrees, inside out.",
        ),
        sizes="letters",
        zoom=1.1,
        focus=(0.5, 0.3),
        scenes=FLAT,
    ),
)
