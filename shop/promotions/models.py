"""Vouchers, and what they were used for."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class VoucherQuerySet(QuerySet["Voucher"]):
    def by_code(self, code: str) -> VoucherQuerySet:
        """That with this code, however it was typed."""
        return self.filter(code=normalized(code))


class Voucher(models.Model):
    """A code that takes something off an order."""

    class Kind(models.TextChoices):
        PERCENT = "percent", _("Percent of the goods")
        FIXED = "fixed", _("An amount")
        DELIVERY = "delivery", _("Free delivery")

    code = models.CharField(
        _("code"), max_length=40, unique=True, help_text=_("Capitals and small letters are one.")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.PERCENT)
    value = models.DecimalField(
        _("value"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Percent, or an amount in the shop's currency. Free delivery needs none."),
    )
    minimum = models.DecimalField(
        _("from a total of"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("What the goods must cost at least."),
    )
    starts_at = models.DateTimeField(_("valid from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("valid until"), null=True, blank=True)
    limit = models.PositiveIntegerField(
        _("uses in all"), null=True, blank=True, help_text=_("Empty: any number.")
    )
    limit_per_customer = models.PositiveIntegerField(
        _("uses of each customer"), null=True, blank=True, help_text=_("Empty: any number.")
    )
    active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(code="") & Q(code=Upper("code")), name="voucher_code_in_capitals"
            ),
            models.CheckConstraint(
                condition=Q(kind="delivery") | Q(value__gt=0),
                name="voucher_of_something",
                violation_error_message=_("Say how much the voucher takes off."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="percent") | Q(value__lte=100),
                name="voucher_percent_at_most_100",
                violation_error_message=_("A voucher takes off 100 %% at most."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
                name="voucher_ends_after_start",
                violation_error_message=_("The voucher must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: object, **kwargs: object) -> None:
        self.code = normalized(self.code)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean_fields(self, exclude: object = None) -> None:
        self.code = normalized(self.code)
        super().clean_fields(exclude=exclude)  # type: ignore[arg-type]


class VoucherUse(models.Model):
    """An order that a voucher was used for; `reference` is its number, `customer` its e-mail."""

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="uses")
    reference = models.CharField(_("order"), max_length=40, unique=True)
    customer = models.CharField(_("customer"), max_length=254, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("voucher use")
        verbose_name_plural = _("voucher uses")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.voucher_id} {self.reference}"


def normalized(code: str) -> str:
    """A code as it is kept: without blanks, in capitals."""
    return "".join(code.split()).upper()
