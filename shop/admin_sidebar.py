"""The sidebar of the admin: what leads where, and who sees it. Named in `settings.UNFOLD`.

Search appends its own sections when it starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Item = dict[str, Any]


def may(permission: str) -> Callable[[HttpRequest], bool]:
    """Whether who asks has the permission, such as "orders.view_order"."""
    return lambda request: request.user.has_perm(permission)


def is_staff(request: HttpRequest) -> bool:
    return request.user.is_active and request.user.is_staff


def is_at_movements(request: HttpRequest) -> bool:
    """The page on which stock is counted lies below the ledger's, and is an entry of its own."""
    page = reverse("admin:stock_movement_changelist")
    return request.path.startswith(page) and request.path != reverse("admin:stock_count")


def item(title: Promise | str, icon: str, page: str, permission: str, **more: Any) -> Item:
    """An entry that leads to the `page` (the name of an address), for who has the `permission`.

    The permission is one by name, or the dotted path of a function of the request.
    """
    is_path = permission.count(".") > 1
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(page),
        "permission": permission if is_path else may(permission),
        **more,
    }


def changes(title: Promise | str, icon: str, model: str, **more: Any) -> Item:
    """An entry for the list of a model ("orders_order"), for who may view it."""
    app, _separator, name = model.partition("_")
    page = f"admin:{model}_changelist"
    return item(title, icon, page, f"{app}.view_{name}", **more)


ALL_STAFF = "shop.admin_sidebar.is_staff"
EXCHANGERS = "shop.exchange.access.may_exchange"
OWNERS = "shop.accounts.admin_staff.shows_staff"

NAVIGATION: list[dict[str, Any]] = [
    {
        "title": _("Orders"),
        "items": [
            changes(_("Orders"), "shopping_bag", "orders_order"),
            changes(_("Payments"), "payments", "payments_payment"),
            changes(_("Refunds"), "undo", "payments_refund"),
            changes(_("Gateway events"), "webhook", "payments_gatewayevent"),
            item(_("Count stock"), "checklist", "admin:stock_count", "stock.add_movement"),
            changes(_("Stock movements"), "swap_vert", "stock_movement", active=is_at_movements),
            changes(_("Reservations"), "hourglass_top", "stock_reservation"),
        ],
    },
    {
        "title": _("Shop"),
        "items": [
            item(_("Getting started"), "flag", "onboarding:getting_started", ALL_STAFF),
            changes(_("Home page"), "home", "editorial_block"),
            changes(_("Settings"), "store", "store_store"),
            changes(_("Legal texts"), "gavel", "store_legalpage"),
            changes(_("Mails"), "outgoing_mail", "mail_outgoingmail"),
        ],
    },
    {
        "title": _("Catalogue"),
        "items": [
            changes(_("Products"), "inventory_2", "catalog_product"),
            item(
                _("Add photos"),
                "add_photo_alternate",
                "admin:intake_batch_changelist",
                "intake.add_batch",
            ),
            changes(_("Categories"), "account_tree", "catalog_category"),
            changes(_("Attributes"), "tune", "catalog_attribute"),
            changes(_("Reviews"), "reviews", "reviews_review"),
            changes(_("Sale prices"), "sell", "pricing_saleprice"),
            item(_("Import"), "upload_file", "exchange:imports", EXCHANGERS),
            item(_("Export"), "download", "exchange:exports", EXCHANGERS),
        ],
    },
    {
        "title": _("Promotions"),
        "items": [changes(_("Vouchers"), "confirmation_number", "promotions_voucher")],
    },
    {
        "title": _("Delivery & tax"),
        "items": [
            changes(_("Delivery methods"), "local_shipping", "delivery_deliverymethod"),
            changes(_("Tax rates"), "percent", "taxes_taxrate"),
        ],
    },
    {
        "title": _("People"),
        "items": [
            changes(_("Customers"), "group", "accounts_customer"),
            item(_("Staff"), "badge", "admin:accounts_staffmember_changelist", OWNERS),
            item(_("Roles"), "key", "admin:auth_group_changelist", OWNERS),
            item(_("Changes"), "history", "admin:admin_logentry_changelist", "admin.view_logentry"),
        ],
    },
]
