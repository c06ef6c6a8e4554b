"""What buyers say of products."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Product
from shop.orders.models import Order, OrderLine


class ReviewQuerySet(QuerySet["Review"]):
    """Reads, as verbs that chain."""

    def published(self) -> ReviewQuerySet:
        return self.filter(state=Review.State.PUBLISHED)

    def in_order(self, order: str) -> ReviewQuerySet:
        """By one of `ORDERS`: the newest first, the best first, the worst first."""
        return self.order_by(*ORDERS[order], "-created_at", "-pk")


ORDERS: dict[str, tuple[str, ...]] = {"newest": (), "best": ("-rating",), "worst": ("rating",)}


class Review(models.Model):
    """One buyer's words on one product. Shown once someone of the shop has read it.

    `email` is the order's, in small letters: by it a guest has one review of a product. It is empty
    for a buyer who was forgotten.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("To be read")
        PUBLISHED = "published", _("Published")
        REJECTED = "rejected", _("Rejected")

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("product")
    )
    order_line = models.ForeignKey(
        OrderLine, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("account"),
    )
    email = models.EmailField(_("e-mail"), blank=True, editable=False)
    language = models.CharField(max_length=10, default="en", editable=False)
    rating = models.PositiveSmallIntegerField(
        _("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("review"), max_length=4000, blank=True)
    name = models.CharField(_("name that is shown"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("Why it is rejected. The buyer is told."),
    )
    answer = models.TextField(
        _("answer of the shop"), max_length=2000, blank=True, help_text=_("Shown below the review.")
    )
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(rating__range=(1, 5)), name="review_of_1_to_5"),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason=""),
                name="review_rejected_with_reason",
                violation_error_message=_("Say why it is rejected: the buyer is told."),
            ),
            models.UniqueConstraint(
                fields=["product", "user"],
                condition=Q(user__isnull=False),
                name="review_once_for_user",
            ),
            models.UniqueConstraint(
                "product",
                Lower("email"),
                condition=Q(user__isnull=True) & ~Q(email=""),
                name="review_once_for_guest",
            ),
        ]
        indexes = [
            # What a product's page shows: the newest, the best, the worst, and how many of each.
            models.Index(
                fields=["product", "rating", "-created_at"],
                condition=Q(state="published"),
                name="review_of_product",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating}/5 {self.title or self.product}"


class ReviewRequest(models.Model):
    """An order whose buyer was asked for reviews; there is none where nobody was."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="review_request")
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.order)
