"""The demo shop's range: which products there are, before anything is drawn or written.

Everything follows from one seed. Each kind comes in many colours and patterns, the favoured
colours several times over, so that a search by colour, pattern and kind has right answers.
"""

import random
import re
from dataclasses import dataclass, replace

from demo.draw.canvas import View
from demo.draw.studio import front_view, other_view
from demo.looks import COLOURS, KINDS, Look, make_look
from demo.words import MATERIALS, NAMES, NOUNS, VENDORS, description, title

CATEGORIES = {
    "t-shirt": "Clothing > T-shirts",
    "dress": "Clothing > Dresses",
    "trousers": "Clothing > Trousers",
    "jacket": "Clothing > Jackets",
    "boots": "Shoes > Boots",
    "sneakers": "Shoes > Sneakers",
    "bag": "Bags & Accessories > Bags",
    "backpack": "Bags & Accessories > Backpacks",
    "hat": "Bags & Accessories > Hats",
    "scarf": "Bags & Accessories > Scarves",
    "mug": "Home > Kitchen > Mugs",
    "plate": "Home > Kitchen > Plates",
    "chair": "Home > Furniture > Chairs",
    "lamp": "Home > Lighting > Lamps",
}
# How many of each kind in a hundred or so, price range in euros, weight in grams.
SHARES = {
    "boots": 9,
    "sneakers": 8,
    "t-shirt": 10,
    "dress": 9,
    "trousers": 7,
    "jacket": 7,
    "bag": 7,
    "backpack": 6,
    "hat": 7,
    "scarf": 6,
    "mug": 8,
    "plate": 5,
    "chair": 6,
    "lamp": 5,
}
PRICES = {
    "boots": (79, 249),
    "sneakers": (59, 159),
    "t-shirt": (19, 49),
    "dress": (49, 169),
    "trousers": (49, 139),
    "jacket": (79, 289),
    "bag": (49, 229),
    "backpack": (49, 149),
    "hat": (19, 69),
    "scarf": (19, 89),
    "mug": (9, 29),
    "plate": (12, 34),
    "chair": (99, 549),
    "lamp": (49, 259),
}
GRAMS = {
    "boots": 1200,
    "sneakers": 800,
    "t-shirt": 180,
    "dress": 350,
    "trousers": 450,
    "jacket": 900,
    "bag": 700,
    "backpack": 850,
    "hat": 120,
    "scarf": 200,
    "mug": 380,
    "plate": 620,
    "chair": 6800,
    "lamp": 2100,
}
LETTERS = ("XS", "S", "M", "L", "XL")
NUMBERS = tuple(str(n) for n in range(36, 46))
# What a visitor is likely to try first: these are there at least six times.
CERTAIN = (("boots", "red", None), ("t-shirt", "blue", "striped"), ("mug", "green", None))


@dataclass(frozen=True)
class Variant:
    """One thing to buy: a size (empty where there is none) in a colour."""

    sku: str
    size: str
    colour: str
    stock: int


@dataclass(frozen=True)
class Shot:
    """One picture of a product: what to draw, from where, and the file's name."""

    look: Look
    view: View
    file: str
    alt: str


@dataclass(frozen=True)
class Product:
    """A product with its texts, variants and pictures; prices in cents."""

    handle: str
    title: str
    body: str
    vendor: str
    category: str
    tags: str
    grams: int
    price: int
    compare_at: int | None
    variants: tuple[Variant, ...]
    shots: tuple[Shot, ...]

    def looks(self) -> list[Look]:
        """One look for each colour."""
        return list({shot.look.colour: shot.look for shot in self.shots}.values())


def plan_products(seed: int, count: int) -> list[Product]:
    """`count` products in shop order; the same for the same seed."""
    rng = random.Random(seed)
    wanted = _wanted(rng, count)
    titles: set[str] = set()
    return [
        _product(random.Random(f"{seed}/{number}"), number, *want, titles)
        for number, want in enumerate(wanted, start=1)
    ]


