"""Items of a Google Merchant feed -> products.

Items with one `item_group_id` are the variants of one product. What the feed's own attributes
cannot say stands in custom ones (`c:stock`, `c:handle`, ...), which our own export writes and
Google passes over; in the feed of another shop their place is taken by what comes nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shop.catalog.importing import cells
from shop.catalog.importing.data import PictureData, ProductData, Row, VariantData, values_of
from shop.catalog.importing.feed_xml import read_items
from shop.catalog.importing.report import Tally
from shop.catalog.importing.shopify import too_many
from shop.catalog.importing.source import Source, read_records
from shop.catalog.importing.texts import described
from shop.catalog.slugs import slug_of
from shop.store.current import current_store
from shop.taxes.models import TaxCategory

REQUIRED = ("id", "title")
# A table with `id` and `title` is a feed if it has two of these as well.
TYPICAL = frozenset(
    {"link", "image_link", "availability", "google_product_category", "product_type"}
    | {"item_group_id", "condition", "mpn", "gtin", "identifier_exists", "additional_image_link"}
)
# What differs between variants in most shops; the others are the product's, unless they differ.
OPTIONS = ("color", "size")
ATTRIBUTES = ("material", "pattern", "gender", "age_group", "size_system", "size_type")
COUNTS = ("c:stock", "quantity", "sell_on_google_quantity", "inventory")
NEXT_PICTURE = re.compile(r",(?=\s*https?://)", re.IGNORECASE)
WEIGHT = re.compile(r"([\d.,]+)\s*([a-z]+)", re.IGNORECASE | re.ASCII)
SOLD_OUT = ("out_of_stock", "out of stock")


class GoogleFeed:
    """A Google Merchant feed: a table (`is_xml` False), or RSS 2.0 or Atom."""

    def __init__(self, *, is_xml: bool) -> None:
        self._is_xml = is_xml
        self.name = "google-xml" if is_xml else "google-tsv"
        self.title = "Google Merchant feed (XML)" if is_xml else "Google Merchant feed (TSV)"

    def rows(self, source: Source, tally: Tally) -> Iterator[Row]:
        yield from _xml_rows(source) if self._is_xml else _table_rows(source, tally)

    def key(self, row: Row) -> str:
        handle = row["c:handle"]
        if handle:
            return f"handle {slugify(handle)}"
        group = row["item_group_id"]
        return f"group {group}" if group else f"item {_sku(row)}" if _sku(row) else ""

    def no_key(self) -> str:
        return _("the item has no id")

    def product(self, key: str, rows: list[Row], tally: Tally) -> ProductData | None:
        main = next((row for row in rows if row["title"]), None)
        if main is None:
            tally.skip(rows[0].line, _sku(rows[0])[:50], _("the product has no title"))
            return None
        handle = main["c:handle"]
        title = cells.cut(main, "c:title" if main["c:title"] else "title", 200, handle, tally)
        group = main["item_group_id"] or _sku(main)
        slug = slugify(handle) or slug_of(f"{title} {group}", limit=200)
        options = [_options(row) for row in rows]
        shared = _shared(rows)
        variants = tuple(
            variant
            for place, (row, of_row) in enumerate(zip(rows, options, strict=True))
            if (
                variant := _variant(
                    row,
                    slug,
                    place,
                    values_of([*of_row, *_differing(row, shared)]),
                    several=len(rows) > 1,
                    tally=tally,
                )
            )
        )
        if not variants:
            return None
        return ProductData(
            line=main.line,
            slug=slug,
            values=_values(main, title, slug, tally),
            category=_category(main, slug, tally),
            attributes=values_of(
                main.pairs("c:attributes") if handle else [(name, main[name]) for name in shared]
            ),
            variants=variants,
            pictures=tuple(_pictures(main, rows, variants, slug, tally)),
            handle=handle,
            by_sku=not handle,
        )


def is_feed(header: list[str]) -> bool:
    """Whether the titles of a table are those of a feed."""
    names = {_name(title) for title in header}
    return names.issuperset(REQUIRED) and len(names & TYPICAL) > 1


# --- Rows ---------------------------------------------------------------------------------------


def _name(title: str) -> str:
    """`g:image link` -> `image_link`; the type of a custom attribute is left out."""
    name = re.sub(r"\s+", "_", title.strip().lower()).removeprefix("g:")
    if name.startswith("c:"):
        return ":".join(name.split(":")[:2])
    return name.partition("(")[0].rstrip("_")


def _table_rows(source: Source, tally: Tally) -> Iterator[Row]:
    records = read_records(source)
    _number, header = next(records)
    names = [_name(title) for title in header]
    for line, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for cell in record[len(header) :]):
            tally.skip(line, record[0][:50], too_many(record, header), costs="row")
        elif any("\0" in cell for cell in record):
            tally.skip(line, "", _("there is a NUL character"), costs="row")
        else:
            found = {name: cell for name, cell in zip(names, record, strict=False) if cell}
            pictures = found.get("additional_image_link", "")
            found["additional_image_link"] = NEXT_PICTURE.sub("\n", pictures)
            yield Row(line, found)


def _xml_rows(source: Source) -> Iterator[Row]:
    with source.open_table() as file:
        for line, found in read_items(file):
            cells_of = {
                name: "\n".join(texts) if name == "additional_image_link" else texts[0]
                for name, texts in found.items()
                if texts
            }
            # Atom's own words for what RSS calls a description.
            if "description" not in cells_of:
                for name in ("content", "summary"):
                    if cells_of.get(name):
                        cells_of["description"] = cells_of[name]
                        break
            yield Row(line, cells_of)


def _sku(row: Row) -> str:
    return row["id"] or row["mpn"]


# --- The product --------------------------------------------------------------------------------


def _values(row: Row, title: str, slug: str, tally: Tally) -> dict[str, Any]:
    values: dict[str, Any] = {}
    cells.set_if(values, "title", title)
    cells.set_if(values, "brand", cells.cut(row, "brand", 120, slug, tally))
    text = row.cells.get("c:description") or row.cells.get("description", "")
    cells.set_if(values, "description", described(text))
    if row["c:tax_category"] in TaxCategory.values:
        values["tax_category"] = row["c:tax_category"]
    return values


def _category(row: Row, slug: str, tally: Tally) -> tuple[str, ...]:
    names = row.parts("product_type", ">") or row.parts("google_product_category", ">")
    if len(names) == 1 and names[0].isdecimal():
        tally.note(
            _(
                "Categories are given as Google's numbers, which say nothing here: new products "
                "come into “Uncategorised”."
            )
        )
        return ()
    return cells.category_path(row, names, slug, tally)


def _shared(rows: list[Row]) -> list[str]:
    """The attributes that say the same of all items that name them."""
    return [name for name in ATTRIBUTES if len({row[name] for row in rows if row[name]}) == 1]


def _differing(row: Row, shared: list[str]) -> Iterator[tuple[str, str]]:
    if not row["c:handle"]:
        for name in ATTRIBUTES:
            if name not in shared and row[name]:
                yield name, row[name]


def _options(row: Row) -> list[tuple[str, str]]:
    if row["c:handle"]:
        return list(row.pairs("c:options"))
    return [(name, row[name]) for name in OPTIONS if row[name]]


def _pictures(
    main: Row, rows: list[Row], variants: tuple[VariantData, ...], slug: str, tally: Tally
) -> Iterator[PictureData]:
    paths = main.slots("c:pictures", "|")
    if paths:
        texts = main.slots("c:picture_texts", "|")
        for place, path in enumerate(paths):
            if path:
                alt = texts[place] if place < len(texts) else ""
                yield PictureData(main.line, path, alt[:250])
        return
    seen: set[str] = set()
    for row in rows:
        for path in (row["image_link"], *row.parts("additional_image_link", "\n")):
            if path and path not in seen:
                seen.add(path)
                yield PictureData(row.line, path, "")


# --- Variants -----------------------------------------------------------------------------------


def _variant(
    row: Row,
    slug: str,
    place: int,
    options: tuple[tuple[str, str], ...],
    *,
    several: bool,
    tally: Tally,
) -> VariantData | None:
    values: dict[str, Any] = {}
    problem = _put_prices(values, row, slug, tally)
    sku = _sku(row)
    if not sku:
        problem = _("the item has no id")
    elif len(sku) > 100:
        problem = _("the SKU has more than 100 characters")
    if problem:
        tally.skip(row.line, slug, problem)
        return None
    initial: dict[str, Any] = {"position": place}
    _put_stock(values, initial, row, slug, tally)
    cells.set_if(values, "weight", _weight(row, slug, tally))
    picture = row["c:variant_picture"]
    if not row["c:handle"] and several:
        picture = row["image_link"]
    return VariantData(row.line, sku, options, values, picture, initial)


def _put_prices(values: dict[str, Any], row: Row, slug: str, tally: Tally) -> str:
    """Put price and former price into `values`; what is wrong with them."""
    price, currency, problem = cells.amount(row["price"])
    if price is None:
        return problem
    own = current_store().currency
    if currency and currency != own:
        return _("the price is in %(currency)s: this shop sells in %(own)s") % {
            "currency": currency,
            "own": own,
        }
    values["price"], values["compare_at_price"] = price, None
    if row["sale_price"] and _is_now(row, slug, tally):
        reduced, _currency, problem = cells.amount(row["sale_price"])
        if reduced is None:
            tally.warn(
                row.line, slug, _("the sale price is left out: %(problem)s") % {"problem": problem}
            )
        elif reduced < price:
            values["price"], values["compare_at_price"] = reduced, price
    return ""


def _is_now(row: Row, slug: str, tally: Tally) -> bool:
    """Whether the sale price holds at the moment."""
    text = row["sale_price_effective_date"]
    if not text:
        return True
    try:
        begin, end = (datetime.fromisoformat(part.strip()) for part in text.split("/"))
        zone = timezone.get_current_timezone()
        begin, end = (one if one.tzinfo else one.replace(tzinfo=zone) for one in (begin, end))
    except ValueError:
        tally.warn(
            row.line,
            slug,
            _("the sale's dates %(dates)s are left out: they are no ISO 8601 such as %(example)s")
            % {"dates": repr(text[:60]), "example": "2026-12-01T00:00Z/2026-12-24T23:59Z"},
        )
        return True
    return begin <= timezone.now() <= end


def _put_stock(
    values: dict[str, Any], initial: dict[str, Any], row: Row, slug: str, tally: Tally
) -> None:
    """A count if the feed has one; else sold out is none, and a new product in stock is one.

    What is in stock here and there stays as it is counted here.
    """
    count = next((row[name] for name in COUNTS if row[name]), "")
    if count:
        cells.set_if(values, "stock", cells.stock(count, row, slug, tally))
    elif row["availability"].lower() in SOLD_OUT:
        values["stock"] = 0
    elif row["availability"]:
        initial["stock"] = 1
        tally.note(
            _("The feed has no stock counts: a new product that is in stock gets a stock of 1.")
        )


def _weight(row: Row, slug: str, tally: Tally) -> int | None:
    text = row["shipping_weight"]
    if not text:
        return None
    found = WEIGHT.fullmatch(text)
    weight = cells.grams(found[1], found[2]) if found else None
    if weight is None:
        tally.warn(
            row.line,
            slug,
            _("the weight %(weight)s is left out: it is none such as 1250 g, 1.25 kg or 3 lb")
            % {"weight": repr(text[:20])},
        )
    return weight
