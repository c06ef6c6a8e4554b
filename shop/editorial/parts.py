"""Where another app says what a spot leads to, since the shop imports none of them."""

from __future__ import annotations

from collections.abc import Callable

from shop.editorial.models import Spot

# Each gives an address for a spot, or "" for none; the first that gives one counts. Search appends
# its own in `AppConfig.ready()`.
spot_addresses: list[Callable[[Spot], str]] = []


def address_of(spot: Spot) -> str:
    """Where a spot leads: what others say of it, else to its product; "" for nowhere."""
    for address in spot_addresses:
        if found := address(spot):
            return found
    product = spot.product
    return product.get_absolute_url() if product is not None and product.published else ""
