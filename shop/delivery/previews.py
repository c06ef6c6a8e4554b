"""What delivery costs by a method, at weights and totals of everyday parcels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shop.delivery.models import DeliveryMethod, DeliveryRate
from shop.delivery.offers import price_by

WEIGHTS = [250, 1000, 2000, 5000, 10000, 30000]  # grams
TOTALS = [Decimal(number) for number in (10, 25, 50, 100, 200, 500)]


@dataclass(frozen=True)
class Preview:
    """The price of one parcel; None where it is not delivered."""

    weight: int | None
    total: Decimal | None
    price: Decimal | None


def previews_of(method: DeliveryMethod, rates: Iterable[DeliveryRate]) -> list[Preview]:
    """Prices at usual measures and at the method's own bounds, in order."""
    rates = list(rates)
    bounds = [rate.up_to for rate in rates if rate.up_to is not None]
    if method.basis == DeliveryMethod.Basis.WEIGHT:
        weights = sorted({*WEIGHTS, *(int(one) for one in bounds)})
        return [
            Preview(one, None, price_by(method, rates, weight=one, total=Decimal(0)))
            for one in weights
        ]
    if method.free_from is not None:
        bounds.append(method.free_from)
    return [
        Preview(None, one, price_by(method, rates, weight=0, total=one))
        for one in sorted({*TOTALS, *bounds})
    ]
