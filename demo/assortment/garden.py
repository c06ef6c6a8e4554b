"""The garden: plants and tools, then what hangs or stands outdoors."""

from demo.assortment import gardening, plants
from demo.assortment.gardening import PLASTIC, STEEL
from demo.draw import garden
from demo.kinds import Accent, Choice, Kind, Material, Part

WOOD = Material("wood", ("wooden", "wood"), "wood", 0.15, (), False)

KINDS = (
    *plants.KINDS,
    *gardening.KINDS,
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
