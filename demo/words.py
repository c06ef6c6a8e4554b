"""Words that fit products of every kind: colours, patterns, places; articles; shop names."""

import re
from itertools import product

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
    "beige": ("beige", "sand", "tan", "beige", "cream"),
    "white": ("white", "white", "off-white"),
    "black": ("black", "black", "jet black"),
    "grey": ("grey", "gray", "grey"),
}
# Colours that are things as well: a mug is chocolate, but "with lemon soles" is a meal.
THINGS = frozenset({"tangerine", "mustard", "lemon", "rose", "chocolate", "sand", "cream"})
# How words end that take neither an article nor a plural.
UNCOUNTED = (
    *("wear", "ware", "headgear", "jewellery", "jewelry", "luggage", "furniture", "hosiery"),
    *("crockery", "edging", "elastic", "fluffy lining", "fur", "hair", "piping", "ribbing"),
    *("trim", "trimming"),
)
PATTERN_WORDS: dict[str, tuple[str, ...]] = {
    "plain": ("plain", "solid", "unpatterned", "plain"),
    "striped": ("striped", "striped", "stripy", "stripe"),
    "dotted": ("dotted", "polka dot", "spotted", "polka-dot"),
    "checked": ("checked", "plaid", "gingham", "checkered", "tartan"),
    "floral": ("floral", "flowery", "flower print", "flowered"),
}
PATTERN_TAILS: dict[str, tuple[str, ...]] = {
    "plain": ("in one colour", "without a pattern", "with no pattern"),
    "striped": ("with stripes", "in stripes"),
    "dotted": ("with dots", "with polka dots", "with spots"),
    "checked": ("with checks", "in plaid", "in a check"),
    "floral": ("with flowers", "with a flower print", "with little flowers"),
}
SCENE_WORDS: dict[str, tuple[str, ...]] = {
    "studio": ("on a light background", "on a plain background"),
    "cloth": ("on a striped cloth", "lying on a striped tablecloth"),
    "gingham": ("on a checked cloth", "lying on a gingham tablecloth"),
    "wood": ("on wooden boards", "lying on a wooden floor", "on wood"),
    "table": ("on a wooden table", "standing on a table"),
    "room": ("in a room", "in a living room", "standing on the floor"),
    "garden": ("on the grass", "in a garden", "on a lawn"),
    "tiles": ("in a kitchen", "in front of tiles"),
    "wall": ("on a wall", "hanging on a wall"),
    "sand": ("on the beach", "on sand"),
}
GROUPS: dict[str, tuple[str, ...]] = {
    "clothing": ("clothes", "clothing", "garment", "something to wear"),
    "shoes": ("shoes", "footwear", "a pair of shoes", "shoe"),
    "bags": ("bags", "bag", "luggage"),
    "accessories": ("accessory", "accessories"),
    "home": ("homeware", "something for the home", "home goods"),
    "kitchen": ("kitchenware", "something for the kitchen", "tableware"),
    "toys": ("toys", "toy", "something to play with", "gift for a child"),
    "garden": ("something for the garden", "garden goods", "for the garden"),
}
# Words for several kinds at once, beside what the kinds themselves are called.
BROADER: dict[tuple[str, ...], tuple[str, ...]] = {
    ("hat", "hats", "headwear", "headgear"): ("cap", "beanie", "brimmed hat"),
    ("bag", "bags"): (
        *("handbag", "tote bag", "shoulder bag", "clutch", "bucket bag", "duffle bag"),
        "backpack",
    ),
    ("jacket", "jackets"): ("jacket", "puffer jacket", "blazer", "raincoat"),
    ("coat", "coats"): ("coat", "parka", "raincoat"),
    ("outwear", "outerwear"): ("jacket", "coat", "parka", "raincoat", "puffer jacket"),
    ("jumper", "jumpers", "knitwear"): ("sweater", "cardigan"),
    ("pants",): ("trousers", "jeans"),
    ("longsleeve", "long sleeved top"): ("sweater", "sweatshirt"),
    ("chair", "chairs"): ("chair", "armchair", "deck chair"),
    ("seat",): ("chair", "armchair"),
    ("table", "tables"): ("dining table", "coffee table", "desk"),
    ("furniture", "piece of furniture"): (
        *("chair", "armchair", "sofa", "stool", "bench", "dining table", "coffee table", "desk"),
        *("bookshelf", "chest of drawers", "wardrobe", "bed"),
    ),
    ("lamp", "lamps"): ("table lamp", "floor lamp", "pendant lamp", "desk lamp"),
    ("light", "lights"): (
        *("table lamp", "floor lamp", "pendant lamp", "desk lamp", "lantern"),
        "solar light",
    ),
    ("cookware", "pots and pans"): ("saucepan", "frying pan"),
    ("pot", "pots"): ("saucepan", "flower pot"),
    ("glass",): ("drinking glass", "wine glass"),
    ("glasses",): ("drinking glass", "wine glass", "sunglasses"),
    ("plant", "plants"): ("potted plant", "potted flower"),
    ("crockery", "dishes"): ("plate", "bowl", "mug", "cup and saucer"),
    ("jewellery", "jewelry"): ("necklace", "earrings", "watch"),
    ("soft toy", "stuffed animal", "cuddly toy"): ("teddy bear", "soft rabbit"),
    ("toy vehicle",): ("toy car", "toy train"),
}
# What a caption stands in: {} bare, {a} with the article that one article has.
FRAMES = (
    "{}",
    "{}",
    "{}",
    "{}",
    "{}",
    "a photo of {a}",
    "a picture of {a}",
    "buy {}",
    "{} for sale",
    "a product photo of {a}",
    "I am looking for {a}",
    "looking for {a}",
    "the {}",
    "{a}",
)
NAMES = (
    *("Alder", "Arbo", "Birk", "Bruma", "Calla", "Corvo", "Dune", "Elva", "Esker", "Fenn"),
    *("Fjell", "Garda", "Halden", "Hollis", "Iben", "Isla", "Juno", "Kestrel", "Kolding", "Lark"),
    *("Linden", "Lumi", "Maren", "Mistral", "Nell", "Noor", "Odden", "Orla", "Pella", "Pim"),
    *("Quill", "Rhea", "Rowan", "Saga", "Sorrel", "Tarn", "Tilda", "Ulla", "Umber", "Vale"),
    *("Vesper", "Wick", "Wren", "Yarrow", "Ylva", "Zephyr", "Aske", "Briar", "Cove", "Dalia"),
    *("Eskil", "Flora", "Greta", "Hedda", "Inka", "Jorun", "Kaja", "Liv", "Mara", "Nils"),
)
VENDORS: dict[str, tuple[str, ...]] = {
    "clothing": ("Atelier Lune", "Common Thread", "Fjord & Fell", "Juniper Lane"),
    "shoes": ("Holt & Strand", "Marche", "Nordsti", "Pavia Works"),
    "bags": ("Carry Goods", "Tern Supply", "Pavia Works"),
    "accessories": ("Juniper Lane", "Tern Supply", "Small Hours"),
    "home": ("Lumen & Oak", "Maison Petite", "Hearth & Hall"),
    "kitchen": ("Kiln House", "Tabletop", "Copper Lane"),
    "toys": ("Pip & Pine", "Little Harbour", "Toy Meadow"),
    "garden": ("Green Gate", "Potting Shed", "Fern & Field"),
}


def is_one(noun: str) -> bool:
    """Whether it names one thing that can be counted: "hat with a brim", not "gloves"."""
    head = re.split(r" (?:and|for|in|of|on|over|to|with) ", noun)[0]
    several = head.endswith(("s", "cacti")) and not head.endswith("ss")
    return not several and not head.endswith(UNCOUNTED)


def with_article(words: str) -> str:
    """ "a mug", "an umbrella"."""
    an = words[0].lower() in "aeiou" and not words.lower().startswith("one")
    return f"{'an' if an else 'a'} {words}"


def repeats(words: str, noun: str) -> bool:
    """Whether a noun says these words already: a wine glass is never a "glass wine glass"."""
    return any(
        one == other or (len(one) > 3 and other.startswith(one))
        for pair in product(words.replace("-", " ").split(), noun.replace("-", " ").split())
        for one, other in (pair, pair[::-1])
    )
