"""Issuing invoices, in the transaction that marks an order paid: no number twice or left out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from shop.orders.invoices.models import Invoice, InvoiceCounter, Kind
from shop.orders.models import Order
from shop.store.current import current_store


@transaction.atomic
def issue(*, order: Order, kind: Kind) -> Invoice:
    """The order's document of this kind; made, with the next number, where there is none.

    The order's row must be locked. Others that want a number wait until this transaction ends: one
    that is rolled back gives its number back.
    """
    found = Invoice.objects.filter(order=order, kind=kind).first()
    if found is not None:
        return found
    moment = timezone.now()
    year = timezone.localtime(moment).year
    return Invoice.objects.create(
        order=order,
        kind=kind,
        year=year,
        sequence=_next_number(kind, year),
        issued_at=moment,
        seller=_seller(order.language),
        buyer={"address": order.billing_address.lines(order.language), "email": order.email},
        language=order.language,
    )


def _next_number(kind: Kind, year: int) -> int:
    counters = InvoiceCounter.objects.select_for_update().filter(kind=kind, year=year)
    counter = counters.first()
    if counter is None:
        # The first of a year; another may be making it in this moment.
        InvoiceCounter.objects.bulk_create(
            [InvoiceCounter(kind=kind, year=year)], ignore_conflicts=True
        )
        counter = counters.get()
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _seller(language: str) -> dict[str, Any]:
    store = current_store()
    return {
        "address": store.address.lines(language),
        "tax_number": store.tax_number,
        "email": store.contact_email,
        "phone": store.phone,
        "country": str(store.country),
    }
