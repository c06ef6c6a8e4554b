"""The shop's products as the lab judges them: read once, plain values, no row left to be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Prefetch

from shop.catalog.models import Category, Product, ProductImage, Variant

# The slugs under which a shop's attributes may tell colours and sizes.
COLOURS = ("color", "colour")
SIZES = ("size",)

# What a title may end in without its being the thing that is sold: "Stasis Ball 55 cm".
_UNITS = frozenset((
    "cm", "mm", "m", "km", "kg", "g", "lb", "lbs", "oz", "ft", "foot", "feet", "inch", "inches",
    "in", "ml", "l", "cl", "w", "v",
))  # fmt: skip
_ASIDE = re.compile(r"\([^)]*\)|[®™©]|&\w+;")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Variation:
    """A published variant: its SKU, and its options' values in lower case by attribute's slug."""

    sku: str
    options: dict[str, str]
    image: int | None  # the key of the picture that shows it


@dataclass(frozen=True)
class Item:
    """A product on sale. `categories`: the names of its category and those above, the top first.
    `values`: by the slug of each attribute, the values in lower case that the product or one of
    its published variants has. `images`: keys, in the shop's order."""

    pk: int
    handle: str
    title: str
    brand: str
    description: str
    categories: tuple[str, ...]
    values: dict[str, frozenset[str]]
    variants: tuple[Variation, ...]
    images: tuple[int, ...]

    @cached_property
    def noun(self) -> str:
        """What its title says it is, in the singular: "Alder Striped Boots" -> "boot"; empty
        where the title ends in no word."""
        words = title_words(self.title)
        return singular(words[-1]) if words else ""

    @cached_property
    def colours(self) -> frozenset[str]:
        return frozenset().union(*(self.values.get(slug, frozenset()) for slug in COLOURS))

    def text(self) -> str:
        """All that the shop says of it."""
        told = [value for values in self.values.values() for value in values]
        return " ".join([self.title, self.brand, self.description, *self.categories, *told])


@dataclass(frozen=True)
class Catalogue:
    """All products on sale, by key, so that the same shop gives the same order."""

    items: Sequence[Item]
    rows: dict[str, int] = field(init=False)  # by handle: the place in `items`

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", {item.handle: n for n, item in enumerate(self.items)})

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def row_of(self) -> dict[int, int]:
        """By a product's key: its place in `items`."""
        return {item.pk: row for row, item in enumerate(self.items)}

    @cached_property
    def handle_of_sku(self) -> dict[str, str]:
        return {variant.sku: item.handle for item in self.items for variant in item.variants}

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """By a handle or an SKU in any case: the handles of the products that are called so."""
        named: dict[str, dict[str, None]] = {}
        for item in self.items:
            for name in (item.handle, *(variant.sku for variant in item.variants)):
                named.setdefault(name.casefold(), {})[item.handle] = None
        return {name: list(handles) for name, handles in named.items()}

    def handles_named(self, name: str) -> list[str]:
        """Of the products with this handle or SKU: of the one that writes it so, or else of those
        that write it in another case."""
        if name in self.rows:
            return [name]
        handle = self.handle_of_sku.get(name)
        return [handle] if handle else self._named.get(name.casefold(), [])

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that a product's texts hold, in lower case and in the singular."""
        return frozenset(word for item in self.items for word in words_of(item.text()))


def read_catalogue() -> Catalogue:
    """The products that a shopper may see, in a handful of statements."""
    names = {category.path: category.name for category in Category.objects.all()}
    step = Category.steplen
    variants = Variant.objects.published().prefetch_related("options__attribute")
    products = (
        Product.objects.published()
        .select_related("category")
        .prefetch_related(
            "attributes__attribute",
            Prefetch("variants", variants.order_by("position", "pk"), to_attr="on_sale"),
            Prefetch("images", ProductImage.objects.order_by("position", "pk")),
        )
        .order_by("pk")
    )
    return Catalogue([_item(product, names, step) for product in products])


def _item(product: Product, names: dict[str, str], step: int) -> Item:
    path = product.category.path
    values: dict[str, set[str]] = {}
    for value in product.attributes.all():
        values.setdefault(value.attribute.slug, set()).add(value.value.lower())
    variants = []
    for variant in product.on_sale:  # type: ignore[attr-defined]  # prefetched
        options = {value.attribute.slug: value.value.lower() for value in variant.options.all()}
        for slug, option in options.items():
            values.setdefault(slug, set()).add(option)
        variants.append(Variation(variant.sku, options, variant.image_id))
    return Item(
        pk=product.pk,
        handle=product.slug,
        title=product.title,
        brand=product.brand,
        description=product.description,
        categories=tuple(names[path[:end]] for end in range(step, len(path) + 1, step)),
        values={slug: frozenset(found) for slug, found in values.items()},
        variants=tuple(variants),
        images=tuple(image.pk for image in product.images.all()),
    )


def title_words(title: str) -> list[str]:
    """The words of a title in lower case, up to its last noun: without what is in brackets, and
    without numbers and units at the end. "Sprite Stasis Ball 55 cm" -> sprite, stasis, ball."""
    tokens = [token.strip(".,;:!?\"'") for token in _ASIDE.sub(" ", title).lower().split()]
    while tokens and not (
        _WORD.fullmatch(tokens[-1]) and tokens[-1] not in _UNITS and len(tokens[-1]) > 2
    ):
        tokens.pop()
    return tokens


def singular(word: str) -> str:
    """An English noun without the ending of the plural: alike for both of its forms, and no more
    is asked of it."""
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case and in the singular."""
    return [singular(word) for word in _WORD.findall(_ASIDE.sub(" ", text.lower()))]
