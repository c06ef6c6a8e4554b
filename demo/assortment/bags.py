"""Bags, luggage and wallets: what the kinds of this family look like and are called."""

from demo.draw import bags, carried, luggage
from demo.kinds import Accent, Choice, Kind, Material, Part

LEATHER = Material("leather", ("leather", "smooth leather"), "leather", 0.4, share=2)
SUEDE = Material("suede", ("suede", "suede leather"), "suede", 0.05, patterned=False)
CANVAS = Material("canvas", ("canvas", "cotton canvas"), "canvas", 0.08)
STRAW = Material("straw", ("straw", "woven straw"), "straw", 0.08, ("beige", "brown"), False)
NYLON = Material("nylon", ("nylon", "polyester", "recycled nylon"), "smooth", 0.25, share=2)
TRIMS = ("brown", "black", "white", "red", "beige", "yellow", "blue", "pink", "green")
ZIP = Choice("zip", ("zipped", "zip", "zip-top"), ("with a zip", "with a zipper"))
NO_POCKET = Choice("none", (), ("without a pocket", "with no outside pocket"))
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
                    Choice("flap", (), ("with a flap", "with a front flap"), ("flap bag",)),
                    Choice(
                        "buckle",
                        ("buckled",),
                        ("with a buckle", "with a buckled flap"),
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
                    Choice("tall", ("tall",), ("in an upright shape",)),
                    Choice("wide", ("wide", "broad"), ("in a wide shape",)),
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
            "Folds flat when it is empty.",
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
        others=("shoulderbag", "bag on a strap", "bag to hang over the shoulder", "strap bag"),
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
        "backpack",
        one="backpack",
        many="backpacks",
        others=("rucksack", "daypack", "knapsack", "school bag", "back pack"),
        group="bags",
        category="Bags > Backpacks",
        artist=luggage.backpack,
        parts=(
            Part(
                "closure",
                (
                    Choice("zip", ("zip", "zipped"), ("with a zip", "with a zipper")),
                    Choice(
                        "roll-top",
                        ("roll-top", "rolltop"),
                        ("with a roll top", "that rolls shut"),
                    ),
                    Choice(
                        "buckle",
                        ("buckled", "flap"),
                        ("with buckles", "with a flap and two buckles"),
                    ),
                ),
            ),
            Part(
                "pocket",
                (
                    Choice("pocket", (), ("with a front pocket", "with a pocket"), share=2),
                    NO_POCKET,
                ),
            ),
        ),
        materials=(NYLON, CANVAS, LEATHER),
        colours=("black", "navy", "green", "grey", "red", "yellow", "blue"),
        patterns=("plain", "plain", "plain", "striped", "checked", "dotted", "floral"),
        accents=(
            Accent("strap", ("straps", "strap", "shoulder straps"), TRIMS, 0.35),
            Accent("base", ("base", "bottom"), TRIMS, 0.3),
        ),
        purposes=("a bag for school", "something to carry a laptop", "a bag for hiking"),
        price=(45, 149),
        grams=850,
        lines=(
            "A padded sleeve takes a 15-inch laptop.",
            "Sheds a shower; carries lightly.",
            "Room for school, work or a weekend.",
            "Straps that do not cut in.",
        ),
        zoom=1.1,
        lift=0.0,
        focus=(0.5, 0.35),
        scenes=("studio", "room", "garden", "wall"),
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
            Material("satin", ("satin", "silk satin"), "satin", 0.6),
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
    Kind(
        "suitcase",
        one="suitcase",
        many="suitcases",
        others=("travel case", "piece of luggage", "luggage", "travel suitcase", "cases"),
        group="bags",
        category="Bags > Luggage",
        artist=luggage.suitcase,
        parts=(
            Part(
                "shape",
                (
                    Choice(
                        "shell",
                        ("hard-shell", "ribbed"),
                        ("with ribs and wheels",),
                        ("hardside suitcase", "hard-shell trolley", "hard-shell spinner"),
                    ),
                    Choice(
                        "soft",
                        ("soft-sided", "softside"),
                        ("with wheels and outside pockets", "with front pockets"),
                        ("soft trolley case",),
                    ),
                    Choice(
                        "vintage",
                        ("vintage", "retro", "old-fashioned"),
                        ("without wheels", "with two buckled straps"),
                    ),
                ),
            ),
        ),
        materials=(
            Material("polycarbonate", ("polycarbonate", "plastic"), "smooth", 0.6, share=2),
            Material("leather", ("leather",), "leather", 0.4, patterned=False),
            Material("canvas", ("canvas", "fabric"), "canvas", 0.08),
        ),
        colours=("black", "blue", "red", "grey", "yellow", "green", "navy"),
        patterns=("plain", "plain", "plain", "checked", "striped", "floral"),
        accents=(Accent("handle", ("handle", "handles"), TRIMS, 0.35),),
        purposes=("something for a flight", "to pack for a holiday", "for a trip abroad"),
        price=(79, 299),
        grams=3200,
        lines=(
            "Takes a week's clothes if you fold them well.",
            "Cross straps inside hold everything down.",
            "Comes with a name tag.",
            "Sturdy corners for rough baggage belts.",
        ),
        zoom=1.08,
        lift=0.0,
        focus=(0.5, 0.35),
        scenes=("studio", "room"),
    ),
    Kind(
        "duffle bag",
        one="duffle bag",
        many="duffle bags",
        others=("gym bag", "sports bag", "duffel bag", "holdall", "travel bag", "duffel"),
        group="bags",
        category="Bags > Duffle bags",
        artist=luggage.duffle_bag,
        parts=(
            Part(
                "shape",
                (
                    Choice("barrel", ("barrel", "cylindrical"), nouns=("barrel bag",)),
                    Choice("angular", (), nouns=("weekender", "weekend bag")),
                ),
            ),
            Part(
                "strap",
                (
                    Choice("none", (), ("without a shoulder strap", "with no long strap")),
                    Choice("strap", (), ("with a shoulder strap", "with a long strap")),
                ),
            ),
            Part(
                "pocket",
                (NO_POCKET, Choice("pocket", (), ("with a front pocket", "with a zip pocket"))),
            ),
        ),
        materials=(NYLON, CANVAS, LEATHER),
        colours=("black", "navy", "grey", "red", "green", "blue", "brown"),
        patterns=("plain", "plain", "plain", "striped", "checked"),
        accents=(Accent("handle", ("handles", "handle"), TRIMS, 0.4),),
        purposes=("a bag for the gym", "something for a weekend away", "a bag for training"),
        price=(39, 159),
        grams=950,
        lines=(
            "Shoes, towel and two days' clothes go in.",
            "Light enough for hand luggage.",
            "A wide zip opens it from end to end.",
            "The lining wipes clean.",
        ),
        zoom=1.06,
        lift=-0.01,
        focus=(0.5, 0.45),
        scenes=("studio", "room"),
    ),
    Kind(
        "wallet",
        one="wallet",
        many="wallets",
        others=("money wallet", "pocket wallet", "wallet for notes and cards"),
        group="bags",
        category="Bags > Wallets",
        artist=carried.wallet,
        parts=(
            Part(
                "shape",
                (
                    Choice("bifold", ("bifold", "folding"), nouns=("billfold",)),
                    Choice("long", ("long", "large"), nouns=("long wallet", "clutch wallet")),
                    Choice(
                        "card",
                        ("slim",),
                        ("with card slots", "with cards in it"),
                        ("card holder", "card case", "cardholder"),
                    ),
                ),
            ),
            Part(
                "closure",
                (
                    Choice("none", (), ("without a zip", "without a fastener"), share=2),
                    Choice("zip", ("zip", "zip-around", "zipped"), ("with a zip", "with a zipper")),
                    Choice(
                        "snap", ("snap",), ("with a press stud", "with a snap", "with a snap tab")
                    ),
                ),
            ),
        ),
        materials=(
            LEATHER,
            SUEDE,
            Material("canvas", ("canvas", "fabric", "cotton"), "canvas", 0.08),
        ),
        colours=("brown", "black", "red", "navy", "green", "beige", "pink"),
        patterns=("plain", "plain", "plain", "checked", "dotted", "floral"),
        purposes=("something for money and cards", "to keep cards in", "a gift for dad"),
        price=(19, 89),
        grams=110,
        lines=(
            "Slips into a back pocket.",
            "The cards are shielded against reading at a distance.",
            "Ages well, and gets thinner as it wears in.",
            "Comes in a small gift box.",
        ),
        zoom=1.1,
        lift=-0.03,
        focus=(0.6, 0.5),
        scenes=("studio", "wood", "cloth"),
    ),
)
