"""What the shop knows of a customer: each app says how to show it and how to erase it.

An app registers in its `AppConfig.ready()`:

    personal_data.register("wishlist", export=wishes_of, erase=forget_wishes)
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext

from shop.accounts.models import Customer, StaffMember
from shop.accounts.tasks import end_sessions
from shop.celery import dispatch


class AccountIsStaff(Exception):
    """Who works here is not deleted by himself: an owner takes the role away first."""


@dataclass(frozen=True)
class PersonalData:
    """One app's knowledge of a user.

    `export` gives what JSON can hold. `erase` runs in a transaction, before the user goes: it
    deletes, or takes off what names the person. `kept` says in a sentence what stays, and why.
    """

    name: str
    export: Callable[[User], Any]
    erase: Callable[[User], None]
    kept: str | Promise = ""


_registry: dict[str, PersonalData] = {}


def register(
    name: str,
    export: Callable[[User], Any],
    erase: Callable[[User], None],
    kept: str | Promise = "",
) -> None:
    """Have `name` be part of each download, and of each deletion."""
    _registry[name] = PersonalData(name, export, erase, kept)


def registered() -> list[PersonalData]:
    return list(_registry.values())


def export_account(user: User) -> dict[str, Any]:
    """All that is known of `user`, for a JSON file."""
    return {part.name: part.export(user) for part in registered()}


@transaction.atomic
def erase_account(*, user: User, even_staff: bool = False) -> None:
    """Forget `user`: what apps know, the account, its sessions. Orders stay, without a name in them
    that they need not have (their app's `erase` says how).

    The row goes too, unless the user has worked in the admin: then an empty one stays, so that the
    trail there still tells one hand from another. Raises `AccountIsStaff` without `even_staff`.
    """
    # Not against who only refers to the user: an order that is being placed locks its checkout
    # first, for which the deletion may be waiting.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if (user.is_staff or user.is_superuser) and not even_staff:
        raise AccountIsStaff
    for part in reversed(registered()):
        part.erase(user)
    _forget_in_trail(user)
    dispatch(end_sessions, user_id=user.pk)
    if LogEntry.objects.filter(user=user).exists():
        _empty(user)
    else:
        user.delete()


def _forget_in_trail(user: User) -> None:
    """Entries about the user stay, without the name."""
    kinds = ContentType.objects.get_for_models(
        User, Customer, StaffMember, for_concrete_models=False
    )
    LogEntry.objects.filter(content_type__in=kinds.values(), object_id=str(user.pk)).update(
        object_repr=gettext("a deleted account"), change_message=""
    )


def _empty(user: User) -> None:
    for relation in User._meta.related_objects:
        if relation.on_delete is models.CASCADE and relation.related_model is not LogEntry:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: user})
            rows.delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.username = f"deleted-{uuid.uuid4().hex}"
    user.email = user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.set_unusable_password()
    user.save()
