"""What checkouts know of a customer."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from shop.accounts import personal_data
from shop.checkout.models import Checkout


def register() -> None:
    personal_data.register("checkouts", export=export_checkouts, erase=erase_checkouts)


def export_checkouts(user: User) -> list[dict[str, Any]]:
    """Those under way: the others are orders."""
    return [
        {
            "email": checkout.email,
            "delivery_address": checkout.shipping,
            "invoice_address": checkout.billing,
            "begun": checkout.created_at.isoformat(),
        }
        for checkout in _checkouts_of(user).filter(order__isnull=True)
    ]


def erase_checkouts(user: User) -> None:
    """Those under way go. The key of the others still finds its order, which has what it needs."""
    _checkouts_of(user).filter(order__isnull=True).delete()
    _checkouts_of(user).update(user=None, email="", shipping={}, billing={})


def _checkouts_of(user: User) -> QuerySet[Checkout]:
    """Those of the account, and those of its confirmed addresses."""
    own = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    emails = [email.lower() for email in own]
    return Checkout.objects.alias(lower=Lower("email")).filter(Q(user=user) | Q(lower__in=emails))
