"""Furniture to sit on, and what all furniture is made of: the first half of the furniture."""

from demo.assortment.materials import PAINTS
from demo.draw import couches, seats
from demo.kinds import Accent, Choice, Kind, Material, Part

STEEL = ("grey", "black", "white")
WOOD = Material(
    "wood",
    ("wooden", "wood", "solid wood", "natural wood"),
    "wood",
    0.25,
    ("brown", "beige"),
    False,
    3,
)
# No brown or beige: painted so, wood would pass for bare wood.
PAINTED = Material("painted wood", ("painted", "painted wood"), "smooth", 0.4, PAINTS, False, 2)
METAL = Material("metal", ("metal", "steel"), "metal", 0.7, STEEL, False)
PLASTIC = Material("plastic", ("plastic",), "smooth", 0.85, (), False)
FABRIC = Material("fabric", ("fabric",), "linen", 0.08, share=2)
VELVET = Material("velvet", ("velvet",), "suede", 0.3, (), False)
LEATHER = Material(
    "leather", ("leather",), "leather", 0.4, ("brown", "black", "beige", "white", "red"), False
)
CORDUROY = Material("corduroy", ("corduroy", "cord"), "corduroy", 0.08, (), False, 0.6)

TAPERED = Choice(
    "tapered", (), ("with tapered legs", "on slanted legs", "with splayed legs", "on tapered legs")
)
STRAIGHT = Choice("straight", (), ("with straight legs", "on straight legs"))
THIN_METAL = Choice(
    "metal", (), ("with metal legs", "on thin metal legs", "with steel legs", "on metal legs")
)
NO_ARMS = Choice("none", ("armless",), ("without arms", "without armrests"), share=2.5)
LEGS_ACCENT = Accent("legs", ("legs",), ("black", "white", "red", "yellow", "green"), 0.2)
SEAT_ACCENT = Accent("seat", ("seat",), ("red", "blue", "green", "white", "black", "beige"), 0.15)
CUSHION_ACCENT = Accent(
    "cushion",
    ("cushion", "throw pillow"),
    ("red", "yellow", "blue", "white", "green", "pink", "orange", "black"),
    0.3,
)
COUCH_LEGS = Part(
    "legs",
    (
        Choice("wooden", (), ("with wooden legs", "on wooden legs", "on wooden feet"), share=2),
        Choice("metal", (), ("with metal legs", "on thin metal legs", "on metal legs")),
        Choice("none", (), ("without legs", "with no legs", "reaching down to the floor")),
    ),
)
COUCH_ARMS = Part(
    "arms",
    (
        Choice("rounded", (), ("with rolled arms", "with round armrests", "with rounded arms")),
        Choice("square", (), ("with square arms", "with straight armrests")),
        Choice("wooden", (), ("with wooden arms", "with wooden armrests", "with a wooden frame")),
    ),
)
TUFTED = Choice(
    "tufted", ("tufted", "button-tufted", "buttoned"), ("with a tufted back", "with buttons")
)
LOOSE = Choice("cushion", (), ("with a loose back cushion", "with back cushions"), share=1.4)

