"""Writes the catalogue to a file that `shop.catalog.importing` reads back: `export_catalog(...)`.

`products` reads it, `shopify`, `google` and `spreadsheet` make rows of it in which `texts` keeps
each text as it is, `writers` put those into files, `run` does it all and counts.
"""

from shop.catalog.exporting.run import ExportReport, export_catalog
from shop.catalog.exporting.writers import WRITERS

# By what the command and the pages call them.
FORMATS = tuple(WRITERS)

__all__ = ["FORMATS", "WRITERS", "ExportReport", "export_catalog"]
