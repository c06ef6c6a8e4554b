"""Judgements for the demo shop, written by hand: what a shopper may say, and what is right for it.

    python -m demo.judging FILE     writes them as `manage.py evaluate catalogue` reads them

Each query names kinds of products, and what else must be true of their pictures, with a grade: 3
exactly what was asked for, 2 right, 1 related. So all 840 products are judged, by what was drawn
and not by what is written about it; the shop's own words for it need not occur.
"""

import argparse
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from demo.assortment import KINDS
from demo.looks import Look
from demo.products import PRODUCTS, Product, plan_products

HEADING = ("query", "picture", "product", "grade", "kind")
NATURAL, OTHER_WORDS = "natural", "natural, other words"
_IDLE = frozenset((
    "a", "an", "and", "for", "from", "in", "my", "of", "on", "or", "over", "the", "to", "what",
    "with", "without",
))  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """Products of some kinds; of a colour, pattern or material and with forms of parts, where
    these are named ("red|navy" is one or the other)."""

    kinds: tuple[str, ...]
    also: dict[str, str]

    def fits(self, product: Product) -> bool:
        return any(self._shown(look) for look in product.looks())

    def _shown(self, look: Look) -> bool:
        facts = dict(look.parts) | {
            "colour": look.colour,
            "pattern": look.pattern,
            "material": look.material,
        }
        return look.kind in self.kinds and all(
            facts.get(name) in values.split("|") for name, values in self.also.items()
        )


@dataclass(frozen=True)
class Natural:
    """A query, and what is exactly right, right and related. What fits several counts as the
    best."""

    words: str
    exact: tuple[Wanted, ...]
    right: tuple[Wanted, ...] = ()
    related: tuple[Wanted, ...] = ()

    def grade(self, product: Product) -> int:
        """0 to 3."""
        for grade, wanted in ((3, self.exact), (2, self.right), (1, self.related)):
            if any(each.fits(product) for each in wanted):
                return grade
        return 0


def of(*kinds: str, **also: str) -> tuple[Wanted, ...]:
    """What is of one of these kinds. KeyError for a kind that there is not."""
    return (Wanted(tuple(KINDS[kind].name for kind in kinds), also),)


def _group(name: str) -> list[str]:
    return [kind.name for kind in KINDS.values() if kind.group == name]


SHOES = _group("shoes")
TOYS = _group("toys")
CROCKERY = ("plate", "bowl", "mug", "cup and saucer")
LAMPS = ("table lamp", "floor lamp", "pendant lamp", "desk lamp")

