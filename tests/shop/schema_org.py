"""Checks JSON-LD as search engines do: what each type must have, and of what form it must be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

Check = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_url(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"https?://[^\s/]+(/\S*)?", value))


def is_amount(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d+\.\d\d", value))


def is_currency(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch("[A-Z]{3}", value))


def is_date(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and value > 0


def a(kind: str) -> Check:
    return lambda value: isinstance(value, dict) and value.get("@type") == kind


def some(check: Check) -> Check:
    return lambda value: isinstance(value, list) and bool(value) and all(map(check, value))


def many(check: Check) -> Check:
    """Any number of them, also none."""
    return lambda value: isinstance(value, list) and all(map(check, value))


# By type: what it must have. After "?": what it may have, and how it is then.
REQUIRED: dict[str, dict[str, Check]] = {
    "Product": {
        "name": is_text,
        "url": is_url,
        "image": many(is_url),
        "offers": some(a("Offer")),
        "?description": is_text,
        "?category": is_text,
        "?sku": is_text,
        "?brand": a("Brand"),
        "?aggregateRating": a("AggregateRating"),
        "?review": some(a("Review")),
    },
    "Brand": {"name": is_text},
    "Offer": {
        "price": is_amount,
        "priceCurrency": is_currency,
        "availability": lambda value: value.startswith("https://schema.org/"),
        "url": is_url,
        "sku": is_text,
        "seller": a("Organization"),
        "priceSpecification": a("UnitPriceSpecification"),
        "?priceValidUntil": is_date,
        "?shippingDetails": some(a("OfferShippingDetails")),
    },
    "Organization": {"name": is_text},
    "UnitPriceSpecification": {
        "price": is_amount,
        "priceCurrency": is_currency,
        "valueAddedTaxIncluded": lambda value: isinstance(value, bool),
    },
    "OfferShippingDetails": {
        "shippingRate": a("MonetaryAmount"),
        "shippingDestination": a("DefinedRegion"),
        "deliveryTime": a("ShippingDeliveryTime"),
    },
    "MonetaryAmount": {"value": is_amount, "currency": is_currency},
    "DefinedRegion": {"addressCountry": lambda value: re.fullmatch("[A-Z]{2}", value) is not None},
    "ShippingDeliveryTime": {"transitTime": a("QuantitativeValue")},
    "QuantitativeValue": {
        "minValue": lambda value: isinstance(value, int),
        "maxValue": lambda value: isinstance(value, int),
        "unitCode": lambda value: value == "DAY",
    },
    "AggregateRating": {
        "ratingValue": is_number,
        "reviewCount": is_number,
        "bestRating": is_number,
        "worstRating": is_number,
    },
    "Review": {
        "author": a("Person"),
        "datePublished": is_date,
        "reviewRating": a("Rating"),
        "?name": is_text,
        "?reviewBody": is_text,
    },
    "Person": {"name": is_text},
    "Rating": {"ratingValue": is_number, "bestRating": is_number},
    "BreadcrumbList": {"itemListElement": some(a("ListItem"))},
    "ListItem": {"position": is_number, "name": is_text, "?item": is_url, "?url": is_url},
    "CollectionPage": {
        "name": is_text,
        "url": is_url,
        "description": is_text,
        "mainEntity": a("ItemList"),
    },
    "ItemList": {"itemListElement": many(a("ListItem"))},
    "OnlineStore": {
        "@id": is_url,
        "name": is_text,
        "url": is_url,
        "?logo": is_url,
        "?legalName": is_text,
        "?taxID": is_text,
        "?address": a("PostalAddress"),
        "?contactPoint": a("ContactPoint"),
        "?hasMerchantReturnPolicy": a("MerchantReturnPolicy"),
    },
    "PostalAddress": {
        "streetAddress": is_text,
        "postalCode": is_text,
        "addressLocality": is_text,
        "addressCountry": is_text,
    },
    "ContactPoint": {
        "contactType": is_text,
        "url": is_url,
        "?email": is_text,
        "?telephone": is_text,
    },
    "MerchantReturnPolicy": {"merchantReturnLink": is_url},
    "WebSite": {
        "@id": is_url,
        "name": is_text,
        "url": is_url,
        "publisher": lambda value: is_url(value["@id"]),
        "?potentialAction": a("SearchAction"),
    },
    "SearchAction": {
        "target": a("EntryPoint"),
        "query-input": lambda value: value == "required name=search_term_string",
    },
    "EntryPoint": {"urlTemplate": lambda value: value.endswith("{search_term_string}")},
}


def things(html: str) -> list[dict[str, Any]]:
    """What a page says, checked: fails for anything that is missing, unknown or of another form."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    document = json.loads(found[0])
    assert document["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = document["@graph"]
    for thing in _within(graph):
        _check(thing)
    return graph


def _check(thing: dict[str, Any]) -> None:
    kind = thing["@type"]
    known = REQUIRED[kind]
    for name, check in known.items():
        bare = name.lstrip("?")
        if bare in thing:
            assert check(thing[bare]), f"{kind}.{bare}: {thing[bare]!r}"
        else:
            assert name != bare, f"{kind} lacks {bare}: {thing}"
    unknown = thing.keys() - {name.lstrip("?") for name in known} - {"@type"}
    assert not unknown, f"{kind} has {unknown}"
    if kind in ("BreadcrumbList", "ItemList"):
        positions = [step["position"] for step in thing["itemListElement"]]
        assert (
            positions == list(range(positions[0], positions[0] + len(positions)))
            if positions
            else True
        )


def _within(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with a type, at any depth."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from _within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner)
