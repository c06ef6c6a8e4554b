"""Payments of orders, what was given back of them, and what gateways told us."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Self, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.orders.models import Order

# After so many attempts, half a day of them, work waits for a person.
MOST_ATTEMPTS = 20
LONGEST_PAUSE = timedelta(hours=1)

Row = TypeVar("Row", bound="Work")


class WorkQuerySet(QuerySet[Row]):
    def due(self) -> Self:
        """What is to be done now. Each model says what that is."""
        raise NotImplementedError

    def claim(self) -> Row | None:
        """One row that is due, made ours for an attempt; None where nothing is due.

        The attempt is counted before the work, and who dies over it leaves a row that is due again
        after a pause, which doubles with each attempt. The pause is longer than a gateway is given
        to answer, so nobody else claims what is being worked on.
        """
        with transaction.atomic():
            row = self.due().order_by("pk").select_for_update(skip_locked=True).first()
            if row is not None:
                row.attempts += 1
                row.due_at = timezone.now() + pause_after(row.attempts)
                row.save(update_fields=["attempts", "due_at"])
        return row


def pause_after(attempts: int) -> timedelta:
    first = timedelta(seconds=settings.PAYMENT_PAUSE)
    return min(first * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)


class Work(models.Model):
    """Something to be done at a gateway, by whichever worker claims it first."""

    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(default=timezone.now)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        abstract = True


class Payment(models.Model):
    """One attempt to pay an order. `reference` is what the gateway calls it."""

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SUCCEEDED = "succeeded", _("Paid")
        FAILED = "failed", _("Declined")
        CANCELLED = "cancelled", _("Given up")
        # Money came, but not what was asked for: a person has to look at it.
        MISMATCH = "mismatch", _("Other amount")

    # Sent along to the gateway, which answers the same request twice with the same payment.
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(
        Order, on_delete=models.CASCADE, related_name="payments", verbose_name=_("order")
    )
    gateway = models.CharField(_("gateway"), max_length=20)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    error = models.CharField(_("reason"), max_length=300, blank=True)
    # `return_url` and `cancel_url`, and what else the gateway needs to go on.
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "reference"],
                condition=~Q(reference=""),
                name="payment_reference_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
        ]
        indexes = [
            # The sweep: what is still open?
            models.Index(fields=["order"], condition=Q(state="pending"), name="payment_open"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.reference or self.key}"

    @property
    def is_open(self) -> bool:
        return self.state == Payment.State.PENDING


class RefundQuerySet(WorkQuerySet["Refund"]):
    def due(self) -> Self:
        """Those to be made; and those of which the gateway may know more by now."""
        return self.filter(
            Q(attempts__lt=MOST_ATTEMPTS) | ~Q(reference=""),
            state=Refund.State.PENDING,
            due_at__lte=timezone.now(),
        )

    def that_count(self) -> Self:
        """Those that take money away from the shop, or are about to."""
        return self.exclude(state=Refund.State.FAILED)


class Refund(Work):
    """Money that goes back.

    The `refunded` of an order is the sum of its refunds that did not fail, without those that are a
    `surplus`: money that came for an order which was cancelled, or paid already.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Under way")
        SUCCEEDED = "succeeded", _("Given back")
        FAILED = "failed", _("Failed")

    # Sent along to the gateway, which makes the same refund once.
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    payment = models.ForeignKey(
        Payment, on_delete=models.CASCADE, related_name="refunds", verbose_name=_("payment")
    )
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PENDING
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    surplus = models.BooleanField(_("never the order's"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="refund_of_something"),
        ]
        indexes = [
            # The sweep: what is to be made, or asked about?
            models.Index(fields=["id"], condition=Q(state="pending"), name="refund_due"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment_id}"


class GatewayEventQuerySet(WorkQuerySet["GatewayEvent"]):
    def due(self) -> Self:
        return self.filter(
            processed_at__isnull=True, attempts__lt=MOST_ATTEMPTS, due_at__lte=timezone.now()
        )


class GatewayEvent(Work):
    """What a gateway told by webhook: stored first, acted on by a worker, each once.

    It says what to look at, not what is true: that the gateway is asked. Of what was sent only
    `payload` is kept, which holds nothing of the person who pays.
    """

    gateway = models.CharField(_("gateway"), max_length=20)
    event_id = models.CharField(_("event"), max_length=200)
    kind = models.CharField(_("kind"), max_length=100)
    # What it is about, by our keys or the gateway's references, whichever it told.
    payment_key = models.UUIDField(_("payment"), null=True, blank=True)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    refund_key = models.UUIDField(_("refund"), null=True, blank=True)
    refund_reference = models.CharField(_("reference of the refund"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)  # what the merchant must know
    payload = models.JSONField(_("content"), default=dict)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    processed_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = GatewayEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("gateway event")
        verbose_name_plural = _("gateway events")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gateway", "event_id"], name="gateway_event_once"),
        ]
        indexes = [
            # The sweep: what is to be acted on?
            models.Index(
                fields=["id"], condition=Q(processed_at__isnull=True), name="gateway_event_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.kind} {self.event_id}"


class TestCharge(models.Model):
    """The ledger of the test gateway: what it would know if it were a company of its own.

    `key` is that of our payment, as a real gateway knows it too. `refunds` are amounts by the keys
    of refunds.
    """

    __test__ = False  # pytest is not to take it for one

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for the shopper")
        CHALLENGED = "challenged", _("Waiting for the shopper's bank")
        PROCESSING = "processing", _("Under way")
        SUCCEEDED = "succeeded", _("Paid")
        FAILED = "failed", _("Declined")
        CANCELLED = "cancelled", _("Cancelled")

    key = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    currency = models.CharField(max_length=3)
    return_url = models.CharField(max_length=500)
    cancel_url = models.CharField(max_length=500)
    error = models.CharField(max_length=300, blank=True)
    # When money that is under way arrives.
    arrives_at = models.DateTimeField(null=True, blank=True)
    refuses_refunds = models.BooleanField(default=False)
    refunds = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("test charge")
        verbose_name_plural = _("test charges")

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"test_{self.key.hex}"
