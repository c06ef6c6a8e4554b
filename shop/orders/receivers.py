"""What follows from a change of an order: its documents, and the mails that tell of it."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.dispatch import receiver
from django.http import HttpRequest

from shop.orders import mails
from shop.orders.invoices.models import Kind
from shop.orders.invoices.services import issue
from shop.orders.models import Order, OrderEvent
from shop.orders.signals import money_returned, state_changed
from shop.orders.states import State


@receiver(state_changed)
def document_and_tell(order: Order, before: State | None, after: State, **_: Any) -> None:
    if before == State.PACKED and after == State.PAID:
        return  # unpacked, which tells nobody anything
    invoice = issue(order=order, kind=Kind.INVOICE) if after == State.PAID else None
    mails.mail_state(order=order, after=after, invoice=invoice)
    if after == State.PAID:
        mails.mail_merchant(order=order)


@receiver(money_returned)
def credit_and_tell(order: Order, event: OrderEvent, **_: Any) -> None:
    """All of an order that is given back takes its invoice back."""
    credit_note = None
    if order.refunded == order.total and order.invoices.filter(kind=Kind.INVOICE).exists():
        credit_note = issue(order=order, kind=Kind.CREDIT)
    mails.mail_refund(order=order, event=event, credit_note=credit_note)


@receiver(email_confirmed)
def claim_orders(request: HttpRequest, email_address: EmailAddress, **_: Any) -> None:
    """What a guest ordered belongs to the account that has proved to own the address."""
    orders = Order.objects.filter(user=None, email__iexact=email_address.email)
    orders.update(user=email_address.user)
