"""What a cart would cost before an address is known: sent the cheapest way to a country."""

from __future__ import annotations

from collections.abc import Sequence

from shop.cart.models import Cart, CartLine
from shop.cart.quotes import Quote, quote
from shop.promotions.services import Customer
from shop.store.current import current_store


def country_of(cart: Cart) -> str:
    """Where the cart's things would go: where the shopper said, else the shop's own country."""
    return str(cart.country or current_store().country)


def choose_country(*, cart: Cart, country: str) -> None:
    """Estimate for `country` (ISO 3166-1 alpha-2) from now on."""
    Cart.objects.filter(pk=cart.pk).update(country=country)


def estimate(*, cart: Cart, lines: Sequence[CartLine], customer: Customer) -> Quote:
    """The quote with the cheapest delivery that there is; without one where there is none."""
    return quote(
        lines=lines,
        country=country_of(cart),
        cheapest=True,
        voucher=cart.voucher,
        customer=customer,
    )
