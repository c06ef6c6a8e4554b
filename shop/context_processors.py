"""What every page knows of the shop."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shop.catalog.models import Category
from shop.catalog.parts import footer_parts, header_parts


def shop(request: HttpRequest) -> dict[str, Any]:
    """The shop's name and currency, and its top categories (read only when a page shows them)."""
    return {
        "shop_name": settings.SHOP_NAME,
        "shop_currency": settings.SHOP_CURRENCY,
        "top_categories": Category.objects.top(),
        "header_parts": header_parts,
        "footer_parts": footer_parts,
    }
