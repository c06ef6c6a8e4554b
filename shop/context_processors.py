"""What every page knows of the shop."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shop.catalog.models import Category
from shop.catalog.parts import footer_parts, header_parts
from shop.store.current import current_store
from shop.store.models import LegalPage


def shop(request: HttpRequest) -> dict[str, Any]:
    """The shop's settings and legal texts, and its top categories (read when a page shows them)."""
    return {
        "store": SimpleLazyObject(current_store),
        "shop_name": SimpleLazyObject(lambda: current_store().name),
        "shop_currency": SimpleLazyObject(lambda: current_store().currency),
        "legal_pages": SimpleLazyObject(LegalPage.objects.shown().for_links().in_language),
        "has_mailbox": settings.MAILBOX,
        "top_categories": Category.objects.top(),
        "header_parts": header_parts,
        "footer_parts": footer_parts,
    }
