"""Orders: what was bought, as it was then, and what happened to it since.

An order refers to the catalogue where that is still there, but needs nothing of it: its lines hold
name, SKU, options, price, tax and picture as they were.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from shop.addresses import PostalAddress
from shop.catalog.models import Product, Variant
from shop.delivery.models import DeliveryMethod
from shop.orders.numbers import new_number
from shop.orders.states import State

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# The numbers of orders that this session may see without an account: those that it placed, and
# those whose signed link it opened.
SESSION_KEY = "orders"


class OrderQuerySet(QuerySet["Order"]):
    def of_user(self, user: AbstractBaseUser) -> OrderQuerySet:
        return self.filter(user=user)

    def visible_to(self, request: HttpRequest) -> OrderQuerySet:
        """The orders of who asks: of their account, and those that their session may see."""
        mine = Q(number__in=request.session.get(SESSION_KEY, []))
        if request.user.is_authenticated:
            mine |= Q(user=request.user)
        return self.filter(mine)

    def unpaid_since(self, moment: datetime) -> OrderQuerySet:
        """Those whose time to pay was over at `moment`."""
        return self.filter(state=State.PLACED, pay_until__lte=moment)

    def in_full(self) -> OrderQuerySet:
        """With lines and history, in a fixed number of queries."""
        return self.prefetch_related("lines", "events__actor")


def _money(name: object, **options: object) -> models.DecimalField:
    return models.DecimalField(name, max_digits=12, decimal_places=2, **options)  # type: ignore


class Order(models.Model):
    """One order. Amounts are in `currency`; `shop.cart.totals` says how they add up."""

    number = models.CharField(
        _("number"), max_length=20, unique=True, default=new_number, editable=False
    )
    # Of who places it: the same again is the same order (`shop.checkout.placing`).
    idempotency_key = models.UUIDField(unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLACED, editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="orders",
        verbose_name=_("account"),
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=10, default="en")

    currency = models.CharField(_("currency"), max_length=3)
    prices_include_tax = models.BooleanField(_("prices include tax"))
    subtotal = _money(_("goods"))
    discount = _money(_("discount"), default=Decimal(0))
    delivery = _money(_("delivery"), default=Decimal(0))
    delivery_tax = _money(_("tax of delivery"), default=Decimal(0))
    delivery_tax_rate = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    tax = _money(_("tax"), default=Decimal(0))
    total = _money(_("total"))
    refunded = _money(_("refunded"), default=Decimal(0))

    voucher_code = models.CharField(_("voucher"), max_length=40, blank=True)
    delivery_method = models.ForeignKey(
        DeliveryMethod,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("delivery method"),
    )
    delivery_name = models.CharField(_("delivery"), max_length=80, blank=True)
    weight = models.PositiveIntegerField(_("weight in grams"), default=0)
    country = CountryField(_("country"))  # where it goes
    shipping = models.JSONField(_("delivery address"), default=dict)
    billing = models.JSONField(_("invoice address"), default=dict)
    tracking_carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    tracking_url = models.URLField(_("tracking link"), blank=True)
    gateway = models.CharField(_("payment"), max_length=20, blank=True)

    placed_at = models.DateTimeField(_("placed"), auto_now_add=True)
    pay_until = models.DateTimeField(_("to be paid until"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="order_state_known"),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("total")), name="order_refunded_bound"
            ),
            models.CheckConstraint(
                condition=Q(
                    prices_include_tax=True,
                    total=F("subtotal") - F("discount") + F("delivery"),
                )
                | Q(
                    prices_include_tax=False,
                    total=F("subtotal") - F("discount") + F("delivery") + F("tax"),
                ),
                name="order_adds_up",
            ),
        ]
        indexes = [
            # The sweep: whose time to pay is over?
            models.Index(
                fields=["pay_until"], condition=Q(state="placed"), name="order_to_be_paid"
            ),
            # An account's orders; the admin's list by state.
            models.Index(fields=["user", "-placed_at"], name="order_of_user"),
            models.Index(fields=["state", "-placed_at"], name="order_by_state"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("orders:order", args=[self.number])

    @property
    def shipping_address(self) -> PostalAddress:
        return PostalAddress.from_dict(self.shipping)

    @property
    def billing_address(self) -> PostalAddress:
        return PostalAddress.from_dict(self.billing)

    @property
    def is_paid(self) -> bool:
        """Whether money came for it, even if it went back."""
        return self.paid_at is not None


class OrderLine(models.Model):
    """So many of one thing, as it was when it was ordered.

    `tax_rate` is in percent; `returned` units went back into the stock, `returned <= quantity`.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(
        Product, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    variant = models.ForeignKey(
        Variant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("product"), max_length=200)
    sku = models.CharField(_("SKU"), max_length=100)
    options = models.JSONField(_("options"), default=list)  # [[name, value], ...]
    picture = models.CharField(max_length=200, blank=True)  # a file in the default storage
    unit_price = _money(_("price"))
    quantity = models.PositiveIntegerField(_("quantity"))
    amount = _money(_("amount"))
    discount = _money(_("discount"), default=Decimal(0))
    tax_rate = models.DecimalField(_("tax in percent"), max_digits=5, decimal_places=2)
    tax = _money(_("tax"))
    returned = models.PositiveIntegerField(_("returned"), default=0)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_of_something"),
            models.CheckConstraint(
                condition=Q(returned__lte=F("quantity")), name="order_line_returned_bound"
            ),
            models.CheckConstraint(
                condition=Q(amount=F("unit_price") * F("quantity")), name="order_line_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def options_text(self) -> str:
        """The options in a row: "Red, M"."""
        return ", ".join(value for _name, value in self.options)


class OrderEvent(models.Model):
    """What happened to an order: a change of state, a refund, a note. Never changed."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        REFUND = "refund", _("Refund")
        RETURN = "return", _("Sent back")
        NOTE = "note", _("Note")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.CharField(max_length=10, blank=True, choices=State.choices)
    after = models.CharField(max_length=10, blank=True, choices=State.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("event of an order")
        verbose_name_plural = _("history")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind} {self.after}"


# At the end: they refer to the classes above.
from shop.orders.invoices.models import Invoice, InvoiceCounter  # noqa: E402

__all__ = ["SESSION_KEY", "Invoice", "InvoiceCounter", "Order", "OrderEvent", "OrderLine"]
