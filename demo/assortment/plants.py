"""Pots, and the plants and flowers that grow in them."""

from demo.assortment.gardening import PLASTIC, ZINC
from demo.draw import flowers, plants
from demo.kinds import Accent, Choice, Kind, Material, Part

TERRACOTTA = Material(
    "terracotta", ("terracotta", "clay"), "terracotta", 0.05, ("orange", "brown"), share=2
)
CERAMIC = Material("ceramic", ("ceramic", "glazed"), "smooth", 0.8, share=2)
CONCRETE = Material(
    "concrete", ("concrete", "stone"), "stone", 0.1, ("grey", "white", "beige"), False
)
PLANT = Material("living plant", (), "smooth", 0.25, ("green",), False)
PETALS = Material(
    "living plant",
    (),
    "smooth",
    0.15,
    ("red", "pink", "white", "yellow", "purple", "orange", "blue"),
    False,
)
POT = Accent(
    "pot",
    ("pot", "planter"),
    ("white", "orange", "black", "blue", "grey", "yellow", "pink", "red"),
    1.0,
)

KINDS = (
    Kind(
        "flower pot",
        one="flower pot",
        many="flower pots",
        others=("planter", "plant pot", "flowerpot", "planters", "pot for plants"),
        group="garden",
        category="Garden > Pots",
        artist=plants.planter,
        parts=(
            Part(
                "shape",
                (
                    Choice("tapered", ("tapered", "classic"), ("with a rim",), share=1.5),
                    Choice("round", ("round", "bellied"), ("with a round belly",)),
                    Choice("square", ("square", "cube")),
                    Choice(
                        "trough", ("long",), (), ("window box", "flower trough", "balcony planter")
                    ),
                ),
            ),
            Part(
                "stand",
                (
                    Choice("none", share=2),
                    Choice("saucer", (), ("with a saucer", "on a saucer")),
                    Choice("legs", (), ("on legs", "with wooden legs", "on a stand")),
                ),
            ),
        ),
        materials=(TERRACOTTA, CERAMIC, CONCRETE, PLASTIC, ZINC),
        colours=("orange", "white", "grey", "blue", "green", "black", "yellow", "brown"),
        patterns=("plain", "plain", "plain", "striped", "dotted", "floral", "checked"),
        purposes=("something to plant herbs in", "for geraniums", "to grow flowers in"),
        price=(9, 79),
        grams=1700,
        lines=(
            "A hole in the bottom lets the water out.",
            "Stands frost down to minus ten degrees.",
            "Soil and plants are not included.",
            "Good company for herbs, bulbs and geraniums.",
        ),
        period=(0.06, 0.1),
        zoom=1.06,
        lift=-0.04,
        focus=(0.5, 0.45),
        scenes=("studio", "table", "garden"),
    ),
    Kind(
        "potted plant",
        one="potted plant",
        many="potted plants",
        others=("houseplant", "pot plant", "indoor plant", "houseplants"),
        group="garden",
        category="Garden > Plants",
        artist=plants.potted_plant,
        parts=(
            Part(
                "plant",
                (
                    Choice("cactus", ("prickly",), ("with spines",), ("cactus", "cacti")),
                    Choice(
                        "monstera",
                        ("large-leaved",),
                        ("with big split leaves",),
                        ("monstera", "Swiss cheese plant"),
                    ),
                    Choice(
                        "snake plant",
                        (),
                        ("with upright leaves", "with sword-shaped leaves"),
                        ("snake plant", "sansevieria", "mother-in-law's tongue"),
                    ),
                    Choice("palm", ("feathery",), ("with fronds",), ("palm", "parlour palm")),
                    Choice(
                        "aloe", ("spiky",), ("with fleshy leaves",), ("aloe", "aloe vera", "agave")
                    ),
                ),
            ),
        ),
        materials=(PLANT,),
        colours=("green",),
        accents=(POT,),
        purposes=(
            "something green for the windowsill",
            "for a bright corner",
            "something green for a shelf",
        ),
        price=(9, 59),
        grams=1200,
        lines=(
            "Comes with its pot, rooted and ready.",
            "Water it sparingly, and less in winter.",
            "Likes a bright place out of the draught.",
            "Forgives a forgotten week.",
        ),
        zoom=1.04,
        lift=-0.01,
        focus=(0.5, 0.4),
        scenes=("studio", "table", "room"),
    ),
    Kind(
        "potted flower",
        one="potted flower",
        many="potted flowers",
        others=("flowering plant", "flowers in a pot", "blooming plant", "flowering pot plant"),
        group="garden",
        category="Garden > Plants",
        artist=flowers.potted_flower,
        parts=(
            Part(
                "flower",
                (
                    Choice("tulips", nouns=("tulip", "tulips", "tulips in a pot")),
                    Choice("daisies", nouns=("daisies", "marguerite", "gerberas")),
                    Choice("orchid", nouns=("orchid", "moth orchid", "phalaenopsis")),
                    Choice("bush", ("bushy",), (), ("hydrangea", "geranium")),
                ),
            ),
        ),
        materials=(PETALS,),
        colours=("red", "pink", "yellow", "white", "purple", "orange"),
        accents=(POT,),
        purposes=("something in bloom", "a present for Mother's Day", "for the windowsill"),
        price=(7, 39),
        grams=900,
        lines=(
            "Arrives in bud and opens within days.",
            "Keep the soil moist but never wet.",
            "A cool night makes the blossoms last.",
            "Comes with its pot.",
        ),
        zoom=1.04,
        lift=-0.01,
        focus=(0.5, 0.35),
        scenes=("studio", "table", "garden"),
    ),
)
