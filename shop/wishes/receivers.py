"""Stock that rises rings for the sweep; a guest who logs in takes the wishes along."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from shop.catalog.signals import product_changed
from shop.celery import dispatch
from shop.stock.signals import restocked
from shop.wishes import tasks
from shop.wishes.models import BackInStockRequest
from shop.wishes.wishlist import merge_at_login


def connect() -> None:
    restocked.connect(on_restocked, dispatch_uid="shop.wishes.on_restocked")
    product_changed.connect(on_product_changed, dispatch_uid="shop.wishes.on_product_changed")
    user_logged_in.connect(on_login, dispatch_uid="shop.wishes.on_login")


def on_restocked(sender: Any, *, variant_ids: list[int], **_: Any) -> None:
    if BackInStockRequest.objects.to_notify().filter(variant__in=variant_ids).exists():
        dispatch(tasks.tell_restocked)


def on_product_changed(sender: Any, *, product_ids: list[int], **_: Any) -> None:
    waiting = BackInStockRequest.objects.to_notify()
    if waiting.filter(variant__product__in=product_ids).exists():
        dispatch(tasks.tell_restocked)


def on_login(request: HttpRequest, user: User, **_: Any) -> None:
    if hasattr(request, "session"):
        merge_at_login(request=request, user=user)
