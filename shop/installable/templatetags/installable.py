"""What the head of each page says of the shop as an app."""

from typing import Any

from django import template
from django.conf import settings

from shop.installable.manifest import icon_address
from shop.store.current import current_store

register = template.Library()


@register.inclusion_tag("installable/_head.html")
def installable_head() -> dict[str, Any]:
    return {
        "touch_icon": icon_address("apple-touch-icon", current_store()),
        "has_worker": settings.SERVICE_WORKER,
    }
