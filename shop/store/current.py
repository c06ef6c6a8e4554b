"""The shop's settings as the code at hand sees them: read once for a request or a task."""

from __future__ import annotations

from typing import Any

from asgiref.local import Local
from celery.signals import task_prerun
from django.core.signals import request_started
from django.db.models.signals import post_save

from shop.store.models import Store

_seen = Local()


def current_store() -> Store:
    """The shop's settings, read at most once for each request or task.

    The first use of all makes the row, of `SHOP_NAME`, `SHOP_CURRENCY` and `SHOP_LANGUAGE`.
    Whoever changes and saves the object changes what the rest of the request sees.
    """
    store: Store | None = getattr(_seen, "store", None)
    if store is None:
        store = _seen.store = Store.objects.get_or_make()
    return store


def forget_store(**_: Any) -> None:
    """Have the next `current_store` read the row again."""
    _seen.store = None


request_started.connect(forget_store, dispatch_uid="forget-store")
task_prerun.connect(forget_store, dispatch_uid="forget-store")
post_save.connect(forget_store, sender=Store, dispatch_uid="forget-store")
