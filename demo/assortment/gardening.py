"""Garden tools: watering cans, trowels, rakes and wheelbarrows."""

from demo.assortment.materials import ENAMEL
from demo.draw import gardening
from demo.kinds import Accent, Choice, Kind, Material, Part

PLASTIC = Material("plastic", ("plastic",), "smooth", 0.4)
ZINC = Material("zinc", ("zinc", "galvanised"), "metal", 0.6, ("grey",), False)
STEEL = Material("steel", ("steel", "metal"), "smooth", 0.6, (), False)
HANDLE = Accent("handle", ("handle",), ("red", "yellow", "green", "black", "blue"), 0.5)

KINDS = (
    Kind(
        "watering can",
        one="watering can",
        many="watering cans",
        others=("garden watering can", "can for watering", "watering pot"),
        group="garden",
        category="Garden > Tools",
        artist=gardening.watering_can,
        parts=(
            Part(
                "shape",
                (
                    Choice("straight", ("tall", "cylindrical"), ("with straight sides",)),
                    Choice("conical", ("conical", "tapered"), ("narrowing towards the top",)),
                    Choice("low", ("low", "squat"), ("with a low body",)),
                ),
            ),
            Part(
                "spout",
                (
                    Choice("rose", (), ("with a rose", "with a sprinkler head"), share=1.5),
                    Choice(
                        "slim",
                        ("slim-spouted",),
                        ("with a thin spout", "with a curved spout", "without a rose"),
                    ),
                ),
            ),
        ),
        materials=(ENAMEL, ZINC, PLASTIC),
        colours=("green", "grey", "red", "blue", "yellow", "white", "pink", "black"),
        patterns=("plain", "plain", "plain", "plain", "dotted", "floral"),
        accents=(HANDLE,),
        purposes=("something to water plants with", "for thirsty flowers", "for the balcony"),
        price=(15, 59),
        grams=820,
        lines=(
            "Pours evenly and never gurgles.",
            "Well balanced, full or empty.",
            "Does not rust and does not leak.",
            "Holds enough for a balcony.",
        ),
        period=(0.06, 0.09),
        zoom=1.06,
        lift=-0.03,
        focus=(0.25, 0.45),
        scenes=("studio", "table", "garden"),
    ),
    Kind(
        "hand trowel",
        one="hand trowel",
        many="hand trowels",
        others=("trowel", "garden trowel", "hand shovel", "planting trowel", "trowels"),
        group="garden",
        category="Garden > Tools",
        artist=gardening.trowel,
        parts=(
            Part(
                "blade",
                (
                    Choice("wide", ("wide", "broad"), ("with a wide blade",)),
                    Choice("narrow", ("narrow",), ("with a slim blade",), ("transplanter",)),
                ),
            ),
        ),
        materials=(STEEL,),
        colours=("grey", "black", "green", "red", "blue", "yellow"),
        accents=(HANDLE,),
        purposes=("something to dig with", "for planting bulbs", "for potting up"),
        price=(9, 29),
        grams=240,
        lines=(
            "Forged in one piece with its neck.",
            "Goes through roots and stony soil.",
            "Rinse it and dry it, and it lasts for decades.",
            "Sits well in small hands too.",
        ),
        zoom=1.14,
        focus=(0.6, 0.64),
        scenes=("studio", "wood", "garden"),
    ),
    Kind(
        "rake",
        one="rake",
        many="rakes",
        others=("garden rake", "garden rakes"),
        group="garden",
        category="Garden > Tools",
        artist=gardening.rake,
        parts=(
            Part(
                "shape",
                (
                    Choice("leaf", ("fan",), ("with a fan head",), ("leaf rake", "fan rake")),
                    Choice("bow", (), ("with short teeth",), ("bow rake", "soil rake")),
                ),
            ),
        ),
        materials=(STEEL, PLASTIC),
        colours=("green", "red", "black", "grey", "blue", "orange", "yellow"),
        accents=(HANDLE,),
        purposes=("something for autumn leaves", "to tidy the lawn with", "to level a bed with"),
        price=(19, 49),
        grams=980,
        lines=(
            "Springs back after every stroke.",
            "A long handle saves the back.",
            "Hang it up by its head in winter.",
            "The head comes off for the shed.",
        ),
        zoom=1.12,
        focus=(0.3, 0.7),
        scenes=("studio", "wood", "garden"),
    ),
    Kind(
        "wheelbarrow",
        one="wheelbarrow",
        many="wheelbarrows",
        others=("barrow", "garden cart", "wheel barrow", "garden barrow"),
        group="garden",
        category="Garden > Tools",
        artist=gardening.wheelbarrow,
        parts=(
            Part(
                "shape",
                (
                    Choice("rounded", ("rounded",), ("with a rounded tray",), share=1.5),
                    Choice("box", ("angular",), ("with a box-shaped tray", "with straight sides")),
                ),
            ),
        ),
        materials=(STEEL, PLASTIC, ZINC),
        colours=("green", "red", "grey", "blue", "yellow", "orange", "black"),
        accents=(
            Accent("wheel", ("wheel", "rim"), ("red", "yellow", "white", "blue"), 0.5),
            Accent("frame", ("frame",), ("red", "blue", "green", "yellow"), 0.3),
        ),
        purposes=("something to carry soil in", "to move leaves with", "for heavy garden work"),
        price=(59, 149),
        grams=11500,
        lines=(
            "Carries eighty litres over soft ground.",
            "The air-filled tyre rolls over roots and kerbs.",
            "Tips forward without a struggle.",
            "Comes in two pieces; four screws hold them together.",
        ),
        zoom=1.06,
        lift=-0.06,
        focus=(0.4, 0.55),
        scenes=("studio", "garden"),
    ),
)
