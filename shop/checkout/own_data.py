"""What checkouts know of a customer."""

from typing import Any

from django.contrib.auth.models import User

from shop.accounts import personal_data
from shop.checkout.models import Checkout


def register() -> None:
    personal_data.register("checkouts", export=export_checkouts, erase=erase_checkouts)


def export_checkouts(user: User) -> list[dict[str, Any]]:
    """Those under way. What became an order is told with the order."""
    return [
        {
            "email": checkout.email,
            "shipping": checkout.shipping,
            "billing": checkout.billing,
            "begun": checkout.created_at.isoformat(),
        }
        for checkout in Checkout.objects.filter(user=user, order=None).order_by("created_at")
    ]


def erase_checkouts(user: User) -> None:
    Checkout.objects.filter(user=user).delete()
