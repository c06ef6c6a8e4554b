"""Prices that change by the calendar, and what prices there were.

`Variant.price` is always the price of now: pages, carts and search read it and nothing else. A
`SalePrice` changes it when it starts and gives the regular price back when it ends
(`shop.pricing.services`); while it runs, `Variant.compare_at_price` is the regular price.

`PriceRecord` is written by a trigger of the database (migration 0001), so no path escapes it.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Variant


class SalePriceQuerySet(QuerySet["SalePrice"]):
    """Reads, as verbs that chain."""

    def to_start(self, *, now: datetime) -> SalePriceQuerySet:
        return self.filter(state=SalePrice.State.SCHEDULED, starts_at__lte=now)

    def to_end(self, *, now: datetime) -> SalePriceQuerySet:
        return self.filter(state=SalePrice.State.RUNNING, ends_at__lte=now)

    def running(self) -> SalePriceQuerySet:
        return self.filter(state=SalePrice.State.RUNNING)

    def in_force(self) -> SalePriceQuerySet:
        """Those that run and have lowered a price."""
        return self.running().filter(applied=True)

    def overlapping(self, *, starts_at: datetime, ends_at: datetime | None) -> SalePriceQuerySet:
        """Those, not ended, that share a moment with the time from `starts_at` to `ends_at`."""
        found = self.exclude(state=SalePrice.State.ENDED).filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=starts_at)
        )
        return found if ends_at is None else found.filter(starts_at__lt=ends_at)


class SalePrice(models.Model):
    """A price for a time; without an end until someone ends it.

    `applied` says whether it lowered the price at all: a sale that begins when the regular price
    is as low already changes nothing. `former_compare_at` is the struck price that the variant had
    before, to be given back.
    """

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("Scheduled")
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")

    variant = models.ForeignKey(
        Variant, on_delete=models.CASCADE, related_name="sale_prices", verbose_name=_("variant")
    )
    price = models.DecimalField(
        _("sale price"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Empty: until it is ended by hand.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.SCHEDULED, editable=False
    )
    applied = models.BooleanField(default=False, editable=False)
    former_compare_at = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, editable=False
    )

    objects = SalePriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("sale price")
        verbose_name_plural = _("sale prices")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="sale_price_not_negative"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="sale_price_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.UniqueConstraint(
                fields=["variant"], condition=Q(state="running"), name="sale_price_one_running"
            ),
            # A range of one variant stands for the variant: plain numbers would need btree_gist.
            ExclusionConstraint(
                name="sale_price_no_overlap",
                expressions=[
                    (
                        Func(F("variant"), F("variant"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("starts_at"),
                            F("ends_at"),
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state="ended"),
                violation_error_message=_(
                    "Another sale of this variant falls into that time. End it, or choose a time "
                    "before or after it."
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at"], condition=Q(state="scheduled"), name="sale_price_to_start"
            ),
            models.Index(
                fields=["ends_at"], condition=Q(state="running"), name="sale_price_to_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant}: {self.price}"


class PriceRecord(models.Model):
    """A variant's price from a moment on, until its next record. Written by the database alone.

    The database also deletes it with its variant (ON DELETE CASCADE), which rows that triggers
    delete need.
    """

    variant = models.ForeignKey(
        Variant,
        on_delete=models.DO_NOTHING,
        related_name="price_records",
        db_constraint=False,
        db_index=False,
    )
    price = models.DecimalField(max_digits=12, decimal_places=2)
    since = models.DateTimeField()

    class Meta:
        ordering = ["variant", "since", "pk"]
        indexes = [models.Index(fields=["variant", "since"], name="price_record_of_variant")]

    def __str__(self) -> str:
        return f"{self.price} since {self.since:%Y-%m-%d %H:%M}"
