"""Rows of an Excel workbook, as texts, one after another."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from shop.catalog.importing.source import ZIP_ERRORS, Source, UnreadableFile

# Unpacked: of all parts together, and of the texts, which are read whole.
MAX_UNPACKED = 512 * 1024**2
MAX_TEXTS = 128 * 1024**2
MAX_ROWS = 1_048_576
MAX_COLUMNS = 1000
# So many rows may be empty above the first of a sheet that has any.
ROWS_ABOVE = 300
# In which the titles must be found, of all sheets together.
LOOKED_AT = 1000
SECONDS = 10.0


def read_sheet(source: Source, *, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that has any, each with its number: the first is 1.

    Looks at `most` rows of all sheets together, the empty ones included, and no longer than
    `SECONDS`, if that is given.
    """
    looked = 0
    end = time.monotonic() + SECONDS
    with source.open_table() as file:
        try:
            _check_size(zipfile.ZipFile(file))
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a file claims of its size is not to be trusted
                found = False
                width = 0
                rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
                for number, row in enumerate(rows, start=1):
                    if number > MAX_ROWS:
                        raise UnreadableFile(_("The sheet has more rows than Excel takes."))
                    looked += 1
                    if most is not None and looked > most:
                        return
                    if most is not None and time.monotonic() > end:
                        raise _too_large()
                    if not found and number > ROWS_ABOVE:
                        break
                    cells = [_text(value) for value in _without_end(row)]
                    if any(cells):
                        found = True
                        # Cells that are left out at the end are empty ones, as in a CSV.
                        width = max(width, len(cells))
                        yield number, cells + [""] * (width - len(cells))
                if found:
                    return
        except (*ZIP_ERRORS, InvalidFileException, DefusedXmlException) as error:
            raise _unreadable(error) from error
        except (ParseError, KeyError, TypeError, IndexError) as error:
            # What the reader meets in a workbook that no program wrote.
            raise _unreadable(error) from error


def _check_size(archive: zipfile.ZipFile) -> None:
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    texts = sizes.get("xl/sharedStrings.xml", 0)
    if sum(sizes.values()) > MAX_UNPACKED or texts > MAX_TEXTS:
        raise _too_large()


def _too_large() -> UnreadableFile:
    return UnreadableFile(
        _("The workbook is too large: save the sheet as “CSV UTF-8”, or split it.")
    )


def _unreadable(error: Exception) -> UnreadableFile:
    return UnreadableFile(
        _("The workbook cannot be read (%(reason)s). Save it anew as .xlsx, or as “CSV UTF-8”.")
        % {"reason": str(error)[:200] or type(error).__name__}
    )


def _without_end(row: Sequence[object]) -> Sequence[object]:
    """The cells up to the last that holds something: each row is filled up to all columns."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    if isinstance(value, (datetime, date, time_of_day)):
        return value.isoformat()
    return str(value)
