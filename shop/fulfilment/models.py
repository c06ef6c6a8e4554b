"""Orders as the merchant handles them: the same rows, and who may do what with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.orders.models import Order


class HandledOrder(Order):
    """An order in the hands of the shop. It carries the permissions of its actions."""

    class Meta:
        proxy = True
        verbose_name = _("order in hand")
        verbose_name_plural = _("orders in hand")
        default_permissions = ()
        permissions = [
            ("fulfil_order", _("Can pack and ship orders and take back what was sent")),
            ("cancel_order", _("Can cancel orders")),
            ("refund_order", _("Can give money back")),
            ("mark_paid", _("Can mark orders as paid")),
            ("note_order", _("Can write notes on orders and send their mails again")),
            ("export_orders", _("Can export orders with their addresses")),
        ]
