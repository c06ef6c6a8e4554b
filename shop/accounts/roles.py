"""Who may do what in the admin: four groups, and the permissions that each app gives them.

An app grants in its `AppConfig.ready()`; after each migration the groups get what is new:

    roles.grant(roles.FULFILMENT, "orders.view_order", "orders.change_order")

An owner may change the groups in the admin. What is added there stays, and what is taken away is
not given again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission, User
from django.db import transaction

from shop.accounts.models import RoleGrant

OWNER = "Owner"
CATALOGUE = "Catalogue"
FULFILMENT = "Fulfilment"
SUPPORT = "Support"
ROLES = (OWNER, CATALOGUE, FULFILMENT, SUPPORT)

_granted: dict[str, set[str]] = {role: set() for role in ROLES}


def grant(role: str, *permissions: str) -> None:
    """Give `role` permissions: "app.codename", where `*` stands for anything. Owners get all."""
    _granted[role].update(permissions)


@transaction.atomic
def apply() -> None:
    """Make the groups, and give them what they were not given before."""
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in Permission.objects.values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    given = set(RoleGrant.objects.values_list("role", "permission"))
    for role in ROLES:
        group, created = Group.objects.get_or_create(name=role)
        if role == OWNER:
            group.permissions.add(*known.values())
            continue
        new = [name for name in _matching(role, known) if created or (role, name) not in given]
        group.permissions.add(*(known[name] for name in new))
        RoleGrant.objects.bulk_create(
            [RoleGrant(role=role, permission=name) for name in new], ignore_conflicts=True
        )


def is_owner(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether `user` may give roles."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if not hasattr(user, "_is_owner"):  # as Django keeps a user's permissions
        in_group = user.is_staff and user.groups.filter(name=OWNER).exists()
        user._is_owner = user.is_superuser or in_group  # type: ignore[attr-defined]
    return bool(user._is_owner)  # type: ignore[attr-defined]


def owners() -> list[User]:
    """Those who can log in and give roles."""
    active = User.objects.filter(is_active=True)
    staff = active.filter(is_staff=True, groups__name=OWNER)
    return list((staff | active.filter(is_superuser=True)).distinct())


def _matching(role: str, known: dict[str, int]) -> Iterator[str]:
    for name in known:
        if any(fnmatchcase(name, pattern) for pattern in _granted[role]):
            yield name
