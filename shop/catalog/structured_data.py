"""What a page tells search engines: schema.org in JSON-LD."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shop.catalog.choices import variants_of
from shop.catalog.models import Category, Product, ProductImage, Variant
from shop.catalog.parts import product_describers, site_describers
from shop.origin import absolute
from shop.store.current import current_store
from shop.store.models import LegalPage

# As in Django's json_script: no text of the catalogue can end the element or open a comment.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def of_home(request: HttpRequest) -> SafeString:
    """The shop, who runs it, and how to search it (which other apps know)."""
    store = current_store()
    home = absolute(request, reverse("catalog:home"))
    shop: dict[str, Any] = {
        "@type": "OnlineStore",
        "@id": f"{home}#shop",
        "name": store.name,
        "url": home,
    }
    if store.logo:
        shop["logo"] = absolute(request, store.logo.url)
    if store.legal_name:
        shop["legalName"] = store.legal_name
    if store.tax_number:
        shop["taxID"] = store.tax_number
    if store.has_address:
        shop["address"] = {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(filter(None, [store.line1, store.line2])),
            "postalCode": store.postcode,
            "addressLocality": store.city,
            "addressCountry": str(store.country),
        }
    reached = {"email": store.contact_email, "telephone": store.phone_digits}
    if any(reached.values()):
        shop["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "url": absolute(request, reverse("mail:contact")),
        } | {name: value for name, value in reached.items() if value}
    returns = LegalPage.objects.shown().filter(kind=LegalPage.Kind.RETURNS).first()
    if returns is not None:
        shop["hasMerchantReturnPolicy"] = {
            "@type": "MerchantReturnPolicy",
            "merchantReturnLink": absolute(request, returns.get_absolute_url()),
        }
    site: dict[str, Any] = {
        "@type": "WebSite",
        "@id": f"{home}#site",
        "name": store.name,
        "url": home,
        "publisher": {"@id": shop["@id"]},
    }
    for describe in site_describers:
        describe(request, site)
    return _element([shop, site])


def of_category(
    request: HttpRequest,
    *,
    category: Category,
    trail: Sequence[Category],
    products: Sequence[Product],
    start: int,
    address: str,
    description: str,
) -> SafeString:
    """A page of a category: its products in order, the first of them at `start`, and the way to
    it."""
    listed = {
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "url": absolute(request, product.get_absolute_url()),
                "name": product.title,
            }
            for position, product in enumerate(products, start=start)
        ],
    }
    page = {
        "@type": "CollectionPage",
        "name": category.name,
        "description": description,
        "url": address,
        "mainEntity": listed,
    }
    return _element([page, _breadcrumb(request, trail, category.name)])


def of_product(request: HttpRequest, context: dict[str, Any], *, address: str) -> SafeString:
    """The product with an offer for each variant, and the way to it through the categories.

    `context` is that of the product's page: other apps add what they loaded into it.
    """
    product: Product = context["product"]
    pictures: Sequence[ProductImage] = list(product.images.all())
    described: dict[str, Any] = {
        "@type": "Product",
        "name": product.title,
        "url": address,
        "image": [absolute(request, picture.image.url) for picture in pictures],
        "category": " > ".join(node.name for node in context["trail"]),
        "offers": [_offer(variant, address) for variant in variants_of(product)],
    }
    if product.description:
        described["description"] = product.description
    if product.brand:
        described["brand"] = {"@type": "Brand", "name": product.brand}
    if len(described["offers"]) == 1:
        described["sku"] = described["offers"][0]["sku"]
    for describe in product_describers:
        describe(described, context)
    return _element([described, _breadcrumb(request, context["trail"], product.title)])


def _offer(variant: Variant, address: str) -> dict[str, Any]:
    store = current_store()
    price = {"price": str(variant.price), "priceCurrency": store.currency}
    state = "InStock" if variant.in_stock else "OutOfStock"
    return {
        "@type": "Offer",
        "sku": variant.sku,
        **price,
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            **price,
            "valueAddedTaxIncluded": store.prices_include_tax,
        },
        "availability": f"https://schema.org/{state}",
        "url": address,
        "seller": {"@type": "Organization", "name": store.name},
    }


def _breadcrumb(request: HttpRequest, trail: Sequence[Category], here: str) -> dict[str, Any]:
    """The way through the categories to `here`, which is the page itself."""
    steps: list[dict[str, Any]] = [
        {
            "@type": "ListItem",
            "position": position,
            "name": node.name,
            "item": absolute(request, node.get_absolute_url()),
        }
        for position, node in enumerate(trail, start=1)
    ]
    steps.append({"@type": "ListItem", "position": len(steps) + 1, "name": here})
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _element(graph: list[dict[str, Any]]) -> SafeString:
    document = {"@context": "https://schema.org", "@graph": graph}
    # A block of this type is data, which no policy on scripts concerns.
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(json.dumps(document).translate(ESCAPES)),  # noqa: S308  (escaped just here)
    )
