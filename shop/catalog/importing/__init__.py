"""Brings a catalogue in from a file: `import_catalog(path)`.

A file is Shopify's product CSV, alone in a folder with its pictures or together with them in a
ZIP. `source` opens it, `shopify` makes products of its rows, `matching` finds the categories and
attributes they name, `writing` puts them into the database, `run` does it all and counts.
"""

from shop.catalog.importing.report import ImportReport, Problem
from shop.catalog.importing.run import ImportBusy, import_catalog
from shop.catalog.importing.source import UnreadableFile

__all__ = ["ImportBusy", "ImportReport", "Problem", "UnreadableFile", "import_catalog"]
