"""The garden: pots, plants, tools and things to sit under and on."""

from demo.assortment.materials import ENAMEL
from demo.draw import flowers, garden, gardening, plants
from demo.kinds import Accent, Choice, Kind, Material, Part

TERRACOTTA = Material(
    "terracotta", ("terracotta", "clay"), "terracotta", 0.05, ("orange", "brown"), share=2
)
CERAMIC = Material("ceramic", ("ceramic", "glazed"), "smooth", 0.8, share=2)
CONCRETE = Material(
    "concrete", ("concrete", "stone"), "stone", 0.1, ("grey", "white", "beige"), False
)
PLASTIC = Material("plastic", ("plastic",), "smooth", 0.4)
ZINC = Material("zinc", ("zinc", "galvanised"), "metal", 0.6, ("grey",), False)
STEEL = Material("steel", ("steel", "metal"), "smooth", 0.6, (), False)
WOOD = Material("wood", ("wooden", "wood"), "wood", 0.15, (), False)
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
HANDLE = Accent("handle", ("handle",), ("red", "yellow", "green", "black", "blue"), 0.5)

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
    Kind(
        "bird house",
        one="birdhouse",
        many="birdhouses",
        others=("bird house", "nest box", "nesting box", "bird box", "bird houses"),
        group="garden",
        category="Garden > Decoration",
        artist=garden.bird_house,
        parts=(
            Part(
                "roof",
                (
                    Choice("pitched", (), ("with a pitched roof", "with a pointed roof")),
                    Choice("sloping", (), ("with a sloping roof", "with a slanting roof")),
                ),
            ),
            Part(
                "mount",
                (
                    Choice("none", share=1.5),
                    Choice("cord", ("hanging",), ("on a cord", "hanging from a rope")),
                    Choice("post", (), ("on a post", "on a pole")),
                ),
            ),
            Part(
                "perch",
                (
                    Choice("perch", (), ("with a perch",)),
                    Choice("none", (), ("without a perch", "with no perch")),
                ),
            ),
        ),
        materials=(WOOD,),
        colours=("brown", "beige", "red", "blue", "green", "white", "yellow"),
        accents=(Accent("roof", ("roof",), ("red", "black", "green", "white", "blue"), 0.6),),
        purposes=("something for the birds", "for wrens and sparrows", "to watch birds nest"),
        price=(15, 49),
        grams=900,
        lines=(
            "The floor opens for cleaning in autumn.",
            "Hang it two metres up, away from cats.",
            "Safe for nestlings, with no varnish inside.",
            "The hole is right for wrens and sparrows.",
        ),
        zoom=1.06,
        lift=-0.01,
        focus=(0.5, 0.5),
        scenes=("studio", "garden", "table"),
    ),
    Kind(
        "solar light",
        one="solar light",
        many="solar lights",
        others=("garden light", "path light", "solar lamp", "garden stake light"),
        group="garden",
        category="Garden > Lighting",
        artist=garden.solar_light,
        parts=(
            Part(
                "shape",
                (
                    Choice("globe", ("round", "globe"), ("with a ball on top", "with a globe")),
                    Choice("mushroom", ("mushroom-shaped",), ("with a domed cap",)),
                    Choice("lantern", ("lantern-shaped",), ("with a pointed cap",)),
                ),
            ),
        ),
        materials=(STEEL, PLASTIC),
        colours=("black", "grey", "white", "green", "brown", "red", "blue"),
        purposes=("something for a dark garden path", "for the flower bed at night"),
        price=(9, 39),
        grams=310,
        lines=(
            "Charges by day, shines by night.",
            "No cable and no switch: just push it into the soil.",
            "Stays on for eight hours after a sunny day.",
            "Rain does it no harm.",
        ),
        zoom=1.06,
        focus=(0.5, 0.28),
        scenes=("studio", "garden"),
    ),
    Kind(
        "parasol",
        one="parasol",
        many="parasols",
        others=("sun umbrella", "garden umbrella", "patio umbrella", "sunshade"),
        group="garden",
        category="Garden > Furniture",
        artist=garden.parasol,
        parts=(
            Part(
                "edge",
                (
                    Choice("straight", (), ("with a plain edge", "with a straight edge")),
                    Choice("scalloped", ("scalloped",), ("with a scalloped edge",)),
                    Choice("fringe", ("fringed",), ("with a fringe", "with fringes")),
                ),
            ),
            Part(
                "base",
                (
                    Choice("stand", (), ("on a base", "with a stand"), share=1.5),
                    Choice("spike", (), ("stuck in sand",), ("beach umbrella", "beach parasol")),
                ),
            ),
        ),
        materials=(
            Material("polyester", ("polyester",), "smooth", 0.15, share=2),
            Material("cotton", ("cotton", "canvas"), "canvas", 0.05),
        ),
        colours=("red", "blue", "green", "white", "yellow", "beige", "orange", "navy"),
        patterns=("plain", "plain", "striped", "striped", "striped", "floral", "dotted"),
        accents=(Accent("pole", ("pole",), ("white", "black", "grey", "red", "yellow"), 0.5),),
        purposes=("something to sit in the shade under", "for the terrace", "for hot days"),
        price=(39, 199),
        grams=4200,
        lines=(
            "Blocks nearly all of the sun's ultraviolet light.",
            "Opens with one hand.",
            "Close it when the wind gets up.",
            "The cloth dries fast and hardly fades.",
        ),
        period=(0.06, 0.1),
        zoom=1.04,
        focus=(0.5, 0.28),
        scenes=("studio", "garden", "sand"),
    ),
    Kind(
        "deck chair",
        one="deck chair",
        many="deck chairs",
        others=("deckchair", "beach chair", "sling chair", "folding deck chair", "deckchairs"),
        group="garden",
        category="Garden > Furniture",
        artist=garden.deck_chair,
        parts=(
            Part(
                "armrest",
                (
                    Choice("none", ("armless",), ("without armrests",), share=1.5),
                    Choice("armrest", (), ("with armrests", "with arms")),
                ),
            ),
            Part(
                "pillow",
                (
                    Choice("none", (), ("without a headrest",), share=1.5),
                    Choice("pillow", (), ("with a headrest", "with a head cushion")),
                ),
            ),
        ),
        materials=(Material("canvas", ("canvas", "cotton"), "canvas", 0.1),),
        colours=("blue", "red", "green", "yellow", "white", "navy", "orange", "pink"),
        patterns=("striped", "striped", "striped", "plain", "plain", "dotted", "floral"),
        accents=(Accent("frame", ("frame",), ("white", "black", "red", "blue", "grey"), 0.4),),
        purposes=("something to lie in the sun on", "for lazy summer days", "for the lawn"),
        price=(39, 99),
        grams=3900,
        lines=(
            "Folds flat and hangs on a hook in winter.",
            "Three positions, from upright to dozing.",
            "The sling slips off for the wash.",
            "Carries up to a hundred and ten kilos.",
        ),
        period=(0.07, 0.1),
        zoom=1.08,
        lift=-0.02,
        focus=(0.45, 0.55),
        scenes=("studio", "garden", "sand"),
    ),
)
