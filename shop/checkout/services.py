"""What a shopper says in a checkout, kept step by step."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from shop.accounts.services import TooManyAddresses, save_address
from shop.addresses import PostalAddress
from shop.checkout.models import Checkout


def say_where(
    *, checkout: Checkout, email: str, shipping: PostalAddress, billing: PostalAddress | None
) -> None:
    """Who orders and where it goes; `billing` where the invoice goes elsewhere."""
    checkout.email = email
    checkout.shipping = shipping.as_dict()
    checkout.billing = billing.as_dict() if billing is not None else {}
    checkout.save(update_fields=["email", "shipping", "billing", "updated_at"])


def choose_delivery(*, checkout: Checkout, method_id: int) -> None:
    checkout.delivery_method_id = method_id
    checkout.save(update_fields=["delivery_method", "updated_at"])


def choose_gateway(*, checkout: Checkout, gateway: str) -> None:
    checkout.gateway = gateway
    checkout.save(update_fields=["gateway", "updated_at"])


def keep_in_account(*, user: User, address: PostalAddress) -> bool:
    """Keep an address that was typed; False where the account holds as many as it may."""
    if any(kept.postal == address for kept in user.addresses.all()):
        return True
    try:
        with transaction.atomic():
            save_address(user=user, postal=address)
    except TooManyAddresses:
        return False
    return True
