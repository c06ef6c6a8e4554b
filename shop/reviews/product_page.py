"""What the page of a product shows of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shop.catalog.models import Product, Variant
from shop.reviews.buyers import buyer_by_account
from shop.reviews.models import ORDERS, Review

PAGE_SIZE = 5


@dataclass(frozen=True)
class Rating:
    """All published reviews of a product in numbers: `counts` by stars, from five to one."""

    count: int
    average: float
    counts: list[tuple[int, int]]


def rating_of(product: Product) -> Rating:
    found = dict(
        Review.objects.published()
        .filter(product=product)
        .order_by()
        .values_list("rating")
        .annotate(Count("pk"))
    )
    count = sum(found.values())
    total = sum(stars * number for stars, number in found.items())
    counts = [(stars, found.get(stars, 0)) for stars in range(5, 0, -1)]
    return Rating(count, round(total / count, 1) if count else 0.0, counts)


def load(request: HttpRequest, product: Product, variant: Variant) -> dict[str, Any]:
    """`rating`, a page of `reviews` in the order that the address asks for, the links to others,
    whether who asks may write one (`may_review`), and what they wrote (`own_review`)."""
    rating = rating_of(product)
    order = request.GET.get("reviews", "")
    order = order if order in ORDERS else "newest"
    published = Review.objects.published().filter(product=product).in_order(order)
    paginator = Paginator(published, PAGE_SIZE)
    # How many there are is known.
    paginator.count = rating.count
    page = paginator.get_page(request.GET.get("page", "")[:9])
    kept = {name: request.GET[name] for name in ("variant", "from") if name in request.GET}

    def address(**told: Any) -> str:
        return f"?{urlencode({**kept, **told})}#reviews"

    buyer = buyer_by_account(request.user, product)
    labels = {"newest": _("Newest first"), "best": _("Best first"), "worst": _("Worst first")}
    return {
        "rating": rating,
        "reviews": page,
        "review_orders": [
            {"label": labels[name], "url": address(reviews=name), "current": name == order}
            for name in ORDERS
        ],
        "reviews_previous": address(reviews=order, page=page.number - 1),
        "reviews_next": address(reviews=order, page=page.number + 1),
        "may_review": buyer is not None,
        "own_review": buyer.review() if buyer is not None else None,
    }


def describe(described: dict[str, Any], context: dict[str, Any]) -> None:
    rating: Rating = context["rating"]
    if not rating.count:
        return
    described["aggregateRating"] = {
        "@type": "AggregateRating",
        "ratingValue": rating.average,
        "reviewCount": rating.count,
        "bestRating": 5,
        "worstRating": 1,
    }
    described["review"] = [
        {
            "@type": "Review",
            "author": {"@type": "Person", "name": review.name or _("A buyer")},
            "datePublished": review.created_at.date().isoformat(),
            "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5},
            **({"name": review.title} if review.title else {}),
            **({"reviewBody": review.text} if review.text else {}),
        }
        for review in context["reviews"]
    ]
