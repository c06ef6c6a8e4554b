"""What to offer in place of a product that is not sold any more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from shop.catalog.models import Product

OFFERED = 4


def similar_to(request: HttpRequest) -> dict[str, Any]:
    """For the page "not found": the `category` that the product of this address was in, and some
    `similar` products of it that are on sale. Nothing for any other address, or an unknown product.
    """
    match = request.resolver_match
    if match is None or match.view_name != "catalog:product":
        return {}
    product = (
        Product.objects.filter(slug=match.kwargs["slug"])
        .select_related("category")
        .only("category", "category__name", "category__slug", "category__path")
        .first()
    )
    if product is None:
        return {}
    on_sale = Product.objects.published().in_category(product.category).for_cards()
    return {"category": product.category, "similar": list(on_sale[:OFFERED])}
