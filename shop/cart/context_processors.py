"""What every page knows of the cart."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from shop.cart.services import count_items


def cart(request: HttpRequest) -> dict[str, Any]:
    """How many things are in it; counted at most once, where a page shows it."""
    count: Callable[[], int] = cache(lambda: count_items(request))
    return {"cart_count": count}
