"""From an order that was placed to the page where it is paid."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.orders.models import Order
from shop.orders.states import State
from shop.payments.gateways import GatewayError
from shop.payments.links import addresses
from shop.payments.registry import available_gateways
from shop.payments.services import NotPayable, start_payment

logger = logging.getLogger(__name__)


def labels() -> dict[str, str]:
    """The ways to pay: names of gateways, and what shoppers call them."""
    return {gateway.name: str(gateway.label) for gateway in available_gateways()}


def address_to_pay(request: HttpRequest, order: Order) -> str:
    """Where a shopper pays the order; its own page where nothing is to be paid.

    Also where the payment cannot be started: the order waits, and its page offers to try again.
    """
    here = f"{order.get_absolute_url()}?placed=1"
    if order.state != State.PLACED:
        return here
    try:
        started = start_payment(order_id=order.pk, gateway=order.gateway, **addresses(request))
    except NotPayable as why:
        messages.warning(request, str(why))
    except GatewayError as why:
        logger.warning("The payment of order %s could not be started: %s", order.number, why)
        messages.error(request, _not_started(str(why)))
    except Exception:
        # Whatever a gateway's library raises: the order is placed, and must not look lost.
        logger.exception("The payment of order %s could not be started.", order.number)
        messages.error(request, _not_started(_("Please try again in a moment.")))
    else:
        return started.redirect_url or here
    return here


def _not_started(why: str) -> str:
    return _(
        "Your order is placed and kept for you, but the payment could not be started. %(why)s"
    ) % {"why": why}
