"""Ways of delivery of the demo."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from shop.delivery.models import DeliveryMethod

COUNTRIES = ["US", "CA", "DE", "AT", "CH", "FR", "IT", "NL", "GB"]


def create_demo_methods() -> bool:
    """A standard and an express delivery, if the shop has none at all; whether it had none."""
    if DeliveryMethod.objects.exists():
        return False
    with transaction.atomic():
        standard = DeliveryMethod.objects.create(
            name="Standard",
            description="To your door or the nearest parcel shop",
            countries=",".join(COUNTRIES),
            basis=DeliveryMethod.Basis.TOTAL,
            free_from=Decimal("75.00"),
            days_min=2,
            days_max=4,
            position=0,
        )
        standard.rates.create(up_to=Decimal("40.00"), price=Decimal("5.90"))
        standard.rates.create(price=Decimal("3.90"))
        express = DeliveryMethod.objects.create(
            name="Express",
            description="To your door, signed for",
            countries=",".join(COUNTRIES),
            basis=DeliveryMethod.Basis.WEIGHT,
            days_min=1,
            days_max=1,
            position=1,
        )
        express.rates.create(up_to=Decimal(2000), price=Decimal("12.90"))
        express.rates.create(up_to=Decimal(10000), price=Decimal("19.90"))
        express.rates.create(price=Decimal("34.90"))
    return True
