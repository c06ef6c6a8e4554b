"""The shop's products as suggestions are made for them, and learnt from them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from search.attributes.vocabulary import COLOURS
from shop.catalog.models import Attribute, Category

# As imports and uploads call where they put what has no category (`shop.catalog.importing`).
UNCATEGORISED = "uncategorised"


def uncategorised() -> list[int]:
    """The keys of the categories for what has none; usually one."""
    found = Category.objects.filter(Q(slug=UNCATEGORISED) | Q(name__iexact=UNCATEGORISED), depth=1)
    return list(found.order_by("pk").values_list("pk", flat=True))


def colour_attribute() -> Attribute | None:
    """The attribute that says colours: that with the slug "color", else the first so called."""
    found = [one for one in Attribute.objects.order_by("pk") if is_colour(one)]
    return next((one for one in found if one.slug == "color"), found[0] if found else None)


def is_colour(attribute: Attribute) -> bool:
    return bool({attribute.slug.casefold(), attribute.name.casefold()} & COLOURS)


@dataclass
class PictureFacts:
    """A picture. `variants`: how many it is the own picture of; `colours`: keys of the colours that
    they have; `shares`, `main`: as `PictureColors` has them, None where they are not known yet."""

    pk: int
    alt: str
    variants: int
    colours: set[int]
    shares: list[int] | None
    main: int | None


@dataclass
class ProductFacts:
    """A product with what is known of it. `values`: of attribute (key) to names of its values, on
    the product itself; `colours`: keys of colours, on itself or any variant."""

    pk: int
    title: str
    category_id: int
    path: str
    colours: set[int] = field(default_factory=set)
    own_colours: set[int] = field(default_factory=set)
    values: dict[int, list[str]] = field(default_factory=dict)
    pictures: list[PictureFacts] = field(default_factory=list)


_PRODUCTS = """
    SELECT product.id, product.title, product.category_id, category.path
      FROM catalog_product product
      JOIN catalog_category category ON category.id = product.category_id
     WHERE product.id = ANY(%(products)s) ORDER BY product.id
"""

_VALUES = """
    SELECT own.product_id, value.attribute_id, value.id, value.value
      FROM catalog_product_attributes own
      JOIN catalog_attributevalue value ON value.id = own.attributevalue_id
     WHERE own.product_id = ANY(%(products)s)
     ORDER BY own.product_id, value.attribute_id, value.position, value.value
"""

_PICTURES = """
    SELECT image.product_id, image.id, image.alt, colors.shares, colors.swatches[1]
      FROM catalog_productimage image
      LEFT JOIN search_picturecolors colors ON colors.image_id = image.id
     WHERE image.product_id = ANY(%(products)s)
     ORDER BY image.product_id, image.position, image.id
"""

# Each variant, with its picture and the colours that it has.
_VARIANTS = """
    SELECT variant.product_id, variant.image_id,
           array_agg(value.id) FILTER (WHERE value.id IS NOT NULL)
      FROM catalog_variant variant
      LEFT JOIN catalog_variant_options option ON option.variant_id = variant.id
      LEFT JOIN catalog_attributevalue value
             ON value.id = option.attributevalue_id AND value.attribute_id = %(colour)s
     WHERE variant.product_id = ANY(%(products)s)
     GROUP BY variant.id
