"""Tables as CSV files that people open in spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils.formats import get_format
from django.utils.timezone import localtime

# A cell that begins with one of these is a formula to a spreadsheet, also one that a shopper wrote.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | Decimal | datetime | None


def csv_response(
    *, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], for_excel: bool = False
) -> StreamingHttpResponse:
    """A download that is written row by row, as UTF-8.

    `for_excel` marks it as such (BOM) and writes it as Excel reads it in the active language: where
    numbers have a comma, semicolons part the cells. Else amounts are plain decimals. Times are ISO
    8601 in the shop's zone. Text that a spreadsheet would take for a formula gets an apostrophe
    before it.
    """
    # Asked here, for the rows are written when the request and its language are over.
    comma = for_excel and get_format("DECIMAL_SEPARATOR") == ","
    response = StreamingHttpResponse(
        _written(header, rows, for_excel, comma), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def neutralised(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def guarded(text: str) -> str:
    """`neutralised`, so that `restored` gives back each text as it was."""
    escaped = text[:1] == "'" and text[1:].startswith((*FORMULA, "'"))
    return f"'{text}" if escaped else neutralised(text)


def restored(text: str) -> str:
    """What was `guarded`, or neutralised, without its apostrophe."""
    guarded = text[:1] == "'" and text[1:].startswith((*FORMULA, "'"))
    return text[1:] if guarded else text


class _Line:
    """What `csv` writes into: gives each line back."""

    def write(self, line: str) -> str:
        return line


def _written(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], for_excel: bool, comma: bool
) -> Iterator[str]:
    writer = csv.writer(_Line(), delimiter=";" if comma else ",")
    yield ("\ufeff" if for_excel else "") + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_cell(value, comma) for value in row])


def _cell(value: Cell, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",") if comma else f"{value:f}"
    return str(value) if isinstance(value, int) else neutralised(value)
