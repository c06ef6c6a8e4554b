"""Makes people for tests."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User

from shop.addresses import PostalAddress

PASSWORD = "a word of passage"
_count = iter(range(1, 1_000_000))


def make_user(email: str = "", *, verified: bool = True, role: str = "", **values: Any) -> User:
    """A customer, or with `role` a member of staff. The password is `PASSWORD`."""
    email = email or f"person{next(_count)}@example.com"
    user = User.objects.create_user(
        values.pop("username", email.split("@")[0]), email, PASSWORD, is_staff=bool(role), **values
    )
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def postal(**values: Any) -> PostalAddress:
    """An address that is complete."""
    usual = {
        "name": "Ada Lovelace",
        "line1": "12 St James's Square",
        "postcode": "SW1Y 4JH",
        "city": "London",
        "country": "GB",
    }
    return PostalAddress(**(usual | values))
