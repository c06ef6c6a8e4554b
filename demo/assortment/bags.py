"""Bags: handbags and their like; with the luggage, all kinds of this family."""

from demo.assortment.luggage import CANVAS, LEATHER, NO_POCKET, TRIMS
from demo.assortment.luggage import KINDS as LUGGAGE
from demo.assortment.materials import SATIN, STRAW, SUEDE
from demo.draw import bags, carried
from demo.kinds import Accent, Choice, Kind, Material, Part

ZIP = Choice("zip", ("zipped", "zip", "zip-top"), ("with a zip", "with a zipper"))
SHORT_STRAP = Choice("short", (), ("with a short strap",))

KINDS = (
    Kind(
        "handbag",
        one="handbag",
        many="handbags",
        others=("purse", "ladies' handbag", "hand bag", "top-handle bag", "women's handbag"),
        group="bags",
        category="Bags > Handbags",
        artist=bags.handbag,
        parts=(
            Part(
                "shape",
                (
                    Choice("angular", ("structured", "boxy", "angular")),
                    Choice("rounded", ("rounded", "dome-shaped"), nouns=("bowling bag",)),
                ),
            ),
            Part(
                "closure",
                (
                    ZIP,
                    Choice("lock", (), ("with a lock", "with a metal lock", "with a turn lock")),
                    Choice(
                        "buckle",
                        ("buckled",),
                        ("with a buckle", "with a buckled strap"),
                        ("satchel", "satchel bag"),
                    ),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("single", (), ("with one handle", "with a single handle")),
                    Choice("double", (), ("with two handles", "with double handles")),
                ),
            ),
            Part(
                "strap",
                (
                    Choice("none", (), ("without a shoulder strap", "with no long strap"), share=2),
                    Choice("strap", (), ("with a shoulder strap", "with a long strap")),
                ),
            ),
        ),
        materials=(LEATHER, SUEDE, CANVAS),
        colours=("black", "brown", "red", "beige", "navy", "green", "pink"),
        patterns=("plain", "plain", "plain", "checked", "striped", "floral"),
        accents=(Accent("handle", ("handle", "handles"), TRIMS, 0.4),),
        purposes=("something to carry my things in", "a bag for the office", "a smart city bag"),
        price=(59, 249),
        grams=750,
        lines=(
            "Fits a book, a bottle and the rest of the day.",
            "Stands by itself when put down.",
            "An inside pocket keeps keys in place.",
            "Lined throughout, with room for a small tablet.",
        ),
        zoom=1.1,
        lift=0.02,
        focus=(0.5, 0.6),
        scenes=("studio", "table", "room"),
    ),
    Kind(
        "tote bag",
        one="tote bag",
        many="tote bags",
        others=("tote", "shopper", "shopping bag", "carryall", "totes", "open-top bag"),
        group="bags",
        category="Bags > Tote bags",
        artist=bags.tote_bag,
        parts=(
            Part(
                "shape",
                (
                    Choice("tall", ("tall",)),
                    Choice("wide", ("wide", "broad")),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("long", (), ("with long handles", "with long straps")),
                    Choice("short", (), ("with short handles", "with short straps")),
                ),
            ),
            Part(
                "pocket",
                (
                    Choice("none", NO_POCKET.before, NO_POCKET.after, share=2),
                    Choice("pocket", (), ("with a pocket", "with a front pocket")),
                ),
            ),
        ),
        materials=(
            Material("canvas", ("canvas", "cotton", "cotton canvas"), "canvas", 0.05, share=3),
            LEATHER,
            STRAW,
        ),
        colours=("beige", "white", "navy", "red", "green", "black", "yellow"),
        patterns=("plain", "striped", "striped", "floral", "dotted", "checked"),
        accents=(
            Accent("handle", ("handles", "handle"), TRIMS, 0.45),
            Accent("base", ("base", "bottom"), TRIMS, 0.25),
        ),
        purposes=("a bag for groceries", "something for the beach", "a bag to carry shopping"),
        price=(15, 119),
        grams=380,
        lines=(
            "Swallows the weekend's groceries and still looks neat.",
            "Hangs on a hook by the door until it is needed.",
            "The seams of the handles are sewn twice.",
            "Wide open at the top, so you find what you look for.",
        ),
        zoom=1.08,
        lift=0.01,
        focus=(0.5, 0.45),
        scenes=("studio", "room", "table", "sand"),
    ),
    Kind(
        "shoulder bag",
        one="shoulder bag",
        many="shoulder bags",
        others=("shoulderbag", "bag on a strap", "bag to hang over the shoulder"),
        group="bags",
        category="Bags > Shoulder bags",
        artist=bags.shoulder_bag,
        parts=(
            Part(
                "shape",
                (
                    Choice(
                        "crescent",
                        ("crescent", "curved", "half-moon"),
                        nouns=("crescent bag", "hobo bag"),
                    ),
                    Choice("angular", ("rectangular", "boxy"), ("with square corners",)),
                ),
            ),
            Part(
                "closure",
                (ZIP, Choice("flap", (), ("with a flap", "with a front flap"), ("flap bag",))),
            ),
            Part(
                "strap",
                (
                    SHORT_STRAP,
                    Choice(
                        "long",
                        ("long-strap",),
                        ("with a long strap",),
                        ("crossbody bag", "cross-body bag", "messenger bag"),
                    ),
                ),
            ),
        ),
        materials=(LEATHER, SUEDE, CANVAS),
        colours=("brown", "black", "beige", "pink", "red", "white", "blue"),
        patterns=("plain", "plain", "plain", "dotted", "checked", "floral"),
        accents=(Accent("strap", ("strap", "shoulder strap"), TRIMS, 0.45),),
        purposes=("a bag that leaves the hands free", "a small bag for going out"),
        price=(39, 189),
        grams=480,
        lines=(
            "Keeps both hands free for coffee and keys.",
            "Room for phone, purse and a paperback.",
            "Lined with cotton; one pocket inside.",
            "The hardware is sealed, so it stays bright.",
        ),
        zoom=1.08,
        lift=0.0,
        focus=(0.5, 0.68),
        scenes=("studio", "table", "room", "wall"),
    ),
    Kind(
        "clutch",
        one="clutch bag",
        many="clutch bags",
        others=("clutch", "evening bag", "clutches", "evening purse", "party bag"),
        group="bags",
        category="Bags > Clutches",
        artist=carried.clutch,
        parts=(
            Part(
                "closure",
                (
                    Choice("flap", ("envelope",), ("with a pointed flap",), ("envelope bag",)),
                    Choice(
                        "clasp",
                        (),
                        ("with a kiss clasp", "with a metal frame", "with a clasp"),
                        ("frame bag",),
                    ),
                    Choice("zip", ("zipped",), ("with a zip", "with a zipper"), ("zip pouch",)),
                ),
            ),
            Part(
                "strap",
                (
                    Choice("none", ("strapless",), ("without a strap", "with no strap")),
                    Choice("chain", (), ("with a chain", "with a chain strap")),
                    Choice("wrist", (), ("with a wrist strap", "with a wrist loop"), ("wristlet",)),
                ),
            ),
        ),
        materials=(
            LEATHER,
            SATIN,
            Material("velvet", ("velvet",), "suede", 0.1, patterned=False),
        ),
        colours=("black", "red", "green", "pink", "purple", "navy", "beige"),
        patterns=("plain", "plain", "plain", "dotted", "floral", "striped"),
        purposes=("something for a wedding", "a bag for the evening", "a bag for a party"),
        price=(29, 129),
        grams=260,
        lines=(
            "Holds a phone, a card and a lipstick.",
            "Lined in soft twill.",
            "Sits flat under the arm all evening.",
            "Comes in a dust bag.",
        ),
        zoom=1.06,
        lift=-0.03,
        focus=(0.5, 0.55),
        scenes=("studio", "table", "cloth", "wood"),
    ),
    Kind(
        "bucket bag",
        one="bucket bag",
        many="bucket bags",
        others=("bucket-shaped bag", "pouch bag", "round-based bag"),
        group="bags",
        category="Bags > Bucket bags",
        artist=bags.bucket_bag,
        parts=(
            Part(
                "closure",
                (
                    Choice(
                        "drawstring",
                        ("drawstring",),
                        ("with a drawstring", "with a cord", "gathered by a cord"),
                        share=2,
                    ),
                    Choice("none", ("open",), ("without a drawstring", "open at the top")),
                ),
            ),
            Part(
                "strap",
                (SHORT_STRAP, Choice("long", ("long-strap",), ("with a long strap",))),
            ),
        ),
        materials=(LEATHER, SUEDE, CANVAS, STRAW),
        colours=("brown", "black", "red", "beige", "green", "white", "blue"),
        patterns=("plain", "plain", "plain", "striped", "dotted", "floral"),
        accents=(
            Accent("strap", ("strap",), TRIMS, 0.4),
            Accent("base", ("base", "bottom"), TRIMS, 0.3),
        ),
        purposes=("a roomy everyday bag", "a casual bag for summer"),
        price=(39, 179),
        grams=520,
        lines=(
            "Deeper than it looks.",
            "A loose pouch inside takes cards and keys.",
            "Sits upright on its firm base.",
            "Softens with every year of use.",
        ),
        zoom=1.1,
        lift=0.0,
        focus=(0.5, 0.5),
        scenes=("studio", "table", "room"),
    ),
    *LUGGAGE,
)
