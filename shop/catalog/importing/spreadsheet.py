"""Rows of a plain table -> products: one row a variant, columns named as people name them.

Rows with one handle, or with one title where there is no handle, are one product. A column that
nobody knows is an attribute: of the product where its rows say the same, else an option of its
variants. A list of prices or stocks by SKU is a table as well: what it does not say stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from shop.catalog.importing import cells, columns
from shop.catalog.importing.data import PictureData, ProductData, Row, VariantData, values_of
from shop.catalog.importing.report import Tally
from shop.catalog.importing.shopify import too_many
from shop.catalog.importing.source import LINES_ABOVE, Source, UnreadableFile, read_records
from shop.catalog.importing.texts import described, short_text
from shop.catalog.importing.workbook import read_sheet
from shop.catalog.slugs import slug_of
from shop.spreadsheets import restored
from shop.store.current import current_store
from shop.taxes.models import TaxCategory

SEPARATOR = "|"
KEY = " key"
NAMES_OF_OPTIONS = {"colour": "Color", "size": "Size"}
TAX_WORDS = {
    "standard": TaxCategory.STANDARD,
    "normal": TaxCategory.STANDARD,
    "regular": TaxCategory.STANDARD,
    "reduced": TaxCategory.REDUCED,
    "ermaessigt": TaxCategory.REDUCED,
    "zero": TaxCategory.ZERO,
    "none": TaxCategory.ZERO,
    "notax": TaxCategory.ZERO,
    "taxfree": TaxCategory.ZERO,
    "steuerfrei": TaxCategory.ZERO,
}


class Spreadsheet:
    """A plain table: a CSV, or the first sheet of a workbook."""

    def __init__(self, *, is_workbook: bool) -> None:
        self._is_workbook = is_workbook
        self.name = "xlsx" if is_workbook else "csv"
        self.title = "Excel workbook" if is_workbook else "Spreadsheet (CSV)"

    def rows(self, source: Source, tally: Tally) -> Iterator[Row]:
        records = self.records(source)
        header = _find_header(records)
        if header is None:
            raise UnreadableFile(_("The table names no columns of products."))
        if not self._is_workbook:
            header = [restored(title) for title in header]
        names = _columns(header, tally)
        last = ""
        for line, record in records:
            if not any(cell.strip() for cell in record):
                continue
            if any(cell.strip() for cell in record[len(header) :]):
                tally.skip(line, record[0][:50], too_many(record, header), costs="row")
                continue
            if any("\0" in cell for cell in record):
                tally.skip(line, "", _("there is a NUL character"), costs="row")
                continue
            row = Row(line, self._cells(names, record))
            # Below the first row of a product people leave empty what is the same.
            last = _key(row) or last
            row.cells[KEY] = last or (f"sku {row['sku']}" if row["sku"] else "")
            yield row

    def records(self, source: Source) -> Iterator[tuple[int, list[str]]]:
        return read_sheet(source) if self._is_workbook else read_records(source)

    def _cells(self, names: list[str], record: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, cell in zip(names, record, strict=False):
            if not name:
                continue
            text = cell if self._is_workbook else restored(cell)
            if name == "pictures" and found.get(name) and text.strip():
                text = f"{found[name]}{SEPARATOR}{text}"
            if name != "pictures" or text.strip() or name not in found:
                found[name] = text
        return found

    def key(self, row: Row) -> str:
        return row.cells[KEY]

    def no_key(self) -> str:
        return _("the row has neither a title nor a handle nor a SKU")

    def product(self, key: str, rows: list[Row], tally: Tally) -> ProductData | None:
        main = next((row for row in rows if row["title"]), rows[0])
        handle = next((row["handle"] for row in rows if row["handle"]), "")
        title = cells.cut(main, "title", 200, handle, tally)
        slug = slugify(handle)[:200] or (slug_of(title, limit=200) if title else "")
        of_product, of_variant = _attribute_columns(rows)
        variants = []
        for place, row in enumerate(rows):
            options = values_of(
                (name, value)
                for column, name in of_variant
                for value in row.parts(column, SEPARATOR)
            )
            variant = _variant(row, slug, place, options, tally)
            if variant is not None:
                variants.append(variant)
                if place and title and not row["title"] and not row["handle"]:
                    # Meant so, or a title that was forgotten: only people can tell.
                    message = _("the row has no title: taken as another variant of %(title)s")
                    tally.warn(row.line, slug, message % {"title": title})
        if not variants:
            return None
        attributes = values_of(
            (name, value)
            for row in rows
            for column, name in of_product
            for value in row.parts(column, SEPARATOR)
        )
        return ProductData(
            line=main.line,
            slug=slug,
            values=_values(main, title, slug, tally),
            category=cells.category_path(main, main.parts("category", ">"), slug, tally),
            attributes=attributes,
            variants=tuple(variants),
            pictures=tuple(_pictures(rows, slug, tally)),
            handle=handle,
            by_sku=not handle,
        )


def is_table(header: list[str]) -> bool:
    """Whether the titles name columns of products: two at least, one of which says of which."""
    names = {columns.known(title) for title in header}
    return len(names - {None}) > 1 and bool(names & {"title", "sku", "handle"})


def _find_header(records: Iterator[tuple[int, list[str]]]) -> list[str] | None:
    for _line, record in islice(records, LINES_ABOVE):
        if is_table(record):
            while record and not record[-1].strip():
                record = record[:-1]
            return record
    return None


def has_table(records: Iterator[tuple[int, list[str]]]) -> bool:
    return _find_header(records) is not None


# --- Columns ------------------------------------------------------------------------------------


def _columns(header: list[str], tally: Tally) -> list[str]:
    """The name of each column: one of ours, `attribute X`, `option X`, `either X`, or none."""
    names: list[str] = []
    for cell in header:
        explicit, title = columns.attribute_of(cell), short_text(cell)
        name = columns.known(title)
        if explicit is not None:
            name = f"{explicit[0]} {short_text(explicit[1])}"
        elif name == "weight":
            name = f"weight {columns.weight_unit(title)}"
        elif name is None:
            name = ""
            if columns.is_ignored(title):
                tally.note(_("The column “%(title)s” is passed over.") % {"title": title[:80]})
            elif title:
                name = f"either {title}"
                tally.note(
                    _("The column “%(title)s” is taken as an attribute.") % {"title": title[:80]}
                )
        if name and name in names and name != "pictures":
            tally.note(
                _("The column “%(title)s” is passed over: another says the same.")
                % {"title": title[:80]}
            )
            name = ""
        names.append(name)
    return names


def _attribute_columns(rows: list[Row]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Columns and names of the attributes of a product, and of the options of its variants."""
    of_product, of_variant = [], []
    for column in rows[0].cells:
        kind, _space, name = column.partition(" ")
        if column in NAMES_OF_OPTIONS:
            of_variant.append((column, NAMES_OF_OPTIONS[column]))
        elif kind == columns.OPTION:
            of_variant.append((column, name))
        elif kind == columns.PRODUCT:
            of_product.append((column, name))
        elif kind == "either":
            said = {row[column] for row in rows if row[column]}
            (of_variant if len(said) > 1 else of_product).append((column, name))
    return of_product, of_variant


