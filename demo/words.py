"""Words that fit products of every kind: colours, patterns, places; and names for the shop."""

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
    ("chair", "chairs", "seat"): ("chair", "armchair"),
    ("table", "tables"): ("dining table", "coffee table", "desk"),
    ("furniture", "piece of furniture"): (
        *("chair", "armchair", "sofa", "stool", "bench", "dining table", "coffee table", "desk"),
        *("bookshelf", "chest of drawers", "wardrobe", "bed"),
    ),
    ("lamp", "lamps", "light", "lights"): ("table lamp", "floor lamp", "pendant lamp", "desk lamp"),
    ("pot", "pots", "cookware"): ("saucepan", "frying pan"),
    ("glass", "glasses"): ("drinking glass", "wine glass"),
    ("crockery", "dishes"): ("plate", "bowl", "mug", "cup and saucer"),
    ("jewellery", "jewelry"): ("necklace", "earrings", "watch"),
    ("soft toy", "stuffed animal", "cuddly toy"): ("teddy bear", "soft rabbit"),
    ("toy vehicle",): ("toy car", "toy train"),
}
FRAMES = (
    "{}",
    "{}",
    "{}",
    "{}",
    "{}",
    "a photo of {}",
    "a picture of {}",
    "buy {}",
    "{} for sale",
    "a product photo of {}",
    "I am looking for {}",
    "looking for {}",
    "the {}",
    "a {}",
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
