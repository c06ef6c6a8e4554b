"""The demo shop's range: which products there are, before anything is drawn or written.

Everything follows from one seed. Each kind comes in many colours and forms, the favoured colours
several times over, so that a search by colour, pattern and kind has right answers.
"""

import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from demo.assortment import KINDS
from demo.draw.canvas import View
from demo.draw.studio import detail_view, front_view, scene_view, turned_view
from demo.kinds import Kind
from demo.looks import COLOURS, Look, make_look
from demo.words import NAMES, PATTERN_TAILS, SCENE_WORDS, VENDORS, repeats, with_article

PRODUCTS = 840
LETTERS = ("XS", "S", "M", "L", "XL")
NUMBERS = tuple(str(n) for n in range(36, 46))
# What a visitor is likely to try first: these are there six times.
CERTAIN: tuple[tuple[str, str, str | None], ...] = (
    ("boots", "red", None),
    ("t-shirt", "blue", "striped"),
    ("mug", "green", None),
)
COPIES = 6


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


def plan_products(seed: int, count: int = PRODUCTS) -> list[Product]:
    """`count` products in shop order; the same for the same seed."""
    rng = random.Random(seed)
    titles: set[str] = set()
    return [
        _product(random.Random(f"{seed}/{number}"), number, *want, titles)
        for number, want in enumerate(_wanted(rng, count), start=1)
    ]


def _wanted(rng: random.Random, count: int) -> list[tuple[Kind, str, str | None]]:
    """Kind, colour and pattern (None: any) of each product; what must be there comes first."""
    certain = [
        (KINDS[name], colour, pattern) for name, colour, pattern in CERTAIN for _ in range(COPIES)
    ][:count]
    total = sum(kind.share for kind in KINDS.values())
    colours = {name: _colours(rng, kind) for name, kind in KINDS.items()}
    rest: list[tuple[Kind, str, str | None]] = []
    # The kinds take turns, the commoner ones more often, until the shop is full.
    due = {name: rng.random() for name in KINDS}
    while len(certain) + len(rest) < count:
        name = max(due, key=lambda name: due[name])
        due[name] -= 1
        for other, kind in KINDS.items():
            due[other] += kind.share / total
        rest.append((KINDS[name], next(colours[name]), None))
    wanted = certain + rest
    rng.shuffle(wanted)
    return wanted


def _colours(rng: random.Random, kind: Kind) -> Iterator[str]:
    """The favoured colours in turn, with one of the others in between now and then."""
    others = [colour for colour in COLOURS if colour not in kind.colours]
    while True:
        yield from kind.colours
        if others:
            yield rng.choice(others)


def _product(
    rng: random.Random,
    number: int,
    kind: Kind,
    colour: str,
    pattern: str | None,
    titles: set[str],
) -> Product:
    look = make_look(rng, kind, colour=colour, pattern=pattern)
    looks = [look, *_other_colours(rng, kind, look)]
    name = _unused_title(rng, kind, look, len(looks) == 1, titles)
    handle = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    low, high = kind.price
    price = round(low + (high - low) * rng.random() ** 1.6) * 100 + rng.choice((0, 90, 95, -5))
    compare_at = None
    if rng.random() < 0.18:
        step = 500 if price >= 3000 else 100
        compare_at = math.ceil(price * rng.uniform(1.15, 1.5) / step) * step
    tags = [f"pattern:{look.pattern.title()}"]
    if kind.material(look.material).words:
        tags.insert(0, f"material:{look.material.capitalize()}")
    if rng.random() < 0.25:
        tags.append(rng.choice(("New in", "Bestseller", "Last pieces")))
    return Product(
        handle,
        name,
        "".join(f"<p>{sentence}</p>" for sentence in _description(rng, kind, look, name)),
        rng.choice(VENDORS[kind.group]),
        kind.category,
        ", ".join(tags),
        round(kind.grams * rng.uniform(0.85, 1.2) / 10) * 10 or 10,
        price,
        compare_at,
        _variants(rng, number, kind, looks),
        _shots(rng, kind, handle, name, looks),
    )


