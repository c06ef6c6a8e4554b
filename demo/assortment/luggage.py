"""Luggage and wallets: what these kinds look like and are called."""

from demo.assortment.materials import SUEDE
from demo.draw import carried, luggage
from demo.kinds import Accent, Choice, Kind, Material, Part

LEATHER = Material("leather", ("leather", "smooth leather"), "leather", 0.4, share=2)
CANVAS = Material("canvas", ("canvas", "cotton canvas"), "canvas", 0.08)
NYLON = Material("nylon", ("nylon", "polyester", "recycled nylon"), "smooth", 0.25, share=2)
TRIMS = ("brown", "black", "white", "red", "beige", "yellow", "blue", "pink", "green")
NO_POCKET = Choice("none", (), ("without a pocket", "with no outside pocket"))

KINDS = (
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
                        ("with a roll top", "to roll shut"),
                    ),
                    Choice(
                        "buckle",
                        ("flap-top",),
                        ("with two buckles", "with a flap", "with a flap and buckles"),
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
        "suitcase",
        one="suitcase",
        many="suitcases",
        others=("travel case", "piece of luggage", "luggage", "travel suitcase"),
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
        others=("pocket wallet", "wallet for notes and cards"),
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
                        ("card",),
                        ("with card slots", "with cards inside"),
                        ("card holder", "card case", "cardholder"),
                    ),
                ),
            ),
            Part(
                "closure",
                (
                    Choice("none", (), ("without a fastener", "without a zip or snap"), share=2),
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
