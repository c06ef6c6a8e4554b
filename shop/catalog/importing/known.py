"""What the shop has of the products at hand, read for many of them at once."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from shop.catalog.importing.data import ProductData
from shop.catalog.models import AttributeValue, Product, ProductImage, Variant
from shop.catalog.parts import price_holders


@dataclass
class Known:
    """Products with their variants, options, attributes and pictures; who has which SKU.

    `held` are the variants whose price is not their regular one at the moment.
    """

    by_slug: dict[str, Product] = field(default_factory=dict)
    by_id: dict[int, Product] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)  # products by SKU
    held: set[int] = field(default_factory=set)

    @classmethod
    def load(cls, products: Iterable[ProductData]) -> Known:
        """All that concerns these products of a file, in a fixed number of queries."""
        products = list(products)
        skus = {variant.sku for product in products for variant in product.variants}
        slugs = {product.slug for product in products} | {product.handle for product in products}
        owners = dict(Variant.objects.filter(sku__in=skus).values_list("sku", "product_id"))
        values = AttributeValue.objects.only("pk", "attribute_id").order_by()
        rows = Product.objects.filter(Q(slug__in=slugs) | Q(pk__in=set(owners.values())))
        rows = rows.prefetch_related(
            Prefetch("attributes", values),
            Prefetch("variants", Variant.objects.order_by("position", "pk")),
            Prefetch("variants__options", values),
            Prefetch("images", ProductImage.objects.order_by("position", "pk")),
        )
        by_id = {row.pk: row for row in rows}
        variants = [variant.pk for row in by_id.values() for variant in row.variants.all()]
        return cls(
            by_slug={row.slug: row for row in by_id.values()},
            by_id=by_id,
            owners=owners,
            held=set().union(*(holder(variants) for holder in price_holders))
            if variants
            else set(),
        )

    def former(self, data: ProductData, *, taken: Container[str]) -> Product | None:
        """The product that is meant, by its SKUs or by its handle. SKUs that are `taken` stand in
        the file before and mean nothing: else what they meant would depend on how far it is."""
        if data.by_sku:
            skus = [one.sku for one in data.variants if one.sku not in taken]
            owners = {self.owners[sku] for sku in skus if sku in self.owners}
            if owners:
                return self.by_id[min(owners)]
        return self.by_slug.get(data.handle) or self.by_slug.get(data.slug)

    def slug_of(self, sku: str) -> str:
        """The handle of the product that has the SKU."""
        return self.by_id[self.owners[sku]].slug


def values_by_attribute(values: Iterable[AttributeValue]) -> dict[int, set[int]]:
    """Ids of values by that of their attribute."""
    found: dict[int, set[int]] = {}
    for value in values:
        found.setdefault(value.attribute_id, set()).add(value.pk)
    return found
