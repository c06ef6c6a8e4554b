"""What the page of a product says of a reduction: until when, and the lowest price before it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from shop.catalog.choices import variants_of
from shop.catalog.models import Product, Variant
from shop.pricing.history import lowest_price
from shop.pricing.models import SalePrice


def load(request: HttpRequest, product: Product, variant: Variant) -> dict[str, Any]:
    """`sale_ends`: by SKU, when the sales of the product's variants end; `sale_price`: the sale
    of the chosen one; `lowest_before`: its lowest price of the 30 days before its reduction."""
    sales: dict[int, SalePrice] = {}
    if any(one.compare_at_price is not None for one in variants_of(product)):
        found = SalePrice.objects.in_force().filter(variant__in=variants_of(product))
        sales = {sale.variant_id: sale for sale in found}
    sale = sales.get(variant.pk)
    lowest = None
    if variant.compare_at_price is not None:
        lowest = lowest_price(variant)
    return {
        "sale_price": sale,
        "lowest_before": lowest,
        "sale_ends": {
            one.sku: sales[one.pk].ends_at
            for one in variants_of(product)
            if one.pk in sales and sales[one.pk].ends_at is not None
        },
    }


def describe(described: dict[str, Any], context: dict[str, Any]) -> None:
    """Offers on sale say until when their price holds."""
    for offer in described["offers"]:
        if ends_at := context["sale_ends"].get(offer["sku"]):
            offer["priceValidUntil"] = ends_at.date().isoformat()
