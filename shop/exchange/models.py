"""Imports and exports that staff began: how far each is, and what came of it.

The rows are the truth about what is to be done; files lie in folders of their own (`files`).
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Category, Product, ProductQuerySet, Variant

# A run that nobody took in this time, though it is its turn.
LATE_SECONDS = 60


class Run(models.Model):
    """What imports and exports have in common.

    `done` of `total` products, `rate` of them a second. `attempts`: how often a process began
    since the last product was done. `language` is that of whoever began, in which is reported.
    """

    MAX_ATTEMPTS = 3

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # names its folder
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    language = models.CharField(max_length=16)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    asked_at = models.DateTimeField(default=timezone.now)  # since when it waits for its turn
    seen_at = models.DateTimeField(default=timezone.now)  # when somebody was last at it
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    rate = models.FloatField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    stop_requested = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    files_removed = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def left(self) -> timedelta | None:
        """How long it will take on; None while nobody knows."""
        if not self.rate or not self.total:
            return None
        return timedelta(seconds=max(1, round((self.total - self.done) / self.rate)))

    @property
    def is_late(self) -> bool:
        """Whether nobody took it up for so long that something must be wrong."""
        waited = (timezone.now() - self.asked_at).total_seconds()
        return self.started_at is None and waited > LATE_SECONDS


class ImportState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("waits for your decision")
    IMPORTING = "importing", _("being imported")
    DONE = "done", _("imported")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")
    DISCARDED = "discarded", _("not imported")


class CatalogImportQuerySet(models.QuerySet["CatalogImport"]):
    def checking(self) -> CatalogImportQuerySet:
        return self.filter(state=ImportState.CHECKING)

    def importing(self) -> CatalogImportQuerySet:
        """Those that were asked for and are not finished, in the order of their turns."""
        return self.filter(state=ImportState.IMPORTING).order_by("asked_at", "pk")


class CatalogImport(Run):
    """A file that was uploaded, from its check to its end. `plan` is what the check found."""

    file_name = models.CharField(_("file"), max_length=200)
    file_size = models.PositiveBigIntegerField()
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.CHECKING
    )
    plan = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)
    fetch = models.BooleanField(default=False)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)

    objects = CatalogImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=[ImportState.CHECKING, ImportState.IMPORTING]),
                name="exchange_import_due",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("exchange:import", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.IMPORTING)

    @property
    def is_finished(self) -> bool:
        return self.state in (ImportState.DONE, ImportState.STOPPED, ImportState.FAILED)


class ImportLine(models.Model):
    """What became of a product, or something that was wrong in the file, in the order of events.

    `changes` are lists of field, value before, value after. `message` says what is wrong, or as
    what a new product is sold.
    """

    class Kind(models.TextChoices):
        CREATED = "created", _("new")
        UPDATED = "updated", _("changed")
        SKIPPED = "skipped", _("left out")
        PROBLEM = "problem", _("problem")
        WARNING = "warning", _("note")

    of = models.ForeignKey(CatalogImport, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=10, choices=Kind)
    line = models.PositiveIntegerField()
    handle = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=255, blank=True)
    changes = models.JSONField(default=list)
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["of", "kind", "id"], name="exchange_line_of_kind")]

    def __str__(self) -> str:
        return f"{self.line}: {self.kind} {self.handle}"


class ExportState(models.TextChoices):
    WAITING = "waiting", _("being made")
    DONE = "done", _("ready")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")


class CatalogExport(Run):
    """A file of products that was asked for. `result` is what was written into it."""

    format = models.CharField(_("format"), max_length=20)
    category = models.ForeignKey(Category, on_delete=models.SET_NULL, null=True, related_name="+")
    category_name = models.CharField(max_length=255, blank=True)  # as it was
    only_published = models.BooleanField(default=False)
    only_in_stock = models.BooleanField(default=False)
    with_pictures = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ExportState, default=ExportState.WAITING
    )
    file_name = models.CharField(max_length=200, blank=True)
    file_size = models.PositiveBigIntegerField(default=0)
    result = models.JSONField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state=ExportState.WAITING),
                name="exchange_export_due",
            )
        ]

    def __str__(self) -> str:
        return self.file_name or self.format

    def get_absolute_url(self) -> str:
        return reverse("exchange:export", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.state == ExportState.WAITING

    def products(self) -> ProductQuerySet:
        """Those that go into the file."""
        products: ProductQuerySet = Product.objects.all()
        if self.category_name:
            if self.category is None:  # deleted since
                return products.none()
            products = products.in_category(self.category)
        if self.only_published:
            products = products.published()
        if self.only_in_stock:
            stocked = Variant.objects.in_stock().filter(product=models.OuterRef("pk"))
            products = products.filter(models.Exists(stocked))
        return products
