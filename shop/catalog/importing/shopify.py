"""Rows of Shopify's product CSV -> products.

All rows with one `Handle` are one product, wherever they stand. What concerns the product
(`Title`, `Body (HTML)`, ...) is on one of them; a row with a price, a SKU or options is a variant,
a row with `Image Src` brings a picture, and most rows do both.

`Tags` of the form `material:Wool` become attributes of the product; several values stand on lines
of their own (`activity:Yoga\\nGym`). Plain tags, such as `New`, are not taken.

`Variant Grams` is the weight, and `Variant Taxable` FALSE makes a product free of tax; TRUE leaves
it at the reduced rate where it has that.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.text import slugify

from shop.catalog.importing.report import Tally
from shop.catalog.importing.source import Source, UnreadableFile, read_records
from shop.catalog.importing.texts import plain_text

REQUIRED = ("Handle", "Title", "Variant Price")
OPTIONS = tuple((f"Option{n} Name", f"Option{n} Value") for n in (1, 2, 3))
COLUMNS = (
    *REQUIRED,
    *(column for pair in OPTIONS for column in pair),
    "Body (HTML)",
    "Vendor",
    "Product Category",
    "Type",
    "Tags",
    "Published",
    "Status",
    "Variant SKU",
    "Variant Compare At Price",
    "Variant Inventory Qty",
    "Variant Grams",
    "Variant Weight Unit",
    "Variant Taxable",
    "Variant Image",
    "Image Src",
    "Image Position",
    "Image Alt Text",
)
OF_VARIANT = (
    "Variant SKU",
    "Variant Price",
    "Variant Compare At Price",
    *(value for _, value in OPTIONS),
)
MAX_DEPTH = 10
MAX_STOCK = MAX_GRAMS = 2**31 - 1
# In which Shopify shows a weight; the file has it in grams whatever this says.
WEIGHT_UNITS = ("g", "kg", "oz", "lb")
NUMBER = re.compile(r"\d{1,9}(\.\d{1,10})?", re.ASCII)


@dataclass(frozen=True)
class Row:
    """A record of the file: its line and the cells that matter."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class PictureData:
    line: int
    path: str
    alt: str


@dataclass(frozen=True)
class VariantData:
    """`values` are those of the row in the database that the file says something of."""

    line: int
    sku: str
    options: tuple[tuple[str, str], ...]
    values: dict[str, Any]
    picture: str  # a path


@dataclass(frozen=True)
class ProductData:
    """A product as the file has it, checked; `category` is the path of names from the top.

    What the file leaves empty, or has no column for, is not among `values`: it stays as it is.
    `taxable` is None where the file does not say.
    """

    line: int
    slug: str
    values: dict[str, Any]
    category: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]
    variants: tuple[VariantData, ...]
    pictures: tuple[PictureData, ...]
    taxable: bool | None = None


def count_products(source: Source) -> dict[str, int]:
    """The line of the last row of each product; reads the file through, so it fails early."""
    last: dict[str, int] = {}
    for row in _rows(source, Tally()):
        if slug := _slug(row):
            last[slug] = row.line
    return last


def read_products(source: Source, last: dict[str, int], tally: Tally) -> Iterator[ProductData]:
    """The products of the file, each as soon as its last row is read."""
    waiting: dict[str, list[Row]] = {}
    for row in _rows(source, tally):
        tally.counts["rows"] += 1
        slug = _slug(row)
        if not slug:
            tally.skip(row.line, row["Handle"][:50], "the handle is missing or too long")
            continue
        waiting.setdefault(slug, []).append(row)
        if row.line >= last.get(slug, 0):
            product = make_product(slug, waiting.pop(slug), tally)
            if product is None:
                tally.counts["products skipped"] += 1
            else:
                yield product


def make_product(slug: str, rows: list[Row], tally: Tally) -> ProductData | None:
    """The product that `rows` tell of, or None (and a problem) if none of it can be taken."""
    main = next((row for row in rows if row["Title"]), None)
    if main is None:
        tally.skip(rows[0].line, slug, "the product has no title")
        return None
    variants = tuple(_variants(slug, rows, tally))
    if not variants:
        return None
    return ProductData(
        line=main.line,
        slug=slug,
        values=_values(main, tally),
        category=_category(main, tally),
        attributes=tuple(_attributes(main["Tags"])),
        variants=variants,
        pictures=tuple(_pictures(rows, variants, tally)),
        taxable=_taxable(slug, rows, tally),
    )


