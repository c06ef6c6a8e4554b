"""What the page of a product says of delivery: to the shop's own country."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_countries import countries

from shop.catalog.models import Product, Variant
from shop.delivery.words import delivery_words
from shop.store.current import current_store


def load(request: HttpRequest, product: Product, variant: Variant) -> dict[str, Any]:
    """`delivery_words`: a line for each way; none for what is sold out, or where nothing goes."""
    store = current_store()
    code = str(store.country)
    if not variant.in_stock or not code:
        return {"delivery_country": "", "delivery_words": []}
    return {
        "delivery_country": countries.name(code),
        "delivery_words": delivery_words(country=code, currency=store.currency),
    }
