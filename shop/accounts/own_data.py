"""What this app itself knows of a customer."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User

from shop.accounts import personal_data
from shop.accounts.models import Address


def register() -> None:
    personal_data.register("account", export=export_login, erase=erase_login)
    personal_data.register("addresses", export=export_addresses, erase=erase_addresses)


def export_login(user: User) -> dict[str, Any]:
    """How the user logs in, without the secrets."""
    addresses = EmailAddress.objects.filter(user=user).order_by("pk")
    factors = Authenticator.objects.filter(user=user).order_by("pk")
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "joined": user.date_joined.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "email_addresses": list(addresses.values("email", "verified", "primary")),
        "second_factors": [
            {"type": factor.type, "since": factor.created_at.isoformat()} for factor in factors
        ],
    }


def erase_login(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()


def export_addresses(user: User) -> list[dict[str, Any]]:
    return [
        address.postal.as_dict()
        | {
            "default_for_delivery": address.is_default_shipping,
            "default_for_bills": address.is_default_billing,
        }
        for address in Address.objects.filter(user=user)
    ]


def erase_addresses(user: User) -> None:
    Address.objects.filter(user=user).delete()
