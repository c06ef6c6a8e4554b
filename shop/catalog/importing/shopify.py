"""Rows of Shopify's product CSV -> products.

All rows with one `Handle` are one product, wherever they stand. What concerns the product
(`Title`, `Body (HTML)`, ...) is on one of them; a row with a price, a SKU or options is a variant,
a row with `Image Src` brings a picture, and most rows do both.

`Tags` of the form `material:Wool` become attributes of the product; several values stand on lines
of their own (`activity:Yoga\\nGym`). Plain tags, such as `New`, are not taken.

`Variant Grams` is the weight, and `Variant Taxable` FALSE makes a product free of tax; TRUE leaves
it at the reduced rate where it has that.

The columns `Vitrine ...` are those of our own export for what Shopify does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from shop.catalog.importing import cells
from shop.catalog.importing.data import PictureData, ProductData, Row, VariantData, values_of
from shop.catalog.importing.report import Tally
from shop.catalog.importing.source import Source, UnreadableFile, read_records
from shop.catalog.importing.texts import plain_text
from shop.taxes.models import TaxCategory

REQUIRED = ("Handle", "Title", "Variant Price")
OPTIONS = tuple((f"Option{n} Name", f"Option{n} Value") for n in (1, 2, 3))
TAX_CATEGORY = "Vitrine Tax Category"
MORE_OPTIONS = "Vitrine Variant Options"
VARIANT_PUBLISHED = "Vitrine Variant Published"
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
    TAX_CATEGORY,
    MORE_OPTIONS,
    VARIANT_PUBLISHED,
)
OF_VARIANT = (
    "Variant SKU",
    "Variant Price",
    "Variant Compare At Price",
    *(value for _name, value in OPTIONS),
)


class ShopifyCsv:
    """Shopify's product CSV."""

    name = "shopify"
    title = "Shopify product CSV"

    def rows(self, source: Source, tally: Tally) -> Iterator[Row]:
        records = read_records(source)
        _number, header = next(records)
        columns = _columns(header)
        for line, record in records:
            if not any(cell.strip() for cell in record):
                continue
            if any(cell.strip() for cell in record[len(header) :]):
                tally.skip(line, record[0][:50], too_many(record, header), costs="row")
            elif any("\0" in cell for cell in record):
                tally.skip(line, "", _("there is a NUL character"), costs="row")
            else:
                yield Row(line, {name: record[at] for name, at in columns if at < len(record)})

    def key(self, row: Row) -> str:
        """The product's slug; empty if the handle cannot be one."""
        slug = slugify(row["Handle"])
        return slug if len(slug) <= 200 else ""

    def no_key(self) -> str:
        return _("the handle is missing or too long")

    def product(self, key: str, rows: list[Row], tally: Tally) -> ProductData | None:
        main = next((row for row in rows if row["Title"]), None)
        if main is None:
            tally.skip(rows[0].line, key, _("the product has no title"))
            return None
        variants = tuple(_variants(key, rows, tally))
        if not variants:
            return None
        return ProductData(
            line=main.line,
            slug=key,
            values=_values(main, key, tally),
            category=_category(main, key, tally),
            attributes=values_of(main.pairs("Tags")),
            variants=variants,
            pictures=tuple(_pictures(rows, variants, tally)),
            taxable=_taxable(key, rows, tally),
            handle=main["Handle"],
        )


def too_many(record: list[str], header: list[str]) -> str:
    return _(
        "there are %(fields)s fields under %(titles)s titles; is a quotation mark missing?"
    ) % {"fields": len(record), "titles": len(header)}


def _columns(header: list[str]) -> list[tuple[str, int]]:
    found = [title.strip().lower() for title in header]
    missing = [column for column in REQUIRED if column.lower() not in found]
    if missing:
        raise UnreadableFile(
            _(
                "This is no Shopify product CSV: it has no column %(missing)s. "
                "Its first line must name the columns."
            )
            % {"missing": ", ".join(missing)}
        )
    return [(column, found.index(column.lower())) for column in COLUMNS if column.lower() in found]


# --- The product --------------------------------------------------------------------------------


