"""What this app itself knows of a customer."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.db.models.functions import Lower

from shop.accounts import personal_data
from shop.accounts.models import Address
from shop.mail.models import OutgoingMail


def register() -> None:
    personal_data.register("account", export=export_login, erase=erase_login)
    personal_data.register("addresses", export=export_addresses, erase=erase_addresses)
    personal_data.register("mails", export=export_mails, erase=erase_mails)


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


def export_mails(user: User) -> list[dict[str, Any]]:
    return [
        {"to": mail.to, "subject": mail.subject, "written": mail.created_at.isoformat()}
        for mail in mails_of(user)
    ]


def erase_mails(user: User) -> None:
    mails_of(user).delete()


def mails_of(user: User) -> QuerySet[OutgoingMail]:
    """What the outbox holds to the user's confirmed addresses: the others may be anybody's."""
    own = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return OutgoingMail.objects.alias(lower=Lower("to")).filter(
        lower__in=[email.lower() for email in own]
    )
