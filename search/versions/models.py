"""What was asked for on the page and is not exported yet (ModelBuild), and how two models compare
(ModelComparison).

Part of `search.models`. Both rows are work items, too: what is not finished is due.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ModelBuild(models.Model):
    """A model that somebody wants, by its preset or reference, until it is an EmbeddingModel."""

    name = models.CharField(max_length=500)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # A worker that dies while it exports has spent an attempt.
    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    MAX_ATTEMPTS = 3

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["failed_at"],
                condition=Q(failed_at=None),
                name="one_build_at_a_time",
                nulls_distinct=False,
            )
        ]
        verbose_name = _("search model that was asked for")

    def __str__(self) -> str:
        return self.name


class ModelComparison(models.Model):
    """Two models asked the same. `figures` as `search.versions.comparing` gives them."""

    model = models.OneToOneField(
        "search.EmbeddingModel", on_delete=models.CASCADE, related_name="comparison"
    )
    against = models.ForeignKey("search.EmbeddingModel", on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    share = models.FloatField(default=0.0, help_text="How far it is, in [0, 1].")
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    figures = models.JSONField(null=True)

    MAX_ATTEMPTS = 3

    class Meta:
        verbose_name = _("comparison of search models")

    def __str__(self) -> str:
        return f"{self.model} and {self.against}"
