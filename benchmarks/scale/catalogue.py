"""A catalogue of any size, made of a seed: categories, products, variants, pictures, vectors.

    categories   8 departments, 8 groups each, 8 leaves each; sizes by Zipf's law, so that some
                 category, with those below it, holds about 50%, 10%, 1%, and .1% of all products
    products     30% unpublished; brands by Zipf's law; a material and a pattern each
    variants     four a product, of one, two or four colours (Zipf) and none, two or four sizes;
                 log-normal prices around a median of the leaf's; a quarter is out of stock
    pictures     2.5 a product (1 to 5), each showing one of the product's colours; two products
                 in five name, for each variant, a picture of its colour
    vectors      one a picture, one text vector a product: see `space`

Products are drawn in chunks, each from a random generator of its own, so memory is bounded, and
the first products of a large catalogue are those of a small one. A product's, picture's or
variant's number is its index from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from benchmarks.scale.space import STYLES, Space, Tree

CHUNK = 8192  # products
VARIANTS = 4  # of each product
DEPARTMENTS = ["Bags", "Clothes", "Garden", "Home", "Kitchen", "Shoes", "Sports", "Toys"]
GROUPS = ["Basic", "Classic", "Festive", "Handmade", "Modern", "Outdoor", "Rustic", "Vintage"]
LEAVES = ["Compact", "Double", "Folding", "Large", "Light", "Long", "Round", "Small"]
# In the order of how frequent they are.
COLOURS = [
    "black",
    "white",
    "blue",
    "grey",
    "red",
    "green",
    "beige",
    "brown",
    "pink",
    "yellow",
    "purple",
    "orange",
]
SIZES = ["XS", "S", "M", "L", "XL"]
MATERIALS = [
    "cotton",
    "leather",
    "wool",
    "linen",
    "polyester",
    "steel",
    "wood",
    "glass",
    "ceramic",
    "bamboo",
    "silk",
    "denim",
    "rubber",
    "felt",
    "cork",
]
PATTERNS = ["plain", "striped", "checked", "dotted", "floral", "geometric"]
BRANDS = 300
DEPARTMENT_LAW, GROUP_LAW, LEAF_LAW, BRAND_LAW, COLOUR_LAW = 1.44, 1.0, 1.0, 1.0, 0.7
PUBLISHED = 0.7
VARIANT_PUBLISHED = 0.97  # of the second to fourth variant
OUT_OF_STOCK = 0.25
NAMES_PICTURES = 0.4
PICTURE_COUNTS = [0.25, 0.30, 0.25, 0.10, 0.10]  # of products with 1 to 5 pictures: 2.5


@dataclass(frozen=True)
class CategoryNode:
    """A category; `path` as treebeard's materialised path writes it, `share` of all products."""

    path: str
    name: str
    slug: str
    children: int
    share: float

    @property
    def depth(self) -> int:
        return len(self.path) // 4


@dataclass(frozen=True)
class Facts:
    """What is known of some successive products, in arrays.

    Of shape (products,): `leaf` (index into `Catalogue.leaves`), `style`, `brand`, `material`,
    `pattern`, `published`. Of shape (products, 4): `price` in cents, `stock`, `colour`, `size`
    (-1: none), `variant_published`, `variant_picture` (number of the picture that the variant
    names; -1: none). Of shape (pictures,): `picture_product`, `picture_position`,
    `picture_colour`. Numbers of products and pictures count from the start of the catalogue.
    """

    leaf: np.ndarray
    style: np.ndarray
    brand: np.ndarray
    material: np.ndarray
    pattern: np.ndarray
    published: np.ndarray
    price: np.ndarray
    stock: np.ndarray
    colour: np.ndarray
    size: np.ndarray
    variant_published: np.ndarray
    variant_picture: np.ndarray
    picture_product: np.ndarray
    picture_position: np.ndarray
    picture_colour: np.ndarray

    def first(self, products: int) -> Facts:
        """Those of the first `products` products, and of their pictures."""
        end = self.picture_product[0] + products
        pictures = np.searchsorted(self.picture_product, end)
        return Facts(
            **{
                field.name: getattr(self, field.name)[
                    : pictures if field.name.startswith("picture_") else products
                ]
                for field in fields(Facts)
            }
        )


@dataclass(frozen=True)
class Chunk:
    """Successive products, the first of which are `first_product` and `first_picture`; unit
    vectors `pictures` of shape (pictures, dimension) and `texts` (products, dimension), float16.
    """

    first_product: int
    first_picture: int
    facts: Facts
    pictures: np.ndarray
    texts: np.ndarray


