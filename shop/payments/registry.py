"""Which gateways there are, and which of them the shop offers (`settings.PAYMENT_GATEWAYS`)."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from shop.payments.gateways import Gateway, GatewayRefused

GATEWAYS = {
    "test": "shop.payments.test_gateway.TestGateway",
    "stripe": "shop.payments.stripe_gateway.StripeGateway",
}


def gateway_of(name: str) -> Gateway:
    """The gateway of that name. Raises `GatewayRefused` where the shop does not have it (now)."""
    if name not in settings.PAYMENT_GATEWAYS or name not in GATEWAYS:
        raise GatewayRefused(_("This way to pay is not offered."))
    gateway: Gateway = import_string(GATEWAYS[name])()
    return gateway


def available_gateways() -> list[Gateway]:
    """Those that the shop offers, the first one first."""
    return [gateway_of(name) for name in settings.PAYMENT_GATEWAYS if name in GATEWAYS]
