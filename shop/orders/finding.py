"""Mailing the link to an order to whoever lost it."""

from __future__ import annotations

import time

from shop.mail.services import queue_mail
from shop.orders.links import signed_url
from shop.orders.models import Order

# However often somebody asks, an address gets one mail about an order in so many seconds.
PAUSE_SECONDS = 600


def mail_link(*, number: str, email: str) -> None:
    """Mail the order's link to its e-mail address, if that is `email`; else nothing happens."""
    order = Order.objects.filter(number=number, email__iexact=email).first()
    if order is None:
        return
    queue_mail(
        key=f"order-link:{number}:{int(time.time()) // PAUSE_SECONDS}",
        to=order.email,
        template="order_link",
        context={"order": order, "link": signed_url(order)},
        language=order.language,
    )
