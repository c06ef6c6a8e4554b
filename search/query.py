"""What a shopper looks for, and what each way of finding counts for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from search.colors.reading import pictured_in
from search.filters import Filters
from search.intent import understand
from shop.catalog.images import TakenImage
from shop.catalog.models import (
    AttributeValue,
    Category,
    Product,
    Variant,
    VariantQuerySet,
)

PAGE_SIZE = 24
# A shopper does not read further, and what nobody reads need not be ranked.
WINDOW = 1000
MAX_PAGE = -(-WINDOW // PAGE_SIZE)
MAX_WORDS = 500  # characters


class Leg(StrEnum):
    """A way of finding products; `search.fusion` makes one order of all."""

    IMAGE = "image"  # vectors of pictures
    TEXT = "text"  # vectors of product texts
    WORDS = "words"  # words of texts, as they are written
    COLOR = "color"  # colours of pictures, by their pixels
    KIND = "kind"  # what a photo shows, as the products are called that look like it


class Sort(StrEnum):
    """The order that results are asked for in: `search.sorting`."""

    BEST = ""  # best match first; of a search that ranks nothing, newest first
    PRICE = "price"
    DEAREST = "-price"
    NEWEST = "newest"


# What a deviation above the background is worth; what it is worth to hold all words, to be all of
# the colour, and to be called all that the photo shows.
DEFAULT_WEIGHTS: Mapping[Leg, float] = {
    Leg.IMAGE: 0.5,
    Leg.TEXT: 0.5,
    Leg.WORDS: 36.0,
    Leg.COLOR: 4.0,
}
# A photo alone: what looks like it, and of that sooner what is the same thing.
PHOTO_WEIGHTS: Mapping[Leg, float] = {**DEFAULT_WEIGHTS, Leg.KIND: 2.0}
# More like a product is of its kind first, and then what looks like it.
LIKE_WEIGHTS: Mapping[Leg, float] = {**DEFAULT_WEIGHTS, Leg.KIND: 6.0}
# Words beside a picture say how it should differ ("in red"): the picture says what it is.
COMPOSED_WEIGHTS: Mapping[Leg, float] = {
    Leg.IMAGE: 1.0,
    Leg.TEXT: 0.0,
    Leg.WORDS: 16.0,
    Leg.COLOR: 4.0,
    Leg.KIND: 18.0,
}
HIGHEST_WEIGHT = 1_000


class QueryKind(StrEnum):
    """What is looked for with; each kind has weights of its own."""

    WORDS = "words"
    PHOTO = "photo"
    LIKE = "like"  # more like a product
    BOTH = "both"  # words beside a photo, or beside a product


# As Vitrine comes.
USUAL_WEIGHTS: Mapping[QueryKind, Mapping[Leg, float]] = {
    QueryKind.WORDS: DEFAULT_WEIGHTS,
    QueryKind.PHOTO: PHOTO_WEIGHTS,
    QueryKind.LIKE: LIKE_WEIGHTS,
    QueryKind.BOTH: COMPOSED_WEIGHTS,
}
# Products that a search can be told to be more, or less, like.
MOST_EXAMPLES = 5


@dataclass(frozen=True)
class Setting:
    """What the shop's own setting makes of the weights: those that it says, by kind of query."""

    weights: Mapping[QueryKind, Mapping[Leg, float]] = field(default_factory=dict)

    def of(self, kind: QueryKind) -> Mapping[Leg, float]:
        """The weight of each leg for this kind of query."""
        return {**USUAL_WEIGHTS[kind], **self.weights.get(kind, {})}


@dataclass(frozen=True)
class Arranged:
    """What the shop arranged by hand for a query: keys of products that come first, in their order,
    and of those that come last."""

    pinned: tuple[int, ...] = ()
    buried: tuple[int, ...] = ()


