"""Products -> rows of a plain table, which `shop.catalog.importing.spreadsheet` reads back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Exists, OuterRef

from shop.catalog.exporting.products import ExportedProduct
from shop.catalog.exporting.texts import joined, short
from shop.catalog.importing import columns
from shop.catalog.importing.spreadsheet import SEPARATOR
from shop.catalog.models import Attribute, AttributeValue, Product, Variant

Cell = str | int | Decimal | None

OF_PRODUCT = ("Handle", "Title", "Category", "Brand", "Description")
OF_VARIANT = ("SKU", "Price", "Former price", "Stock")
BEHIND = (
    "Pictures",
    "Picture texts",
    "Variant picture",
    "Weight (g)",
    "Tax category",
    "Published",
    "Variant published",
)
# Those of the texts that are not on one line.
DESCRIPTION = OF_PRODUCT.index("Description")


class Table:
    """The columns of an export: those of every shop, and one for each attribute of this one."""

    def __init__(self) -> None:
        variants = AttributeValue.objects.filter(
            Exists(Variant.options.through.objects.filter(attributevalue=OuterRef("pk")))
        )
        products = AttributeValue.objects.filter(
            Exists(Product.attributes.through.objects.filter(attributevalue=OuterRef("pk")))
        )
        attributes = Attribute.objects.order_by("name", "pk")
        self._options = list(attributes.filter(Exists(variants.filter(attribute=OuterRef("pk")))))
        self._attributes = list(
            attributes.filter(Exists(products.filter(attribute=OuterRef("pk"))))
        )
        names = {name.casefold() for name in Attribute.objects.values_list("name", flat=True)}
        self.header = [
            *OF_PRODUCT,
            *OF_VARIANT,
            *(_option_title(attribute, names) for attribute in self._options),
            *(_attribute_title(attribute) for attribute in self._attributes),
            *BEHIND,
        ]

    def rows(self, product: ExportedProduct) -> Iterator[list[Cell]]:
        """One row for each variant; what concerns the product is on the first of them."""
        for place, variant in enumerate(product.variants):
            yield self._row(product, variant, first=place == 0)

    def _row(self, product: ExportedProduct, variant: Variant, *, first: bool) -> list[Cell]:
        row = product.row
        options = product.options[variant.pk]
        of_product: list[Cell] = [row.slug, "", "", "", ""]
        pictures: list[Cell] = ["", ""]
        if first:
            of_product = [
                row.slug,
                short(row.title),
                " > ".join(short(name, ">") for name in product.category),
                short(row.brand),
                row.description,  # as the file at hand needs it
            ]
            pictures = [
                joined([one.address for one in product.pictures], SEPARATOR),
                joined([one.row.alt for one in product.pictures], SEPARATOR),
            ]
        return [
            *of_product,
            short(variant.sku),
            variant.price,
            variant.compare_at_price,
            variant.stock,
            *(_values(options, attribute) for attribute in self._options),
            *(
                _values(product.attributes, attribute) if first else ""
                for attribute in self._attributes
            ),
            *pictures,
            short(product.picture_of(variant)),
            variant.weight,
            row.tax_category if first else "",
            _word(row.published) if first else "",
            _word(variant.published),
        ]


def _values(values: list[AttributeValue], attribute: Attribute) -> str:
    texts = [value.value for value in values if value.attribute_id == attribute.pk]
    return joined(texts, SEPARATOR)


def _option_title(attribute: Attribute, names: set[str]) -> str:
    """`Color` and `Size` are options without saying so, if they are what an import finds so."""
    known = {"color": "colour", "size": "size"}.get(attribute.slug)
    plain = columns.known(attribute.name) == known and known is not None
    if plain and (attribute.name.casefold() == attribute.slug or attribute.slug not in names):
        return attribute.name
    return f"Option: {short(attribute.name)}"


def _attribute_title(attribute: Attribute) -> str:
    """The name, unless a column of that name is something else."""
    name = short(attribute.name)
    understood = columns.known(name) or columns.is_ignored(name) or columns.attribute_of(name)
    return f"Attribute: {name}" if understood or not columns.folded(name) else name


def _word(truth: bool) -> str:
    return "yes" if truth else "no"
