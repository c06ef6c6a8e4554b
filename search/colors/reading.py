"""What is known of pictures' colours, for searches and pages: one indexed statement each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import psycopg
from django.db import connection
from django.db.models import Exists, OuterRef, Q

from search.colors.names import BY_NAME, INDEX, NAMES
from search.connection import raw_connection
from search.filters import Filters
from search.models import PictureColors
from shop.catalog.models import Variant


@dataclass(frozen=True)
class ColorMatch:
    """How much of a colour a product's best picture has: a share in [0, 1], and which it is."""

    share: float
    image_id: int


@dataclass(frozen=True)
class ProductSwatch:
    """A colour that a product comes in, or has: sRGB as "#rrggbb", its share of the picture that
    shows it, that picture, and the named colour (of `names.NAMES`) that the picture has most of."""

    hex: str
    share: float
    image_id: int
    name: str

    @property
    def label(self) -> str:
        """The named colour, for people."""
        return BY_NAME[self.name].label


def shares_of(
    products: Collection[int], color: str | Mapping[str, float], *, filters: Filters | None = None
) -> dict[int, ColorMatch]:
    """How much of `color` the best picture of each of `products` (keys) has.

    `color`: a named colour, or weights of several (`words.Mention.weights`), of which the sum
    counts, at most 1. With `filters` that ask for values, a picture that belongs to variants counts
    only if one of them passes, as in the search. Products without a picture whose colours are known
    are not in it. Raises KeyError for a colour that has no name.
    """
    weights = {color: 1.0} if isinstance(color, str) else color
    filters = filters or Filters()
    # By psycopg itself, in binary: for 500 products 7.6 ms, through Django's cursor 8.7.
    with connection.wrap_database_errors, psycopg.Cursor(raw_connection()) as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT ON (product_id) product_id, share, image_id
              FROM (SELECT colors.product_id, colors.image_id, {_share(weights)} AS share
                      FROM search_picturecolors colors
                     WHERE colors.product_id = ANY(%(products)s::bigint[])
                       AND colors.shares IS NOT NULL AND {filters.shown("colors")}) found
             ORDER BY product_id, share DESC, image_id
            """,  # noqa: S608  (numbers and conditions of our own; values are parameters)
            {**filters.parameters(), "products": list(products)},
            binary=True,
        )
        return {
            product: ColorMatch(min(1.0, share / 1000), image) for product, share, image in cursor
        }


def _share(weights: Mapping[str, float]) -> str:
    """SQL: the weighted sum of the shares of `search_picturecolors colors`, in thousandths. A
    colour that was named after a picture was looked at is none of it."""
    # Without the cast the numbers would be decimal, and sums of them take several times as long.
    terms = [
        f"{float(weight)}::float8 * coalesce(colors.shares[{INDEX[name] + 1}], 0)"
        for name, weight in weights.items()
    ]
    return " + ".join(terms) or "0::float8"


def pictured_in(color: str) -> Exists:
    """The condition that a variant is shown in a named colour, as `Filters.variant()` has it: by
    enough (`upkeep.ENOUGH`) of its own picture, or of one that belongs to no variant. Raises
    KeyError for a colour that has no name."""
    owned = Variant.objects.filter(image=OuterRef("image"))
    seen = PictureColors.objects.filter(product=OuterRef("product"), main__overlap=[INDEX[color]])
    return Exists(seen.filter(Q(image=OuterRef("image")) | ~Exists(owned)))


def count(products: Collection[int], filters: Filters) -> dict[str, int]:
    """How many of `products` (keys), which are known to pass `filters`, would pass with each named
    colour as well; those of none are left out."""
    with connection.wrap_database_errors, psycopg.Cursor(raw_connection()) as cursor:
        cursor.execute(
            f"""
            SELECT named, count(*)
              FROM (SELECT DISTINCT colors.product_id, named
                      FROM search_picturecolors colors
                      LEFT JOIN (SELECT image_id, bool_or({filters.variant()}) AS passes
                                   FROM catalog_variant variant
                                  WHERE product_id = ANY(%(products)s::bigint[])
                                    AND image_id IS NOT NULL
                                  GROUP BY image_id) own USING (image_id),
                           unnest(colors.main) named
                     WHERE colors.product_id = ANY(%(products)s::bigint[])
                       AND own.passes IS NOT FALSE) found
             GROUP BY named
            """,  # noqa: S608  (conditions of our own; values are parameters)
            {**filters.parameters(), "products": list(products)},
            binary=True,
        )
        return {NAMES[named]: many for named, many in cursor}


def pictures_shown(products: Collection[int], filters: Filters) -> dict[int, int]:
    """The first picture of each of `products` (keys) that shows what passes, as filters by a colour
    or a value have it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT DISTINCT ON (colors.product_id) colors.product_id, colors.image_id
              FROM search_picturecolors colors
              JOIN catalog_productimage image ON image.id = colors.image_id
             WHERE colors.product_id = ANY(%(products)s::bigint[]) AND {filters.shown("colors")}
             ORDER BY colors.product_id, image.position, image.id
            """,  # noqa: S608  (conditions of our own; values are parameters)
            {**filters.parameters(), "products": list(products)},
        )
        return dict(cursor.fetchall())


def swatches_of(products: Collection[int], *, most: int = 6) -> dict[int, list[ProductSwatch]]:
    """The colours of each of `products` (keys) for its card or page, at most `most`.

    Where pictures of several named colours belong to variants on sale, the main colour of each, in
    the order of variants and each name once: what it comes in. Else the colours of one picture, all
    under its name, the largest first: of that which belongs to a variant, or of the first. Products
    of which nothing is known are not in it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT colors.product_id, colors.image_id, colors.swatches, colors.shares,
                   own.position IS NOT NULL
              FROM search_picturecolors colors
              JOIN catalog_productimage image ON image.id = colors.image_id
              LEFT JOIN LATERAL (SELECT min(variant.position) AS position
                                   FROM catalog_variant variant
                                  WHERE variant.image_id = colors.image_id AND variant.published
                                ) own ON true
             WHERE colors.product_id = ANY(%s::bigint[]) AND cardinality(colors.swatches) > 0
             ORDER BY colors.product_id, own.position NULLS LAST, image.position, image.id
            """,
            [list(products)],
        )
        pictures: dict[int, list[tuple[bool, list[ProductSwatch]]]] = {}
        for product, image, swatches, shares, own in cursor:
            name = NAMES[shares.index(max(shares))]
            numbers = zip(swatches[::2], swatches[1::2], strict=True)
            found = [
                ProductSwatch(f"#{color:06x}", share / 1000, image, name)
                for color, share in numbers
            ]
            pictures.setdefault(product, []).append((own, found))
    return {product: _shown(found)[:most] for product, found in pictures.items()}


def _shown(pictures: list[tuple[bool, list[ProductSwatch]]]) -> list[ProductSwatch]:
    own = each_once(swatches[0] for belongs, swatches in pictures if belongs)
    return own if len(own) > 1 else pictures[0][1]


def each_once(swatches: Iterable[ProductSwatch]) -> list[ProductSwatch]:
    """The first of each named colour."""
    first: dict[str, ProductSwatch] = {}
    for swatch in swatches:
        first.setdefault(swatch.name, swatch)
    return list(first.values())
