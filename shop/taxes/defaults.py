"""Tax rates of the demo, so that its carts show how tax is shown. No advice to anybody."""

from __future__ import annotations

from decimal import Decimal

from shop.taxes.models import TaxCategory, TaxRate

DEMO_RATES = [
    ("US", TaxCategory.STANDARD, Decimal("8.00")),  # invented: a mean of what states take
    ("DE", TaxCategory.STANDARD, Decimal("19.00")),
    ("DE", TaxCategory.REDUCED, Decimal("7.00")),
    ("AT", TaxCategory.STANDARD, Decimal("20.00")),
    ("AT", TaxCategory.REDUCED, Decimal("10.00")),
    ("FR", TaxCategory.STANDARD, Decimal("20.00")),
    ("IT", TaxCategory.STANDARD, Decimal("22.00")),
    ("NL", TaxCategory.STANDARD, Decimal("21.00")),
    ("CH", TaxCategory.STANDARD, Decimal("8.10")),
    ("GB", TaxCategory.STANDARD, Decimal("20.00")),
    ("CA", TaxCategory.STANDARD, Decimal("5.00")),  # without what its provinces take
]


def create_demo_rates() -> bool:
    """The demo's tax rates, if the shop has none at all; whether it had none."""
    if TaxRate.objects.exists():
        return False
    TaxRate.objects.bulk_create(
        TaxRate(country=country, category=category, rate=rate)
        for country, category, rate in DEMO_RATES
    )
    return True
