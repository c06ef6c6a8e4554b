"""What delivery costs, and how long it takes, for goods that go to a country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django_countries.fields import Country

from shop.delivery.models import DeliveryMethod, DeliveryRate


@dataclass(frozen=True)
class Offer:
    """A way of delivery with its price for certain goods."""

    method: DeliveryMethod
    price: Decimal


def offers_for(*, country: str, weight: int, total: Decimal) -> list[Offer]:
    """The ways to deliver goods of `weight` grams worth `total` (after discounts) to `country`.

    In the merchant's order; none where nothing goes there, or nothing that heavy.
    """
    found = []
    for method in methods_to(country):
        price = price_by(method, method.rates.all(), weight=weight, total=total)
        if price is not None:
            found.append(Offer(method, price))
    return found


def methods_to(country: str) -> list[DeliveryMethod]:
    """The methods that are offered to `country`, with their rates read."""
    offered = DeliveryMethod.objects.filter(active=True).prefetch_related("rates")
    return [method for method in offered if country in codes_of(method)]


def countries_served() -> list[str]:
    """The codes (ISO 3166-1 alpha-2) of the countries that something is delivered to, sorted."""
    offered = DeliveryMethod.objects.filter(active=True)
    return sorted({code for method in offered for code in codes_of(method)})


def codes_of(method: DeliveryMethod) -> set[str]:
    """The codes of the countries that it goes to."""
    return {country.code for country in cast(Iterable[Country], method.countries)}


def price_by(
    method: DeliveryMethod, rates: Iterable[DeliveryRate], *, weight: int, total: Decimal
) -> Decimal | None:
    """What goods of `weight` grams worth `total` cost by these rates; None where none fits."""
    measured = Decimal(weight) if method.basis == DeliveryMethod.Basis.WEIGHT else total
    fitting = [rate for rate in rates if rate.up_to is None or measured <= rate.up_to]
    if not fitting:
        return None
    if method.free_from is not None and total >= method.free_from:
        return Decimal(0)
    narrowest = min(fitting, key=lambda rate: (rate.up_to is None, rate.up_to or Decimal(0)))
    return narrowest.price
