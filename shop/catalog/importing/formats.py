"""Which format a file has, by what it begins with; its name decides nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shop.catalog.importing.data import Format
from shop.catalog.importing.google import GoogleFeed, is_feed
from shop.catalog.importing.shopify import ShopifyCsv
from shop.catalog.importing.source import (
    Source,
    UnreadableFile,
    is_workbook,
    read_beginning,
    read_records,
)
from shop.catalog.importing.spreadsheet import Spreadsheet, has_table
from shop.catalog.importing.workbook import LOOKED_AT, read_sheet

SHOPIFY = frozenset(
    {"variant price", "variant sku", "variant inventory qty", "option1 name", "body (html)"}
    | {"image src", "variant grams"}
)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
OTHER_KINDS = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"{": "JSON",
    b"[": "JSON",
}


def detect(source: Source) -> Format:
    """The format of the file, or `UnreadableFile`, which says what was found."""
    head = read_beginning(source, 4096)
    if head.startswith(b"PK\x03\x04"):
        with source.open_table() as file:
            if is_workbook(file):
                return _workbook(source)
            raise UnreadableFile(_("This is a ZIP or workbook that is damaged. Save it anew."))
    if not head.strip():
        raise UnreadableFile(_("The file is empty."))
    if head.startswith(OLD_EXCEL):
        raise UnreadableFile(
            _("This is a workbook of an old Excel (.xls). Save it as .xlsx, or as “CSV UTF-8”.")
        )
    kind = next((kind for magic, kind in OTHER_KINDS.items() if head.startswith(magic)), None)
    if kind is not None:
        raise _unknown(_("This is a %(kind)s.") % {"kind": kind})
    if _is_xml(head):
        return GoogleFeed(is_xml=True)
    _number, header = next(read_records(source))
    titles = {title.strip().lower() for title in header}
    if "handle" in titles and titles & SHOPIFY:
        return ShopifyCsv()
    if is_feed(header):
        return GoogleFeed(is_xml=False)
    if has_table(read_records(source)):
        return Spreadsheet(is_workbook=False)
    raise _unknown(_found(header))


def _is_xml(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<")):  # UTF-16
        return True
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _workbook(source: Source) -> Format:
    # Whoever uploads it waits: what begins further down is none.
    if not has_table(read_sheet(source, most=LOOKED_AT)):
        header = next((row for _line, row in read_sheet(source, most=LOOKED_AT)), [])
        raise _unknown(_found(header))
    return Spreadsheet(is_workbook=True)


def _found(header: list[str]) -> str:
    names = [title.strip()[:40] for title in header if title.strip()]
    if not names:
        return _("The table is empty.")
    return _("The first line names these columns: %(columns)s.") % {
        "columns": ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    }


def _unknown(found: str) -> UnreadableFile:
    return UnreadableFile(
        found
        + " "
        + _(
            "What can be imported: a Shopify product CSV (Handle, Title, Variant Price, …), a "
            "Google Merchant feed as TSV or XML (id, title, price, link, …), or a plain table as "
            "CSV or XLSX whose first line names its columns (Title, Price, SKU, …)."
        )
    )