"""


def facts_of(products: Collection[int], colour: Attribute | None) -> list[ProductFacts]:
    """What is known of these products (keys), in four statements. By key."""
    parameters: dict[str, Any] = {
        "products": sorted(products),
        "colour": colour.pk if colour else 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PRODUCTS, parameters)
        found = {row[0]: ProductFacts(*row) for row in cursor}
        cursor.execute(_VALUES, parameters)
        for product, attribute, value, name in cursor:
            one = found[product]
            if attribute == parameters["colour"]:
                one.own_colours.add(value)
                one.colours.add(value)
            else:
                one.values.setdefault(attribute, []).append(name)
        cursor.execute(_PICTURES, parameters)
        pictures: dict[int, PictureFacts] = {}
        for product, image, alt, shares, main in cursor:
            pictures[image] = PictureFacts(image, alt, 0, set(), shares, main)
            found[product].pictures.append(pictures[image])
        cursor.execute(_VARIANTS, parameters)
        for product, image, colours in cursor:
            found[product].colours.update(colours or ())
            if image in pictures:
                pictures[image].variants += 1
                pictures[image].colours.update(colours or ())
    return list(found.values())


# Pictures that show one colour: the own pictures of variants that all have it, or the first picture
# of a product that has it and whose pictures belong to no variant.
_COLOURED = """
    WITH sold AS (
        SELECT variant.image_id, variant.product_id, min(value.id) AS value
          FROM catalog_variant variant
          JOIN catalog_variant_options option ON option.variant_id = variant.id
          JOIN catalog_attributevalue value ON value.id = option.attributevalue_id
         WHERE value.attribute_id = %(colour)s AND variant.image_id IS NOT NULL
         GROUP BY variant.image_id, variant.product_id HAVING count(DISTINCT value.id) = 1
        UNION ALL
        SELECT (SELECT image.id FROM catalog_productimage image
                 WHERE image.product_id = own.product_id
                 ORDER BY image.position, image.id LIMIT 1),
               own.product_id, min(value.id)
          FROM catalog_product_attributes own
          JOIN catalog_attributevalue value ON value.id = own.attributevalue_id
         WHERE value.attribute_id = %(colour)s
           AND NOT EXISTS (SELECT FROM catalog_variant variant
                            WHERE variant.product_id = own.product_id
                              AND variant.image_id IS NOT NULL)
         GROUP BY own.product_id HAVING count(*) = 1
    )
    SELECT sold.product_id, category.path, sold.value, colors.shares, colors.swatches[1]
      FROM sold
      JOIN search_picturecolors colors ON colors.image_id = sold.image_id
      JOIN catalog_product product ON product.id = sold.product_id
      JOIN catalog_category category ON category.id = product.category_id
     WHERE colors.shares IS NOT NULL AND cardinality(colors.swatches) > 0
       AND (%(only)s::bigint[] IS NULL OR sold.product_id = ANY(%(only)s))
     ORDER BY hashint8(sold.image_id) LIMIT %(sample)s
"""


@dataclass(frozen=True)
class SoldAs:
    """A picture that is sold as a colour: its product, the path of its category, the value."""

    product: int
    path: str
    value: int
    shares: list[int]
    main: int


def coloured_pictures(
    colour: Attribute, *, sample: int, only: Collection[int] | None = None
) -> list[SoldAs]:
    """At most `sample` pictures by chance that show one colour which is known; of all products, or
    of these (keys)."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COLOURED,
            {
                "colour": colour.pk,
                "sample": sample,
                "only": None if only is None else sorted(only),
            },
        )
        return [SoldAs(*row) for row in cursor]


# The share of a category's products that have a colour, of a sample.
_HAVING = """
    SELECT category.path, EXISTS (
               SELECT FROM catalog_product_attributes own
                 JOIN catalog_attributevalue value ON value.id = own.attributevalue_id
                WHERE own.product_id = product.id AND value.attribute_id = %(colour)s
               UNION ALL
               SELECT FROM catalog_variant variant
                 JOIN catalog_variant_options option ON option.variant_id = variant.id
                 JOIN catalog_attributevalue value ON value.id = option.attributevalue_id
                WHERE variant.product_id = product.id AND value.attribute_id = %(colour)s)
      FROM (SELECT id, category_id FROM catalog_product
             ORDER BY hashint8(id) LIMIT %(sample)s) product
      JOIN catalog_category category ON category.id = product.category_id
"""


def having_colours(colour: Attribute, *, sample: int) -> list[tuple[str, bool]]:
    """(path of its category, whether it has a colour) of a sample of the products."""
    with connection.cursor() as cursor:
        cursor.execute(_HAVING, {"colour": colour.pk, "sample": sample})
        return list(cursor.fetchall())
