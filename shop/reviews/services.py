"""Reviews are written, read by the shop, and answered; buyers are asked for them once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.mail.services import queue_mail
from shop.orders.models import Order
from shop.orders.states import State
from shop.reviews.buyers import Buyer, sent_lines, token_of
from shop.reviews.models import Review, ReviewRequest

AT_ONCE = 50
# Orders sent longer ago are not asked about, lest the day this begins brings a thousand mails.
NOT_AFTER_DAYS = 30


@transaction.atomic
def write_review(
    *, buyer: Buyer, rating: int, title: str, text: str, name: str, language: str
) -> Review:
    """Keep what a buyer says; instead of what they said before. It is shown once it was read."""
    # Two clicks follow each other at the order.
    Order.objects.select_for_update(no_key=True).get(pk=buyer.line.order_id)
    review = buyer.review() or Review(product=buyer.product, user=buyer.user, email=buyer.email)
    review.order_line = buyer.line
    review.rating, review.title, review.text, review.name = rating, title, text, name
    review.language = language
    review.state, review.reason = Review.State.PENDING, ""
    review.save()
    return review


@transaction.atomic
def publish_reviews(*, review_ids: Iterable[int], actor: User) -> int:
    """Show these; how many were not shown before. Who did so is kept."""
    found = Review.objects.exclude(state=Review.State.PUBLISHED).filter(pk__in=review_ids)
    reviews = list(found.select_for_update().order_by("pk"))
    for review in reviews:
        review.state, review.reason = Review.State.PUBLISHED, ""
    Review.objects.bulk_update(reviews, ["state", "reason"])
    _trace(reviews, actor, _("Published."))
    return len(reviews)


@transaction.atomic
def reject_reviews(*, review_ids: Iterable[int], reason: str, actor: User) -> int:
    """Do not show these, for a reason that the buyers are told; how many."""
    found = Review.objects.exclude(state=Review.State.REJECTED).filter(pk__in=review_ids)
    reviews = list(found.select_related("product").select_for_update(of=("self",)).order_by("pk"))
    for review in reviews:
        review.state, review.reason = Review.State.REJECTED, reason
        tell_rejected(review)
    Review.objects.bulk_update(reviews, ["state", "reason"])
    _trace(reviews, actor, _("Rejected: %(reason)s") % {"reason": reason})
    return len(reviews)


def tell_rejected(review: Review) -> None:
    """Write to the buyer why."""
    _tell(review, "review_rejected", key=f"review-rejected-{review.pk}-{review.changed_at:%s%f}")


def tell_answered(review: Review) -> None:
    """Write to the buyer what the shop answered, once."""
    _tell(review, "review_answered", key=f"review-answered-{review.pk}")


def ask_for_reviews() -> int:
    """Ask the buyers of orders that were sent some days ago, once each; how many orders."""
    days = settings.REVIEW_REQUEST_DAYS
    if not days:
        return 0
    latest = timezone.now() - timedelta(days=days)
    due = Order.objects.filter(
        state=State.SHIPPED,
        shipped_at__lte=latest,
        shipped_at__gt=latest - timedelta(days=NOT_AFTER_DAYS),
        review_request__isnull=True,
    ).order_by("pk")
    count = 0
    while True:
        with transaction.atomic():
            # No related row is there yet, so the order itself is what two sweeps meet at.
            orders = list(
                due.select_for_update(of=("self",), no_key=True, skip_locked=True)[:AT_ONCE]
            )
            if not orders:
                return count
            ReviewRequest.objects.bulk_create(
                [ReviewRequest(order=order) for order in orders], ignore_conflicts=True
            )
            for order in orders:
                count += _ask(order)


def _ask(order: Order) -> bool:
    lines = {line.product_id: line for line in sent_lines().filter(order=order).order_by("pk")}
    products = [
        {"title": line.title, "url": _absolute("reviews:by_link", token_of(line))}
        for line in lines.values()
    ]
    if not products:
        return False
    queue_mail(
        key=f"review-request-{order.pk}",
        to=order.email,
        template="review_request",
        context={"number": order.number, "products": products},
        language=order.language,
    )
    return True


def _tell(review: Review, template: str, *, key: str) -> None:
    if not review.email:
        return
    line = review.order_line
    url = _absolute("reviews:by_link", token_of(line)) if line else ""
    queue_mail(
        key=key,
        to=review.email,
        template=template,
        context={
            "title": review.product.title,
            "product_url": settings.SHOP_URL + review.product.get_absolute_url(),
            "reason": review.reason,
            "answer": review.answer,
            "url": url,
        },
        language=review.language,
    )


def _absolute(name: str, token: str) -> str:
    return f"{settings.SHOP_URL}{reverse(name, args=[token])}"


def _trace(reviews: list[Review], actor: User, message: str) -> None:
    if reviews:
        LogEntry.objects.log_actions(actor.pk, reviews, CHANGE, change_message=message)
