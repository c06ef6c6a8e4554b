"""Batch, File, Draft, Step: photos that were dropped together, and what becomes of them.

A photo is a picture of an unpublished product from the moment it arrives, so that it is embedded
while others are still being sent. A `Draft` says of such a product that it is still to be looked
at, and what it is to become.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Category, Product, ProductImage


class Way(models.TextChoices):
    """What photos are put together by."""

    NAME = "name", _("File name")
    FOLDER = "folder", _("Folder")
    SKU = "sku", _("SKU")
    LOOKS = "looks", _("Looks")
    NOTHING = "nothing", _("Each photo by itself")


class Batch(models.Model):
    """Photos that were dropped together."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    way = models.CharField(_("put together by"), max_length=8, choices=Way, default=Way.NAME)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("upload of photos")
        verbose_name_plural = _("uploads of photos")
        ordering = ["-pk"]

    def __str__(self) -> str:
        begun = formats.date_format(timezone.localtime(self.created_at), "DATETIME_FORMAT")
        return gettext("Photos of %(begun)s") % {"begun": begun}

    def get_absolute_url(self) -> str:
        return reverse("admin:intake_batch_photos", args=[self.pk])


class File(models.Model):
    """A file that somebody dropped. `key` is given by who sends it: the same file has the same, so
    that a second attempt after a lost answer stores nothing twice.

    It is announced before it is sent, so that what is missing is known to whoever comes back.
    """

    class State(models.TextChoices):
        MISSING = "missing", _("not sent yet")
        STORED = "stored", _("stored")
        KNOWN = "known", _("already there")
        REFUSED = "refused", _("refused")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=64)
    # In the order in which they were dropped.
    place = models.PositiveIntegerField(default=0)
    name = models.CharField(_("name"), max_length=255)
    folder = models.CharField(_("folder"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.MISSING)
    reason = models.TextField(_("reason"), blank=True)
    image = models.OneToOneField(
        ProductImage, on_delete=models.SET_NULL, null=True, related_name="file"
    )
    # Where a picture that was already there is.
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("dropped file")
        verbose_name_plural = _("dropped files")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "key"], name="intake_file_once"),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="intake_file_state")]

    def __str__(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name


class Draft(models.Model):
    """What a group of photos is to become: a product, or pictures of one that exists (`target`).

    `product` holds the photos meanwhile. What is typed waits here until it is accepted. A draft
    that has lost its photos to others, or was discarded, is `GOING`: its product is deleted in the
    background, with whatever it holds.
    """

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        ACCEPTED = "accepted", _("accepted")
        GOING = "going", _("to be deleted")

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="drafts")
    product = models.OneToOneField(
        Product, on_delete=models.CASCADE, null=True, related_name="draft"
    )
    target = models.ForeignKey(
        Product, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What its photos have in common: those that arrive later join it.
    common = models.CharField(max_length=255, blank=True)
    category = models.ForeignKey(
        Category, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("category")
    )
    sku = models.CharField(_("SKU"), max_length=100, blank=True)
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, null=True, validators=[MinValueValidator(0)]
    )
    stock = models.PositiveIntegerField(_("stock"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    accepted_at = models.DateTimeField(null=True)
    # The pictures that were added to `target`, to be taken back.
    added = models.JSONField(default=list)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["batch", "state"], name="intake_draft_state"),
            models.Index(fields=["batch", "common"], name="intake_draft_common"),
            models.Index(fields=["id"], condition=Q(state="going"), name="intake_draft_going"),
        ]

    def __str__(self) -> str:
        return str(self.product or self.target or self.pk)


class Step(models.Model):
    """How the photos of a batch were put together before a change, so that it can be undone."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="steps")
    said = models.CharField(max_length=200)
    way = models.CharField(max_length=8, choices=Way)
    groups = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.said