def _wanted(rng: random.Random, count: int) -> list[tuple[str, str, str, str]]:
    """Kind, colour, pattern and style of each product."""
    total = sum(SHARES.values())
    wanted: list[tuple[str, str, str, str]] = []
    for name, kind in KINDS.items():
        number = max(1, round(count * SHARES[name] / total))
        certain = next(([(colour, pattern)] * 6 for k, colour, pattern in CERTAIN if k == name), [])
        rest = [colour for colour in COLOURS if colour not in kind.colours]
        rng.shuffle(rest)
        favoured = list(kind.colours)
        colours = [*favoured, *rest[:4], *favoured, *rest[4:], *favoured, *favoured]
        choices = [*certain, *((colour, None) for colour in colours)][:number]
        patterns = list(kind.patterns)
        for index, (colour, pattern) in enumerate(choices):
            style = kind.styles[(index + index // len(kind.styles)) % len(kind.styles)]
            wanted.append((name, colour, pattern or patterns[index * 3 % len(patterns)], style))
    rng.shuffle(wanted)
    while len(wanted) < count:
        wanted.append(rng.choice(wanted))
    return (
        wanted[:count]
        if count >= 60
        else sorted(wanted, key=lambda w: (w[:2] not in {c[:2] for c in CERTAIN},))[:count]
    )


def _product(
    rng: random.Random,
    number: int,
    kind: str,
    colour: str,
    pattern: str,
    style: str,
    titles: set[str],
) -> Product:
    look = make_look(rng, kind, colour, pattern, style)
    looks = [look, *_other_colours(rng, look)]
    with_colour = len(looks) == 1 and rng.random() < 0.5
    name = _unused_title(rng, look, with_colour, titles)
    material = rng.choice(MATERIALS[kind])
    if style == "rain":
        material = "Rubber"
    elif style == "enamel":
        material = "Enamelled steel"
    elif kind == "chair" and style in ("armchair", "lounge"):
        material = "Wool"
    sentences = description(rng, look, material, with_colour and rng.random() < 0.5)
    handle = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    low, high = PRICES[kind]
    price = round(low + (high - low) * rng.random() ** 1.6) * 100 + rng.choice((0, 90, 95, -5))
    compare_at = None
    if rng.random() < 0.18:
        compare_at = round(price * rng.uniform(1.15, 1.5) / 500) * 500 + 500
    tags = [f"material:{material}", f"pattern:{pattern.title()}", f"style:{style.title()}"]
    if rng.random() < 0.25:
        tags.append(rng.choice(("New in", "Bestseller", "Last pieces")))
    return Product(
        handle,
        name,
        "".join(f"<p>{sentence}</p>" for sentence in sentences),
        rng.choice(VENDORS[NOUNS[kind].group]),
        CATEGORIES[kind],
        ", ".join(tags),
        round(GRAMS[kind] * rng.uniform(0.85, 1.2) / 10) * 10,
        price,
        compare_at,
        _variants(rng, number, looks),
        _shots(rng, handle, name, looks),
    )


def _other_colours(rng: random.Random, look: Look) -> list[Look]:
    """The same article in one or two more colours, for about one product in seven."""
    if rng.random() > 0.15:
        return []
    others = [c for c in KINDS[look.kind].colours if c != look.colour]
    looks = []
    for colour in rng.sample(others, rng.choice((1, 1, 2))):
        other = make_look(rng, look.kind, colour, look.pattern, look.style, look.shape)
        main = replace(
            other.main, period=look.main.period, angle=look.main.angle, share=look.main.share
        )
        looks.append(replace(other, main=main, trim=look.trim))
    return looks


def _unused_title(rng: random.Random, look: Look, with_colour: bool, titles: set[str]) -> str:
    while True:
        name = title(rng, look, rng.choice(NAMES), with_colour)
        if name not in titles:
            titles.add(name)
            return name


def _variants(rng: random.Random, number: int, looks: list[Look]) -> tuple[Variant, ...]:
    kind = looks[0].kind
    group = NOUNS[kind].group
    sizes: tuple[str, ...] = ("",)
    if group == "clothing":
        sizes = LETTERS
    elif group == "shoes":
        first = rng.randrange(0, 4)
        sizes = NUMBERS[first : first + rng.randint(5, 7)]
    sold_out = rng.random() < 0.04
    missing = 0.13 if len(sizes) * len(looks) > 1 else 0.0
    variants = []
    for look in looks:
        for size in sizes:
            stock = 0 if sold_out or rng.random() < missing else rng.randint(1, 30)
            parts = (kind[:2].upper() + f"{number:04d}", size, look.colour.upper())
            variants.append(
                Variant("-".join(filter(None, parts)), size, look.colour.title(), stock)
            )
    return tuple(variants)


def _shots(rng: random.Random, handle: str, name: str, looks: list[Look]) -> tuple[Shot, ...]:
    shots = []
    for look in looks:
        for index, view in enumerate((front_view(rng), other_view(rng)), start=1):
            told = name if look.colour in name.lower() else f"{name} in {look.colour}"
            alt = told if index == 1 else f"{told}, another view"
            shots.append(Shot(look, view, f"{handle}-{look.colour}-{index}.jpg", alt))
    return tuple(shots)
