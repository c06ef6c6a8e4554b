"""The ledger of stock, and what is held for orders that are being paid.

`Variant.stock` is what can be sold now. A trigger of the database (migration 0002) writes a
movement for every change of it, by whatever path: the movements of a variant always sum to its
stock. Only `shop.stock.services` should change it, since it says why.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Variant


class Movement(models.Model):
    """One change of the stock of a variant. Never changed or deleted."""

    class Reason(models.TextChoices):
        INITIAL = "initial", _("First stock")
        EDITED = "edited", _("Edited")
        COUNTED = "counted", _("Counted")
        IMPORTED = "imported", _("Imported")
        RESERVED = "reserved", _("Held for an order")
        RELEASED = "released", _("Not paid, released")
        CANCELLED = "cancelled", _("Order cancelled")
        RETURNED = "returned", _("Sent back")

    # Without a constraint: the ledger outlives the variant, and writing it locks no variant.
    variant = models.ForeignKey(
        Variant,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="movements",
        verbose_name=_("variant"),
    )
    sku = models.CharField(_("SKU"), max_length=100)
    delta = models.IntegerField(_("change"))
    stock = models.PositiveIntegerField(_("stock after it"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    reference = models.CharField(_("order"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-pk"]
        indexes = [
            # The history of one variant; of one order.
            models.Index(fields=["variant", "-id"], name="movement_of_variant"),
            models.Index(
                fields=["reference"], condition=~Q(reference=""), name="movement_of_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {self.delta:+d}"


class Reservation(models.Model):
    """Units that were taken from the stock for an order which is not paid yet.

    `reference` is the order's number. Settled when the order is paid, released when it is not.
    """

    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, related_name="reservations", verbose_name=_("variant")
    )
    reference = models.CharField(_("order"), max_length=40)
    quantity = models.PositiveIntegerField(_("quantity"))
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["reference", "variant"], name="reservation_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id} ({self.reference})"
