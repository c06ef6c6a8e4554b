"""Tax rates by country: what part of a price, or beside it, goes to the state."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField


class TaxCategory(models.TextChoices):
    """What a product is to the tax office. Countries give each a rate of their own."""

    STANDARD = "standard", _("Standard")
    REDUCED = "reduced", _("Reduced")
    ZERO = "zero", _("No tax")


class TaxRateManager(models.Manager["TaxRate"]):
    def of_country(self, country: str) -> dict[str, Decimal]:
        """The rate in percent of each tax category where `country` (ISO 2) taxes; else 0.

        A country that names no reduced rate taxes what is reduced elsewhere as the rest.
        """
        named = dict(self.filter(country=country).values_list("category", "rate"))
        standard = named.get(TaxCategory.STANDARD, Decimal(0))
        return {
            TaxCategory.STANDARD: standard,
            TaxCategory.REDUCED: named.get(TaxCategory.REDUCED, standard),
            TaxCategory.ZERO: Decimal(0),
        }


class TaxRate(models.Model):
    """What one country takes of one category, in percent."""

    country = CountryField(_("country"))
    category = models.CharField(
        _("category"),
        max_length=10,
        choices=[c for c in TaxCategory.choices if c[0] != "zero"],
        default=TaxCategory.STANDARD,
    )
    rate = models.DecimalField(
        _("rate in percent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )

    objects = TaxRateManager()

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["country", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "category"],
                name="tax_rate_once",
                violation_error_message=_("This country has a rate for this category already."),
            ),
            models.CheckConstraint(
                condition=models.Q(rate__gte=0, rate__lte=100), name="tax_rate_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.get_category_display()}: {self.rate.normalize():f} %"