# --- Rows ---------------------------------------------------------------------------------------


def _rows(source: Source, tally: Tally) -> Iterator[Row]:
    records = read_records(source)
    _, header = next(records)
    columns = _columns(header)
    for line, record in records:
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for cell in record[len(header) :]):
            tally.skip(
                line,
                record[0][:50],
                f"there are {len(record)} fields under {len(header)} titles; is a quotation mark "
                "missing?",
            )
        elif any("\0" in cell for cell in record):
            tally.skip(line, "", "there is a NUL character")
        else:
            yield Row(
                line, {name: _cell(name, record[at]) for name, at in columns if at < len(record)}
            )


def _cell(column: str, text: str) -> str:
    # Shops keep "CoolTech&trade;" in short texts too.
    return text.strip() if column == "Body (HTML)" else html.unescape(text).strip()


def _columns(header: list[str]) -> list[tuple[str, int]]:
    found = [title.strip().lower() for title in header]
    missing = [column for column in REQUIRED if column.lower() not in found]
    if missing:
        raise UnreadableFile(
            f"This is no Shopify product CSV: it has no column {', '.join(missing)}. "
            "Its first line must name the columns."
        )
    return [(column, found.index(column.lower())) for column in COLUMNS if column.lower() in found]


def _slug(row: Row) -> str:
    """The product's slug; empty if the handle cannot be one."""
    slug = slugify(row["Handle"])
    return slug if len(slug) <= 200 else ""


def _cut(row: Row, column: str, limit: int, tally: Tally) -> str:
    text = re.sub(r"\s+", " ", row[column])
    if len(text) > limit:
        tally.warn(row.line, row["Handle"], f"{column} is cut to {limit} characters")
    return text[:limit].strip()


# --- The product --------------------------------------------------------------------------------


def _values(row: Row, tally: Tally) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": _cut(row, "Title", 200, tally),
        "brand": _cut(row, "Vendor", 120, tally),
        "description": plain_text(row["Body (HTML)"]),
    }
    if row["Published"] or row["Status"]:
        values["published"] = row["Published"].lower() not in ("false", "no", "0") and row[
            "Status"
        ].lower() not in ("draft", "archived")
    return {name: value for name, value in values.items() if value != ""}


def _category(row: Row, tally: Tally) -> tuple[str, ...]:
    names = [name.strip() for name in row["Product Category"].split(">") if name.strip()]
    if not names and row["Type"]:
        names = [row["Type"]]
    if len(names) > MAX_DEPTH or any(len(name) > 120 for name in names):
        tally.warn(
            row.line,
            row["Handle"],
            f"the category is cut to {MAX_DEPTH} levels of 120 characters",
        )
    return tuple(re.sub(r"\s+", " ", name)[:120].strip() for name in names[:MAX_DEPTH])


def _attributes(tags: str) -> Iterator[tuple[str, str]]:
    for tag in tags.split(","):
        name, colon, values = tag.strip().partition(":")
        for value in values.split("\n") if colon else ():
            if name.strip() and value.strip():
                yield name.strip(), value.strip()


def _pictures(
    rows: list[Row], variants: tuple[VariantData, ...], tally: Tally
) -> Iterator[PictureData]:
    """In the order of their positions; each path once, those that only a variant names last."""
    named: list[tuple[int, Row]] = []
    for order, row in enumerate(rows):
        if row["Image Src"]:
            position = row["Image Position"]
            at = int(position) if position.isascii() and position.isdigit() else order + 1
            named.append((at, row))
    seen: set[str] = set()
    for _, row in sorted(named, key=lambda pair: pair[0]):
        if row["Image Src"] not in seen:
            seen.add(row["Image Src"])
            alt = _cut(row, "Image Alt Text", 250, tally)
            yield PictureData(row.line, row["Image Src"], alt)
    for variant in variants:
        if variant.picture and variant.picture not in seen:
            seen.add(variant.picture)
            yield PictureData(variant.line, variant.picture, "")


# --- Variants -----------------------------------------------------------------------------------


