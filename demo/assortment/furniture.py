"""Furniture: what one sits on, then tables, storage and beds."""

from demo.assortment.seating import (
    FABRIC,
    LEGS_ACCENT,
    METAL,
    PAINTED,
    SEATS,
    STRAIGHT,
    TAPERED,
    THIN_METAL,
    VELVET,
    WOOD,
)
from demo.draw import storage, tables
from demo.kinds import Accent, Choice, Kind, Material, Part

MARBLE = Material(
    "marble", ("marble", "stone"), "stone", 0.7, ("white", "black", "grey", "green"), False
)
GLASS = Material("glass", ("glass",), "glass", 1.0, ("white", "grey", "blue", "green"), False)
RECTANGULAR = Choice(
    "rectangular", ("rectangular", "square-cornered"), ("with a rectangular top",), share=1.4
)
ROUND = Choice("round", ("round", "circular"), ("with a round top", "with a circular top"))
OVAL = Choice("oval", ("oval",), ("with an oval top",), share=0.7)
STORAGE_LEGS = Part(
    "legs",
    (
        Choice("tapered", (), ("on legs", "with tapered legs", "on slanted legs")),
        Choice("none", (), ("without legs", "with no legs", "on a plinth")),
    ),
)
NATURAL_COLOURS = ("brown", "beige", "white", "black", "grey", "green", "blue")
HANDLES = ("black", "yellow", "white", "grey")
FRONTS = ("white", "blue", "green", "yellow", "red", "pink", "black")

