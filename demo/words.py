"""The words for products: what shoppers and catalogues call kinds, styles, colours, patterns."""

import random
from dataclasses import dataclass

from demo.looks import Look


@dataclass(frozen=True)
class Noun:
    """A kind's names: as one, as many (or the pair), and less common ones; and its group."""

    one: str
    many: str
    others: tuple[str, ...]
    group: str


NOUNS: dict[str, Noun] = {
    "boots": Noun("boot", "boots", ("pair of boots", "winter boots", "leather boots"), "shoes"),
    "sneakers": Noun(
        "sneaker",
        "sneakers",
        ("trainers", "sports shoes", "canvas shoes", "pair of sneakers"),
        "shoes",
    ),
    "t-shirt": Noun(
        "t-shirt", "t-shirts", ("tee", "tshirt", "tee shirt", "tees", "t shirt"), "clothing"
    ),
    "dress": Noun("dress", "dresses", ("frock", "summer dress", "gown"), "clothing"),
    "trousers": Noun(
        "trousers", "trousers", ("pants", "slacks", "chinos", "pair of trousers"), "clothing"
    ),
    "jacket": Noun("jacket", "jackets", ("coat", "outerwear", "coats"), "clothing"),
    "bag": Noun("bag", "bags", ("handbag", "purse", "handbags", "hand bag"), "accessories"),
    "backpack": Noun("backpack", "backpacks", ("rucksack", "daypack", "knapsack"), "accessories"),
    "hat": Noun("hat", "hats", ("headwear", "headgear"), "accessories"),
    "scarf": Noun("scarf", "scarves", ("shawl", "neck scarf", "winter scarf"), "accessories"),
    "mug": Noun("mug", "mugs", ("cup", "coffee mug", "tea mug", "coffee cup", "cups"), "home"),
    "plate": Noun("plate", "plates", ("dish", "dinner plate", "dishes"), "home"),
    "chair": Noun("chair", "chairs", ("seat", "seating"), "home"),
    "lamp": Noun("lamp", "lamps", ("light", "lampshade", "lights"), "home"),
}
GROUPS: dict[str, tuple[str, ...]] = {
    "shoes": ("shoes", "footwear", "a pair of shoes", "shoe"),
    "clothing": ("clothes", "clothing", "garment", "something to wear"),
    "accessories": ("accessory", "accessories"),
    "home": ("homeware", "something for the home", "home goods"),
}
STYLES: dict[tuple[str, str], tuple[str, ...]] = {
    ("boots", "ankle"): ("ankle boots", "zip boots", "short boots", "ankle boot"),
    ("boots", "chelsea"): ("chelsea boots", "pull-on boots", "chelsea boot"),
    ("boots", "lace-up"): ("lace-up boots", "hiking boots", "combat boots", "work boots"),
    ("boots", "tall"): ("tall boots", "knee-high boots", "riding boots", "high boots"),
    ("boots", "rain"): ("rain boots", "rubber boots", "wellies", "wellington boots"),
    ("sneakers", "low"): ("low sneakers", "low-top sneakers", "court sneakers"),
    ("sneakers", "high-top"): ("high-top sneakers", "high tops", "basketball shoes"),
    ("sneakers", "running"): ("running shoes", "runners", "running sneakers"),
    ("sneakers", "slip-on"): ("slip-on sneakers", "slip-ons", "slip-on shoes"),
    ("t-shirt", "crew"): ("crew neck t-shirt", "round neck tee", "crew-neck tee"),
    ("t-shirt", "v-neck"): ("v-neck t-shirt", "v-neck tee", "vee neck tee"),
    ("t-shirt", "long-sleeve"): ("long-sleeve t-shirt", "long sleeved tee", "longsleeve"),
    ("t-shirt", "pocket"): ("pocket t-shirt", "pocket tee", "t-shirt with a chest pocket"),
    ("dress", "a-line"): ("a-line dress", "skater dress", "flared dress"),
    ("dress", "sheath"): ("sheath dress", "shift dress", "straight dress"),
    ("dress", "maxi"): ("maxi dress", "long dress", "full-length dress"),
    ("dress", "wrap"): ("wrap dress", "tie-waist dress"),
    ("trousers", "straight"): ("straight trousers", "straight-leg trousers", "straight pants"),
    ("trousers", "wide"): ("wide-leg trousers", "wide trousers", "wide pants"),
    ("trousers", "tapered"): ("tapered trousers", "slim trousers", "slim pants"),
    ("trousers", "cropped"): ("cropped trousers", "ankle-length trousers", "cropped pants"),
    ("jacket", "bomber"): ("bomber jacket", "bomber", "blouson"),
    ("jacket", "trucker"): ("trucker jacket", "buttoned jacket", "denim jacket"),
    ("jacket", "parka"): ("parka", "hooded coat", "hooded jacket"),
    ("jacket", "blazer"): ("blazer", "suit jacket", "tailored jacket"),
    ("bag", "tote"): ("tote bag", "shopper", "tote"),
    ("bag", "satchel"): ("satchel", "top-handle bag", "flap bag"),
    ("bag", "shoulder"): ("shoulder bag", "crescent bag", "hobo bag"),
    ("bag", "bucket"): ("bucket bag", "drawstring bag"),
    ("backpack", "round"): ("zip backpack", "round backpack", "city backpack"),
    ("backpack", "roll-top"): ("roll-top backpack", "rolltop rucksack"),
    ("backpack", "school"): ("school backpack", "flap backpack", "buckled backpack"),
    ("hat", "cap"): ("cap", "baseball cap", "caps"),
    ("hat", "beanie"): ("beanie", "knitted hat", "woolly hat", "winter hat"),
    ("hat", "fedora"): ("fedora", "brimmed hat", "felt hat"),
    ("hat", "bucket"): ("bucket hat", "sun hat", "fishing hat"),
    ("scarf", "looped"): ("loop scarf", "looped scarf", "snood"),
    ("scarf", "long"): ("long scarf", "fringed scarf"),
    ("mug", "straight"): ("straight mug", "cylinder mug", "classic mug"),
    ("mug", "rounded"): ("round mug", "rounded mug", "tea cup"),
    ("mug", "tall"): ("tall mug", "latte mug"),
    ("mug", "enamel"): ("enamel mug", "camping mug", "tin mug"),
    ("plate", "coupe"): ("coupe plate", "flat plate"),
    ("plate", "rimmed"): ("rimmed plate", "dinner plate with a rim"),
    ("plate", "deep"): ("deep plate", "soup plate", "pasta plate"),
    ("chair", "dining"): ("dining chair", "kitchen chair", "wooden chair"),
    ("chair", "armchair"): ("armchair", "upholstered chair", "easy chair"),
    ("chair", "stool"): ("stool", "bar stool", "kitchen stool"),
    ("chair", "lounge"): ("lounge chair", "reading chair"),
    ("lamp", "table"): ("table lamp", "bedside lamp"),
    ("lamp", "floor"): ("floor lamp", "standing lamp"),
    ("lamp", "pendant"): ("pendant lamp", "ceiling lamp", "hanging lamp"),
    ("lamp", "desk"): ("desk lamp", "reading lamp", "task lamp"),
}
COLOUR_WORDS: dict[str, tuple[str, ...]] = {
    "red": ("red", "red", "red", "scarlet", "crimson"),
    "orange": ("orange", "orange", "tangerine"),
    "yellow": ("yellow", "yellow", "mustard", "lemon"),
    "green": ("green", "green", "forest green"),
    "blue": ("blue", "blue", "blue", "cobalt", "royal blue"),
    "navy": ("navy", "navy blue", "dark blue"),
    "purple": ("purple", "violet", "purple"),
    "pink": ("pink", "pink", "rose"),
    "brown": ("brown", "brown", "chocolate"),
    "beige": ("beige", "sand", "tan", "beige"),
    "white": ("white", "white", "off-white"),
    "black": ("black", "black", "jet black"),
    "grey": ("grey", "gray", "grey"),
}
PATTERN_WORDS: dict[str, tuple[str, ...]] = {
    "plain": ("plain", "solid", "unpatterned", "plain"),
    "striped": ("striped", "striped", "stripy", "stripe"),
    "dotted": ("dotted", "polka dot", "spotted", "polka-dot"),
    "checked": ("checked", "plaid", "gingham", "checkered", "tartan"),
    "floral": ("floral", "flowery", "flower print", "flowered"),
}
PATTERN_TAILS: dict[str, tuple[str, ...]] = {
    "plain": ("in one colour", "without a pattern"),
    "striped": ("with stripes", "in stripes"),
    "dotted": ("with dots", "with polka dots", "with spots"),
    "checked": ("with checks", "in plaid", "in a check"),
    "floral": ("with flowers", "with a flower print", "with little flowers"),
}
MATERIALS: dict[str, tuple[str, ...]] = {
    "boots": ("Leather", "Suede", "Canvas"),
    "sneakers": ("Canvas", "Leather", "Mesh"),
    "t-shirt": ("Cotton", "Organic cotton", "Linen"),
    "dress": ("Cotton", "Viscose", "Linen"),
    "trousers": ("Cotton", "Wool", "Linen"),
    "jacket": ("Cotton", "Wool", "Recycled polyester"),
    "bag": ("Leather", "Canvas", "Cork"),
    "backpack": ("Canvas", "Recycled polyester"),
    "hat": ("Cotton", "Wool", "Felt"),
    "scarf": ("Wool", "Cotton", "Merino"),
    "mug": ("Stoneware", "Porcelain"),
    "plate": ("Stoneware", "Porcelain"),
    "chair": ("Oak", "Ash", "Beech"),
    "lamp": ("Linen", "Steel", "Ceramic"),
}
NAMES = (
    "Alder",
    "Arbo",
    "Birk",
    "Bruma",
    "Calla",
    "Corvo",
    "Dune",
    "Elva",
    "Esker",
    "Fenn",
    "Fjell",
    "Garda",
    "Halden",
    "Hollis",
    "Iben",
    "Isla",
    "Juno",
    "Kestrel",
    "Kolding",
    "Lark",
    "Linden",
    "Lumi",
    "Maren",
    "Mistral",
    "Nell",
    "Noor",
    "Odden",
    "Orla",
    "Pella",
    "Pim",
    "Quill",
    "Rhea",
    "Rowan",
    "Saga",
    "Sorrel",
    "Tarn",
    "Tilda",
    "Ulla",
    "Umber",
    "Vale",
    "Vesper",
    "Wick",
    "Wren",
    "Yarrow",
    "Ylva",
    "Zephyr",
)
VENDORS: dict[str, tuple[str, ...]] = {
    "shoes": ("Holt & Strand", "Marche", "Nordsti", "Pavia Works"),
    "clothing": ("Atelier Lune", "Common Thread", "Fjord & Fell", "Juniper Lane"),
    "accessories": ("Carry Goods", "Juniper Lane", "Tern Supply"),
    "home": ("Kiln House", "Lumen & Oak", "Maison Petite", "Tabletop"),
}
_USES: dict[str, tuple[str, ...]] = {
    "boots": (
        "Made for wet pavements and long walks.",
        "Holds its shape, softens with wear.",
        "A grippy sole and room for thick socks.",
        "Resoleable, and easy to clean.",
    ),
    "sneakers": (
        "Light on the foot, from the desk to the park.",
        "A cushioned sole for every day.",
        "Comes with a second pair of laces.",
        "Goes with everything you own.",
    ),
    "t-shirt": (
        "Soft from the first wash on.",
        "Cut straight, neither tight nor boxy.",
        "Wears well alone or under a jacket.",
        "Pre-washed, so it stays its size.",
    ),
    "dress": (
        "Falls softly and moves with you.",
        "For warm evenings and long lunches.",
        "Has pockets, of course.",
        "Easy to dress up or down.",
    ),
    "trousers": (
        "A clean line from the waist to the hem.",
        "Comfortable at the desk and on a bike.",
        "Deep pockets that hold a phone.",
        "Smart enough for the office.",
    ),
    "jacket": (
        "Keeps the wind out without weighing you down.",
        "A layer for the days in between.",
        "Two inside pockets, one with a zip.",
        "Roomy enough for a jumper.",
    ),
    "bag": (
        "Fits a book, a bottle and the rest of the day.",
        "Stands by itself when put down.",
        "An inside pocket keeps keys in place.",
        "Gets better with every year.",
    ),
    "backpack": (
        "A padded sleeve takes a 15-inch laptop.",
        "Sheds a shower; carries lightly.",
        "Room for school, work or a weekend.",
        "Straps that do not cut in.",
    ),
    "hat": (
        "Packs flat and springs back.",
        "One good thing for bright or cold days.",
        "Lined, so it sits softly.",
        "Adjusts to most heads.",
    ),
    "scarf": (
        "Warm without bulk.",
        "Long enough to wrap twice.",
        "Brushed for softness.",
        "Woven in a small mill.",
    ),
    "mug": (
        "Keeps coffee warm, and sits well in the hand.",
        "Safe in the dishwasher.",
        "Glazed by hand, so no two are quite alike.",
        "Holds a generous morning tea.",
    ),
    "plate": (
        "For breakfast, supper and all between.",
        "Stacks neatly with the rest of the set.",
        "Glazed by hand; safe in the dishwasher.",
        "Makes plain food look good.",
    ),
    "chair": (
        "Sturdy, and kind to your back.",
        "Comes assembled.",
        "At home at the table or in a corner.",
        "Joined, not screwed; made to last.",
    ),
    "lamp": (
        "Gives a warm, even light.",
        "Takes a standard E27 bulb.",
        "Dimmable, with a textile cable.",
        "For reading late and waking slowly.",
    ),
}


