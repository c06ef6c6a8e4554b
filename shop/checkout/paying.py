"""From an order that was placed to the page where it is paid."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.orders.models import Order
from shop.orders.states import State

logger = logging.getLogger(__name__)


def labels() -> dict[str, str]:
    """The ways to pay: names of gateways, and what shoppers call them."""
    try:
        from shop.payments.registry import available_gateways
    except ImportError:
        return {"test": "Test"}
    return {gateway.name: str(gateway.label) for gateway in available_gateways()}


def address_to_pay(request: HttpRequest, order: Order) -> str:
    """Where a shopper pays the order; its own page where nothing is to be paid.

    Also where the payment cannot be started: the order waits, and its page offers to try again.
    """
    here = f"{order.get_absolute_url()}?placed=1"
    if order.state != State.PLACED:
        return here
    absolute = request.build_absolute_uri(here)
    try:
        from shop.payments.services import start_payment

        started = start_payment(
            order_id=order.pk, gateway=order.gateway, return_url=absolute, cancel_url=absolute
        )
    except Exception:
        # Whatever a gateway's library raises: the order is placed, and must not look lost.
        logger.exception("The payment of order %s could not be started.", order.number)
        messages.error(
            request,
            _("Your order is placed, but the payment could not be started. Please try again."),
        )
        return here
    return started.redirect_url or here
