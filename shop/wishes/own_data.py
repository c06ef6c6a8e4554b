"""What this app knows of a customer, for their download and their deletion."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from shop.wishes.models import BackInStockRequest, WishlistItem


def export_wishes(user: User) -> list[dict[str, Any]]:
    return [
        {"product": wish.title, "added": wish.added_at.isoformat()}
        for wish in WishlistItem.objects.filter(user=user)
    ]


def erase_wishes(user: User) -> None:
    WishlistItem.objects.filter(user=user).delete()


def export_requests(user: User) -> list[dict[str, Any]]:
    return [
        {
            "sku": one.variant.sku,
            "email": one.email,
            "asked": one.created_at.isoformat(),
            "told": one.notified_at.isoformat() if one.notified_at else None,
        }
        for one in _requests_of(user).select_related("variant")
    ]


def erase_requests(user: User) -> None:
    _requests_of(user).delete()


def _requests_of(user: User) -> QuerySet[BackInStockRequest]:
    """Those of the account, and those of its confirmed addresses."""
    own = user.emailaddress_set.filter(verified=True)  # type: ignore[attr-defined]
    emails = {email.lower() for email in own.values_list("email", flat=True)}
    return BackInStockRequest.objects.alias(lower=Lower("email")).filter(
        Q(user=user) | Q(lower__in=emails)
    )