def _key(row: Row) -> str:
    if row["handle"]:
        return f"handle {slugify(row['handle'])}"
    return f"title {slug_of(row['title'], limit=200)}" if row["title"] else ""


# --- The product --------------------------------------------------------------------------------


def _values(row: Row, title: str, slug: str, tally: Tally) -> dict[str, Any]:
    values: dict[str, Any] = {}
    cells.set_if(values, "title", title)
    cells.set_if(values, "brand", cells.cut(row, "brand", 120, slug, tally))
    cells.set_if(values, "description", described(row.cells.get("description", "")))
    cells.set_if(values, "published", _yes_or_no(row, "published", slug, tally))
    word = row["tax_category"]
    if word:
        tax = TAX_WORDS.get(columns.folded(word))
        if tax is None:
            tally.warn(
                row.line,
                slug,
                _("the tax category %(word)s is left out: it is none of %(words)s")
                % {"word": repr(word[:20]), "words": ", ".join(TaxCategory.values)},
            )
        cells.set_if(values, "tax_category", tax)
    return values


def _yes_or_no(row: Row, column: str, slug: str, tally: Tally) -> bool | None:
    word = row[column]
    said = cells.yes_or_no(word)
    if word and said is None:
        tally.warn(
            row.line,
            slug,
            _("%(word)s is left out: it is neither yes nor no") % {"word": repr(word[:20])},
        )
    return said


