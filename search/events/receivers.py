"""The shop's signals: a product was viewed, put in the cart, ordered. What a search had to do with
it becomes an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from search.events import buffer, query_ids, recent_views, recording, trail
from search.events.buffer import Event
from search.events.countable import countable, is_ahead
from search.events.models import Click
from search.events.trail import Step
from shop.catalog.models import Product
from shop.signals import cart_added, order_placed, product_viewed

# The parameter of a result's link, and of a form beside a result, that holds the query id.
FROM = "from"


def connect() -> None:
    product_viewed.connect(on_view, dispatch_uid="search.events.on_view")
    cart_added.connect(on_cart, dispatch_uid="search.events.on_cart")
    order_placed.connect(on_order, dispatch_uid="search.events.on_order")


def on_view(sender: Any, *, request: HttpRequest, product: Product, **_: Any) -> None:
    """A result was opened, if the address says of which search."""
    if request.method != "GET" or is_ahead(request):
        return
    recent_views.add(request, product.pk)
    if request.GET.get(FROM) and countable(request):
        step = _shown_there(request.GET.get(FROM), product.pk)
        if step is not None:
            trail.add(request, step)
            recording.keep([_clicked(step, Click.Kind.CLICK)])


def on_cart(sender: Any, *, request: HttpRequest, product_id: int, **_: Any) -> None:
    """A product was put in the cart: beside a result that says of which search, or after one."""
    if not countable(request):
        return
    told = request.POST.get(FROM) or request.GET.get(FROM)
    step = _shown_there(told, product_id) if told else trail.find(request, product_id)
    if step is not None:
        trail.add(request, step)
        _keep_on_commit([_clicked(step, Click.Kind.CART)])


def on_order(sender: Any, *, request: HttpRequest | None, product_ids: list[int], **_: Any) -> None:
    """An order was placed: what searches led to it, and what was bought together."""
    if not (settings.EVENTS if request is None else countable(request)):
        return
    steps = [trail.find(request, product) for product in product_ids] if request else []
    if request is not None:
        trail.forget(request)
    clicks = [_clicked(step, Click.Kind.PURCHASE) for step in steps if step is not None]
    _keep_on_commit(clicks, [{"type": "order", "products": sorted(set(product_ids))}])


def _shown_there(told: str | None, product_id: int) -> Step | None:
    """The step from the search that the request names, if that showed the product."""
    query_id = query_ids.parse(told, timezone.now())
    shown = recording.shown_by(query_id) if query_id is not None else None
    position = shown.position_of(product_id) if shown is not None else None
    if query_id is None or position is None:
        return None
    return Step(query_id, product_id, position)


def _clicked(step: Step, kind: Click.Kind) -> Event:
    return recording.clicked(step.query_id, step.product_id, step.position, kind)


def _keep_on_commit(clicks: Sequence[Event], others: Sequence[Event] = ()) -> None:
    """Once the cart or the order is there; an order that is rolled back was none."""

    def keep() -> None:
        recording.keep(clicks)
        if others:
            buffer.append(others)

    transaction.on_commit(keep, robust=True)
