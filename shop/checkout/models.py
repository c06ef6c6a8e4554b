"""A checkout under way: what the shopper has said so far."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shop.addresses import PostalAddress
from shop.cart.models import Cart
from shop.delivery.models import DeliveryMethod
from shop.orders.models import Order


class Checkout(models.Model):
    """One for a cart, until its order is placed. Its key is the order's idempotency key."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Gone with its cart only while nothing was placed: the key must find its order afterwards.
    cart = models.OneToOneField(
        Cart, on_delete=models.SET_NULL, null=True, blank=True, related_name="checkout"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    shipping = models.JSONField(default=dict, blank=True)
    billing = models.JSONField(default=dict, blank=True)  # empty: the same as `shipping`
    delivery_method = models.ForeignKey(
        DeliveryMethod, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gateway = models.CharField(max_length=20, blank=True)
    order = models.OneToOneField(
        Order, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("checkout")
        verbose_name_plural = _("checkouts")

    def __str__(self) -> str:
        return str(self.key)

    @property
    def shipping_address(self) -> PostalAddress | None:
        return PostalAddress.from_dict(self.shipping) if self.shipping else None

    @property
    def billing_address(self) -> PostalAddress | None:
        """Where the invoice goes: where the goods go, unless told otherwise."""
        return PostalAddress.from_dict(self.billing) if self.billing else self.shipping_address
