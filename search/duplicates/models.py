"""What pictures are compared by (PictureSignature), and pairs that show the same (DuplicatePair).

Part of `search.models`.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import ProductImage


class PictureSignature(models.Model):
    """A picture, small (`search.duplicates.pixels`), and whether it has been compared with others.

    The row is also the work item. A trigger makes it, due, when the picture is embedded, and again
    when another file of it is.
    """

    MAX_ATTEMPTS = 3

    image = models.OneToOneField(
        ProductImage, primary_key=True, on_delete=models.CASCADE, related_name="signature"
    )
    signature = models.BinaryField(null=True)
    # Of the file that was last compared, or failed to be; and by which version of signatures.
    content_hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveSmallIntegerField(default=0)
    # Null: nothing is to be done. Later than now: it waits, or a worker has it until then.
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["attempts", "due_at"],
                condition=Q(due_at__isnull=False),
                name="signature_due",
            ),
            models.Index(
                fields=["version"], condition=Q(due_at__isnull=True), name="signature_version"
            ),
        ]

    def __str__(self) -> str:
        return f"signature of picture {self.image_id}"


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    """Reads, as verbs that chain."""

    def across(self) -> Self:
        """Pairs of two products; those of one are its own affair."""
        return self.exclude(image__product=F("other__product"))

    def waiting(self) -> Self:
        """Those that nobody has decided on."""
        return self.across().filter(state=DuplicatePair.State.OPEN)

    def with_drafts(self) -> Self:
        """Those of which a product is not on sale yet."""
        return self.filter(Q(image__product__published=False) | Q(other__product__published=False))

    def exact(self) -> Self:
        """Those of one and the same file."""
        return self.filter(exact=True)


class DuplicatePair(models.Model):
    """Two pictures that show the same, and what was decided of them.

    `image` is the one with the lower key, so that a pair is there once. A decision stays until one
    of the pictures goes or gets another file: a trigger takes the pair then.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SAME = "same", _("The same picture")
        DIFFERENT = "different", _("Not the same")

    # The constraint's index begins with it.
    image = models.ForeignKey(
        ProductImage, on_delete=models.CASCADE, related_name="pairs", db_index=False
    )
    other = models.ForeignKey(ProductImage, on_delete=models.CASCADE, related_name="pairs_as_other")
    similarity = models.FloatField(help_text="From 0 to 1; 1 for one and the same file.")
    exact = models.BooleanField(help_text="Whether it is one and the same file.")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of pictures")
        verbose_name_plural = _("pairs of pictures")
        constraints = [
            models.UniqueConstraint(fields=["image", "other"], name="pair_once"),
            models.CheckConstraint(condition=Q(image__lt=F("other")), name="pair_in_order"),
        ]
        indexes = [
            # What waits, the newest first.
            models.Index(fields=["-id"], condition=Q(state="open"), name="pair_open"),
            # What was decided lately.
            models.Index(fields=["-decided_at"], condition=~Q(state="open"), name="pair_decided"),
        ]

    def __str__(self) -> str:
        return f"pictures {self.image_id} and {self.other_id}"
