"""The files of an export, written product by product."""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.cell import WriteOnlyCell

from shop.catalog.exporting import google, shopify
from shop.catalog.exporting.products import ExportedProduct
from shop.catalog.exporting.spreadsheet import DESCRIPTION, Cell, Table
from shop.catalog.exporting.texts import description, description_for_excel, for_excel
from shop.catalog.importing.feed_xml import CUSTOM, GOOGLE
from shop.spreadsheets import guarded
from shop.store.current import current_store

# More than this no cell of Excel holds, and no sheet.
MAX_CELL = 32_767
MAX_ROWS = 1_048_576


class Writer(ABC):
    """Writes one file. `left_out` says what it has no room for."""

    suffix: str
    media_type: str

    def __init__(self, file: IO[bytes], base: str) -> None:
        self._file = file
        self._base = base
        self.left_out: list[str] = []

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def write(self, product: ExportedProduct) -> None: ...

    @abstractmethod
    def end(self) -> None: ...


class _TextWriter(Writer):
    """Into UTF-8 text."""

    def __init__(self, file: IO[bytes], base: str) -> None:
        super().__init__(file, base)
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)

    def end(self) -> None:
        self._text.flush()
        self._text.detach()


class ShopifyWriter(_TextWriter):
    suffix, media_type = ".csv", "text/csv"

    def begin(self) -> None:
        self._csv = csv.writer(self._text)
        self._csv.writerow(shopify.COLUMNS)

    def write(self, product: ExportedProduct) -> None:
        self._csv.writerows(shopify.rows(product))


class GoogleTableWriter(_TextWriter):
    suffix, media_type = ".tsv", "text/tab-separated-values"

    def begin(self) -> None:
        self._currency = current_store().currency
        self._csv = csv.writer(self._text, delimiter="\t")
        self._csv.writerow(google.COLUMNS)

    def write(self, product: ExportedProduct) -> None:
        for item in google.items(product, self._currency):
            self._csv.writerow([",".join(item.get(name, ())) for name in google.COLUMNS])


class GoogleXmlWriter(_TextWriter):
    suffix, media_type = ".xml", "application/xml"

    def begin(self) -> None:
        store = current_store()
        self._currency = store.currency
        self._text.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<rss version="2.0" xmlns:g="{GOOGLE}" xmlns:c="{CUSTOM}">\n<channel>\n'
            f"<title>{escape(store.name)}</title>\n<link>{escape(self._base)}/</link>\n"
            f"<description>{escape(store.name)}</description>\n"
        )

    def write(self, product: ExportedProduct) -> None:
        for item in google.items(product, self._currency):
            lines = ["<item>"]
            for name in google.COLUMNS:
                tag = name if name.startswith("c:") else f"g:{name}"
                lines += [f"<{tag}>{escape(text)}</{tag}>" for text in item.get(name, ())]
            self._text.write("\n".join([*lines, "</item>", ""]))

    def end(self) -> None:
        self._text.write("</channel>\n</rss>\n")
        super().end()


class SpreadsheetWriter(_TextWriter):
    suffix, media_type = ".csv", "text/csv"

    def begin(self) -> None:
        self._table = Table()
        self._text.write("\ufeff")  # by which Excel knows UTF-8
        self._csv = csv.writer(self._text)
        self._csv.writerow([guarded(title) for title in self._table.header])

    def write(self, product: ExportedProduct) -> None:
        for row in self._table.rows(product):
            row[DESCRIPTION] = description(str(row[DESCRIPTION]))
            self._csv.writerow([self._cell(value) for value in row])

    def _cell(self, value: Cell) -> str:
        if isinstance(value, str):
            return guarded(value)
        return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


class WorkbookWriter(Writer):
    suffix = ".xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def begin(self) -> None:
        self._table = Table()
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(_("Products")[:31])
        self._sheet.freeze_panes = "A2"
        self._rows = 1
        self._sheet.append([self._cell(title) for title in self._table.header])

    def write(self, product: ExportedProduct) -> None:
        rows = list(self._table.rows(product))
        if self._rows + len(rows) > MAX_ROWS:
            self.left_out.append(
                _("%(handle)s: the sheet is full. Export a CSV.") % {"handle": product.row.slug}
            )
            return
        self._rows += len(rows)
        for row in rows:
            row[DESCRIPTION] = text = description_for_excel(str(row[DESCRIPTION]))
            cells = [None if at == DESCRIPTION else self._cell(it) for at, it in enumerate(row)]
            cells[DESCRIPTION] = self._typed(text)
            for place, value in enumerate(row):
                if isinstance(value, str) and len(value) > MAX_CELL:
                    # A part of it would overwrite the whole when the file comes in again.
                    cells[place] = None
                    self.left_out.append(
                        _(
                            "%(handle)s: %(column)s has more than the %(limit)s characters that "
                            "a cell of Excel holds, and is left empty. Export a CSV."
                        )
                        % {
                            "handle": product.row.slug,
                            "column": self._table.header[place],
                            "limit": MAX_CELL,
                        }
                    )
            self._sheet.append(cells)

    def end(self) -> None:
        self._book.save(self._file)

    def _cell(self, value: Cell) -> ExcelCell | int | Decimal | None:
        return self._typed(for_excel(value)) if isinstance(value, str) else value

    def _typed(self, text: str) -> ExcelCell | None:
        """A cell that is a text, whatever it begins with."""
        if not text:
            return None
        cell = WriteOnlyCell(self._sheet, value=text)
        cell.data_type = "s"
        return cell


WRITERS: dict[str, type[Writer]] = {
    "shopify": ShopifyWriter,
    "google-tsv": GoogleTableWriter,
    "google-xml": GoogleXmlWriter,
    "csv": SpreadsheetWriter,
    "xlsx": WorkbookWriter,
}
