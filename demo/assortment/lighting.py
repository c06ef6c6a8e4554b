"""Lighting: what the kinds of this family look like and are called."""

from demo.assortment.materials import PAINTS
from demo.draw import lamps, lanterns
from demo.kinds import Accent, Choice, Kind, Material, Part

LINEN = Material("linen", ("linen", "fabric"), "linen", 0.06, share=3)
PAPER = Material("paper", ("paper",), "paper", 0.04, (), False, 0.7)
METAL = Material("metal", ("metal", "steel"), "metal", 0.7, PAINTS, False)
WICKER = Material(
    "wicker", ("wicker", "rattan", "woven"), "wicker", 0.1, ("beige", "brown", "black"), False
)
GLASS = Material("glass", ("glass",), "glass", 1.0, ("white", "green", "blue", "yellow"), False)
WOOD = Material("wood", ("wooden", "wood"), "wood", 0.3, ("brown", "beige"), False)

TAPERED = Choice("tapered", (), ("with a tapered shade", "with a conical shade"))
DRUM = Choice("drum", (), ("with a drum shade", "with a straight round shade"))
PLEATED = Choice("pleated", ("pleated",), ("with a pleated shade", "with pleats"))
DOME = Choice("dome", (), ("with a domed shade", "with a mushroom shade", "with a dome"))
BASE_COLOURS = ("white", "black", "blue", "green", "red", "yellow", "pink", "brown")
SHADE_COLOURS = ("yellow", "blue", "white", "red", "green", "beige", "black", "pink", "orange")
BULB_LINES = (
    "Gives a warm, even light.",
    "Takes a standard E27 bulb, which is not included.",
)

