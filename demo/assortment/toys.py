"""Toys: soft ones, vehicles and figures here, then games and balls."""

from demo.assortment import games
from demo.assortment.games import PAINTED_WOOD, PLASTIC
from demo.assortment.materials import CORDUROY
from demo.draw import plush, toys, vehicles
from demo.kinds import Accent, Choice, Kind, Material, Part

BOW = Part(
    "bow",
    (
        Choice("none", (), ("without a bow", "with no bow")),
        Choice("bow", (), ("with a bow", "wearing a bow", "with a bow tie")),
    ),
)
BOW_COLOUR = Accent(
    "bow", ("bow", "ribbon"), ("red", "blue", "yellow", "green", "pink"), 1.0, "red"
)
HAT = Part(
    "hat",
    (
        Choice("none", (), ("without a hat", "with no hat"), share=2),
        Choice("hat", (), ("with a hat", "wearing a hat")),
    ),
)
WHEELS = Accent("wheels", ("wheels",), ("red", "yellow", "blue", "white", "green"), 0.5, "black")

KINDS = (
    Kind(
        "teddy bear",
        one="teddy bear",
        many="teddy bears",
        others=("teddy", "bear", "toy bear", "cuddly bear", "stuffed bear", "soft toy bear"),
        group="toys",
        category="Toys > Soft toys",
        artist=plush.teddy,
        parts=(
            BOW,
            Part(
                "jumper",
                (
                    Choice("none", (), ("without a jumper", "with no sweater"), share=2),
                    Choice("jumper", (), ("in a jumper", "wearing a sweater", "with a jumper")),
                ),
            ),
        ),
        materials=(
            Material("plush", ("plush", "furry", "fluffy"), "plush", 0.05, (), False, 4),
            CORDUROY,
            Material("cotton", ("cotton", "cloth"), "linen", 0.05),
        ),
        colours=("brown", "beige", "white", "grey", "pink"),
        patterns=("plain", "plain", "dotted", "checked"),
        accents=(
            BOW_COLOUR,
            Accent(
                "jumper", ("jumper", "sweater"), ("red", "blue", "green", "yellow"), 1.0, "blue"
            ),
        ),
        purposes=("something to cuddle", "a present for a baby", "a soft toy to sleep with"),
        price=(16, 42),
        grams=320,
        lines=(
            "Soft enough for the first night and strong enough for all that follow.",
            "Can be washed by hand at 30 degrees.",
            "The eyes are fixed so that small fingers cannot pull them out.",
            "Tested for children from birth on.",
        ),
        period=(0.05, 0.08),
        zoom=1.08,
        lift=0.01,
        focus=(0.5, 0.33),
        scenes=("studio", "table", "room", "wood", "cloth"),
    ),
    Kind(
        "soft rabbit",
        one="soft rabbit",
        many="soft rabbits",
        others=(
            "toy rabbit",
            "bunny",
            "cuddly bunny",
            "stuffed bunny",
            "rabbit",
            "soft toy rabbit",
        ),
        group="toys",
        category="Toys > Soft toys",
        artist=plush.rabbit,
        parts=(
            Part(
                "ears",
                (
                    Choice("up", (), ("with upright ears", "with pricked ears")),
                    Choice(
                        "floppy",
                        ("lop-eared", "floppy-eared"),
                        ("with floppy ears", "with hanging ears"),
                    ),
                ),
            ),
            BOW,
            Part(
                "dress",
                (
                    Choice("none", (), ("without a dress", "with no dress"), share=2),
                    Choice("dress", (), ("in a dress", "wearing a dress", "with a dress")),
                ),
            ),
        ),
        materials=(
            Material("plush", ("plush", "fluffy", "furry"), "plush", 0.05, (), False, 3),
            Material("knit", ("knitted", "crocheted"), "knit", 0.05, (), False),
            Material("cotton", ("cotton", "cloth"), "linen", 0.05),
        ),
        colours=("white", "grey", "beige", "pink", "brown"),
        patterns=("plain", "plain", "dotted", "floral"),
        accents=(
            BOW_COLOUR,
            Accent("dress", ("dress",), ("red", "blue", "yellow", "green", "purple"), 1.0, "red"),
        ),
        purposes=("something to cuddle", "an Easter present", "a present for a baby"),
        price=(14, 38),
        grams=210,
        lines=(
            "Slim enough for a small hand to carry it everywhere.",
            "Filled with recycled fibre.",
            "Can be washed by hand at 30 degrees.",
            "Tested for children from birth on.",
        ),
        period=(0.04, 0.07),
        zoom=1.06,
        lift=0.0,
        focus=(0.5, 0.36),
        scenes=("studio", "table", "room", "wood", "cloth"),
    ),
    Kind(
        "doll",
        one="doll",
        many="dolls",
        others=("rag doll", "cloth doll", "soft doll", "dolly"),
        group="toys",
        category="Toys > Dolls",
        artist=plush.doll,
        parts=(
            Part(
                "hair",
                (
                    Choice("plaits", (), ("with plaits", "with pigtails", "with braids")),
                    Choice("short", ("short-haired",), ("with short hair", "with a bob")),
                    Choice("long", ("long-haired",), ("with long hair",)),
                    Choice("bun", (), ("with a bun", "with hair in a bun")),
                ),
            ),
            HAT,
        ),
        materials=(
            Material("cotton", ("cotton", "cloth", "fabric"), "linen", 0.05, share=3),
            Material("corduroy", ("corduroy",), "corduroy", 0.05, (), False),
        ),
        colours=("red", "blue", "pink", "green", "yellow", "purple"),
        patterns=("plain", "dotted", "floral", "checked", "striped"),
        accents=(
            Accent("hair", ("hair",), ("yellow", "brown", "black", "orange"), 1.0, "brown"),
            Accent("hat", ("hat",), ("red", "blue", "yellow", "green", "pink"), 1.0, "red"),
        ),
        purposes=("something to play house with", "a present for a child", "a first doll"),
        price=(18, 45),
        grams=240,
        lines=(
            "Soft all through, without any hard parts.",
            "The clothes come off and can be washed.",
            "Her arms bend, so she sits, waves and hugs.",
            "For children from two years on.",
        ),
        period=(0.03, 0.055),
        zoom=1.02,
        lift=0.01,
        focus=(0.5, 0.3),
        scenes=("studio", "table", "room", "cloth", "wood"),
    ),
    Kind(
        "toy car",
        one="toy car",
        many="toy cars",
        others=("model car", "toy automobile", "toy vehicle", "play car"),
        group="toys",
        category="Toys > Vehicles",
        artist=vehicles.car,
        parts=(
            Part(
                "shape",
                (
                    Choice("rounded", ("rounded",), (), ("toy saloon", "toy sedan")),
                    Choice("racing", (), (), ("toy racing car", "racing car", "toy race car")),
                    Choice("pickup", (), (), ("toy pickup", "toy pickup truck", "toy truck")),
                    Choice("van", (), (), ("toy van", "toy bus", "toy minibus")),
                ),
            ),
        ),
        materials=(
            PAINTED_WOOD,
            Material("metal", ("metal", "die-cast", "tin"), "smooth", 0.95),
            PLASTIC,
        ),
        colours=("red", "blue", "green", "yellow", "orange", "white"),
        patterns=("plain", "plain", "plain", "striped"),
        accents=(WHEELS,),
        purposes=("something to push along the floor", "a present for a child who loves cars"),
        price=(8, 29),
        grams=260,
        lines=(
            "The wheels turn freely on smooth floors and on carpet.",
            "Every edge is rounded.",
            "Painted with colours that are safe for children.",
            "For children from three years on.",
        ),
        period=(0.05, 0.09),
        zoom=1.06,
        lift=-0.04,
        focus=(0.7, 0.62),
        scenes=("studio", "table", "room", "wood"),
    ),
    Kind(
        "toy train",
        one="toy train",
        many="toy trains",
        others=("toy locomotive", "play train", "toy steam engine", "toy railway engine"),
        group="toys",
        category="Toys > Vehicles",
        artist=vehicles.train,
        parts=(
            Part(
                "wagon",
                (
                    Choice("none", (), ("without a wagon", "with no carriage")),
                    Choice("wagon", (), ("with a wagon", "with a carriage", "pulling a wagon")),
                ),
            ),
        ),
        materials=(
            PAINTED_WOOD,
            Material("metal", ("metal", "tin"), "smooth", 0.95),
            PLASTIC,
        ),
        colours=("red", "green", "blue", "yellow", "orange", "black"),
        accents=(
            WHEELS,
            Accent("roof", ("roof",), ("red", "yellow", "black", "blue", "white"), 0.7, "black"),
        ),
        purposes=("something for a young railway fan", "something to push along the floor"),
        price=(14, 49),
        grams=480,
        lines=(
            "Runs on the floor, no rails needed.",
            "The wheels turn easily and leave no marks.",
            "Every edge is rounded.",
            "For children from two years on.",
        ),
        zoom=1.1,
        lift=-0.03,
        focus=(0.62, 0.5),
        scenes=("studio", "table", "room", "wood"),
    ),
    Kind(
        "toy robot",
        one="toy robot",
        many="toy robots",
        others=("robot", "play robot", "robot figure", "retro robot"),
        group="toys",
        category="Toys > Figures",
        artist=toys.robot,
        parts=(
            Part(
                "head",
                (
                    Choice("square", ("square-headed",), ("with a square head",)),
                    Choice("round", ("round-headed",), ("with a round head", "with a domed head")),
                ),
            ),
            Part(
                "legs",
                (
                    Choice("legs", (), ("with two legs", "with legs", "on legs")),
                    Choice("wheels", (), ("on wheels", "with wheels", "without legs")),
                ),
            ),
            Part(
                "antenna",
                (
                    Choice("antenna", (), ("with an antenna", "with an aerial"), share=2),
                    Choice("none", (), ("without an antenna", "with no aerial")),
                ),
            ),
        ),
        materials=(
            Material("metal", ("tin", "metal"), "metal", 0.8, share=2),
            PLASTIC,
            Material("wood", ("wooden", "wood"), "wood", 0.25),
        ),
        colours=("grey", "red", "blue", "yellow", "green", "orange"),
        accents=(Accent("arms", ("arms",), ("red", "yellow", "black", "blue", "grey"), 0.6),),
        purposes=("something for a young inventor", "a present for a fan of space"),
        price=(15, 49),
        grams=420,
        lines=(
            "The arms move up and down.",
            "No battery needed.",
            "Looks as good on a shelf as on the floor.",
            "For children from three years on.",
        ),
        zoom=1.06,
        lift=0.0,
        focus=(0.5, 0.3),
        scenes=("studio", "table", "room", "wood"),
    ),
    Kind(
        "rocking horse",
        one="rocking horse",
        many="rocking horses",
        others=("toy horse", "horse on rockers", "ride-on horse", "rocking pony"),
        group="toys",
        category="Toys > Ride-on toys",
        artist=toys.horse,
        parts=(
            Part(
                "saddle",
                (
                    Choice("saddle", ("saddled",), ("with a saddle",), share=3),
                    Choice("none", (), ("without a saddle", "with no saddle")),
                ),
            ),
        ),
        materials=(
            Material("wood", ("wooden", "wood"), "wood", 0.25, share=2),
            Material("plush", ("plush", "furry"), "plush", 0.05, (), False),
        ),
        colours=("white", "brown", "beige", "grey", "black", "red"),
        patterns=("plain", "plain", "plain", "dotted"),
        accents=(
            Accent("mane", ("mane", "mane and tail"), ("black", "white", "brown", "yellow"), 0.8),
            Accent("saddle", ("saddle",), ("red", "blue", "green", "yellow", "brown"), 1.0, "red"),
            Accent("rockers", ("rockers", "runners"), ("red", "blue", "green", "white"), 0.4),
        ),
        purposes=("something to ride on indoors", "a big present for a small child"),
        price=(79, 189),
        grams=5200,
        lines=(
            "Rocks gently and does not tip over.",
            "Carries a child of up to 30 kilograms.",
            "Comes in two pieces and is put together in a few minutes.",
            "For children from eighteen months on.",
        ),
        period=(0.07, 0.1),
        zoom=1.06,
        lift=-0.02,
        focus=(0.7, 0.3),
        scenes=("studio", "room"),
    ),
    Kind(
        "rubber duck",
        one="rubber duck",
        many="rubber ducks",
        others=("bath duck", "toy duck", "rubber ducky", "bathtub duck", "duck for the bath"),
        group="toys",
        category="Toys > Bath toys",
        artist=toys.duck,
        parts=(HAT,),
        materials=(Material("rubber", ("rubber", "natural rubber"), "rubber", 0.8),),
        colours=("yellow", "yellow", "pink", "blue", "green", "white", "orange"),
        patterns=("plain", "plain", "plain", "dotted"),
        accents=(
            Accent("beak", ("beak", "bill"), ("orange", "red", "yellow", "black"), 1.0, "orange"),
            Accent("hat", ("hat", "top hat"), ("black", "red", "blue", "green"), 1.0, "black"),
        ),
        purposes=("something for the bath", "something for bath time"),
        price=(4, 14),
        grams=70,
        lines=(
            "Floats upright in the bath.",
            "Made in one piece, so that no water gets in.",
            "Rinse and let it dry after the bath.",
            "For children from birth on.",
        ),
        period=(0.08, 0.12),
        zoom=1.05,
        lift=0.01,
        focus=(0.62, 0.34),
        scenes=("studio", "tiles", "table"),
    ),
    *games.KINDS,
)
