"""Products -> items of a Google Merchant feed, which `shop.catalog.importing.google` reads back.

A feed holds what is on sale: Google asks for nothing else. What its own attributes cannot say is in
custom ones (`c:`), those of a whole product on its first item.
"""

from __future__ import annotations

from collections.abc import Iterator

from shop.catalog.exporting.products import ExportedProduct, pairs
from shop.catalog.exporting.texts import description, joined, paired, short
from shop.catalog.models import AttributeValue, Variant
from shop.catalog.slugs import slug_of

# What Google cuts or refuses beyond.
MAX_TITLE, MAX_DESCRIPTION, MAX_GROUP, MAX_PICTURES = 150, 5000, 50, 10
# Google's attributes by the slugs of ours.
ATTRIBUTES = {
    "color": "color",
    "colour": "color",
    "size": "size",
    "material": "material",
    "pattern": "pattern",
    "gender": "gender",
    "age-group": "age_group",
}
PRODUCT_COLUMNS = [
    "c:title",
    "c:description",
    "c:tax_category",
    "c:attributes",
    "c:pictures",
    "c:picture_texts",
]
COLUMNS = [
    "id",
    "title",
    "description",
    "link",
    "image_link",
    "additional_image_link",
    "availability",
    "price",
    "sale_price",
    "brand",
    "mpn",
    "condition",
    "item_group_id",
    *dict.fromkeys(ATTRIBUTES.values()),
    "product_type",
    "shipping_weight",
    "c:handle",
    "c:stock",
    "c:options",
    "c:variant_picture",
    *PRODUCT_COLUMNS,
]


def items(product: ExportedProduct, currency: str) -> Iterator[dict[str, list[str]]]:
    """The items of a product by attribute, each with its values; empty ones are left out."""
    on_sale = [variant for variant in product.variants if variant.published]
    shared = _of_product(product, several=len(product.variants) > 1)
    for place, variant in enumerate(on_sale):
        cells = shared | _of_variant(product, variant, currency)
        if place:
            cells = {name: held for name, held in cells.items() if name not in PRODUCT_COLUMNS}
        yield {name: held for name, held in cells.items() if any(held)}


def _of_product(product: ExportedProduct, *, several: bool) -> dict[str, list[str]]:
    row = product.row
    group = row.slug if len(row.slug) <= MAX_GROUP else slug_of(row.slug, limit=MAX_GROUP)
    title, text = short(row.title), description(row.description)
    cells = {
        "title": [title],
        "description": [text],
        "link": [product.url],
        "brand": [short(row.brand)],
        "condition": ["new"],
        "item_group_id": [group if several else ""],
        "product_type": [" > ".join(short(name, ">") for name in product.category)],
        "c:handle": [row.slug],
        "c:tax_category": [row.tax_category],
        "c:attributes": [paired(pairs(product.attributes))],
        "c:pictures": [joined([one.address for one in product.pictures], "|")],
        "c:picture_texts": [joined([one.row.alt for one in product.pictures], "|")],
    }
    if len(title) > MAX_TITLE:
        cells["title"], cells["c:title"] = [short(row.title[:MAX_TITLE])], [title]
    if len(text) > MAX_DESCRIPTION:
        cells["description"] = [description(row.description[:MAX_DESCRIPTION])]
        cells["c:description"] = [text]
    return cells


def _of_variant(product: ExportedProduct, variant: Variant, currency: str) -> dict[str, list[str]]:
    own = product.picture_of(variant)
    others = [one.address for one in product.pictures if one.address != own]
    shown, *further = [own, *others] if own else others or [""]
    former = variant.compare_at_price
    options = product.options[variant.pk]
    cells = {
        "id": [short(variant.sku)],
        "mpn": [short(variant.sku)],
        "image_link": [shown],
        "additional_image_link": further[:MAX_PICTURES],
        "availability": ["in_stock" if variant.in_stock else "out_of_stock"],
        "price": [f"{variant.price if former is None else former:f} {currency}"],
        "sale_price": ["" if former is None else f"{variant.price:f} {currency}"],
        "shipping_weight": [f"{variant.weight} g"],
        "c:stock": [str(variant.stock)],
        "c:options": [paired(pairs(options))],
        "c:variant_picture": [own],
    }
    for name, values in _known(product.attributes).items():
        cells[name] = values
    for name, values in _known(options).items():
        cells[name] = values
    return cells


def _known(values: list[AttributeValue]) -> dict[str, list[str]]:
    """Google's attributes with our values; several are parted by a slash."""
    found: dict[str, list[str]] = {}
    for value in values:
        name = ATTRIBUTES.get(value.attribute.slug)
        if name is not None:
            found.setdefault(name, []).append(short(value.value))
    return {name: ["/".join(texts)] for name, texts in found.items()}
