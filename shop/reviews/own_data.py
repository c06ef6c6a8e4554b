"""What this app knows of a customer, for their download and their deletion."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

from shop.reviews.models import Review


def export_reviews(user: User) -> list[dict[str, Any]]:
    return [
        {
            "product": review.product.title,
            "stars": review.rating,
            "title": review.title,
            "text": review.text,
            "name": review.name,
            "written": review.created_at.isoformat(),
        }
        for review in Review.objects.filter(user=user).select_related("product")
    ]


def erase_reviews(user: User) -> None:
    """What is published stays, without the name; the rest goes."""
    Review.objects.filter(user=user).exclude(state=Review.State.PUBLISHED).delete()
    Review.objects.filter(user=user).update(user=None, name="", email="", order_line=None)
