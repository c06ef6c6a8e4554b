"""The demo's voucher."""

from __future__ import annotations

from decimal import Decimal

from shop.promotions.models import Voucher

DEMO_CODE = "WELCOME10"


def create_demo_voucher() -> bool:
    """Ten percent off, once for each, if the shop has no vouchers; whether it had none."""
    if Voucher.objects.exists():
        return False
    Voucher.objects.create(
        code=DEMO_CODE,
        kind=Voucher.Kind.PERCENT,
        value=Decimal(10),
        minimum=Decimal(20),
        limit_per_customer=1,
    )
    return True
