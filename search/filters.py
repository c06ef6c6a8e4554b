"""A search's filters as SQL: over listings, and over variants where a listing cannot tell.

A listing says what a product has in all its variants: every price, the prices of what is in
stock, the values of all. That is necessary for every filter; for bounds of the price and stock, or
for one value, it is sufficient. A value and another filter (red *and* in stock) must hold of one
and the same published variant: that is asked of the variants.

So is a colour in the picture: a variant has it by a picture of its own, or by one of its product
that belongs to no variant. Red in the picture *and* 42 is no 42 that is shown in blue.

Prices and stock are thus filtered without standing in an index that holds a vector: a new price
changes its variant and its listing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from search.colors.names import INDEX

# Greater than any character of a category's path.
AFTER = "~"
# Hundredths; no price is as high: `Variant.price` has twelve digits.
_HIGHEST = 10**12
# Of a row of `search_picturecolors seen`: by its index; and whether it shows `variant`.
_IN_COLOR = "seen.main && %(picture_color)s::smallint[]"
_SHOWS = """(seen.image_id = variant.image_id
            OR NOT EXISTS (SELECT FROM catalog_variant owner
                            WHERE owner.image_id = seen.image_id))"""


@dataclass(frozen=True)
class Filters:
    """What a product must be to be found. Prices in the shop's currency, both bounds included."""

    path: str = ""  # of a category: it, and those below it
    brand: str = ""
    values: tuple[int, ...] = ()  # keys of attribute values: colour, size, material ...
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    in_stock: bool = False
    without: int | None = None  # the key of a product that is left out
    picture_color: str = ""  # of `search.colors.names.NAMES`: enough of a picture is of it

    @property
    def any(self) -> bool:
        return self != Filters()

    @property
    def category_only(self) -> bool:
        """Whether the category's place in an index says all."""
        return self == Filters(path=self.path)

    @property
    def priced(self) -> bool:
        """Whether the price has a bound."""
        return self.price_min is not None or self.price_max is not None

    @property
    def by_variant(self) -> bool:
        """Whether listings are not sufficient."""
        return bool(self.values) and len(self.values) + (self.priced or self.in_stock) > 1

    @property
    def narrows_variants(self) -> bool:
        """Whether a published variant of a product that passes may fail to pass."""
        return bool(self.values or self.picture_color) or self.priced or self.in_stock

    def listing(self) -> str:
        """The conditions on `search_listing listing`; "true" for none."""
        conditions = []
        if self.path:
            conditions.append(self.place("listing"))
        if self.brand:
            conditions.append("listing.brand = %(brand)s")
        if self.values:
            conditions.append("listing.value_ids @> %(values)s::int[]")
        if self.priced:
            # For the index; `prices_in_stock` has none.
            conditions.append("listing.prices && %(prices)s::int8range")
        if self.in_stock:
            passing = "listing.prices_in_stock && %(prices)s::int8range"
            conditions.append(passing if self.priced else "listing.in_stock")
        if self.picture_color:
            # Asks variants, too: from pictures in the colour the way to them is short.
            conditions.append(
                f"""listing.product_id IN (
                        SELECT seen.product_id FROM search_picturecolors seen
                          JOIN catalog_variant variant ON variant.product_id = seen.product_id
                         WHERE {_IN_COLOR} AND {_SHOWS} AND {self._offer()})"""  # noqa: S608
            )
        if self.without is not None:
            conditions.append("listing.product_id <> %(without)s")
        return " AND ".join(conditions) or "true"

    def place(self, table: str) -> str:
        """The condition on the category's path in `table`."""
        return f"{table}.path >= %(path)s AND {table}.path < %(path_end)s"

    def in_range(self) -> str:
        """The conditions on the price of a published `catalog_variant variant`."""
        conditions = ["variant.published"]
        if self.price_min is not None:
            conditions.append("variant.price >= %(lowest)s")
        if self.price_max is not None:
            conditions.append("variant.price <= %(highest)s")
        return " AND ".join(conditions)

    def variant(self) -> str:
        """The conditions on `catalog_variant variant`."""
        if not self.picture_color:
            return self._offer()
        return f"""{self._offer()}
                   AND EXISTS (SELECT FROM search_picturecolors seen
                                WHERE seen.product_id = variant.product_id
                                  AND {_IN_COLOR} AND {_SHOWS})"""

    def _offer(self) -> str:
        """Those on what a variant is, whatever its picture."""
        conditions = [self.in_range()]
        if self.in_stock:
            conditions.append("variant.stock > 0")
        for n in range(len(self.values)):
            # An option of the variant, or an attribute of its product.
            conditions.append(
                f"""(EXISTS (SELECT FROM catalog_variant_options held
                              WHERE held.variant_id = variant.id
                                AND held.attributevalue_id = %(value_{n})s)
                     OR EXISTS (SELECT FROM catalog_product_attributes held
                                 WHERE held.product_id = variant.product_id
                                   AND held.attributevalue_id = %(value_{n})s))"""  # noqa: S608
            )
        return " AND ".join(conditions)

    def offered(self, table: str) -> str:
        """The condition that one variant of the product in `table` passes; "true" where the
        listing says so already."""
        if self.picture_color or not self.by_variant:
            return "true"
        return (
            f"{table}.product_id IN (SELECT variant.product_id FROM catalog_variant variant"  # noqa: S608
            f" WHERE {self.variant()})"
        )

    def shown(self, table: str) -> str:
        """The condition that the picture in `table` shows what passes: where values are asked for,
        or a colour, one that belongs to variants belongs to one that has them; and it is itself of
        the colour. Texts have no picture, and pass."""
        if not (self.values or self.picture_color):
            return "true"
        own = f"FROM catalog_variant variant WHERE variant.image_id = {table}.image_id"
        belongs = f"(NOT EXISTS (SELECT {own}) OR EXISTS (SELECT {own} AND {self._offer()}))"
        if not self.picture_color:
            return belongs
        return f"""({table}.image_id IS NULL OR {belongs}
                    AND EXISTS (SELECT FROM search_picturecolors seen
                                 WHERE seen.image_id = {table}.image_id AND {_IN_COLOR}))"""

    def parameters(self) -> Mapping[str, Any]:
        """The values of all that the conditions name. Whole hundredths for listings."""
        return {
            "path": self.path,
            "path_end": self.path + AFTER,
            "brand": self.brand,
            "values": list(self.values),
            "lowest": self.price_min,
            "highest": self.price_max,
            "prices": _hundredths(self.price_min, self.price_max),
            "without": self.without,
            "picture_color": [INDEX[self.picture_color]] if self.picture_color else [],
            **{f"value_{n}": value for n, value in enumerate(self.values)},
        }


def _hundredths(lowest: Decimal | None, highest: Decimal | None) -> str:
    """Bounds as PostgreSQL writes a range of whole hundredths; "empty" if there is none between."""
    low = 0 if lowest is None else _rounded(lowest, ROUND_CEILING)
    high = _HIGHEST if highest is None else _rounded(highest, ROUND_FLOOR)
    return f"[{low},{high}]" if low <= high else "empty"


def _rounded(price: Decimal, rounding: str) -> int:
    return min(int((price * 100).to_integral_value(rounding)), _HIGHEST)
