"""Shoes: low ones here, with boots and sandals from their own modules."""

from demo.assortment.boots import BOOTS
from demo.assortment.footwear import BLOCK, LACED, LEATHER, SOLES, TOE
from demo.assortment.materials import PATENT, SATIN, SUEDE
from demo.assortment.sandals import SANDALS
from demo.draw import pumps, shoes, sneakers
from demo.kinds import Accent, Choice, Kind, Material, Part

KINDS = (
    Kind(
        "sneakers",
        one="sneaker",
        many="sneakers",
        others=("trainers", "tennis shoes", "pair of sneakers", "casual sneakers"),
        group="shoes",
        category="Shoes > Sneakers",
        artist=sneakers.sneakers,
        parts=(
            Part(
                "height",
                (
                    Choice("low", ("low-top", "low"), nouns=("low-tops", "low-top trainers")),
                    Choice(
                        "high-top",
                        ("high-top", "ankle-high"),
                        ("covering the ankle",),
                        ("high-tops", "high-top trainers", "basketball shoes"),
                    ),
                ),
            ),
            Part("closure", (LACED,)),
        ),
        materials=(
            Material("canvas", ("canvas", "cotton canvas"), "canvas", 0.08, share=2),
            Material("leather", ("leather", "smooth leather"), "leather", 0.35, patterned=False),
            SUEDE,
        ),
        colours=("white", "blue", "red", "black", "green", "pink", "yellow"),
        patterns=("plain", "plain", "plain", "checked", "striped", "floral"),
        accents=(
            Accent("sole", ("sole", "soles", "rubber sole"), SOLES, 0.5, "white"),
            Accent(
                "laces",
                ("laces", "shoelaces"),
                ("white", "red", "black", "blue", "yellow", "green", "orange", "pink"),
                0.35,
                "white",
            ),
        ),
        purposes=("comfortable everyday shoes", "shoes for the city", "something for tired feet"),
        price=(49, 139),
        grams=800,
        lines=(
            "Light on the foot, from the desk to the park.",
            "A cushioned insole for every day, which comes out for drying.",
            "A second pair of laces is in the box.",
            "They run true to size; between two sizes, take the larger one.",
            "They go with almost everything you own.",
        ),
        period=(0.035, 0.06),
        sizes="shoes",
        zoom=1.07,
        focus=(0.5, 0.52),
        scenes=("studio", "studio", "room"),
        share=1.6,
    ),
    Kind(
        "slip-ons",
        one="slip-on shoe",
        many="slip-ons",
        others=("slip-on sneakers", "slip-on shoes", "skate slip-ons", "pair of slip-ons"),
        group="shoes",
        category="Shoes > Slip-ons",
        artist=sneakers.slip_ons,
        parts=(
            Part(
                "closure",
                (
                    Choice(
                        "none",
                        ("laceless",),
                        ("without laces", "with no laces", "with elastic sides"),
                    ),
                ),
            ),
        ),
        materials=(
            Material("canvas", ("canvas", "cotton canvas"), "canvas", 0.08, share=2),
            SUEDE,
        ),
        colours=("black", "blue", "red", "white", "green", "beige"),
        patterns=("plain", "plain", "checked", "striped", "floral", "dotted"),
        accents=(Accent("sole", ("sole", "soles", "rubber sole"), SOLES, 0.45, "white"),),
        purposes=("easy summer shoes", "shoes for people in a hurry"),
        price=(35, 79),
        grams=620,
        lines=(
            "On in a second, and just as quickly off again.",
            "The elastic at the sides keeps them where they should be.",
            "A thin sole with a good feel for the ground.",
            "Wear them barefoot in summer: the lining is soft enough.",
        ),
        period=(0.035, 0.06),
        sizes="shoes",
        zoom=1.08,
        focus=(0.42, 0.55),
        scenes=("studio", "studio", "room"),
        share=0.8,
    ),
    Kind(
        "running shoes",
        one="running shoe",
        many="running shoes",
        others=("runners", "jogging shoes", "running trainers", "sports shoes", "athletic shoes"),
        group="shoes",
        category="Shoes > Running shoes",
        artist=sneakers.running_shoes,
        parts=(Part("closure", (LACED,)),),
        materials=(
            Material("mesh", ("mesh", "breathable mesh"), "mesh", 0.12, patterned=False, share=2),
            Material("knit", ("knitted", "knit"), "knit", 0.08, patterned=False),
        ),
        colours=("blue", "black", "orange", "green", "grey", "red", "white"),
        accents=(
            Accent("sole", ("sole", "soles", "midsole"), SOLES, 0.5, "white"),
            Accent(
                "stripe",
                ("side stripe", "stripe on the side", "side stripes"),
                ("white", "black", "red", "yellow", "orange", "blue", "green"),
                0.45,
            ),
            Accent(
                "laces",
                ("laces", "shoelaces"),
                ("white", "black", "red", "yellow", "orange", "green"),
                0.3,
                "white",
            ),
        ),
        purposes=("for jogging", "for running", "shoes for sport", "for the gym"),
        price=(69, 169),
        grams=560,
        lines=(
            "Light, springy and made for tarmac and park paths.",
            "Leave a thumb's width of room in front of the toes.",
            "The insole comes out, should you wear your own.",
            "Good for some six hundred kilometres before the foam tires.",
            "Wash by hand and let them dry in the air.",
        ),
        sizes="shoes",
        zoom=1.02,
        lift=0.02,
        focus=(0.5, 0.55),
        scenes=("studio", "studio", "room"),
        share=1.2,
    ),
    *BOOTS,
    *SANDALS,
    Kind(
        "high heels",
        one="high heel",
        many="high heels",
        others=("pumps", "heels", "court shoes", "heeled shoes", "evening shoes"),
        group="shoes",
        category="Shoes > High heels",
        artist=pumps.heels,
        parts=(
            Part(
                "heel",
                (
                    Choice(
                        "high",
                        ("stiletto",),
                        ("with a stiletto heel", "with thin heels"),
                        ("stilettos", "stiletto heels"),
                        share=1.5,
                    ),
                    BLOCK,
                ),
            ),
            TOE,
            Part(
                "closure",
                (
                    Choice("none", ("strapless",), ("without straps", "with no strap"), share=1.5),
                    Choice(
                        "buckle",
                        ("ankle-strap", "buckled"),
                        ("with an ankle strap", "with a buckle"),
                    ),
                ),
            ),
        ),
        materials=(
            Material("leather", ("leather", "smooth leather"), "leather", 0.5),
            PATENT,
            SATIN,
            Material("suede", ("suede", "velvety suede"), "suede", 0.05, patterned=False),
        ),
        colours=("red", "black", "pink", "beige", "blue", "white", "green"),
        patterns=("plain", "plain", "plain", "dotted", "floral"),
        accents=(
            Accent("sole", ("sole", "soles"), ("red", "black", "beige", "brown"), 0.6),
            Accent("heel", ("heel", "heels"), ("black", "red", "white", "yellow", "brown"), 0.25),
        ),
        purposes=("shoes for a party", "something for a wedding", "for a night out"),
        price=(59, 199),
        grams=560,
        lines=(
            "Made for dancing, standing ovations and long dinners.",
            "A padded insole takes the weight off the ball of the foot.",
            "They come in a dust bag, with spare heel tips.",
            "Cut true to size, with a little give.",
        ),
        period=(0.04, 0.06),
        sizes="shoes",
        zoom=1.05,
        lift=-0.08,
        focus=(0.4, 0.6),
        scenes=("studio", "studio", "room"),
    ),
    Kind(
        "loafers",
        one="loafer",
        many="loafers",
        others=("moccasins", "pair of loafers", "smart slip-ons"),
        group="shoes",
        category="Shoes > Loafers",
        artist=shoes.loafers,
        parts=(
            Part(
                "detail",
                (
                    Choice("penny", (), ("with a penny strap",), ("penny loafers",)),
                    Choice("tassel", ("tasselled",), ("with tassels",), ("tassel loafers",)),
                    Choice(
                        "bit",
                        (),
                        ("with a metal bit", "with a metal bar", "with golden hardware"),
                        ("horsebit loafers",),
                    ),
                ),
            ),
        ),
        materials=(
            LEATHER,
            SUEDE,
            PATENT,
        ),
        colours=("brown", "black", "navy", "red", "green", "beige"),
        accents=(
            Accent(
                "sole", ("sole", "soles"), ("black", "brown", "white", "beige", "red"), 0.6, "black"
            ),
        ),
        purposes=("smart shoes without laces", "shoes for the office"),
        price=(79, 179),
        grams=780,
        lines=(
            "Dressy enough for the office, easy enough for Sunday.",
            "Stitched by hand around the toe.",
            "They give a little: they should fit snugly on the first day.",
            "Put in shoe trees overnight and they keep their shape.",
        ),
        sizes="shoes",
        zoom=1.08,
        lift=0.015,
        focus=(0.52, 0.55),
        scenes=("studio", "studio", "room"),
    ),
    Kind(
        "ballet flats",
        one="ballet flat",
        many="ballet flats",
        others=("ballerinas", "ballet pumps", "ballerina shoes", "flats", "flat pumps"),
        group="shoes",
        category="Shoes > Ballet flats",
        artist=pumps.ballet_flats,
        parts=(
            TOE,
            Part(
                "bow",
                (
                    Choice("bow", (), ("with a bow", "with a little bow", "with bows"), share=1.5),
                    Choice("none", (), ("without a bow", "with no bow")),
                ),
            ),
            Part(
                "strap",
                (
                    Choice("none", ("strapless",), ("without a strap", "with no strap"), share=1.5),
                    Choice(
                        "strap",
                        ("strapped",),
                        ("with a strap", "with a strap over the instep"),
                        ("mary janes",),
                    ),
                ),
            ),
        ),
        materials=(
            LEATHER,
            SUEDE,
            SATIN,
        ),
        colours=("pink", "black", "red", "beige", "white", "blue", "green"),
        patterns=("plain", "plain", "dotted", "floral", "checked"),
        accents=(
            Accent("toe cap", ("toe cap", "toe"), ("black", "white", "red", "brown", "navy"), 0.3),
        ),
        purposes=("light shoes for spring", "comfortable shoes for the office"),
        price=(39, 119),
        grams=380,
        lines=(
            "So soft that they fold flat in a handbag.",
            "A thin sole with a little cushion under the heel.",
            "For the office, the theatre and the way home from the party.",
            "Take your usual size; they widen slightly with wear.",
        ),
        period=(0.04, 0.06),
        sizes="shoes",
        zoom=1.06,
        lift=0.06,
        focus=(0.62, 0.6),
        scenes=("studio", "studio", "room"),
    ),
    Kind(
        "oxford shoes",
        one="oxford shoe",
        many="oxford shoes",
        others=("oxfords", "dress shoes", "formal shoes", "lace-up dress shoes"),
        group="shoes",
        category="Shoes > Dress shoes",
        artist=shoes.oxfords,
        parts=(
            Part("closure", (LACED,)),
            TOE,
            Part(
                "finish",
                (
                    Choice("plain"),
                    Choice(
                        "brogue",
                        ("brogue", "perforated"),
                        ("with brogue holes", "with punched holes"),
                        ("brogues", "wingtips"),
                    ),
                ),
            ),
        ),
        materials=(
            Material("leather", ("leather", "smooth leather"), "leather", 0.5, patterned=False),
            SUEDE,
            PATENT,
        ),
        colours=("brown", "black", "navy", "beige", "red", "white"),
        accents=(
            Accent(
                "sole", ("sole", "soles"), ("black", "brown", "white", "beige", "red"), 0.6, "brown"
            ),
            Accent(
                "laces", ("laces", "shoelaces"), ("white", "red", "blue", "yellow", "black"), 0.3
            ),
        ),
        purposes=("shoes for a suit", "something for a wedding", "shoes for the office"),
        price=(89, 229),
        grams=900,
        lines=(
            "Welted, so that any shoemaker can resole them.",
            "Polish them once a month and they will outlast the suit.",
            "A leather lining that breathes.",
            "Half a size smaller than your sneakers, as a rule.",
        ),
        sizes="shoes",
        zoom=1.05,
        lift=0.03,
        focus=(0.5, 0.52),
        scenes=("studio", "studio", "room"),
    ),
)
