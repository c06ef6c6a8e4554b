"""The documents of an order as PDF files: for the shopper, and for the merchant."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse

from shop.orders.invoices.models import Invoice, Kind
from shop.orders.invoices.pdf import render_invoice
from shop.orders.models import Order
from shop.orders.states import State


def documents_of(order: Order) -> QuerySet[Invoice]:
    """What was issued and stands: no credit note while the money of its refund is not back."""
    issued = order.invoices.all()
    return issued if order.state == State.REFUNDED else issued.exclude(kind=Kind.CREDIT)


def pdf_response(document: Invoice) -> HttpResponse:
    response = HttpResponse(render_invoice(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.file_name}"'
    return response
