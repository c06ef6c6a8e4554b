"""Products in their order as a page shows them: each with the variant that is meant, the picture
that matched, and why it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from search import sku, sorting
from search.asked import Asked
from search.colors.reading import ProductSwatch, each_once, pictures_shown, swatches_of
from search.fusion import Ranked
from search.query import Leg, SearchQuery, Sort
from search.words import leg as words_leg
from search.words.analysis import MOST_TERMS
from search.words.leg import Match
from search.words.options import held_by_options
from shop.catalog.choices import variants_of
from shop.catalog.models import Product, ProductImage, Variant
from shop.formats import percent

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# What a leg is called where shoppers read it.
REASONS: Mapping[str, StrPromise] = {
    Leg.IMAGE: _("Its picture looks like it"),
    Leg.TEXT: _("Its description means it"),
    Leg.WORDS: _("It holds your words"),
    Leg.COLOR: _("Its picture has the colour"),
    Leg.KIND: _("It is what the picture shows"),
}
# Where a word is found (`words.leg.PLACE_NAMES`): as it was said, and as another.
HELD: Mapping[str, tuple[StrPromise, StrPromise]] = {
    "title": (
        _("“%(said)s” is in its title"),
        _("“%(said)s”, found as “%(word)s”, is in its title"),
    ),
    "brand": (
        _("“%(said)s” is in its brand"),
        _("“%(said)s”, found as “%(word)s”, is in its brand"),
    ),
    "category or value": (
        _("“%(said)s” is in its category or value"),
        _("“%(said)s”, found as “%(word)s”, is in its category or value"),
    ),
    "description": (
        _("“%(said)s” is in its description"),
        _("“%(said)s”, found as “%(word)s”, is in its description"),
    ),
}


@dataclass(frozen=True)
class Result:
    """A product found: with the variant that matches best and the picture that matched."""

    product: Product
    variant: Variant
    image: ProductImage | None
    score: float  # in [0, 1]; comparable within one search only
    # Why it is here: what each leg gave to its place, as shares of 1, and the words that it holds.
    parts: Mapping[str, float] = field(default_factory=dict)
    words: Sequence[Match] = ()
    # The colours that it comes in, or that one picture of it has.
    swatches: Sequence[ProductSwatch] = ()
    pinned: bool = False  # the shop put it there by hand

    @property
    def comes_in(self) -> Sequence[ProductSwatch]:
        """The colours that it comes in, where they are several."""
        several = each_once(self.swatches)
        return several if len(several) > 1 else ()

    @property
    def in_stock(self) -> bool:
        return self.variant.in_stock

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """The parts for people, most first: label, share, and the share as it is written."""
        return [
            {"label": REASONS[leg], "share": share, "percent": percent(share)}
            for leg, share in sorted(self.parts.items(), key=lambda part: -part[1])
            if share > 0
        ]

    @property
    def held(self) -> list[str]:
        """For people: which words it holds, and where."""
        return [
            HELD[match.place][match.word != match.said] % {"said": match.said, "word": match.word}
            for match in self.words
        ]


def load(ranked: Sequence[Ranked], query: SearchQuery, asked: Asked) -> list[Result]:
    """What each of `ranked` is shown as, in their order, without those that are gone; in a fixed
    number of statements."""
    keys = [hit.product_id for hit in ranked]
    words = words_leg.matches(asked.words, keys)
    meant = _meant(asked, keys)
    products = Product.objects.for_cards().in_bulk(keys)
    variants: dict[int, list[Variant]] = {}
    if query.filters.narrows_variants:
        for variant in query.variants().filter(product__in=keys).order_by("position", "pk"):
            variants.setdefault(variant.product_id, []).append(variant)
    else:
        variants = {key: variants_of(product) for key, product in products.items()}
    numbers = sku.numbers_in(query.for_texts)
    beginnings = tuple(number for number in numbers if len(number) >= sku.SHORTEST_BESIDE)
    swatches = swatches_of(keys)
    # Words find no picture: then the first that has the colour is shown.
    colored = pictures_shown(keys, query.filters) if query.picture_color else {}
    results = []
    for hit in ranked:
        product = products.get(hit.product_id)
        passing = variants.get(hit.product_id)
        if product is None or not passing:
            continue  # sold, hidden or deleted since it was ranked
        if query.sort in (Sort.PRICE, Sort.DEAREST):
            passing = sorting.offered(passing)
        picture = hit.image_id or colored.get(product.pk)
        best = min(
            passing,
            key=lambda variant: (
                variant.sku.upper() not in numbers,
                not variant.sku.upper().startswith(beginnings),
                -meant.get(variant.pk, 0),
                variant.image_id != picture,
                not variant.in_stock,
            ),
        )
        pictures = list(product.images.all())
        own = picture or best.image_id
        shows = [meant.get(variant.pk, 0) for variant in passing if variant.image_id == own]
        if shows and max(shows) < meant.get(best.pk, 0):
            own = best.image_id or own  # words ask for another than the picture that matched shows
        image = next((i for i in pictures if i.pk == own), pictures[0] if pictures else None)
        given = {leg: max(0.0, part) for leg, part in (hit.parts or {}).items()}
        whole = sum(given.values())
        shares = {leg: round(part / whole, 3) for leg, part in given.items()} if whole else {}
        held = words.get(hit.product_id, ())
        seen = swatches.get(product.pk, ())
        results.append(
            Result(product, best, image, round(hit.score, 4), shares, held, seen, hit.pinned)
        )
    return results


def _meant(asked: Asked, products: Sequence[int]) -> dict[int, int]:
    """How well the options of variants (keys) are what the words ask for: the terms that they hold,
    less those that are not wanted."""
    meant: dict[int, int] = {}
    for words, sign in ((asked.words, 1), (asked.unwanted, -MOST_TERMS)):
        for by_variant in held_by_options(words, products).values():
            for variant, terms in by_variant.items():
                meant[variant] = meant.get(variant, 0) + sign * terms
    return meant