QUERIES = (
    # To wear
    Natural("something warm for my head", of("beanie"), (), of("cap", "brimmed hat")),
    Natural(
        "woolly hat", of("beanie", material="wool"), of("beanie"), of("cap", "brimmed hat")
    ),
    Natural(
        "straw hat for the beach",
        of("brimmed hat", material="straw"),
        of("brimmed hat"),
        of("cap", "beanie"),
    ),
    Natural("keep my hands warm", of("gloves")),
    Natural("mittens", of("gloves", fingers="mitten"), (), of("gloves")),
    Natural("tartan scarf", of("scarf", pattern="checked"), (), of("scarf")),
    Natural("bow tie", of("tie", shape="bow"), (), of("tie")),
    Natural("jumper for winter", of("sweater"), of("cardigan"), of("hoodie", "sweatshirt")),
    Natural("turtleneck", of("sweater", neck="turtleneck"), (), of("sweater")),
    Natural("cable knit pullover", of("sweater", stitch="cable"), (), of("sweater")),
    Natural("down jacket", of("puffer jacket"), of("parka"), of("jacket", "coat")),
    Natural(
        "winter coat",
        of("coat", "parka"),
        of("puffer jacket"),
        of("raincoat", "jacket"),
    ),
    Natural("waterproof mac for a rainy day", of("raincoat"), (), of("umbrella", "parka")),
    Natural(
        "jacket with a hood",
        (*of("jacket", hood="hood"), *of("puffer jacket", hood="hood")),
        (*of("raincoat", hood="hood"), *of("parka")),
        of("jacket", "puffer jacket", "hoodie"),
    ),
    Natural("leather jacket", of("jacket", material="leather"), (), of("jacket")),
    Natural("pants for the office", of("trousers"), (), of("jeans")),
    Natural("jeans with holes", of("jeans", finish="ripped"), (), of("jeans")),
    Natural("yoga pants", of("leggings"), (), of("trousers", "shorts")),
    Natural("overalls", of("dungarees"), (), of("jumpsuit")),
    Natural(
        "striped longsleeve",
        of("t-shirt", pattern="striped", sleeve="long"),
        of("sweater", pattern="striped", sleeve="long"),
        (*of("t-shirt", pattern="striped"), *of("t-shirt", sleeve="long")),
    ),
    Natural("sleeveless dress", of("dress", sleeve="none"), (), of("dress")),
    Natural(
        "dress with little flowers", of("dress", pattern="floral"), (), of("dress")
    ),
    Natural("polka dot skirt", of("skirt", pattern="dotted"), (), of("skirt")),
    Natural("pleated skirt", of("skirt", style="pleated"), (), of("skirt")),
    Natural("shirt without a collar", of("shirt", collar="none"), (), of("shirt")),
    Natural(
        "what to wear to a job interview",
        of("blazer", "tie"),
        of("shirt", "blouse", "trousers", "waistcoat", "oxford shoes"),
        of("skirt", "loafers"),
    ),
    Natural(
        "clothes for the gym",
        of("leggings", "tank top", "running shoes"),
        of("shorts", "t-shirt", "sweatshirt", "hoodie"),
        of("sneakers", "duffle bag", "water bottle"),
    ),
    Natural(
        "bathing suit", of("swimsuit", style="one-piece"), of("swimsuit", style="bikini")
    ),
    Natural("pajamas", of("pyjamas")),
    Natural("stripy socks", of("socks", pattern="striped"), (), of("socks")),
    # Shoes
    Natural("trainers", of("sneakers", "running shoes"), of("slip-ons")),
    Natural("high tops", of("sneakers", height="high-top"), (), of("sneakers")),
    Natural("wellies", of("rain boots"), (), of("boots", "chelsea boots", "hiking boots")),
    Natural("something for my feet in the mountains", of("hiking boots"), (),
            of("boots", "running shoes", "rain boots")),
    Natural(
        "black leather ankle boots",
        (
            *of("boots", colour="black", material="leather", height="ankle"),
            *of("chelsea boots", colour="black", material="leather"),
        ),
        of("boots", "chelsea boots", colour="black"),
        of("boots", "chelsea boots"),
    ),
    Natural("pumps for a party", of("high heels"), (), of("ballet flats")),
    Natural(
        "smart shoes for a suit",
        of("oxford shoes"),
        of("loafers"),
        of("chelsea boots", "boots"),
    ),
    Natural("house shoes", of("slippers"), (), of("slip-ons", "flip-flops", "ballet flats")),
    Natural("ballerinas", of("ballet flats"), (), of("loafers", "slip-ons")),
    Natural("red shoes", of(*SHOES, colour="red"), (), of(*SHOES)),
    # To carry and to adorn
    Natural("bag for my laptop", of("backpack"), of("tote bag"),
            of("shoulder bag", "handbag", "duffle bag")),
    Natural("holdall for a weekend away", of("duffle bag"), of("suitcase"),
            of("backpack", "tote bag")),
    Natural("evening bag for a wedding", of("clutch"), (), of("handbag", "shoulder bag")),
    Natural("something to carry groceries home in", of("tote bag"), of("basket"), of("backpack")),
    Natural("purse", of("wallet", "handbag"), of("clutch"), of("shoulder bag")),
    Natural("luggage for a flight", of("suitcase"), of("duffle bag"), of("backpack")),
    Natural("shades", of("sunglasses")),
    Natural("hoop earrings", of("earrings", shape="hoop"), (), of("earrings")),
    Natural("golden jewellery", of("necklace", "earrings", material="gold"), (),
            of("necklace", "earrings", "watch")),
    Natural("timepiece", of("watch"), of("wall clock", "alarm clock")),
    Natural("gift for dad", of("wallet", "watch", "tie"), of("belt"), of("cap", "socks")),
    Natural("brolly", of("umbrella"), (), of("raincoat")),
    # In the house
    Natural("couch", of("sofa"), (), of("armchair")),
    Natural("settee for two", of("sofa", seats="two"), (), of("sofa")),
    Natural(
        "green velvet armchair",
        of("armchair", material="velvet", colour="green"),
        (*of("armchair", material="velvet"), *of("armchair", colour="green")),
        of("armchair"),
    ),
    Natural("bar stool", of("stool", height="high"), (), of("stool", "chair")),
    Natural("a place to keep novels", of("bookshelf"), (), of("chest of drawers", "wardrobe")),
    Natural("armoire", of("wardrobe"), (), of("chest of drawers")),
    Natural("round dining table", of("dining table", shape="round"), (),
            of("dining table", "coffee table")),
    Natural("work table for my computer", of("desk"), (), of("dining table", "coffee table")),
    Natural("bedside light for reading", of("table lamp"), of("desk lamp"),
            of("floor lamp", "pendant lamp")),
    Natural("ceiling light", of("pendant lamp"), (), of(*LAMPS)),
    Natural("standard lamp", of("floor lamp"), (), of(*LAMPS)),
    Natural("throw for the settee", of("blanket"), (), of("cushion", "sofa")),
    Natural("pillows", of("cushion")),
    Natural("drapes", of("curtain")),
    Natural("round carpet", of("rug", shape="round"), of("rug")),
    Natural("something to dry off with", of("towel")),
    Natural("laundry hamper", of("basket")),
    Natural("wake me up in the morning", of("alarm clock"), (), of("wall clock")),
    Natural("photo frame for the wall", of("picture frame"), (), of("mirror")),
    Natural("candlelight", of("candle"), of("lantern")),
    # In the kitchen
    Natural("cup for my morning coffee", of("mug", "cup and saucer"), (),
            of("drinking glass", "coffee maker")),
    Natural("mug without a handle", of("mug", handle="none"), (), of("mug", "cup and saucer")),
    Natural("blue crockery", of(*CROCKERY, colour="blue|navy"), (), of(*CROCKERY)),
    Natural("champagne flutes", of("wine glass", shape="flute"), of("wine glass"),
            of("drinking glass")),
    Natural("tumbler", of("drinking glass"), (), of("wine glass", "mug")),
    Natural("jug for lemonade", of("pitcher"), (), of("water bottle", "drinking glass")),
    Natural("cast iron skillet", of("frying pan", material="cast iron"), of("frying pan"),
            of("saucepan")),
    Natural("pot for boiling pasta", of("saucepan"), (), of("frying pan")),
    Natural("canister for flour", of("storage jar")),
    Natural("chopping board", of("cutting board"), (), of("tray")),
    Natural("flask for hiking", of("water bottle"), (), of("drinking glass")),
    Natural("protect my clothes while baking", of("apron")),
    # For children
    Natural("present for a baby", of("teddy bear", "soft rabbit", "stacking rings"),
            of("doll", "rubber duck", "building blocks"), of("toy car", "toy train", "ball")),
    Natural("cuddly animal", of("teddy bear", "soft rabbit"), of("doll"),
            of("rocking horse", "rubber duck")),
    Natural("bunny", of("soft rabbit"), (), of("teddy bear")),
    Natural("jigsaw", of("puzzle"), (), of("building blocks")),
    Natural("wooden toys", of(*TOYS, material="wood"), (), of(*TOYS)),
    Natural("football", of("ball", shape="football"), (), of("ball")),
    Natural("locomotive", of("toy train"), (), of("toy car")),
    # In the garden
    Natural("somewhere to lie in the sun", of("deck chair"), (), of("parasol", "bench")),
    Natural("shade for the patio", of("parasol"), (), of("umbrella")),
    Natural("cactus", of("potted plant", plant="cactus"), (), of("potted plant")),
    Natural("houseplant", of("potted plant"), of("potted flower"), of("flower pot")),
    Natural("planter", of("flower pot"), (), of("potted plant", "potted flower")),
    Natural("home for wrens and sparrows", of("bird house")),
    Natural("clear up autumn leaves", of("rake"), of("wheelbarrow")),
    Natural("small shovel for bulbs", of("hand trowel"), (), of("rake")),
    Natural("lights along the garden path", of("solar light"), of("lantern"), of("candle")),
)  # fmt: skip


def rows(products: list[Product]) -> Iterator[tuple[str, str, str, int, str]]:
    """As the heading has it: queries in the order above, each with its best products first."""
    for query in QUERIES:
        grades = {product.handle: query.grade(product) for product in products}
        best = [product for product in products if grades[product.handle] == 3]
        kind = NATURAL if _shares_a_word(query.words, best) else OTHER_WORDS
        for handle, grade in sorted(grades.items(), key=lambda pair: (-pair[1], pair[0])):
            if grade:
                yield query.words, "", handle, grade, kind


def _shares_a_word(words: str, products: list[Product]) -> bool:
    """Whether titles or categories of what is right hold a word of the query."""
    asked = _stems(words) - _IDLE
    return any(asked & _stems(f"{product.title} {product.category}") for product in products)


def _stems(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[a-z][a-z-]+", text.lower())}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="a .csv to write")
    parser.add_argument("--seed", type=int, default=1, help="of the demo catalogue")
    options = parser.parse_args()
    with options.file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADING)
        writer.writerows(rows(plan_products(options.seed, PRODUCTS)))
    print(options.file)


if __name__ == "__main__":
    main()
