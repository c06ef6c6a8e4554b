"""Ways of delivery: where to, how fast, and what for."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from shop.taxes.models import TaxCategory


class DeliveryMethod(models.Model):
    """One way, such as "Parcel": the countries it goes to, and rates by weight or by total."""

    class Basis(models.TextChoices):
        WEIGHT = "weight", _("By weight")
        TOTAL = "total", _("By the goods' total")

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=200, blank=True)
    countries = CountryField(_("countries"), multiple=True)
    basis = models.CharField(_("rates"), max_length=6, choices=Basis.choices, default=Basis.TOTAL)
    free_from = models.DecimalField(
        _("free from a total of"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Goods for this much or more are delivered free. Empty: never."),
    )
    days_min = models.PositiveSmallIntegerField(_("working days, at least"), default=2)
    days_max = models.PositiveSmallIntegerField(_("working days, at most"), default=4)
    tax_category = models.CharField(
        _("tax"), max_length=10, choices=TaxCategory.choices, default=TaxCategory.STANDARD
    )
    active = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days_max__gte=F("days_min")),
                name="delivery_days_in_order",
                violation_error_message=_("It cannot take at most fewer days than at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryRate(models.Model):
    """The price up to a weight in grams, or up to a total; without a bound for all above."""

    method = models.ForeignKey(DeliveryMethod, on_delete=models.CASCADE, related_name="rates")
    up_to = models.DecimalField(
        _("up to"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("Grams or an amount, as the rates go. Empty: no limit."),
    )
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )

    class Meta:
        verbose_name = _("delivery rate")
        verbose_name_plural = _("delivery rates")
        ordering = [F("up_to").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "up_to"],
                nulls_distinct=False,
                name="delivery_rate_once",
                violation_error_message=_("There is a rate up to this already."),
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="delivery_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.method}: {self.price}"
