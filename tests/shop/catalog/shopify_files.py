"""Shopify CSVs for tests of the import."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shop.catalog.importing import ImportReport, import_catalog

BOOT = {
    "Handle": "red-boot",
    "Title": "Red boot",
    "Body (HTML)": "<p>Warm.</p><p>Dry.</p>",
    "Vendor": "Luma",
    "Product Category": "Women > Shoes > Boots",
    "Type": "Boots",
    "Tags": "New, material:Leather, activity:Walking\nHiking",
    "Published": "TRUE",
    "Option1 Name": "Size",
    "Option1 Value": "38",
    "Option2 Name": "Colour",
    "Option2 Value": "Red",
    "Variant SKU": "BOOT-38",
    "Variant Price": "89.90",
    "Variant Compare At Price": "99",
    "Variant Inventory Qty": "7",
    "Variant Grams": "1250",
    "Variant Weight Unit": "kg",
    "Variant Taxable": "true",
    "Image Src": "pictures/boot.jpg",
    "Image Position": "1",
    "Image Alt Text": "A red boot",
    "Variant Image": "pictures/boot.jpg",
    "Status": "active",
}
SECOND = {
    "Handle": "red-boot",
    "Option1 Value": "39",
    "Option2 Value": "Red",
    "Variant SKU": "BOOT-39",
    "Variant Price": "89.90",
    "Variant Inventory Qty": "0",
    "Image Src": "pictures/side.png",
    "Image Position": "2",
}
MUG = {"Handle": "mug", "Title": "Mug", "Variant SKU": "MUG", "Variant Price": "5", "Type": "Mugs"}


def as_csv(*rows: Mapping[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(BOOT), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def run(folder: Path, *rows: Mapping[str, str], **options: Any) -> ImportReport:
    file = folder / "shop.csv"
    file.write_text(as_csv(*rows), encoding="utf-8")
    return import_catalog(file, **options)


def problems(report: ImportReport) -> list[str]:
    return [str(problem) for problem in report.problems]
