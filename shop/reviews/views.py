"""Writing a review: with an account, or by the link that was mailed after sending."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shop.catalog.models import Product
from shop.reviews.buyers import Buyer, buyer_by_account, buyer_by_token, sent_lines
from shop.reviews.forms import ReviewForm
from shop.reviews.models import Review
from shop.reviews.services import write_review
from shop.throttles import seconds_to_wait

MOST_SHOWN = 100


@login_required
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What the user wrote, and what they bought and have not reviewed."""
    user = cast(User, request.user)
    reviews = list(Review.objects.filter(user=user).select_related("product")[:MOST_SHOWN])
    lines = (
        sent_lines()
        .filter(order__user=user)
        .exclude(product__in=Review.objects.filter(user=user).values("product"))
        .order_by("product_id", "-pk")
        .distinct("product_id")[:MOST_SHOWN]
    )
    return render(request, "reviews/own.html", {"reviews": reviews, "lines": lines})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """The user's review of a product that they bought; 404 for who did not."""
    product = get_object_or_404(Product, slug=slug, published=True)
    buyer = buyer_by_account(cast(User, request.user), product)
    if buyer is None:
        raise Http404(_("Reviews are written by those who bought the product here."))
    return _write(request, buyer)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, review_id: int) -> HttpResponse:
    """The user's own review; anybody else's is not found."""
    review = get_object_or_404(
        Review.objects.select_related("product"), pk=review_id, user=cast(User, request.user)
    )
    return write(request, review.product.slug)


@login_required
@require_POST
def delete(request: HttpRequest, review_id: int) -> HttpResponse:
    review = get_object_or_404(Review, pk=review_id, user=cast(User, request.user))
    review.delete()
    messages.success(request, _("Your review is deleted."))
    return redirect("reviews:own")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The holder of the link that was mailed for a line of an order."""
    buyer = buyer_by_token(token)
    if buyer is None:
        raise Http404(_("This link is no longer valid."))
    response = _write(request, buyer)
    # The address is a key: no other site is told it.
    response["Referrer-Policy"] = "no-referrer" if request.method != "POST" else "same-origin"
    return response


def _write(request: HttpRequest, buyer: Buyer) -> HttpResponse:
    review = buyer.review()
    form = ReviewForm(request.POST if request.method == "POST" else None, instance=review)
    context = {"form": form, "product": buyer.product, "review": review}
    if not form.is_bound or not form.is_valid():
        return render(request, "reviews/write.html", context, status=400 if form.is_bound else 200)
    if wait := seconds_to_wait(request, scope="review"):
        form.add_error(None, _("That was often. Please wait a while, then try again."))
        response = render(request, "reviews/write.html", context, status=429)
        response["Retry-After"] = str(wait)
        return response
    values = {name: form.cleaned_data[name] for name in ("rating", "title", "text", "name")}
    write_review(buyer=buyer, language=get_language() or "en", **values)
    messages.success(request, _("Thank you. Your review is shown once we have read it."))
    return redirect(buyer.product)
