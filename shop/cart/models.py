"""Carts: what a visitor, or a user on all their devices, is about to buy."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from shop.catalog.models import AttributeValue, ProductImage, Variant
from shop.promotions.models import Voucher

# More of one thing is a matter for a call, or a slip of a finger.
MOST_OF_ONE = 99
# Different things in one cart: a bound for what a page and a lock have to hold.
MOST_LINES = 100


class Cart(models.Model):
    """The cart of a user, or one that only a session knows (by `token`)."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="cart",
    )
    voucher = models.ForeignKey(
        Voucher, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    country = CountryField(_("country"), blank=True)  # for the estimate of delivery and tax
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")

    def __str__(self) -> str:
        return f"Cart {self.pk}"


class CartLineQuerySet(QuerySet["CartLine"]):
    def in_full(self) -> CartLineQuerySet:
        """With all that the cart's page shows, in a fixed number of queries."""
        values = AttributeValue.objects.select_related("attribute")
        images = ProductImage.objects.order_by("position", "pk")
        return self.select_related("variant__product", "variant__image").prefetch_related(
            Prefetch("variant__options", queryset=values),
            Prefetch("variant__product__images", queryset=images),
        )


class CartLine(models.Model):
    """So many of a variant. `price_seen` is its price when the shopper last saw the cart."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MOST_OF_ONE)]
    )
    price_seen = models.DecimalField(max_digits=12, decimal_places=2)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = CartLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_OF_ONE), name="cart_line_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