def _other_colours(rng: random.Random, kind: Kind, look: Look) -> list[Look]:
    """The same article in one more colour, for about one product in seven."""
    allowed = kind.material(look.material).colours or kind.colours
    others = [c for c in allowed if c != look.colour]
    if rng.random() > 0.15 or not others:
        return []
    other = make_look(
        rng,
        kind,
        colour=rng.choice(others),
        pattern=look.pattern,
        material=look.material,
        parts=dict(look.parts),
        shape=look.shape,
    )
    main = replace(
        other.main, period=look.main.period, angle=look.main.angle, share=look.main.share
    )
    return [replace(other, main=main, trim=look.trim, accents=look.accents)]


def _unused_title(
    rng: random.Random, kind: Kind, look: Look, one_colour: bool, titles: set[str]
) -> str:
    """A title that no other product has, telling at most one thing: "Alder Striped T-shirt"."""
    told = [look.pattern] if look.pattern != "plain" else []
    told += [
        choice.before[0]
        for part in kind.parts
        if (choice := part.choice(look.part(part.name))).before
        and not part.posed
        and len(part.choices) > 1
    ]
    told += list(kind.material(look.material).words[:1])
    told = [words for words in told if not repeats(words, _sold_as(kind))]
    if one_colour:
        told.append(look.colour)
    while True:
        words = [rng.choice(NAMES)]
        if told and rng.random() < 0.6:
            words.append(rng.choice(told))
        title = _titled(" ".join([*words, _sold_as(kind)]))
        if title not in titles:
            titles.add(title)
            return title


def _titled(text: str) -> str:
    small = {"and", "of", "with", "for", "in"}
    return " ".join(w if w in small else w[:1].upper() + w[1:] for w in text.split())


def _description(rng: random.Random, kind: Kind, look: Look, title: str) -> list[str]:
    """Up to three sentences that repeat nothing of the title, nor all that the pictures show."""
    noun = _sold_as(kind)
    made = kind.material(look.material).words[:1] if rng.random() < 0.6 else ()
    made = tuple(words for words in made if not repeats(words, title.lower()))
    tail = ""
    if look.pattern != "plain" and rng.random() < 0.35:
        tail = rng.choice(PATTERN_TAILS[look.pattern])
    sentences = rng.sample(kind.lines, min(len(kind.lines), rng.choice((1, 2))))
    if not made and not tail:
        return sentences
    first = " ".join(filter(None, [*made, noun, tail]))
    first = first if noun == kind.many else with_article(first)
    return [f"{first[0].upper()}{first[1:]}.", *sentences]


def _sold_as(kind: Kind) -> str:
    """The name of one article: what comes in pairs has the name of several."""
    several = kind.group == "shoes" or kind.one.startswith(("pair of", "set of"))
    return kind.many if several else kind.one


def _variants(
    rng: random.Random, number: int, kind: Kind, looks: list[Look]
) -> tuple[Variant, ...]:
    sizes: tuple[str, ...] = ("",)
    if kind.sizes == "letters":
        sizes = LETTERS
    elif kind.sizes == "shoes":
        first = rng.randrange(0, 4)
        sizes = NUMBERS[first : first + rng.randint(5, 7)]
    sold_out = rng.random() < 0.04
    missing = 0.13 if len(sizes) * len(looks) > 1 else 0.0
    code = re.sub(r"[^A-Z]", "", kind.name.upper())[:3]
    variants = []
    for look in looks:
        for size in sizes:
            stock = 0 if sold_out or rng.random() < missing else rng.randint(1, 30)
            parts = (f"{code}{number:04d}", size, look.colour.upper())
            variants.append(
                Variant("-".join(filter(None, parts)), size, look.colour.title(), stock)
            )
    return tuple(variants)


def _shots(
    rng: random.Random, kind: Kind, handle: str, name: str, looks: list[Look]
) -> tuple[Shot, ...]:
    shots = []
    for look in looks:
        views = [(front_view(rng), "")]
        placed = scene_view(rng, kind)
        where = "another view" if placed.scene == "studio" else SCENE_WORDS[placed.scene][0]
        further = [
            (placed, where),
            (detail_view(rng, kind), "close-up"),
            (turned_view(rng), "another view"),
        ]
        # The first always, for a product in one colour the others now and then.
        extra = [v for v in further[1:] if rng.random() < 0.4] if len(looks) == 1 else []
        views += [further[0], *extra]
        told = name if look.colour in name.lower() else f"{name} in {look.colour}"
        for index, (view, what) in enumerate(views, start=1):
            alt = f"{told}, {what}" if what else told
            shots.append(Shot(look, view, f"{handle}-{look.colour}-{index}.jpg", alt))
    return tuple(shots)
