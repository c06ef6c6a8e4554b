"""What the demo brought, so that it can be told from the merchant's own, and its removal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Product
from shop.editorial.models import Block


class DemoProduct(models.Model):
    """A product that the demo brought. `fingerprint` is what it was like then."""

    product = models.OneToOneField(
        Product, primary_key=True, on_delete=models.CASCADE, related_name="demo"
    )
    fingerprint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.product)


class DemoBlock(models.Model):
    """A block of the home page that the demo brought. `fingerprint` is what it was like then."""

    block = models.OneToOneField(
        Block, primary_key=True, on_delete=models.CASCADE, related_name="demo"
    )
    fingerprint = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.block)


class DemoRemoval(models.Model):
    """One removal of the demo's products, in many small steps. It goes on until it has finished.

    `after` is the last product that was looked at, `categories` those that products were in.
    """

    with_edited = models.BooleanField(default=False)
    total = models.PositiveIntegerField()
    removed = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    categories = models.JSONField(default=list)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                ExpressionWrapper(Q(finished_at__isnull=True), output_field=models.BooleanField()),
                condition=Q(finished_at__isnull=True),
                name="demo_removal_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.removed}/{self.total}"

    @property
    def looked_at(self) -> int:
        return self.removed + self.kept
