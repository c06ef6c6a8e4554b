"""What orders know of a customer."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from shop.accounts import personal_data
from shop.orders.models import Order, OrderEvent
from shop.orders.states import State


def register() -> None:
    personal_data.register(
        "orders",
        export=export_orders,
        erase=erase_orders,
        kept=_(
            "Orders and invoices stay, without your account, for as long as tax law has the shop "
            "keep them."
        ),
    )


def export_orders(user: User) -> list[dict[str, Any]]:
    orders = Order.objects.of_user(user).in_full().prefetch_related("invoices")
    return [_told(order) for order in orders]


def erase_orders(user: User) -> None:
    """Orders lose the account; those that came to nothing also whom and where they were for."""
    orders = Order.objects.of_user(user)
    came_to_nothing = orders.filter(state=State.CANCELLED, paid_at=None)
    came_to_nothing.update(email="", shipping={}, billing={})
    OrderEvent.objects.filter(actor=user).update(actor=None)
    orders.update(user=None)


def _told(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "state": order.state,
        "placed": order.placed_at.isoformat(),
        "email": order.email,
        "language": order.language,
        "delivery_address": order.shipping,
        "invoice_address": order.billing,
        "currency": order.currency,
        "goods": str(order.subtotal),
        "discount": str(order.discount),
        "voucher": order.voucher_code,
        "delivery": str(order.delivery),
        "tax": str(order.tax),
        "total": str(order.total),
        "given_back": str(order.refunded),
        "tracking_number": order.tracking_number,
        "invoices": [document.number for document in order.invoices.all()],
        "lines": [
            {
                "title": line.title,
                "sku": line.sku,
                "options": line.options,
                "quantity": line.quantity,
                "unit_price": str(line.unit_price),
                "amount": str(line.amount),
                "tax_rate": str(line.tax_rate),
            }
            for line in order.lines.all()
        ],
        "history": [
            {
                "at": event.created_at.isoformat(),
                "kind": event.kind,
                "state": event.after,
                "amount": str(event.amount) if event.amount is not None else None,
            }
            for event in order.events.all()
            if event.kind != OrderEvent.Kind.NOTE
        ],
    }
