"""Brings a catalogue in from a file: `import_catalog(path)`; `plan(path)` says what that would do.

A file is Shopify's product CSV, a Google Merchant feed (TSV or XML) or a plain spreadsheet (CSV or
XLSX), alone in a folder with its pictures or together with them in a ZIP; pictures may also stand
on the net. `source` opens it, `formats` finds its format, which makes products of its rows,
`matching` finds the categories and attributes they name, `pictures` their pictures, `writing` puts
them into the database, `run` does it all and counts.
"""

from shop.catalog.importing.report import (
    FieldChange,
    ImportReport,
    Plan,
    Problem,
    ProductOutcome,
)
from shop.catalog.importing.run import ImportBusy, Journal, import_catalog, plan
from shop.catalog.importing.source import UnreadableFile

__all__ = [
    "FieldChange",
    "ImportBusy",
    "ImportReport",
    "Journal",
    "Plan",
    "Problem",
    "ProductOutcome",
    "UnreadableFile",
    "import_catalog",
    "plan",
]
