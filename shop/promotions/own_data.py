"""What vouchers know of a customer: which they used."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from shop.accounts import personal_data
from shop.promotions.models import VoucherUse


def register() -> None:
    personal_data.register("vouchers", export=export_uses, erase=erase_uses)


def export_uses(user: User) -> list[dict[str, Any]]:
    return [
        {"code": use.voucher.code, "order": use.reference, "at": use.created_at.isoformat()}
        for use in _uses_of(user).select_related("voucher")
    ]


def erase_uses(user: User) -> None:
    """The uses count on, without a person."""
    _uses_of(user).update(user=None, customer="")


def _uses_of(user: User) -> QuerySet[VoucherUse]:
    """Those of the account, and those of its confirmed addresses."""
    own = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return VoucherUse.objects.filter(
        Q(user=user) | Q(customer__in=[email.lower() for email in own])
    )
