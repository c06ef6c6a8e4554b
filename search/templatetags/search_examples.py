"""Examples on the search's own front."""

from __future__ import annotations

from django import template

from search.examples import Examples, examples

register = template.Library()


@register.simple_tag
def search_examples() -> Examples | None:
    """None while the shop has nothing to show."""
    return examples()
