"""What a product's page tells search engines: schema.org in JSON-LD."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from shop.catalog.choices import variants_of
from shop.catalog.models import Category, Product, Variant
from shop.catalog.parts import product_describers
from shop.store.current import current_store

# As in Django's json_script: no text of the catalogue can end the element or open a comment.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def of_product(request: HttpRequest, context: dict[str, Any]) -> SafeString:
    """The product with an offer for each variant, and the way to it through the categories.

    `context` is that of the product's page: other apps add what they loaded into it.
    """
    product: Product = context["product"]
    trail: list[Category] = context["trail"]
    address = request.build_absolute_uri(product.get_absolute_url())
    described: dict[str, Any] = {
        "@type": "Product",
        "name": product.title,
        "url": address,
        "image": [request.build_absolute_uri(image.image.url) for image in product.images.all()],
        "offers": [_offer(variant, address) for variant in variants_of(product)],
    }
    if product.description:
        described["description"] = product.description
    if product.brand:
        described["brand"] = {"@type": "Brand", "name": product.brand}
    for describe in product_describers:
        describe(described, context)
    steps = [
        {
            "@type": "ListItem",
            "position": position,
            "name": node.name,
            "item": request.build_absolute_uri(node.get_absolute_url()),
        }
        for position, node in enumerate(trail, start=1)
    ]
    steps.append({"@type": "ListItem", "position": len(trail) + 1, "name": product.title})
    breadcrumb = {"@type": "BreadcrumbList", "itemListElement": steps}
    document = {"@context": "https://schema.org", "@graph": [described, breadcrumb]}
    # A block of this type is data, which no policy on scripts concerns.
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(json.dumps(document).translate(ESCAPES)),  # noqa: S308  (escaped just here)
    )


def _offer(variant: Variant, address: str) -> dict[str, Any]:
    state = "InStock" if variant.in_stock else "OutOfStock"
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "price": str(variant.price),
        "priceCurrency": current_store().currency,
        "availability": f"https://schema.org/{state}",
        "url": address,
    }
