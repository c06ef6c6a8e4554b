"""Invoices and credit notes: their numbers, and from whom to whom they are.

What was sold for how much stands in the order, which does not change; a document keeps only what
may: the seller's and the buyer's names and addresses.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    INVOICE = "invoice", _("Invoice")
    CREDIT = "credit", _("Credit note")  # takes an invoice back as a whole


class Invoice(models.Model):
    """A document of an order. `sequence` counts those of its kind and year, without a gap."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("number in its year"))
    issued_at = models.DateTimeField(_("issued"))
    # {"address": [line, ...] (the name first), "tax_number", "email", "phone", "country"}
    seller = models.JSONField(_("seller"))
    buyer = models.JSONField(_("buyer"))  # {"address": [line, ...], "email"}
    language = models.CharField(max_length=10)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], name="invoice_once"),
            models.UniqueConstraint(
                fields=["kind", "year", "sequence"], name="invoice_number_once"
            ),
            models.CheckConstraint(condition=Q(sequence__gt=0), name="invoice_number_from_one"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it is printed: "2026-00017"; "CN-2026-00003" of a credit note."""
        prefix = "CN-" if self.kind == Kind.CREDIT else ""
        return f"{prefix}{self.year}-{self.sequence:05d}"

    @property
    def file_name(self) -> str:
        return f"{self.kind}-{self.number}.pdf"


class InvoiceCounter(models.Model):
    """The last number of a kind and year. Locked until the document is committed: no gaps."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="invoice_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