def _pictures(rows: list[Row], slug: str, tally: Tally) -> Iterator[PictureData]:
    seen: set[str] = set()
    for row in rows:
        texts = row.slots("picture_texts", SEPARATOR)
        for place, path in enumerate(row.slots("pictures", SEPARATOR)):
            if path and path not in seen:
                seen.add(path)
                alt = texts[place] if place < len(texts) else ""
                yield PictureData(row.line, path, alt[:250].strip())
    for row in rows:
        path = row["variant_picture"]
        if path and path not in seen:
            seen.add(path)
            yield PictureData(row.line, path, "")


# --- Variants -----------------------------------------------------------------------------------


def _variant(
    row: Row, slug: str, place: int, options: tuple[tuple[str, str], ...], tally: Tally
) -> VariantData | None:
    sku = row["sku"]
    if not sku and not row["price"] and not row["stock"] and not options and place:
        if not row["pictures"]:
            tally.skip(row.line, slug, _("the row has neither a SKU nor a price"))
        return None
    values: dict[str, Any] = {}
    problem = _put_prices(values, row, slug, tally)
    sku = sku or f"{slug[:80].upper()}-{place + 1}"
    if len(sku) > 100:
        problem = _("the SKU has more than 100 characters")
    if problem:
        tally.skip(row.line, slug, problem)
        return None
    if row["stock"]:
        cells.set_if(values, "stock", cells.stock(row["stock"], row, slug, tally))
    cells.set_if(values, "weight", _weight(row, slug, tally))
    cells.set_if(values, "published", _yes_or_no(row, "variant_published", slug, tally))
    return VariantData(
        row.line, sku, options, values, row["variant_picture"], initial={"position": place}
    )


def _put_prices(values: dict[str, Any], row: Row, slug: str, tally: Tally) -> str:
    """Put price and former price into `values`; what is wrong with the price."""
    former_price = row["former_price"]
    if row["price"]:
        price, currency, problem = cells.amount(row["price"])
        if price is None:
            return problem
        own = current_store().currency
        if currency and currency != own:
            return _("the price is in %(currency)s: this shop sells in %(own)s") % {
                "currency": currency,
                "own": own,
            }
        values["price"] = price
        if row["sale_price"]:
            reduced, _currency, problem = cells.amount(row["sale_price"])
            if reduced is None:
                tally.warn(
                    row.line,
                    slug,
                    _("the sale price is left out: %(problem)s") % {"problem": problem},
                )
            elif reduced < price:
                values["price"], former_price = reduced, row["price"]
    if former_price or "former_price" in row.cells:
        amount = former_price
        if former_price:
            read, _currency, problem = cells.amount(former_price)
            if read is None:
                told = _("the compare-at price is left out: %(problem)s") % {"problem": problem}
                tally.warn(row.line, slug, told)
                return ""
            amount = f"{read}"
        values["compare_at_price"] = cells.former_price(
            amount, values.get("price"), row, slug, tally
        )
    return ""


def _weight(row: Row, slug: str, tally: Tally) -> int | None:
    column = next((name for name in row.cells if name.startswith("weight ")), "")
    text = row[column] if column else ""
    if not text:
        return None
    number, unit = text.replace(",", "."), column.partition(" ")[2]
    for written in cells.WEIGHT_UNITS:
        # The longer ones stand behind the shorter: "kg" ends with "g".
        if number.lower().endswith(written):
            unit = written
    if number.lower().endswith(unit):
        number = number[: -len(unit)].strip()
    weight = cells.grams(number, unit)
    if weight is None:
        tally.warn(
            row.line,
            slug,
            _("the weight %(weight)s is left out: it is none such as 1250 g, 1.25 kg or 3 lb")
            % {"weight": repr(text[:20])},
        )
    return weight
