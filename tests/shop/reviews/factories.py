"""Makes orders that were sent, and reviews of what was in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from shop.catalog.models import Product
from shop.orders.models import Order, OrderLine
from shop.orders.services import transition
from shop.orders.states import State
from shop.reviews.buyers import Buyer
from shop.reviews.models import Review
from shop.reviews.services import write_review
from tests.factories import ProductFactory
from tests.shop.shopping import order_of


def sent_line(
    product: Product | None = None, *, user: User | None = None, days_ago: int = 0, **values: Any
) -> OrderLine:
    """A line of an order that was sent, of a product of its own unless one is given."""
    product = product or ProductFactory(title="Red boots")
    order = order_of({product.variants.get(): 1}, user=user, **values)
    for state in (State.PAID, State.PACKED, State.SHIPPED):
        transition(order_id=order.pk, to=state)
    when = timezone.now() - timedelta(days=days_ago)
    Order.objects.filter(pk=order.pk).update(shipped_at=when)
    return OrderLine.objects.select_related("order__user", "product").get(order=order)


def review_of(line: OrderLine, *, rating: int = 5, published: bool = True, **words: str) -> Review:
    """What the buyer of the line says."""
    said = {"title": "", "text": "", "name": "", "language": "en", **words}
    review = write_review(buyer=Buyer(line), rating=rating, **said)
    if published:
        Review.objects.filter(pk=review.pk).update(state=Review.State.PUBLISHED)
        review.refresh_from_db()
    return review