def _variants(slug: str, rows: list[Row], tally: Tally) -> Iterator[VariantData]:
    # Shopify writes the names of options on the first row alone.
    names = [next((row[name] for row in rows if row[name]), "") for name, _ in OPTIONS]
    position = -1
    for row in rows:
        if not row["Title"] and not any(row[column] for column in OF_VARIANT):
            if not row["Image Src"]:
                tally.skip(row.line, slug, "the row has neither a price nor a picture")
            continue
        position += 1
        price, problem = _price(row["Variant Price"])
        sku = row["Variant SKU"].removeprefix("'") or f"{slug[:80].upper()}-{position + 1}"
        if len(sku) > 100:
            problem = "the SKU has more than 100 characters"
        if price is None or problem:
            tally.skip(row.line, slug, problem)
            continue
        values: dict[str, Any] = {"price": price, "position": position}
        if "Variant Compare At Price" in row.cells:
            values["compare_at_price"] = _compare_at(row, slug, price, tally)
        if row["Variant Inventory Qty"]:
            values["stock"] = _stock(row, slug, tally)
        weight = _weight(row, slug, tally)
        if weight is not None:
            values["weight"] = weight
        options = tuple(_options(names, row))
        yield VariantData(row.line, sku, options, values, row["Variant Image"])


def _options(names: list[str], row: Row) -> Iterator[tuple[str, str]]:
    for name, (_, column) in zip(names, OPTIONS, strict=True):
        value = row[column]
        if name and value and (name.lower(), value.lower()) != ("title", "default title"):
            yield name, value


def _price(text: str) -> tuple[Decimal | None, str]:
    """The amount, or None and what is wrong with it."""
    if not text:
        return None, "the price is missing"
    if NUMBER.fullmatch(text):
        return Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP), ""
    if NUMBER.fullmatch(text.removeprefix("-")):
        return None, f"the price {text} is negative"
    return None, f"the price {text[:30]!r} is no number such as 1234.50"


def _compare_at(row: Row, slug: str, price: Decimal, tally: Tally) -> Decimal | None:
    text = row["Variant Compare At Price"]
    if not text:
        return None
    amount, problem = _price(text)
    if amount is None:
        tally.warn(row.line, slug, f"the compare-at price is left out: {problem}")
    elif amount <= price:
        # Shopify writes 0, or the price itself, where there is none.
        if amount:
            tally.warn(row.line, slug, "the compare-at price is left out: not above the price")
        return None
    return amount


def _stock(row: Row, slug: str, tally: Tally) -> int:
    text = row["Variant Inventory Qty"]
    if re.fullmatch(r"-\d+", text, re.ASCII):
        tally.warn(row.line, slug, f"the stock {text[:12]} is taken as 0")
        return 0
    if not re.fullmatch(r"\d{1,10}", text, re.ASCII) or int(text) > MAX_STOCK:
        tally.warn(row.line, slug, f"the stock {text[:20]!r} is no number in range, taken as 0")
        return 0
    return int(text)


def _weight(row: Row, slug: str, tally: Tally) -> int | None:
    """The weight in grams; None where the file does not say, or says it wrongly."""
    text, unit = row["Variant Grams"], row["Variant Weight Unit"]
    if not text:
        return None
    if unit and unit.lower() not in WEIGHT_UNITS:
        tally.warn(
            row.line, slug, f"the weight unit {unit[:20]!r} is none of {', '.join(WEIGHT_UNITS)}"
        )
    if not NUMBER.fullmatch(text) or Decimal(text) > MAX_GRAMS:
        tally.warn(
            row.line,
            slug,
            f"the weight {text[:20]!r} is left out: it is no number of grams such as 1250",
        )
        return None
    return int(Decimal(text).quantize(Decimal(1), ROUND_HALF_UP))


def _taxable(slug: str, rows: list[Row], tally: Tally) -> bool | None:
    """Whether the product is taxed: if one of its variants is."""
    said: set[bool] = set()
    for row in rows:
        word = row["Variant Taxable"].lower()
        if word in ("true", "yes", "1"):
            said.add(True)
        elif word in ("false", "no", "0"):
            said.add(False)
        elif word:
            tally.warn(
                row.line,
                slug,
                f"Variant Taxable {word[:20]!r} is left out: it is neither TRUE nor FALSE",
            )
    if len(said) > 1:
        tally.warn(rows[0].line, slug, "some variants are taxable and some not: all are taxed")
    return True in said if said else None
