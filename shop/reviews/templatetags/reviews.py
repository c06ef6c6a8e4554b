"""Stars, as a picture that says in words what it shows."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("reviews/_stars.html")
def stars(value: float) -> dict[str, Any]:
    """So many of five, also parts of one."""
    return {
        "value": value,
        "filled": f"{value * 20:.1f}",  # of 100 wide; in digits that SVG reads in any language
        "places": [0, 20, 40, 60, 80],
    }