KINDS = (
    *SEATS,
    Kind(
        "dining table",
        one="dining table",
        many="dining tables",
        others=("kitchen table", "dinner table", "dining room table"),
        group="home",
        category="Home > Furniture > Tables",
        artist=tables.dining_table,
        parts=(
            Part("shape", (RECTANGULAR, ROUND, OVAL)),
            Part(
                "legs",
                (
                    STRAIGHT,
                    TAPERED,
                    THIN_METAL,
                    Choice("trestle", ("trestle",), ("on trestles", "with trestle legs")),
                    Choice(
                        "pedestal", ("pedestal",), ("on a pedestal", "with one leg in the middle")
                    ),
                ),
            ),
        ),
        materials=(WOOD, PAINTED, MARBLE),
        colours=NATURAL_COLOURS,
        accents=(LEGS_ACCENT,),
        purposes=("something to eat at", "a table for the whole family"),
        price=(199, 1199),
        grams=32000,
        lines=(
            "Room for dinner, homework and a jigsaw puzzle.",
            "Legs screw on in a quarter of an hour.",
            "Wipe it dry after spills, and it will outlast fashions.",
            "Stable even on an old floor, thanks to feet that adjust.",
        ),
        focus=(0.45, 0.35),
        scenes=("studio", "room"),
    ),
    Kind(
        "coffee table",
        one="coffee table",
        many="coffee tables",
        others=("low table", "sofa table", "living room table", "occasional table"),
        group="home",
        category="Home > Furniture > Tables",
        artist=tables.coffee_table,
        parts=(
            Part("shape", (RECTANGULAR, ROUND, OVAL)),
            Part("legs", (TAPERED, STRAIGHT, THIN_METAL)),
            Part(
                "shelf",
                (
                    Choice("none", (), ("without a shelf", "with no shelf"), share=1.5),
                    Choice("shelf", (), ("with a shelf", "with a shelf below")),
                ),
            ),
        ),
        materials=(WOOD, PAINTED, MARBLE, GLASS),
        colours=NATURAL_COLOURS,
        accents=(LEGS_ACCENT,),
        purposes=("something to put in front of the sofa", "a table for magazines and cups"),
        price=(79, 449),
        grams=12500,
        lines=(
            "Just the right height for a cup and a magazine.",
            "Easy to move when the room is needed for dancing.",
            "Assembled with four screws.",
            "Use a coaster under hot mugs.",
        ),
        focus=(0.45, 0.42),
        scenes=("studio", "room"),
    ),
    Kind(
        "desk",
        one="desk",
        many="desks",
        others=("writing desk", "work desk", "office desk", "writing table", "computer desk"),
        group="home",
        category="Home > Furniture > Desks",
        artist=tables.desk,
        parts=(
            Part(
                "drawers",
                (
                    Choice("two", ("two-drawer",), ("with two drawers", "with two flat drawers")),
                    Choice(
                        "three",
                        ("three-drawer",),
                        ("with three drawers", "with a drawer unit", "with drawers on one side"),
                    ),
                ),
            ),
            Part("legs", (TAPERED, STRAIGHT, THIN_METAL)),
            Part(
                "shelf",
                (
                    Choice("none", (), ("without a shelf", "with a clear top"), share=1.5),
                    Choice("shelf", (), ("with a shelf on top", "with compartments on top")),
                ),
            ),
        ),
        materials=(WOOD, PAINTED),
        colours=NATURAL_COLOURS,
        accents=(
            Accent("legs", ("legs",), ("black", "white", "red", "yellow"), 0.15),
            Accent("drawers", ("drawers", "drawer fronts"), FRONTS, 0.2),
        ),
        purposes=("something to work at", "a place for homework"),
        price=(129, 649),
        grams=24000,
        lines=(
            "Room for a laptop, a lamp and a cup of tea.",
            "The drawers run on quiet slides.",
            "A hole at the back takes the cables.",
            "Good for homework now and letters later.",
        ),
        focus=(0.5, 0.45),
        scenes=("studio", "room"),
    ),
    Kind(
        "bookshelf",
        one="bookshelf",
        many="bookshelves",
        others=("bookcase", "shelving unit", "bookcases", "shelf unit", "book shelf"),
        group="home",
        category="Home > Furniture > Storage",
        artist=storage.bookshelf,
        parts=(
            Part(
                "height",
                (
                    Choice("high", ("tall", "high"), share=1.5),
                    Choice("low", ("low", "small")),
                ),
            ),
            Part(
                "back",
                (
                    Choice("closed", (), ("with a back panel", "with a closed back")),
                    Choice("none", ("open",), ("without a back", "with no back panel")),
                ),
            ),
        ),
        materials=(WOOD, PAINTED, METAL),
        colours=NATURAL_COLOURS,
        purposes=("something for books", "a place for books and plants"),
        price=(89, 499),
        grams=26000,
        lines=(
            "Holds more books than you would think.",
            "Fix it to the wall with the bracket in the box.",
            "Each shelf carries 25 kilograms.",
            "The books are not part of the offer.",
        ),
        focus=(0.48, 0.35),
        scenes=("studio", "room"),
    ),
    Kind(
        "chest of drawers",
        one="chest of drawers",
        many="chests of drawers",
        others=("dresser", "drawer chest", "dressers"),
        group="home",
        category="Home > Furniture > Storage",
        artist=storage.chest_of_drawers,
        parts=(
            Part(
                "drawers",
                (
                    Choice("three", ("three-drawer",), ("with three drawers",)),
                    Choice("four", ("four-drawer", "high"), ("with four drawers",)),
                    Choice("six", ("six-drawer", "wide"), ("with six drawers",)),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("knobs", (), ("with round knobs", "with knobs")),
                    Choice("bars", (), ("with long handles", "with bar handles")),
                ),
            ),
            STORAGE_LEGS,
        ),
        materials=(WOOD, PAINTED),
        colours=NATURAL_COLOURS,
        accents=(
            Accent("drawers", ("drawers", "drawer fronts"), FRONTS, 0.2),
            Accent("handles", ("handles",), HANDLES, 0.2),
        ),
        purposes=("something for socks and jumpers", "storage for the bedroom"),
        price=(149, 699),
        grams=34000,
        lines=(
            "The drawers close softly by themselves.",
            "Deep enough for jumpers, flat enough for a hallway.",
            "Comes assembled; two people should carry it.",
            "Fix it to the wall where children live.",
        ),
        focus=(0.45, 0.5),
        scenes=("studio", "room"),
    ),
    Kind(
        "wardrobe",
        one="wardrobe",
        many="wardrobes",
        others=("armoire", "clothes cupboard", "clothes cabinet", "bedroom cupboard"),
        group="home",
        category="Home > Furniture > Storage",
        artist=storage.wardrobe,
        parts=(
            Part(
                "doors",
                (
                    Choice("two", ("two-door",), ("with two doors",), share=1.4),
                    Choice("three", ("three-door", "wide"), ("with three doors",)),
                ),
            ),
            Part(
                "front",
                (
                    Choice("panelled", ("panelled",), ("with panelled doors",)),
                    Choice("plain", (), ("with smooth doors", "with flat doors")),
                    Choice("slatted", ("louvred",), ("with slatted doors", "with louvre doors")),
                    Choice("mirror", ("mirrored",), ("with mirrors", "with mirrored doors")),
                ),
            ),
            STORAGE_LEGS,
        ),
        materials=(WOOD, PAINTED),
        colours=NATURAL_COLOURS,
        accents=(
            Accent("doors", ("doors",), FRONTS, 0.15),
            Accent("handles", ("handles",), HANDLES, 0.2),
        ),
        purposes=("something to hang clothes in", "a place for coats and shirts"),
        price=(299, 1299),
        grams=68000,
        lines=(
            "A rail for shirts and a shelf for hats.",
            "Hinges that close without a bang.",
            "Comes in flat boxes; allow two people and an afternoon.",
            "Fix it to the wall with the bracket in the box.",
        ),
        focus=(0.45, 0.4),
        scenes=("studio", "room"),
    ),
    Kind(
        "bed",
        one="bed",
        many="beds",
        others=("bed frame", "bedstead", "bed with a headboard"),
        group="home",
        category="Home > Furniture > Beds",
        artist=storage.bed,
        parts=(
            Part(
                "size",
                (
                    Choice(
                        "double", ("double", "wide"), ("for two", "with two pillows"), share=1.5
                    ),
                    Choice("single", ("single", "narrow"), ("for one", "with one pillow")),
                ),
            ),
            Part(
                "headboard",
                (
                    Choice("plain", (), ("with a plain headboard", "with a smooth headboard")),
                    Choice(
                        "panelled", (), ("with a panelled headboard", "with panels at the head")
                    ),
                    Choice("slats", (), ("with a slatted headboard", "with bars at the head")),
                ),
            ),
        ),
        materials=(WOOD, PAINTED, FABRIC, VELVET),
        colours=NATURAL_COLOURS,
        accents=(
            Accent(
                "blanket",
                ("blanket", "bedspread", "duvet"),
                ("blue", "green", "red", "pink", "yellow", "grey", "navy", "beige"),
                0.4,
            ),
        ),
        purposes=("something to sleep in", "a place to sleep"),
        price=(249, 1299),
        grams=52000,
        lines=(
            "Slats included; the mattress is not.",
            "Quiet joints that stay quiet.",
            "Room for boxes underneath.",
            "Assembled in half an hour by two people.",
        ),
        focus=(0.45, 0.35),
        scenes=("studio", "room"),
    ),
)