def noun(rng: random.Random, kind: str) -> str:
    """One of a kind's names."""
    names = NOUNS[kind]
    return rng.choice((names.one, names.many, names.many, rng.choice(names.others)))


def title(rng: random.Random, look: Look, name: str, with_colour: bool) -> str:
    """A catalogue title, such as "Alder Ankle Boots" or "Striped T-shirt Lark in Blue"."""
    thing = STYLES[look.kind, look.style][0].title().replace("-S", "-s").replace("-T", "-t")
    thing = thing.replace("-Top", "-top").replace("-L", "-l").replace("-N", "-n")
    if look.pattern != "plain" and rng.random() < 0.6:
        word = {"dotted": "Polka Dot"}.get(look.pattern, look.pattern.title())
        thing = f"{word} {thing}"
    if with_colour and rng.random() < 0.5:
        return f"{name} {look.colour.title()} {thing}"
    return f"{name} {thing}" + (f" in {look.colour.title()}" if with_colour else "")


def description(rng: random.Random, look: Look, material: str, with_colour: bool) -> list[str]:
    """Two or three sentences for a catalogue, which may leave out the colour and the pattern."""
    thing = STYLES[look.kind, look.style][0]
    article = "" if thing.endswith("s") and look.kind != "dress" else "A "
    if article and thing[0] in "aeiou":
        article = "An "
    look_words = ""
    if with_colour:
        look_words = f" in {look.colour}"
    if look.pattern != "plain" and rng.random() < 0.6:
        look_words += " " + rng.choice(PATTERN_TAILS[look.pattern])
    first = f"{article}{thing}{look_words}, made of {material.lower()}."
    return [first[0].upper() + first[1:], *rng.sample(_USES[look.kind], rng.choice((1, 2)))]
