"""What a shopper is written about an order: each mail once, in the order's language.

A mail is queued in the transaction that changes the order. One that cannot be written is logged and
left out: nobody's payment may fail for it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import Error, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from shop.mail.services import Attachment, queue_mail
from shop.orders import story
from shop.orders.amounts import tax_by_rate
from shop.orders.invoices.models import Invoice
from shop.orders.invoices.pdf import render_invoice
from shop.orders.links import signed_url
from shop.orders.models import Order, OrderEvent
from shop.orders.states import State
from shop.store.current import current_store

logger = logging.getLogger(__name__)

# The states of which the shopper is written, by the template. Of money that goes back tells
# `mail_refund`, of a packed parcel nobody need know.
TEMPLATES = {
    State.PLACED: "order_placed",
    State.PAID: "order_paid",
    State.SHIPPED: "order_shipped",
    State.CANCELLED: "order_cancelled",
    State.RETURNED: "order_returned",
}


def mail_state(
    *, order: Order, after: State, invoice: Invoice | None = None, again: str = ""
) -> None:
    """Tell the shopper that the order came into the state, with the invoice if there is one.

    Told once, but for each `again` (a name of its own) once more.
    """
    template = TEMPLATES.get(after)
    if template is not None:
        attachments = _files(invoice)
        key = f"order-{after.value}:{order.number}" + (f":{again}" if again else "")
        _queue(order, key, template, {}, attachments)


def mail_refund(*, order: Order, event: OrderEvent, credit_note: Invoice | None) -> None:
    """Tell the shopper how much of what was paid goes back."""
    context = {"amount": event.amount, "is_all": order.refunded == order.total}
    key = f"order-refund:{order.number}:{event.pk}"
    _queue(order, key, "order_refunded", context, _files(credit_note))


def mail_merchant(*, order: Order) -> None:
    """Tell the merchant, if they want to hear of it, that there is an order to be packed."""
    store = current_store()
    if not (store.order_mail_copy and store.contact_email):
        return
    try:
        admin_url = settings.SHOP_URL + reverse("admin:orders_order_change", args=[order.pk])
    except NoReverseMatch:
        admin_url = ""
    with _logged(order, "order_copy"):
        queue_mail(
            key=f"order-copy:{order.number}",
            to=store.contact_email,
            template="order_copy",
            context={**_context(order, store.language), "admin_url": admin_url},
            language=store.language,
            reply_to=order.email,
        )


def _queue(
    order: Order,
    key: str,
    template: str,
    context: dict[str, Any],
    attachments: Sequence[Attachment] = (),
) -> None:
    if not order.email:
        return
    with _logged(order, template):
        queue_mail(
            key=key,
            to=order.email,
            template=template,
            context={**_context(order, order.language), **context},
            language=order.language,
            attachments=attachments,
            reply_to=current_store().contact_email,
        )


def _context(order: Order, language: str) -> dict[str, Any]:
    lines = list(order.lines.all())
    with translation.override(language):
        next_words = story.next_words(order)
    return {
        "order": order,
        "lines": lines,
        "rates": [one for one in tax_by_rate(order, lines) if one.tax],
        "link": signed_url(order),
        "next_words": next_words,
        "is_to_be_paid": order.state == State.PLACED and order.total > 0,
        "expired": story.expired(order),
    }


def _files(document: Invoice | None) -> list[Attachment]:
    if document is None:
        return []
    try:
        content = render_invoice(document)
    except Exception:
        # The page of the order offers it as well.
        logger.exception("The %s %s could not be drawn", document.kind, document.number)
        return []
    return [Attachment(name=document.file_name, content=content, type="application/pdf")]


@contextmanager
def _logged(order: Order, template: str) -> Any:
    try:
        with transaction.atomic():
            yield
    except Error:
        raise  # of the database: what it goes with cannot be committed either
    except Exception:
        logger.exception("The mail %s of order %s could not be written", template, order.number)
