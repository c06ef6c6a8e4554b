"""Laid on the table: what the kinds of this family look like and are called."""

from demo.draw import boards, kitchenware, pots, tableware
from demo.kinds import Accent, Choice, Kind, Material, Part

CERAMICS = (
    Material("stoneware", ("stoneware", "ceramic", "earthenware"), "stone", 0.55, share=2),
    Material("porcelain", ("porcelain", "china"), "smooth", 0.9, share=2),
)
ENAMEL = Material("enamel", ("enamel", "enamelled"), "smooth", 0.8)
GLASS_COLOURS = ("white", "green", "blue", "pink", "yellow", "orange", "purple", "brown", "grey")
GLASS = Material("glass", ("glass",), "glass", 1.0, GLASS_COLOURS, patterned=False)
WOOD = Material("wood", ("wooden", "wood"), "wood", 0.25, ("beige", "brown"), patterned=False)
INSIDE = Accent(
    "inside", ("inside", "interior"), ("white", "yellow", "blue", "red", "black", "green"), 0.4
)
BRIGHT = ("red", "yellow", "blue", "black", "white", "green", "orange")

KINDS = (
    Kind(
        "mug",
        one="mug",
        many="mugs",
        others=("coffee mug", "tea mug", "cup", "coffee cup", "cups", "coffee mugs"),
        group="kitchen",
        category="Kitchen > Mugs & Cups",
        artist=tableware.mug,
        parts=(
            Part(
                "shape",
                (
                    Choice("straight", ("straight", "cylindrical"), ("with straight sides",)),
                    Choice("rounded", ("round", "rounded"), ("with a round belly",)),
                    Choice("tall", ("tall",), nouns=("latte mug", "latte mugs")),
                    Choice("tapered", ("tapered", "conical"), ("with sloping sides",)),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("handle", (), ("with a handle",), share=6),
                    Choice("none", ("handleless",), ("without a handle", "with no handle")),
                ),
            ),
        ),
        materials=(*CERAMICS, ENAMEL, GLASS),
        colours=("green", "white", "blue", "red", "yellow", "orange", "beige", "black"),
        patterns=("plain", "plain", "plain", "striped", "dotted", "checked", "floral"),
        accents=(Accent("handle", ("handle",), BRIGHT, 0.3), INSIDE),
        purposes=("something for coffee", "for hot drinks", "something to drink tea from"),
        price=(9, 29),
        grams=380,
        lines=(
            "Keeps its warmth, and sits well in the hand.",
            "Safe in the dishwasher.",
            "Holds a generous morning tea.",
            "A good size for coffee, cocoa or soup.",
        ),
        period=(0.06, 0.11),
        zoom=1.26,
        lift=-0.05,
        focus=(0.5, 0.4),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "cup and saucer",
        one="cup and saucer",
        many="cups and saucers",
        others=("cup with saucer", "teacup and saucer", "teacup", "cup", "coffee cup", "cups"),
        group="kitchen",
        category="Kitchen > Mugs & Cups",
        artist=tableware.cup_and_saucer,
        parts=(
            Part(
                "shape",
                (
                    Choice("rounded", ("round", "rounded"), ("with a round cup",)),
                    Choice("straight", ("straight", "cylindrical"), ("with a straight cup",)),
                    Choice("flared", ("flared", "wide"), ("with a flared cup",)),
                ),
            ),
        ),
        materials=(*CERAMICS, GLASS),
        colours=("white", "blue", "green", "pink", "yellow", "navy", "red"),
        patterns=("plain", "plain", "striped", "dotted", "floral", "floral"),
        accents=(
            Accent("saucer", ("saucer",), ("white", "red", "blue", "yellow", "black", "pink"), 0.4),
            Accent("handle", ("handle",), ("yellow", "black", "red", "white"), 0.15),
        ),
        purposes=("something for coffee", "something to drink tea from", "for afternoon tea"),
        price=(14, 39),
        grams=420,
        lines=(
            "For a slow cup at the table.",
            "The saucer has room for a biscuit.",
            "Safe in the dishwasher.",
            "Cups and saucers can be had singly, should one ever break.",
        ),
        period=(0.05, 0.09),
        zoom=1.28,
        lift=-0.13,
        focus=(0.5, 0.55),
        scenes=("studio", "table"),
    ),
    Kind(
        "plate",
        one="plate",
        many="plates",
        others=("dinner plate", "dish", "dinner plates", "dishes"),
        group="kitchen",
        category="Kitchen > Plates & Bowls",
        artist=tableware.plate,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round",), share=3),
                    Choice("square", ("square",)),
                    Choice("oval", ("oval",), nouns=("platter", "oval platter")),
                ),
            ),
            Part(
                "depth",
                (
                    Choice("flat", ("flat", "coupe")),
                    Choice("rimmed", ("rimmed",), ("with a broad rim", "with a wide rim"), share=2),
                    Choice("deep", ("deep",), ("with a deep well",), ("soup plate", "pasta plate")),
                ),
            ),
        ),
        materials=(*CERAMICS, ENAMEL),
        colours=("white", "blue", "green", "navy", "beige", "yellow", "pink"),
        patterns=("plain", "plain", "striped", "dotted", "checked", "floral", "floral"),
        accents=(
            Accent("rim", ("rim", "edge", "border"), ("blue", "black", "red", "yellow"), 0.4),
        ),
        purposes=("something to eat from", "to serve dinner on", "for setting the table"),
        price=(12, 34),
        grams=620,
        lines=(
            "For breakfast, supper and all between.",
            "Stacks neatly with the rest of the set.",
            "Safe in the dishwasher.",
            "Makes plain food look good.",
        ),
        period=(0.06, 0.11),
        zoom=1.12,
        focus=(0.66, 0.34),
        scenes=("studio", "cloth", "wood"),
    ),
    Kind(
        "bowl",
        one="bowl",
        many="bowls",
        others=("serving bowl", "salad bowl", "cereal bowl", "serving dish"),
        group="kitchen",
        category="Kitchen > Plates & Bowls",
        artist=tableware.bowl,
        parts=(
            Part(
                "shape",
                (
                    Choice("rounded", ("rounded",), ("with rounded sides",)),
                    Choice("flared", ("flared", "conical"), ("with flared sides",)),
                    Choice("straight", ("straight-sided",), ("with straight sides",)),
                    Choice("footed", ("footed",), ("on a foot", "on a stand"), ("pedestal bowl",)),
                ),
            ),
        ),
        materials=(*CERAMICS, ENAMEL, GLASS, WOOD),
        colours=("blue", "white", "green", "yellow", "red", "beige", "navy"),
        patterns=("plain", "plain", "striped", "dotted", "floral"),
        accents=(INSIDE,),
        purposes=("something for salad", "to serve fruit in", "for soup and cereal"),
        price=(12, 49),
        grams=640,
        lines=(
            "Deep enough for a salad for two.",
            "At home on the breakfast table and at a long dinner.",
            "Nests with others of its kind.",
            "Wipes clean without effort.",
        ),
        period=(0.06, 0.1),
        zoom=1.14,
        lift=-0.07,
        focus=(0.4, 0.62),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "drinking glass",
        one="drinking glass",
        many="drinking glasses",
        others=("tumbler", "water glass", "glass tumbler", "tumblers", "juice glass"),
        group="kitchen",
        category="Kitchen > Glasses",
        artist=tableware.drinking_glass,
        parts=(
            Part(
                "shape",
                (
                    Choice("straight", ("straight",), ("with straight sides",)),
                    Choice("tapered", ("tapered", "conical"), ("with sloping sides",)),
                    Choice("tall", ("tall",), nouns=("highball glass", "long-drink glass")),
                    Choice("faceted", ("faceted", "fluted"), ("with facets",)),
                    Choice("rounded", ("round", "rounded"), ("with a round belly",)),
                ),
            ),
        ),
        materials=(Material("glass", ("glass",), "glass", 1.0, GLASS_COLOURS),),
        colours=("blue", "green", "white", "pink", "yellow", "orange", "purple"),
        patterns=("plain", "plain", "plain", "striped", "dotted"),
        purposes=("something to drink water from", "for juice and lemonade", "for cold drinks"),
        price=(6, 19),
        grams=260,
        lines=(
            "Thick enough for every day.",
            "For water, juice or something stronger.",
            "Safe in the dishwasher.",
            "A heavy bottom keeps it upright.",
        ),
        period=(0.07, 0.1),
        zoom=1.16,
        lift=-0.06,
        focus=(0.5, 0.5),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "wine glass",
        one="wine glass",
        many="wine glasses",
        others=("stemmed glass", "stemware", "glass for wine"),
        group="kitchen",
        category="Kitchen > Glasses",
        artist=tableware.wine_glass,
        parts=(
            Part(
                "shape",
                (
                    Choice("rounded", ("round", "balloon"), ("with a round bowl",)),
                    Choice("tulip", ("tulip-shaped",), ("with a tulip-shaped bowl",)),
                    Choice(
                        "flute", nouns=("champagne flute", "flute glass", "sparkling wine glass")
                    ),
                    Choice("coupe", ("shallow",), nouns=("champagne coupe", "cocktail coupe")),
                ),
            ),
        ),
        materials=(GLASS,),
        colours=("white", "green", "pink", "blue", "yellow", "orange", "purple"),
        accents=(Accent("stem", ("stem", "foot"), ("green", "black", "blue", "red", "pink"), 0.4),),
        purposes=("something to drink wine from", "for wine", "for a toast"),
        price=(9, 29),
        grams=180,
        lines=(
            "Thin at the lip, steady on its foot.",
            "For a weekday dinner as much as for guests.",
            "Wash it by hand, and it stays bright for years.",
            "Comes well padded, singly or by the half dozen.",
        ),
        zoom=1.12,
        lift=-0.04,
        focus=(0.5, 0.3),
        scenes=("studio", "table"),
    ),
    Kind(
        "teapot",
        one="teapot",
        many="teapots",
        others=("tea pot", "pot for tea", "tea pots"),
        group="kitchen",
        category="Kitchen > Tea & Coffee",
        artist=pots.teapot,
        parts=(
            Part(
                "shape",
                (
                    Choice("round", ("round", "rounded"), ("with a round body",)),
                    Choice("tall", ("tall",), ("with a tall body",)),
                    Choice("low", ("low", "squat"), ("with a low body",)),
                ),
            ),
            Part(
                "handle",
                (
                    Choice(
                        "side", (), ("with a side handle", "with a handle at the side"), share=2
                    ),
                    Choice("top", (), ("with a top handle", "with an overhead handle")),
                ),
            ),
        ),
        materials=(
            *CERAMICS,
            GLASS,
            Material("cast iron", ("cast-iron", "iron"), "smooth", 0.3, patterned=False),
        ),
        colours=("white", "blue", "green", "black", "red", "yellow", "pink"),
        patterns=("plain", "plain", "dotted", "floral", "floral", "striped"),
        accents=(Accent("lid", ("lid",), BRIGHT, 0.35), Accent("handle", ("handle",), BRIGHT, 0.2)),
        purposes=("something to brew tea in", "for making tea", "for a tea party"),
        price=(29, 89),
        grams=950,
        lines=(
            "Brews enough for three cups.",
            "The lid stays on while you pour.",
            "Comes with a sieve for loose leaves.",
            "Rinse it with hot water, no more.",
        ),
        period=(0.06, 0.1),
        zoom=1.08,
        lift=-0.08,
        focus=(0.3, 0.56),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "pitcher",
        one="pitcher",
        many="pitchers",
        others=("jug", "water jug", "jugs", "milk jug"),
        group="kitchen",
        category="Kitchen > Jugs & Bottles",
        artist=kitchenware.pitcher,
        parts=(
            Part(
                "shape",
                (
                    Choice("rounded", ("round", "bellied"), ("with a round belly",)),
                    Choice("straight", ("straight", "cylindrical"), ("with straight sides",)),
                    Choice("conical", ("conical", "tapered"), ("narrowing at the top",)),
                ),
            ),
        ),
        materials=(*CERAMICS, ENAMEL, GLASS),
        colours=("blue", "white", "yellow", "green", "red", "beige"),
        patterns=("plain", "plain", "striped", "dotted", "floral", "checked"),
        accents=(Accent("handle", ("handle",), BRIGHT, 0.3),),
        purposes=("to serve water in", "something for lemonade", "something to pour milk from"),
        price=(19, 59),
        grams=980,
        lines=(
            "Pours without a drip.",
            "Holds a good litre, and doubles as a vase.",
            "Fits in the door of the fridge.",
            "Wide enough to be cleaned by hand.",
        ),
        period=(0.06, 0.1),
        zoom=1.12,
        lift=-0.06,
        focus=(0.4, 0.36),
        scenes=("studio", "table", "tiles"),
    ),
    Kind(
        "tray",
        one="serving tray",
        many="serving trays",
        others=("tray", "trays", "tea tray", "breakfast tray"),
        group="kitchen",
        category="Kitchen > Serving",
        artist=boards.tray,
        parts=(
            Part(
                "shape",
                (
                    Choice("rectangular", ("rectangular",)),
                    Choice("round", ("round", "circular")),
                    Choice("oval", ("oval",)),
                ),
            ),
            Part(
                "handle",
                (
                    Choice("handle", (), ("with handles", "with two handles")),
                    Choice("none", ("handleless",), ("without handles", "with no handles")),
                ),
            ),
        ),
        materials=(
            Material("metal", ("metal", "steel"), "smooth", 0.75, share=2),
            WOOD,
            Material("wicker", ("wicker", "rattan"), "wicker", 0.1, ("beige", "brown"), False),
        ),
        colours=("red", "green", "blue", "white", "black", "yellow", "pink"),
        patterns=("plain", "plain", "striped", "floral", "floral", "checked", "dotted"),
        accents=(Accent("rim", ("rim", "edge", "border"), BRIGHT, 0.4),),
        purposes=("to carry breakfast on", "for serving drinks", "something to serve tea on"),
        price=(19, 69),
        grams=900,
        lines=(
            "Carries breakfast to bed without a rattle.",
            "A raised rim keeps the cups aboard.",
            "Wipe it with a damp cloth.",
            "Between parties it tidies a side table.",
        ),
        period=(0.06, 0.11),
        zoom=1.08,
        focus=(0.8, 0.5),
        scenes=("studio", "cloth", "wood"),
    ),
)
