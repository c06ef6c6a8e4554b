"""For cooking and storing: coffee makers, pans, boards, jars, bottles and aprons."""

from demo.assortment.materials import BRIGHT, ENAMEL, GLASS, STONEWARE
from demo.draw import boards, kitchenware, pans, pots
from demo.kinds import Accent, Choice, Kind, Material, Part

STEEL = Material("steel", ("steel", "stainless steel"), "metal", 0.9, ("grey",), patterned=False)
COPPER = Material("copper", ("copper",), "metal", 0.9, ("orange", "brown"), patterned=False)
IRON = Material(
    "cast iron",
    ("cast-iron", "cast iron", "iron"),
    "smooth",
    0.3,
    ("black", "red", "blue", "green", "grey", "orange"),
    patterned=False,
)
GRIP = Accent("handle", ("handle",), ("black", "red", "brown", "white", "yellow", "blue"), 0.45)

KINDS = (
    Kind(
        "coffee maker",
        one="coffee maker",
        many="coffee makers",
        others=("coffee pot", "coffeemaker", "manual coffee maker", "coffee pots"),
        group="kitchen",
        category="Kitchen > Tea & Coffee",
        artist=pots.coffee_maker,
        parts=(
            Part(
                "shape",
                (
                    Choice("press", nouns=("French press", "cafetière", "plunger coffee maker")),
                    Choice("moka", nouns=("moka pot", "stovetop espresso maker", "espresso pot")),
                ),
            ),
        ),
        materials=(
            STEEL,
            COPPER,
            Material(
                "aluminium", ("aluminium", "aluminum"), "smooth", 0.7, patterned=False, share=2
            ),
        ),
        colours=("red", "grey", "black", "green", "blue", "white", "yellow"),
        accents=(GRIP,),
        purposes=("something for coffee", "something to make coffee with", "for brewing coffee"),
        price=(24, 79),
        grams=820,
        lines=(
            "Strong coffee in four minutes, without a plug.",
            "Makes three cups, or six small ones.",
            "Comes apart for cleaning, with spare seals in the box.",
            "Goes camping as gladly as it stays at home.",
        ),
        zoom=1.06,
        lift=-0.02,
        focus=(0.5, 0.5),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "kettle",
        one="kettle",
        many="kettles",
        others=("water kettle", "tea kettle", "stovetop kettle", "tea kettles"),
        group="kitchen",
        category="Kitchen > Tea & Coffee",
        artist=pots.kettle,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round", "rounded"), ("with a round body",)),
                    Choice("conical", ("conical", "cone-shaped"), ("with a conical body",)),
                    Choice(
                        "gooseneck",
                        ("gooseneck",),
                        ("with a gooseneck spout", "with a thin curved spout"),
                    ),
                ),
            ),
        ),
        materials=(STEEL, ENAMEL, COPPER),
        colours=("red", "grey", "white", "blue", "green", "black", "yellow"),
        patterns=("plain", "plain", "plain", "dotted", "floral"),
        accents=(GRIP,),
        purposes=("to boil water in", "something to heat water with", "for making tea"),
        price=(29, 99),
        grams=1150,
        lines=(
            "Holds water for six cups.",
            "At home on gas and electric hobs.",
            "The handle stays cool while the water boils.",
            "Descale it with a splash of vinegar now and then.",
        ),
        period=(0.07, 0.1),
        zoom=1.1,
        lift=-0.05,
        focus=(0.34, 0.6),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "saucepan",
        one="saucepan",
        many="saucepans",
        others=("cooking pot", "pot", "cooking pots", "pots"),
        group="kitchen",
        category="Kitchen > Pots & Pans",
        artist=pans.saucepan,
        parts=(
            Part(
                "shape",
                (
                    Choice("low", ("low", "shallow"), ("with low sides",)),
                    Choice("tall", ("tall", "deep"), ("with high sides",)),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("long", ("long-handled",), ("with a long handle", "with one handle")),
                    Choice(
                        "two",
                        ("two-handled",),
                        ("with two handles", "with a handle on each side"),
                        ("casserole", "casserole pot"),
                    ),
                ),
            ),
            Part(
                "lid",
                (
                    Choice("lid", (), ("with a lid", "with a cover")),
                    Choice("none", (), ("without a lid", "with no lid")),
                ),
            ),
        ),
        materials=(STEEL, ENAMEL, COPPER, IRON),
        colours=("red", "grey", "blue", "white", "green", "black", "orange"),
        patterns=("plain", "plain", "plain", "plain", "dotted", "floral"),
        accents=(Accent("handle", ("handle",), ("black", "red", "brown", "white", "yellow"), 0.4),),
        purposes=("something to cook soup in", "for cooking pasta", "for making sauces"),
        price=(34, 149),
        grams=1600,
        lines=(
            "Heats evenly, from a simmer to a boil.",
            "From the stove straight to the table.",
            "A heavy base that does not warp.",
            "Soak it, wipe it, and it is as new.",
        ),
        period=(0.07, 0.1),
        zoom=1.08,
        lift=-0.06,
        focus=(0.4, 0.55),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "frying pan",
        one="frying pan",
        many="frying pans",
        others=("pan", "skillet", "frypan", "pans", "skillets"),
        group="kitchen",
        category="Kitchen > Pots & Pans",
        artist=pans.frying_pan,
        parts=(
            Part(
                "shape",
                (
                    Choice("shallow", ("shallow", "low"), ("with low sides",), share=2),
                    Choice("deep", ("deep",), ("with high sides",), ("sauté pan",)),
                    Choice(
                        "grill",
                        ("square", "ridged"),
                        ("with ridges",),
                        ("grill pan", "griddle pan"),
                    ),
                ),
            ),
        ),
        materials=(STEEL, IRON, COPPER, ENAMEL),
        colours=("black", "grey", "red", "blue", "green", "orange"),
        accents=(GRIP, Accent("inside", ("inside", "interior"), ("black", "white", "grey"), 0.4)),
        purposes=("something to fry eggs in", "for pancakes", "for frying and searing"),
        price=(29, 129),
        grams=1400,
        lines=(
            "For pancakes, steaks and Sunday eggs.",
            "Gets better the more it is used.",
            "Sits flat, and heats right to the edge.",
            "Hang it up by the eye in its handle.",
        ),
        zoom=1.1,
        lift=-0.02,
        focus=(0.4, 0.5),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "cutting board",
        one="cutting board",
        many="cutting boards",
        others=("chopping board", "chopping boards", "bread board", "serving board"),
        group="kitchen",
        category="Kitchen > Tools",
        artist=boards.cutting_board,
        parts=(
            Part(
                "shape",
                (
                    Choice("rectangular", ("rectangular",), share=2),
                    Choice("round", ("round", "circular")),
                    Choice("oval", ("oval",)),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("none", ("handleless",), ("without a handle", "with no handle")),
                    Choice("handle", (), ("with a handle",), ("paddle board",), share=2),
                    Choice("hole", (), ("with a cut-out grip", "with a slot to hold it by")),
                ),
            ),
            Part(
                "groove",
                (
                    Choice("none", share=2),
                    Choice("groove", (), ("with a juice groove", "with a groove around the edge")),
                ),
            ),
        ),
        materials=(
            Material("wood", ("wooden", "wood"), "wood", 0.2, ("beige", "brown"), False, share=3),
            Material(
                "marble", ("marble", "stone"), "stone", 0.6, ("white", "grey", "black"), False
            ),
            Material("plastic", ("plastic",), "smooth", 0.3, patterned=False, share=0.7),
        ),
        colours=("beige", "brown", "brown", "white", "black", "green", "red"),
        purposes=("to chop vegetables on", "for slicing bread", "to serve cheese on"),
        price=(15, 59),
        grams=1200,
        lines=(
            "Steady on the worktop, with no slipping about.",
            "Big enough for a loaf or a roast.",
            "Wash it by hand and dry it standing.",
            "Serves cheese as well as it cuts onions.",
        ),
        zoom=1.08,
        focus=(0.5, 0.3),
        scenes=("studio", "cloth", "wood"),
    ),
    Kind(
        "storage jar",
        one="storage jar",
        many="storage jars",
        others=("kitchen jar", "canister", "food jar", "canisters", "food jars"),
        group="kitchen",
        category="Kitchen > Storage",
        artist=kitchenware.storage_jar,
        parts=(
            Part(
                "shape",
                (
                    Choice("straight", ("straight", "cylindrical"), ("with straight sides",)),
                    Choice("tall", ("tall", "slim"), nouns=("spaghetti jar", "pasta jar")),
                    Choice("rounded", ("round", "bellied"), ("with a round belly",)),
                ),
            ),
            Part(
                "lid",
                (
                    Choice("flat", (), ("with a flat lid",)),
                    Choice("knob", (), ("with a knob on the lid", "with a knobbed lid")),
                    Choice(
                        "clip",
                        ("clip-top",),
                        ("with a clip lid", "with a wire clasp"),
                        ("preserving jar",),
                    ),
                ),
            ),
        ),
        materials=(STONEWARE, GLASS, ENAMEL),
        colours=("white", "blue", "green", "beige", "yellow", "red", "black"),
        patterns=("plain", "plain", "striped", "dotted", "checked", "floral"),
        accents=(Accent("lid", ("lid", "top"), BRIGHT, 0.4),),
        purposes=("something to keep flour in", "to store pasta in", "for coffee beans and sugar"),
        price=(12, 39),
        grams=720,
        lines=(
            "Keeps biscuits crisp and coffee fresh.",
            "Closes tightly, opens easily.",
            "Holds a bag of flour with room to spare.",
            "Stands in a row with others of its kind.",
        ),
        period=(0.06, 0.1),
        zoom=1.18,
        lift=-0.06,
        focus=(0.5, 0.36),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "water bottle",
        one="water bottle",
        many="water bottles",
        others=("drinking bottle", "drinks bottle", "sports bottle", "flask", "bottle"),
        group="kitchen",
        category="Kitchen > Jugs & Bottles",
        artist=kitchenware.water_bottle,
        parts=(
            Part(
                "shape",
                (
                    Choice("slim", ("slim", "narrow"), share=1.5),
                    Choice("wide", ("wide", "stout"), ("with a wide body",)),
                    Choice("waisted", ("waisted",), ("with a waist", "narrowing in the middle")),
                ),
            ),
            Part(
                "lid",
                (
                    Choice("screw", (), ("with a screw cap", "with a screw top"), share=2),
                    Choice("sport", (), ("with a sports cap", "with a drinking nozzle")),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("none", share=2),
                    Choice("handle", (), ("with a carrying loop", "with a loop handle")),
                ),
            ),
        ),
        materials=(
            Material("steel", ("steel", "stainless steel"), "smooth", 0.6, share=3),
            Material("plastic", ("plastic",), "smooth", 0.6, patterned=False),
            GLASS,
        ),
        colours=("blue", "green", "black", "white", "red", "pink", "yellow"),
        patterns=("plain", "plain", "plain", "striped", "dotted", "floral"),
        accents=(Accent("cap", ("cap", "top"), ("red", "white", "yellow", "blue", "orange"), 0.5),),
        purposes=(
            "something to carry water in",
            "for hiking and the gym",
            "something to drink from on the way",
        ),
        price=(15, 39),
        grams=340,
        lines=(
            "Does not leak, even upside down in a bag.",
            "Fits the cup holder of a bicycle.",
            "Free of BPA, and of any aftertaste.",
            "Wide enough at the neck for ice and for a brush.",
        ),
        period=(0.05, 0.08),
        zoom=1.14,
        lift=-0.05,
        focus=(0.5, 0.3),
        scenes=("studio", "table", "garden"),
    ),
    Kind(
        "apron",
        one="apron",
        many="aprons",
        others=("kitchen apron", "cooking apron", "chef's apron", "barbecue apron"),
        group="kitchen",
        category="Kitchen > Textiles",
        artist=boards.apron,
        parts=(
            Part(
                "shape",
                (
                    Choice("bib", ("bib",), ("with a bib", "with a neck strap"), share=2.5),
                    Choice("waist", ("half",), ("without a bib",), ("waist apron", "bistro apron")),
                ),
            ),
            Part(
                "pocket",
                (
                    Choice("pocket", (), ("with a pocket", "with a front pocket"), share=2),
                    Choice("none", (), ("without a pocket", "with no pocket")),
                ),
            ),
        ),
        materials=(
            Material("linen", ("linen",), "linen", 0.1, share=2),
            Material("cotton", ("cotton",), "canvas", 0.1, share=2),
            Material("denim", ("denim",), "denim", 0.1, ("blue", "navy", "black", "grey"), False),
        ),
        colours=("blue", "green", "red", "beige", "white", "black", "grey"),
        patterns=("plain", "plain", "striped", "striped", "checked", "floral", "dotted"),
        accents=(
            Accent(
                "straps", ("straps", "ties", "strings"), ("brown", "red", "white", "black"), 0.5
            ),
        ),
        purposes=("something to wear for cooking", "for baking", "to keep clothes clean"),
        price=(19, 59),
        grams=280,
        lines=(
            "Keeps flour and sauce off your shirt.",
            "One size: the ties go all the way round.",
            "Washes at sixty degrees.",
            "Sturdy enough for the barbecue and the workshop.",
        ),
        zoom=1.08,
        focus=(0.5, 0.6),
        scenes=("studio", "cloth", "wood", "wall"),
    ),
)
