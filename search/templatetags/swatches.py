"""The colours of a product's pictures, on its page."""

from __future__ import annotations

from django import template

from search.colors.reading import ProductSwatch, each_once, swatches_of
from shop.catalog.models import Product

register = template.Library()


@register.simple_tag
def colors_of(product: Product) -> list[ProductSwatch]:
    """The named colours that it comes in, each once; none while they are not known."""
    return each_once(swatches_of([product.pk]).get(product.pk, ()))