def _values(row: Row, slug: str, tally: Tally) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": cells.cut(row, "Title", 200, slug, tally),
        "brand": cells.cut(row, "Vendor", 120, slug, tally),
        "description": plain_text(row.cells.get("Body (HTML)", "")),
    }
    if row["Published"] or row["Status"]:
        values["published"] = row["Published"].lower() not in ("false", "no", "0") and row[
            "Status"
        ].lower() not in ("draft", "archived")
    if row[TAX_CATEGORY] in TaxCategory.values:
        values["tax_category"] = row[TAX_CATEGORY]
    return {name: value for name, value in values.items() if value != ""}


def _category(row: Row, slug: str, tally: Tally) -> tuple[str, ...]:
    names = row.parts("Product Category", ">")
    if not names and row["Type"]:
        names = [row.short("Type")]
    return cells.category_path(row, names, slug, tally)


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
    for _at, row in sorted(named, key=lambda pair: pair[0]):
        if row["Image Src"] not in seen:
            seen.add(row["Image Src"])
            alt = cells.cut(row, "Image Alt Text", 250, row["Handle"], tally)
            yield PictureData(row.line, row["Image Src"], alt)
    for variant in variants:
        if variant.picture and variant.picture not in seen:
            seen.add(variant.picture)
            yield PictureData(variant.line, variant.picture, "")


# --- Variants -----------------------------------------------------------------------------------


def _variants(slug: str, rows: list[Row], tally: Tally) -> Iterator[VariantData]:
    # Shopify writes the names of options on the first row alone.
    names = [next((row[name] for row in rows if row[name]), "") for name, _value in OPTIONS]
    position = -1
    for row in rows:
        if not row["Title"] and not any(row[column] for column in OF_VARIANT):
            if not row["Image Src"]:
                tally.skip(row.line, slug, _("the row has neither a price nor a picture"))
            continue
        position += 1
        price, problem = cells.price(row["Variant Price"])
        sku = row["Variant SKU"].removeprefix("'") or f"{slug[:80].upper()}-{position + 1}"
        if len(sku) > 100:
            problem = _("the SKU has more than 100 characters")
        if price is None or problem:
            tally.skip(row.line, slug, problem)
            continue
        values: dict[str, Any] = {"price": price, "position": position}
        if "Variant Compare At Price" in row.cells:
            values["compare_at_price"] = cells.former_price(
                row["Variant Compare At Price"], price, row, slug, tally
            )
        if row["Variant Inventory Qty"]:
            count = cells.stock(row["Variant Inventory Qty"], row, slug, tally)
            cells.set_if(values, "stock", count)
        cells.set_if(values, "weight", _weight(row, slug, tally))
        cells.set_if(values, "published", cells.yes_or_no(row[VARIANT_PUBLISHED]))
        options = values_of([*_options(names, row), *row.pairs(MORE_OPTIONS)])
        yield VariantData(row.line, sku, options, values, row["Variant Image"])


def _options(names: list[str], row: Row) -> Iterator[tuple[str, str]]:
    for name, (_name, column) in zip(names, OPTIONS, strict=True):
        value = row[column]
        if name and value and (name.lower(), value.lower()) != ("title", "default title"):
            yield name, value


def _weight(row: Row, slug: str, tally: Tally) -> int | None:
    """The weight in grams; None where the file does not say, or says it wrongly."""
    text, unit = row["Variant Grams"], row["Variant Weight Unit"]
    if not text:
        return None
    if unit and unit.lower() not in cells.WEIGHT_UNITS:
        tally.warn(
            row.line,
            slug,
            _("the weight unit %(unit)s is none of %(units)s")
            % {"unit": repr(unit[:20]), "units": ", ".join(cells.WEIGHT_UNITS)},
        )
    # The file has it in grams whatever the unit, in which Shopify shows it.
    weight = cells.grams(text, "g")
    if weight is None:
        tally.warn(
            row.line,
            slug,
            _("the weight %(weight)s is left out: it is no number of grams such as 1250")
            % {"weight": repr(text[:20])},
        )
    return weight


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
                _("Variant Taxable %(word)s is left out: it is neither TRUE nor FALSE")
                % {"word": repr(word[:20])},
            )
    if len(said) > 1:
        tally.warn(rows[0].line, slug, _("some variants are taxable and some not: all are taxed"))
    return True in said if said else None
