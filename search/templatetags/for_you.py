"""Picks for whoever looks at the page."""

from __future__ import annotations

from typing import Any

from django import template

from search.events.for_you import Picked, picked_for

register = template.Library()


@register.simple_tag(takes_context=True)
def picked_for_you(context: dict[str, Any]) -> Picked | None:
    """None where the visitor is not remembered, or has looked at too little."""
    return picked_for(context["request"])
