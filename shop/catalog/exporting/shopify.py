"""Products -> rows of Shopify's product CSV, which `shop.catalog.importing.shopify` reads back.

Texts are as Shopify needs them: nothing is put before what a spreadsheet takes for a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from shop.catalog.exporting.products import ExportedProduct, pairs
from shop.catalog.exporting.texts import as_html, paired, short
from shop.catalog.importing.shopify import (
    MORE_OPTIONS,
    OPTIONS,
    TAX_CATEGORY,
    VARIANT_PUBLISHED,
)
from shop.catalog.models import AttributeValue, Variant
from shop.taxes.models import TaxCategory

COLUMNS = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Product Category",
    "Type",
    "Tags",
    "Published",
    *(column for pair in OPTIONS for column in pair),
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Fulfillment Service",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Variant Image",
    "Variant Weight Unit",
    "Status",
    TAX_CATEGORY,
    MORE_OPTIONS,
    VARIANT_PUBLISHED,
]


def rows(product: ExportedProduct) -> Iterator[list[str]]:
    """The rows of a product: one for each variant, and more if it has more pictures."""
    names = _option_names(product)
    first = True
    numbered = enumerate(product.pictures, start=1)
    for variant, picture in zip_longest(product.variants, numbered):
        cells = {"Handle": product.row.slug}
        if first:
            cells |= _of_product(product)
            first = False
        if variant is not None:
            cells |= _of_variant(product, variant, names)
        if picture is not None:
            position, shown = picture
            cells["Image Src"] = short(shown.address)
            cells["Image Position"] = str(position)
            cells["Image Alt Text"] = short(shown.row.alt)
        yield [cells.get(column, "") for column in COLUMNS]


def _of_product(product: ExportedProduct) -> dict[str, str]:
    row = product.row
    return {
        "Title": short(row.title),
        "Body (HTML)": as_html(row.description),
        "Vendor": short(row.brand),
        "Product Category": " > ".join(short(name, ">") for name in product.category),
        "Type": short(product.category[-1]) if product.category else "",
        "Tags": paired(pairs(product.attributes)),
        "Published": _word(row.published),
        "Status": "active" if row.published else "draft",
        TAX_CATEGORY: row.tax_category,
    }


def _of_variant(product: ExportedProduct, variant: Variant, names: list[str]) -> dict[str, str]:
    # Shopify's own files have an apostrophe there, which an import takes away.
    sku = f"'{variant.sku}" if variant.sku.startswith("'") else variant.sku
    former = variant.compare_at_price
    cells = {
        "Variant SKU": short(sku),
        "Variant Grams": str(variant.weight),
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": str(variant.stock),
        "Variant Inventory Policy": "deny",
        "Variant Fulfillment Service": "manual",
        "Variant Price": f"{variant.price:f}",
        "Variant Compare At Price": "" if former is None else f"{former:f}",
        "Variant Requires Shipping": "TRUE",
        "Variant Taxable": _word(product.row.tax_category != TaxCategory.ZERO),
        "Variant Image": short(product.picture_of(variant)),
        "Variant Weight Unit": "g",
        VARIANT_PUBLISHED: _word(variant.published),
    }
    values = product.options[variant.pk]
    for name, (title, column) in zip(names, OPTIONS, strict=False):
        cells[title] = short(name)
        cells[column] = next(
            (short(value.value) for value in values if value.attribute.name == name), ""
        )
    if not names:
        cells["Option1 Name"], cells["Option1 Value"] = "Title", "Default Title"
    rest = [value for value in values if value.attribute.name not in names]
    cells[MORE_OPTIONS] = paired(pairs(rest))
    return cells


def _option_names(product: ExportedProduct) -> list[str]:
    """Up to three attributes, of each of which no variant has two values: what Shopify takes."""
    seen: dict[str, int] = {}
    for variant in product.variants:
        for name, count in _counts(product.options[variant.pk]).items():
            seen[name] = max(seen.get(name, 0), count)
    # "Title" is Shopify's word for a product without options.
    fitting = [name for name, most in seen.items() if most == 1 and name.lower() != "title"]
    return fitting[: len(OPTIONS)]


def _counts(values: Iterable[AttributeValue]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value.attribute.name] = counts.get(value.attribute.name, 0) + 1
    return counts


def _word(truth: bool) -> str:
    return "TRUE" if truth else "FALSE"
