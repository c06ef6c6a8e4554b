"""What a product's page shows beside it."""

from __future__ import annotations

from django import template

from search import recommendations
from shop.catalog.models import Product

register = template.Library()


@register.simple_tag
def similar_to(product: Product) -> list[Product]:
    """What looks most like it, for cards."""
    return recommendations.similar_to(product)


@register.simple_tag
def goes_with(product: Product) -> list[Product]:
    """What goes with it, for cards."""
    return recommendations.goes_with(product)