SEATS = (
    Kind(
        "chair",
        one="chair",
        many="chairs",
        others=("dining chair", "kitchen chair", "dining chairs", "dining room chair"),
        group="home",
        category="Home > Furniture > Chairs",
        artist=seats.chair,
        parts=(
            Part(
                "back",
                (
                    Choice("spindles", ("spindle-back",), ("with a spindle back", "with spindles")),
                    Choice("ladder", ("ladder-back",), ("with a ladder back", "with slats across")),
                    Choice("solid", ("solid-back",), ("with a solid back", "with a closed back")),
                    Choice(
                        "round", ("round-back",), ("with a round back", "with a round backrest")
                    ),
                ),
            ),
            Part("legs", (TAPERED, STRAIGHT, THIN_METAL)),
            Part(
                "arms",
                (
                    NO_ARMS,
                    Choice("arms", (), ("with arms", "with armrests"), ("carver chair",)),
                ),
            ),
        ),
        materials=(WOOD, PAINTED, METAL, PLASTIC, FABRIC),
        colours=("brown", "beige", "white", "black", "blue", "green", "red", "yellow"),
        patterns=("plain", "plain", "plain", "striped", "checked"),
        accents=(LEGS_ACCENT, SEAT_ACCENT),
        purposes=("something to sit on at the table", "a seat for the kitchen"),
        price=(59, 289),
        grams=5600,
        lines=(
            "Sturdy, and kind to your back through a long dinner.",
            "Comes assembled; felt pads for the feet are in the box.",
            "At home at the table or in a corner of the bedroom.",
            "Carries 120 kilograms without a creak.",
            "Felt pads under the feet spare the floor.",
        ),
        period=(0.05, 0.09),
        zoom=1.06,
        focus=(0.58, 0.3),
        scenes=("studio", "room"),
        share=1.6,
    ),
    Kind(
        "armchair",
        one="armchair",
        many="armchairs",
        others=("easy chair", "lounge chair", "reading chair", "upholstered chair", "arm chair"),
        group="home",
        category="Home > Furniture > Armchairs",
        artist=couches.armchair,
        parts=(
            Part(
                "back",
                (
                    LOOSE,
                    TUFTED,
                    Choice(
                        "wing",
                        ("wingback", "wing-back"),
                        ("with wings", "with a high winged back"),
                        ("wing chair", "wingback chair"),
                        0.8,
                    ),
                ),
            ),
            COUCH_ARMS,
            COUCH_LEGS,
        ),
        materials=(FABRIC, VELVET, LEATHER, CORDUROY),
        colours=("green", "grey", "blue", "beige", "yellow", "brown", "pink", "red"),
        patterns=("plain", "plain", "plain", "striped", "checked", "floral"),
        accents=(CUSHION_ACCENT,),
        purposes=("something to read in", "a comfortable seat"),
        price=(249, 899),
        grams=21000,
        lines=(
            "Deep enough for a long evening with a book.",
            "The seat is sprung and does not sag.",
            "Delivered to the room of your choice.",
            "Vacuum with a soft brush; treat spots at once.",
            "Built on a frame of solid beech.",
        ),
        period=(0.05, 0.1),
        focus=(0.45, 0.4),
        scenes=("studio", "room"),
    ),
    Kind(
        "sofa",
        one="sofa",
        many="sofas",
        others=("couch", "settee", "couches"),
        group="home",
        category="Home > Furniture > Sofas",
        artist=couches.sofa,
        parts=(
            Part(
                "seats",
                (
                    Choice(
                        "two",
                        ("two-seater", "2-seater", "two-seat"),
                        ("for two", "with two seats"),
                        ("loveseat", "two-seater"),
                    ),
                    Choice(
                        "three",
                        ("three-seater", "3-seater", "three-seat"),
                        ("for three", "with three seats"),
                        ("three-seater",),
                    ),
                ),
            ),
            Part("back", (LOOSE, TUFTED)),
            COUCH_ARMS,
            COUCH_LEGS,
        ),
        materials=(FABRIC, VELVET, LEATHER, CORDUROY),
        colours=("grey", "green", "blue", "beige", "brown", "navy", "pink", "red"),
        patterns=("plain", "plain", "plain", "plain", "striped", "floral"),
        accents=(CUSHION_ACCENT,),
        purposes=("something for the living room", "a seat for more than one"),
        price=(499, 1999),
        grams=48000,
        lines=(
            "Deep, soft and hard to leave.",
            "A little care once a month keeps it looking new.",
            "Fits through doors from 75 centimetres.",
            "Delivered to the room of your choice.",
            "Ten years' guarantee on the frame and the springs.",
        ),
        period=(0.04, 0.08),
        zoom=1.04,
        focus=(0.4, 0.5),
        scenes=("studio", "room"),
        share=1.2,
    ),
    Kind(
        "stool",
        one="stool",
        many="stools",
        others=("kitchen stool", "backless seat"),
        group="home",
        category="Home > Furniture > Stools",
        artist=seats.stool,
        parts=(
            Part(
                "height",
                (
                    Choice("low", ("low",)),
                    Choice(
                        "high", ("high", "tall"), (), ("bar stool", "bar stools", "counter stool")
                    ),
                ),
            ),
            Part(
                "seat",
                (
                    Choice("round", ("round",), ("with a round seat", "with a circular seat")),
                    Choice("square", ("square",), ("with a square seat",)),
                ),
            ),
            Part("legs", (TAPERED, STRAIGHT, THIN_METAL)),
        ),
        materials=(WOOD, PAINTED, METAL, FABRIC, LEATHER),
        colours=("brown", "beige", "white", "black", "pink", "yellow", "blue", "green"),
        patterns=("plain", "plain", "plain", "striped", "dotted"),
        accents=(LEGS_ACCENT, SEAT_ACCENT),
        purposes=("something to sit on at the counter", "a small extra seat"),
        price=(39, 169),
        grams=3400,
        lines=(
            "Light enough to follow you around the house.",
            "Serves as a seat, a step or a place for a plant.",
            "Felt pads keep the floor free of scratches.",
            "Comes assembled.",
            "Carries 110 kilograms.",
        ),
        period=(0.05, 0.09),
        focus=(0.5, 0.22),
        scenes=("studio", "room"),
    ),
    Kind(
        "bench",
        one="bench",
        many="benches",
        others=("dining bench", "hallway bench", "entryway bench", "indoor bench"),
        group="home",
        category="Home > Furniture > Benches",
        artist=seats.bench,
        parts=(
            Part(
                "back",
                (
                    Choice(
                        "none", ("backless",), ("without a back", "with no backrest"), share=1.3
                    ),
                    Choice("slats", (), ("with a backrest", "with a slatted back", "with a back")),
                ),
            ),
            Part("legs", (TAPERED, STRAIGHT, THIN_METAL)),
        ),
        materials=(WOOD, PAINTED, FABRIC, LEATHER),
        colours=("brown", "beige", "white", "black", "green", "blue"),
        patterns=("plain", "plain", "plain", "striped", "checked"),
        accents=(
            LEGS_ACCENT,
            Accent(
                "cushion",
                ("seat cushion", "cushion"),
                ("red", "blue", "green", "white", "beige", "yellow", "grey"),
                0.3,
            ),
        ),
        purposes=("a seat for the hallway", "something to sit on in the hall"),
        price=(99, 389),
        grams=11500,
        lines=(
            "A place to tie your shoes, and one more seat at the table.",
            "Three adults sit on it without a worry.",
            "Screwed together in ten minutes; the key is in the box.",
            "Comes with everything to put it together.",
        ),
        period=(0.04, 0.07),
        focus=(0.4, 0.45),
        scenes=("studio", "room"),
        share=0.8,
    ),
)