class Catalogue:
    """A catalogue of so many products. Equal arguments give equal catalogues."""

    def __init__(self, products: int, *, dimension: int = 512, seed: int = 1) -> None:
        self.products = products
        self.dimension = dimension
        self.seed = seed

    # --- Categories ------------------------------------------------------------------------------

    @cached_property
    def categories(self) -> list[CategoryNode]:
        """Every category, parents before their children."""
        nodes = []
        tops = _zipf(len(DEPARTMENTS), DEPARTMENT_LAW)
        # The order by size is not that of the alphabet.
        chance = np.random.default_rng([self.seed, 1])
        tops = chance.permutation(tops)
        for i, top in enumerate(DEPARTMENTS):
            path = _step(i)
            nodes.append(CategoryNode(path, top, top.lower(), len(GROUPS), tops[i]))
            middles = chance.permutation(_zipf(len(GROUPS), GROUP_LAW)) * tops[i]
            for j, group in enumerate(GROUPS):
                name = f"{group} {top.lower()}"
                slug = f"{top}-{group}".lower()
                nodes.append(CategoryNode(path + _step(j), name, slug, len(LEAVES), middles[j]))
                leaves = chance.permutation(_zipf(len(LEAVES), LEAF_LAW)) * middles[j]
                for k, leaf in enumerate(LEAVES):
                    nodes.append(
                        CategoryNode(
                            path + _step(j) + _step(k),
                            f"{leaf} {name.lower()}",
                            f"{slug}-{leaf.lower()}",
                            0,
                            leaves[k],
                        )
                    )
        return nodes

    @cached_property
    def leaves(self) -> list[CategoryNode]:
        """The categories that hold products."""
        return [node for node in self.categories if not node.children]

    def leaves_below(self, path: str) -> np.ndarray:
        """Indices of the leaves whose path begins with `path`, int, (leaves below,)."""
        below = [leaf.path.startswith(path) for leaf in self.leaves]
        return np.flatnonzero(below)

    # --- Facts -----------------------------------------------------------------------------------

    def facts(self) -> Facts:
        """Of all products; some 60 bytes for each."""
        parts = [facts.first(count) for _, _, facts, count in self._fact_chunks()]
        return Facts(
            **{
                field.name: np.concatenate([getattr(part, field.name) for part in parts])
                for field in fields(Facts)
            }
        )

    def chunks(self) -> Iterator[Chunk]:
        """The whole catalogue, some thousand products at a time, in order."""
        for first_product, first_picture, facts, count in self._fact_chunks():
            chance = np.random.default_rng([self.seed, 3, first_product // CHUNK])
            own = self.space.draw(chance, CHUNK)
            of = facts.picture_product - first_product
            pictures = self.space.pictures(
                chance, facts.leaf[of], facts.style[of], own[of], facts.picture_colour
            )
            texts = self.space.texts(chance, facts.leaf, facts.style, own)
            cut = facts.first(count)
            yield Chunk(
                first_product,
                first_picture,
                cut,
                pictures[: len(cut.picture_product)].astype(np.float16),
                texts[:count].astype(np.float16),
            )

    def vectors(self) -> np.ndarray:
        """Those of all pictures, float16, (pictures, dimension): 2.5 KB a product."""
        return np.concatenate([chunk.pictures for chunk in self.chunks()])

    def queries(
        self, count: int, *, among: np.ndarray, kind: str = "image", seed: int = 0
    ) -> np.ndarray:
        """What shoppers look for: unit vectors that are not in the catalogue, float32, (count,
        dimension).

        Each is a picture (`kind` "image") or a description ("text") of a new product, in a leaf
        drawn from `among` (indices, repeated by how likely they are).
        """
        chance = np.random.default_rng([self.seed, 5, seed])
        leaf = chance.choice(among, count)
        style = chance.integers(0, STYLES, count)
        own = self.space.draw(chance, count)
        if kind == "text":
            return self.space.texts(chance, leaf, style, own)
        if kind == "image":
            colour = chance.integers(0, len(COLOURS), count)
            return self.space.pictures(chance, leaf, style, own, colour)
        raise ValueError(f"There is no kind {kind!r} of query: image, text.")

    @cached_property
    def space(self) -> Space:
        top, middle = (
            np.unique([leaf.path[:length] for leaf in self.leaves], return_inverse=True)[1]
            for length in (4, 8)
        )
        return Space(
            Tree(top, middle), colours=len(COLOURS), dimension=self.dimension, seed=self.seed
        )

    def _fact_chunks(self) -> Iterator[tuple[int, int, Facts, int]]:
        """Number of the first product, of the first picture, the facts of a whole chunk, and how
        many of its products are in the catalogue.

        A chunk is drawn whole even where the catalogue ends within it: else the first products of
        a large catalogue would not be those of a small one.
        """
        first_picture = 0
        for first in range(0, self.products, CHUNK):
            facts = self._draw_facts(first, first_picture)
            yield first, first_picture, facts, min(CHUNK, self.products - first)
            first_picture += len(facts.picture_product)

    def _draw_facts(self, first: int, first_picture: int) -> Facts:
        chance = np.random.default_rng([self.seed, 2, first // CHUNK])
        n = CHUNK
        shares = np.array([leaf.share for leaf in self.leaves])
        leaf = chance.choice(len(shares), n, p=shares / shares.sum())
        brand = chance.choice(BRANDS, n, p=_zipf(BRANDS, BRAND_LAW))
        style = chance.integers(0, STYLES, n)
        material = chance.integers(0, len(MATERIALS), n)
        pattern = chance.integers(0, len(PATTERNS), n)
        published = chance.random(n) < PUBLISHED
        pictures = 1 + chance.choice(len(PICTURE_COUNTS), n, p=PICTURE_COUNTS)
        # Options: two colours in two sizes, four colours, or one colour in four sizes.
        kind = chance.choice(3, n, p=[0.5, 0.25, 0.25])[:, None]
        colours = _distinct(chance, n, _zipf(len(COLOURS), COLOUR_LAW))
        sizes = np.sort(_distinct(chance, n, np.full(len(SIZES), 1 / len(SIZES))), axis=1)
        two = [0, 0, 1, 1]
        colour = np.choose(kind, [colours[:, two], colours, colours[:, [0, 0, 0, 0]]])
        size = np.choose(kind, [sizes[:, [0, 1, 0, 1]], np.full((n, VARIANTS), -1), sizes])
        price = self._median_prices[leaf] * np.exp(0.5 * chance.standard_normal(n))
        # Three products in ten have a price for each variant.
        steps = chance.integers(0, 4, (n, VARIANTS)) * (chance.random(n) < 0.3)[:, None]
        price = np.maximum(np.round(price[:, None] * (1 + 0.08 * steps)), 50)
        stock = chance.geometric(0.05, (n, VARIANTS)).clip(max=999)
        stock[chance.random((n, VARIANTS)) < OUT_OF_STOCK] = 0
        variant_published = chance.random((n, VARIANTS)) < VARIANT_PUBLISHED
        variant_published[:, 0] = True
        names = chance.random(n) < NAMES_PICTURES

        # The k-th picture shows the k-th colour, and begins anew when colours run out.
        shown = np.array([2, 4, 1])[kind[:, 0]]
        nth_colour = np.choose(kind, [[0, 0, 1, 1], [0, 1, 2, 3], [0, 0, 0, 0]])
        start = first_picture + np.concatenate([[0], np.cumsum(pictures)[:-1]])
        named = names[:, None] & (nth_colour < pictures[:, None])
        variant_picture = np.where(named, start[:, None] + nth_colour, -1)
        product = np.repeat(np.arange(n), pictures)
        position = np.arange(len(product)) - (start - first_picture)[product]
        picture_colour = colours[product, position % shown[product]]

        return Facts(
            leaf=leaf.astype(np.int16),
            style=style.astype(np.int16),
            brand=brand.astype(np.int16),
            material=material.astype(np.int16),
            pattern=pattern.astype(np.int16),
            published=published,
            price=price.astype(np.int32),
            stock=stock.astype(np.int16),
            colour=colour.astype(np.int8),
            size=size.astype(np.int8),
            variant_published=variant_published,
            variant_picture=variant_picture.astype(np.int32),
            picture_product=(first + product).astype(np.int32),
            picture_position=position.astype(np.int16),
            picture_colour=picture_colour.astype(np.int8),
        )

    @cached_property
    def _median_prices(self) -> np.ndarray:
        """In cents, by leaf."""
        chance = np.random.default_rng([self.seed, 6])
        return 100 * np.exp(3.4 + 0.8 * chance.standard_normal(len(self.leaves)))


def _zipf(count: int, law: float) -> np.ndarray:
    """Shares of `count` ranks, the first the largest; they add up to 1."""
    weights = np.arange(1, count + 1, dtype=np.float64) ** -law
    return weights / weights.sum()


def _distinct(chance: np.random.Generator, rows: int, shares: np.ndarray) -> np.ndarray:
    """Four different values for each row, by `shares`, int, (rows, 4)."""
    # The largest of logarithms of shares plus Gumbel noise are draws without replacement.
    keys = np.log(shares) + chance.gumbel(size=(rows, len(shares)))
    return np.argsort(-keys, axis=1)[:, :VARIANTS]


def _step(index: int) -> str:
    """One step of a materialised path, for the `index`-th child: base 36, four digits."""
    return np.base_repr(index + 1, 36).zfill(4)