KINDS = (
    Kind(
        "table lamp",
        one="table lamp",
        many="table lamps",
        others=("bedside lamp", "nightstand lamp", "table light", "lamp for the bedside"),
        group="home",
        category="Home > Lighting > Table lamps",
        artist=lamps.table_lamp,
        parts=(
            Part("shade", (TAPERED, DRUM, PLEATED, DOME)),
            Part(
                "base",
                (
                    Choice(
                        "wooden",
                        (),
                        ("with a turned wooden base", "with a wooden base", "on a wooden foot"),
                    ),
                    Choice(
                        "round",
                        (),
                        ("with a round ceramic base", "with a ceramic base", "with a vase base"),
                    ),
                    Choice("slim", (), ("with a slim metal base", "on a thin metal stem")),
                ),
            ),
        ),
        materials=(LINEN, PAPER, METAL, WICKER),
        colours=SHADE_COLOURS,
        patterns=("plain", "plain", "plain", "striped", "dotted", "floral", "checked"),
        accents=(Accent("base", ("base", "foot", "stand"), BASE_COLOURS, 0.35),),
        purposes=("a light for the bedside", "something to read by in bed"),
        price=(39, 189),
        grams=1900,
        lines=(
            *BULB_LINES,
            "A switch on the cable is easy to find in the dark.",
            "The textile cable is two metres long.",
            "For reading late and waking slowly.",
        ),
        focus=(0.5, 0.3),
        scenes=("studio", "table"),
        share=1.2,
    ),
    Kind(
        "floor lamp",
        one="floor lamp",
        many="floor lamps",
        others=("standing lamp", "standard lamp", "floor light", "floor standing lamp"),
        group="home",
        category="Home > Lighting > Floor lamps",
        artist=lamps.floor_lamp,
        parts=(
            Part("shade", (TAPERED, DRUM, PLEATED, DOME)),
            Part(
                "base",
                (
                    Choice(
                        "tripod",
                        ("tripod",),
                        ("on a tripod", "on three legs", "with three wooden legs"),
                    ),
                    Choice("pole", (), ("on a single pole", "with a round foot", "on a thin pole")),
                ),
            ),
        ),
        materials=(LINEN, PAPER, METAL, WICKER),
        colours=SHADE_COLOURS,
        patterns=("plain", "plain", "plain", "striped", "dotted", "floral"),
        accents=(Accent("base", ("stand", "base"), ("white", "black", "red", "blue"), 0.3),),
        purposes=("a light for the corner of the room", "a light beside the sofa"),
        price=(79, 289),
        grams=5400,
        lines=(
            *BULB_LINES,
            "Stands firmly beside the sofa, even on a rug.",
            "A foot switch saves you the stooping.",
            "Dimmable with a dimmable bulb.",
        ),
        focus=(0.5, 0.2),
        scenes=("studio", "room"),
    ),
    Kind(
        "pendant lamp",
        one="pendant lamp",
        many="pendant lamps",
        others=("hanging lamp", "ceiling lamp", "pendant light", "ceiling light", "hanging light"),
        group="home",
        category="Home > Lighting > Pendant lamps",
        artist=lamps.pendant_lamp,
        parts=(
            Part(
                "shade",
                (
                    Choice("dome", ("dome",), ("with a domed shade", "with a bell shade")),
                    Choice("cone", (), ("with a conical shade", "with a cone shade")),
                    Choice("globe", ("globe", "round"), ("with a globe shade",), ("globe lamp",)),
                    Choice("drum", ("drum",), ("with a drum shade", "with a straight round shade")),
                ),
            ),
        ),
        materials=(METAL, LINEN, WICKER, PAPER, GLASS),
        colours=("black", "white", "yellow", "green", "beige", "red", "blue", "orange"),
        patterns=("plain", "plain", "plain", "plain", "striped", "dotted"),
        accents=(
            Accent("cord", ("cord", "cable"), ("red", "white", "black", "yellow", "blue"), 0.35),
        ),
        purposes=("a light over the table", "a light for the ceiling"),
        price=(49, 259),
        grams=1700,
        lines=(
            *BULB_LINES,
            "Hangs well over a table or in a stairwell.",
            "The cord can be shortened to the height you like.",
            "Hook and terminal are in the box.",
        ),
        focus=(0.5, 0.5),
        scenes=("studio",),
    ),
    Kind(
        "desk lamp",
        one="desk lamp",
        many="desk lamps",
        others=("task lamp", "work lamp", "desk light", "jointed lamp", "anglepoise lamp"),
        group="home",
        category="Home > Lighting > Desk lamps",
        artist=lamps.desk_lamp,
        parts=(
            Part(
                "base",
                (
                    Choice("foot", (), ("with a round foot", "on a round base"), share=2),
                    Choice("clamp", ("clip-on", "clamp-on"), ("with a clamp", "with a clip")),
                ),
            ),
        ),
        materials=(
            METAL,
            Material("plastic", ("plastic",), "smooth", 0.85, (), False, 0.6),
            WOOD,
        ),
        colours=("black", "red", "white", "yellow", "green", "blue", "orange", "beige"),
        accents=(
            Accent(
                "shade",
                ("shade", "head"),
                ("red", "white", "black", "yellow", "blue", "green"),
                0.2,
            ),
        ),
        purposes=("a light to work by", "a light for homework"),
        price=(29, 149),
        grams=1500,
        lines=(
            "Turns and bends to put the light where the work is.",
            "Gives a bright, even light without a flicker.",
            "Takes a standard E14 bulb, which is not included.",
            "Stays where you put it; the joints can be tightened.",
        ),
        focus=(0.62, 0.32),
        scenes=("studio", "table"),
    ),
    Kind(
        "lantern",
        one="lantern",
        many="lanterns",
        others=("candle lantern", "lantern for a candle", "outdoor lantern"),
        group="home",
        category="Home > Lighting > Lanterns",
        artist=lanterns.lantern,
        parts=(
            Part(
                "shape",
                (
                    Choice("square", ("square", "house-shaped"), ("with four panes",)),
                    Choice(
                        "round",
                        ("round",),
                        ("with a round glass",),
                        ("storm lantern", "hurricane lantern"),
                    ),
                ),
            ),
        ),
        materials=(
            Material("metal", ("metal", "iron"), "metal", 0.6, PAINTS, False, 2),
            WOOD,
        ),
        colours=("black", "white", "red", "green", "grey", "brown", "blue", "yellow"),
        purposes=("something for a candle", "a light for the terrace"),
        price=(19, 79),
        grams=1300,
        lines=(
            "Keeps the flame out of the wind.",
            "For the table, the steps or the terrace.",
            "Wipe the glass with vinegar and it stays clear.",
            "Never leave it burning alone.",
        ),
        focus=(0.5, 0.55),
        scenes=("studio", "table", "garden"),
    ),
)
