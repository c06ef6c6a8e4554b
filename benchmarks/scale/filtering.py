"""What filters mean, on arrays: the truth that engines are held to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.scale.catalogue import Catalogue, Facts


@dataclass(frozen=True)
class Filter:
    """What a shopper asks for; None and False ask for nothing.

    `path`: of a category, those below it included. `price`: lowest and highest in cents, both
    included. `colour`, `brand`: indices. Price, stock and colour hold of one and the same published
    variant.
    """

    path: str | None = None
    price: tuple[int, int] | None = None
    in_stock: bool = False
    colour: int | None = None
    brand: int | None = None


class Shop:
    """A catalogue's facts, and the vectors of the pictures of its published products.

    `pictures`, `products`: int, (pictures on sale,): the number of each picture and of its
    product. In-process engines hold these pictures alone; to leave out what is not published is
    left to the databases.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.facts: Facts = catalogue.facts()
        self.pictures = np.flatnonzero(self.facts.published[self.facts.picture_product])
        self.products = self.facts.picture_product[self.pictures]

    @cached_property
    def vectors(self) -> np.ndarray:
        """Those of `pictures`, float16, (pictures on sale, dimension)."""
        return np.concatenate(
            [
                chunk.pictures[
                    chunk.facts.published[chunk.facts.picture_product - chunk.first_product]
                ]
                for chunk in self.catalogue.chunks()
            ]
        )

    def matching_variants(self, asked: Filter) -> np.ndarray:
        """Which variants pass, bool, (products, 4)."""
        facts = self.facts
        passing = facts.variant_published.copy()
        if asked.price is not None:
            passing &= (facts.price >= asked.price[0]) & (facts.price <= asked.price[1])
        if asked.in_stock:
            passing &= facts.stock > 0
        if asked.colour is not None:
            passing &= facts.colour == asked.colour
        return passing

    def matching_products(self, asked: Filter) -> np.ndarray:
        """Which products pass, bool, (products,)."""
        facts = self.facts
        passing = facts.published & self.matching_variants(asked).any(axis=1)
        if asked.path is not None:
            passing &= np.isin(facts.leaf, self.catalogue.leaves_below(asked.path))
        if asked.brand is not None:
            passing &= facts.brand == asked.brand
        return passing

    def matching_rows(self, asked: Filter) -> np.ndarray:
        """Which rows of `vectors` pass, bool, (pictures on sale,).

        Where a colour is asked for, a picture that variants name counts only if one of those
        passes: it shows what that variant looks like.
        """
        passing = self.matching_products(asked)[self.products]
        if asked.colour is not None:
            named = np.zeros(len(self.facts.picture_product), dtype=bool)
            right = named.copy()
            picture = self.facts.variant_picture
            named[picture[picture >= 0]] = True
            right[picture[(picture >= 0) & self.matching_variants(asked)]] = True
            passing &= (~named | right)[self.pictures]
        return passing


def category_holding(shop: Shop, share: float) -> str:
    """The path of the category that holds nearest to `share` of the published products."""
    leaves = shop.facts.leaf[shop.facts.published]
    counts = np.bincount(leaves, minlength=len(shop.catalogue.leaves))
    held = {
        node.path: counts[shop.catalogue.leaves_below(node.path)].sum() / len(leaves)
        for node in shop.catalogue.categories
    }
    return min(held, key=lambda path: abs(np.log(max(held[path], 1e-9) / share)))


def prices_holding(shop: Shop, share: float) -> tuple[int, int]:
    """The price range around the median, in cents, that `share` of the published products have a
    published variant in."""
    facts = shop.facts
    prices = np.sort(facts.price[facts.published][facts.variant_published[facts.published]])
    narrow, wide = 0.0, 0.5
    for _ in range(40):
        half = (narrow + wide) / 2
        low, high = (int(prices[int(at * (len(prices) - 1))]) for at in (0.5 - half, 0.5 + half))
        found = shop.matching_products(Filter(price=(low, high))).sum() / facts.published.sum()
        narrow, wide = (half, wide) if found < share else (narrow, half)
    return low, high


def colour_holding(shop: Shop, share: float) -> int:
    """The colour that nearest to `share` of the published products have a variant in."""
    colours = range(int(shop.facts.colour.max()) + 1)
    published = shop.facts.published.sum()
    return min(
        colours,
        key=lambda colour: abs(
            shop.matching_products(Filter(colour=colour)).sum() / published - share
        ),
    )


def brand_holding(shop: Shop, share: float) -> int:
    """The brand that nearest to `share` of the published products are of."""
    brands = np.bincount(shop.facts.brand[shop.facts.published])
    return int(np.argmin(np.abs(brands / brands.sum() - share)))
