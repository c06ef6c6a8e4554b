"""Which of the merchant's pages the admin's sidebar shows to whom."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse


def _may(permission: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(permission)


may_view_orders = _may("orders.view_order")
may_count_stock = _may("stock.add_movement")
may_view_stock = _may("stock.view_movement")
may_view_vouchers = _may("promotions.view_voucher")
may_view_delivery = _may("delivery.view_deliverymethod")
may_view_taxes = _may("taxes.view_taxrate")


def is_at_movements(request: HttpRequest) -> bool:
    """The page on which stock is counted lies below the ledger's, and is an entry of its own."""
    page = reverse("admin:stock_movement_changelist")
    return request.path.startswith(page) and request.path != reverse("admin:stock_count")