@dataclass(frozen=True)
class SearchQuery:
    """What a shopper looks for, and within what. Prices are in the shop's currency."""

    text: str = ""
    photo: TakenImage | None = None
    like: Product | None = None
    category: Category | None = None
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    in_stock: bool = False
    brand: str = ""
    # A named colour (of `search.colors.names.NAMES`) that enough of a picture is of.
    picture_color: str = ""
    # By the slug of the attribute: of the variant, or of its product as a whole.
    values: Mapping[str, AttributeValue] = field(default_factory=dict)
    legs: frozenset[Leg] = frozenset(Leg)
    sort: Sort = Sort.BEST
    page: int = 1
    # Other words for pictures, or for descriptions, than `text`.
    looks: str = ""
    about: str = ""
    # More, and less, of what these products look like.
    more: tuple[Product, ...] = ()
    less: tuple[Product, ...] = ()
    # Below the price of what is asked for more like.
    cheaper: bool = False
    # Instead of the weights for this kind of query.
    weighing: Mapping[Leg, float] = field(default_factory=dict)
    # What the shop has set and arranged (`search.desk.live`); as Vitrine comes where nothing is.
    setting: Setting = field(default_factory=Setting)
    arranged: Arranged = field(default_factory=Arranged)

    @property
    def for_pictures(self) -> str:
        """The words that pictures are compared with."""
        return self.looks or self.text

    @property
    def for_texts(self) -> str:
        """The words that descriptions are compared with, and that are looked up in texts."""
        return self.about or self.text

    @property
    def said(self) -> bool:
        """Whether there are words of any kind."""
        return bool(self.text or self.looks or self.about)

    @property
    def pictured(self) -> bool:
        """Whether it asks for what is like a picture: a photo, or a product."""
        return self.photo is not None or self.like is not None

    @property
    def kind(self) -> QueryKind:
        """Which weights it is answered by."""
        if not self.pictured:
            return QueryKind.WORDS
        if self.said:
            return QueryKind.BOTH
        return QueryKind.PHOTO if self.like is None else QueryKind.LIKE

    @property
    def by_words_alone(self) -> bool:
        """Whether it is words and nothing else, searched in every way: what the shop arranges
        results for."""
        others = self.pictured or self.more or self.less or self.looks or self.about
        return bool(self.text) and not others and self.legs == frozenset(Leg)

    @property
    def ranks(self) -> bool:
        """Whether there is something to rank by; else it is browsing, within filters."""
        return bool(self.said or self.pictured or self.more)

    @property
    def only_denies(self) -> bool:
        """Whether it says what not to show, and nothing to show."""
        words = (self.for_pictures, self.for_texts)
        others = self.pictured or self.more
        return self.said and not others and not any(understand(text).wanted for text in words)

    @property
    def compares(self) -> bool:
        """Whether any leg that has a weight can tell products apart by what is looked for."""
        legs = {Leg.IMAGE}
        if self.said or self.like:
            legs.add(Leg.TEXT)
        if self.said:
            legs.add(Leg.WORDS)
        return any(self.weights.get(leg) for leg in legs)

    @property
    def weights(self) -> Mapping[Leg, float]:
        """The weight of each leg that is to be used, for this kind of query."""
        weights = {**self.setting.of(self.kind), **self.weighing}
        return {leg: weight for leg, weight in weights.items() if leg in self.legs}

    @property
    def filters(self) -> Filters:
        """All that a product must be, for SQL."""
        return Filters(
            path=self.category.path if self.category else "",
            brand=self.brand,
            values=tuple(sorted(value.pk for value in self.values.values())),
            price_min=self.price_min,
            price_max=self.price_max,
            in_stock=self.in_stock,
            without=self.like.pk if self.like else None,
            picture_color=self.picture_color,
        )

    def variants(self) -> VariantQuerySet:
        """The variants that pass: price, stock and values hold of one and the same variant."""
        found = Variant.objects.published().priced(at_least=self.price_min, at_most=self.price_max)
        if self.in_stock:
            found = found.in_stock()
        for value in self.values.values():
            found = found.with_value(value)
        if self.picture_color:
            found = found.filter(pictured_in(self.picture_color))
        return found
