"""Whether the shop can be paid at all: told at `manage.py check`, and at each start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from shop.payments.registry import GATEWAYS

STRIPE_KEYS = {
    "STRIPE_SECRET_KEY": "the secret key (sk_live_… or rk_live_…) from Developers > API keys",
    "STRIPE_WEBHOOK_SECRET": "the signing secret (whsec_…) of the webhook, see docs/payments.md",
}


@register()
def check_gateways(**_: Any) -> list[CheckMessage]:
    names = settings.PAYMENT_GATEWAYS
    found: list[CheckMessage] = [
        Error(
            f"PAYMENT_GATEWAYS names {name!r}, which is none of {', '.join(GATEWAYS)}.",
            id="payments.E001",
        )
        for name in names
        if name not in GATEWAYS
    ]
    if "stripe" in names:
        found += [
            Error(f"{key} is not set, and PAYMENT_GATEWAYS has stripe.", hint=hint, id=number)
            for number, (key, hint) in zip(
                ("payments.E002", "payments.E003"), STRIPE_KEYS.items(), strict=True
            )
            if not getattr(settings, key)
        ]
    if "test" in names and not settings.PAYMENT_TESTS_ARE_SAFE:
        found.append(
            Warning(
                "PAYMENT_GATEWAYS has test: whoever orders says themselves that they have paid.",
                hint="Take it out once the shop is open.",
                id="payments.W001",
            )
        )
    if not names:
        found.append(
            Warning(
                "PAYMENT_GATEWAYS is empty: nothing that costs something can be bought.",
                hint="See docs/payments.md.",
                id="payments.W002",
            )
        )
    return found
