"""The address that a page is known by, where its view has no `head`."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shop.origin import absolute

register = template.Library()


@register.simple_tag(takes_context=True)
def canonical_link(context: dict[str, Any], name: str) -> SafeString:
    """`<link rel="canonical">` to the page of this name, without what follows in the address."""
    address = absolute(context["request"], reverse(name))
    return format_html('<link rel="canonical" href="{}">', address)
