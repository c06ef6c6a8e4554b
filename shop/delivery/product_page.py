"""What the page of a product says of delivery, to shoppers and to search engines: to the shop's own
country."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_countries import countries

from shop.catalog.choices import variants_of
from shop.catalog.models import Product, Variant
from shop.delivery.models import DeliveryMethod
from shop.delivery.offers import methods_to, price_by
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


def describe(described: dict[str, Any], context: dict[str, Any]) -> None:
    """Offers of what can be bought say what it costs to have one of it sent, and how long it takes
    (schema.org's `OfferShippingDetails`). Two queries."""
    store = current_store()
    country = str(store.country)
    variants = {one.sku: one for one in variants_of(context["product"]) if one.in_stock}
    methods = methods_to(country) if variants and country else []
    for offer in described["offers"]:
        variant = variants.get(offer["sku"])
        ways = [_way(method, variant, country) for method in methods] if variant else []
        if told := [way for way in ways if way is not None]:
            offer["shippingDetails"] = told


def _way(method: DeliveryMethod, variant: Variant, country: str) -> dict[str, Any] | None:
    price = price_by(method, method.rates.all(), weight=variant.weight, total=variant.price)
    if price is None:  # too heavy for it
        return None
    return {
        "@type": "OfferShippingDetails",
        "shippingRate": {
            "@type": "MonetaryAmount",
            "value": f"{price:.2f}",
            "currency": current_store().currency,
        },
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": country},
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "transitTime": {
                "@type": "QuantitativeValue",
                "minValue": method.days_min,
                "maxValue": method.days_max,
                "unitCode": "DAY",
            },
        },
    }
