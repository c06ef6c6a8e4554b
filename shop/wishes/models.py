"""What shoppers would like to have: the wishlist, and what they wait for that is sold out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Product, Variant


class WishlistItem(models.Model):
    """A product that a user keeps in mind; with a variant where they had chosen one.

    `title` is what to call it when the product is gone. Guests' wishes are in their session.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wishes"
    )
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "product"], name="wish_once"),
        ]

    def __str__(self) -> str:
        return self.title


class BackInStockRequestQuerySet(QuerySet["BackInStockRequest"]):
    """Reads, as verbs that chain."""

    def open(self) -> BackInStockRequestQuerySet:
        return self.filter(notified_at__isnull=True)

    def to_notify(self) -> BackInStockRequestQuerySet:
        """Confirmed ones whose variant can be bought."""
        return self.open().filter(
            confirmed_at__isnull=False,
            variant__stock__gt=0,
            variant__published=True,
            variant__product__published=True,
        )


class BackInStockRequest(models.Model):
    """Someone wants one mail when a variant can be bought again.

    `confirmed_at`: the address is known to be theirs. Only then is it written to.
    """

    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, related_name="back_in_stock", verbose_name=_("variant")
    )
    email = models.EmailField(_("e-mail"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account"),
    )
    language = models.CharField(_("language"), max_length=10)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    notified_at = models.DateTimeField(_("told"), null=True, blank=True)

    objects = BackInStockRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("back-in-stock request")
        verbose_name_plural = _("back-in-stock requests")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "variant",
                Lower("email"),
                condition=Q(notified_at__isnull=True),
                name="back_in_stock_once",
            ),
        ]
        indexes = [
            # The sweep: who waits for what?
            models.Index(
                fields=["variant"],
                condition=Q(notified_at__isnull=True, confirmed_at__isnull=False),
                name="back_in_stock_waiting",
            ),
            # How often was this address used today?
            models.Index(Lower("email"), "created_at", name="back_in_stock_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.variant}: {self.email}"
