"""What is suggested for products (ProductSuggestion), decisions that may be undone together
(SuggestionAction), and what was learnt for it (StoredEnricher, SuggestionCalibration).

Part of `search.models`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import AttributeValue, Category, Product, ProductImage
from shop.formats import percent


class Kind(models.TextChoices):
    """Of `ProductSuggestion`; attributes have a table of their own."""

    CATEGORY = "category", _("Category")
    MOVE = "move", _("Another category")
    COLOUR = "colour", _("Colour")
    ALT = "alt", _("Picture description")


class State(models.TextChoices):
    """As of `search.attributes.models.AttributeSuggestion`, which has the same."""

    SUGGESTED = "suggested", _("Suggested")
    ACCEPTED = "accepted", _("Accepted")
    CORRECTED = "corrected", _("Changed")
    REJECTED = "rejected", _("Rejected")
    SUPERSEDED = "superseded", _("Superseded")


class SuggestionAction(models.Model):
    """What somebody decided in one go, on one suggestion or all above a confidence.

    It is also the work item of what takes longer than a request: unfinished, it is gone on with.
    """

    class Decision(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        CORRECT = "correct", _("changed")
        REJECT = "reject", _("rejected")

    decision = models.CharField(max_length=10, choices=Decision)
    # Of all above a confidence: which. Those that are suggested later are not meant.
    above = models.FloatField(null=True)
    chosen = models.JSONField(default=dict, help_text="Of `cards.Filters`, as it writes them.")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    undo_asked_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0, help_text="What was changed since.")

    class Meta:
        verbose_name = _("decision on suggestions")
        verbose_name_plural = _("decisions on suggestions")
        indexes = [
            models.Index(fields=["-made_at"], name="suggestion_action_latest"),
            models.Index(
                fields=["id"],
                condition=Q(finished_at=None) | Q(undo_asked_at__isnull=False, undone_at=None),
                name="suggestion_action_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} ({self.done})"


class Suggested(models.Model):
    """What suggestions of every kind have.

    `confidence`: as it was read, from 0 to 1. `calibrated`: the share of such suggestions that is
    right, by what the shop's own products and decisions show (`calibration.py`).
    """

    calibrated = models.FloatField(_("sure"), default=0.0, db_default=0.0)
    action = models.ForeignKey(
        SuggestionAction, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    # What the decision replaced, so that it can be put back.
    former = models.JSONField(null=True)

    class Meta:
        abstract = True


class ProductSuggestion(Suggested):
    """A category or colour of a product, or the alternative text of a picture.

    A colour with an `image` is of the variants that it shows. A decision stays: what was rejected
    is not suggested again. What was not decided, and nothing speaks for any more, is deleted.
    """

    class Source(models.TextChoices):
        LIKE = "like", _("products that look like it")
        TITLE = "title", _("its title and its looks")
        NAMES = "names", _("the names of categories")
        PIXELS = "pixels", _("the colours in its picture")
        KNOWN = "known", _("what is known of the product")

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="completions", verbose_name=_("product")
    )
    image = models.ForeignKey(ProductImage, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, null=True, related_name="+")
    value = models.ForeignKey(AttributeValue, on_delete=models.CASCADE, null=True, related_name="+")
    text = models.CharField(max_length=250, blank=True)
    rough = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A category above those that products are in: nothing to be accepted unseen.",
    )
    confidence = models.FloatField(_("confidence"))
    source = models.CharField(_("known from"), max_length=10, choices=Source)
    evidence = models.PositiveIntegerField(
        default=0, help_text="The shop's own examples of it that it was learnt from."
    )
    model = models.ForeignKey(
        "search.EmbeddingModel", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    model_name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(help_text="Of the enricher.")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUGGESTED)
    suggested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What somebody chose instead.
    chosen_category = models.ForeignKey(
        Category, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    chosen_value = models.ForeignKey(
        AttributeValue, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    chosen_text = models.CharField(max_length=250, blank=True)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.UniqueConstraint(
                F("product"),
                F("kind"),
                Coalesce(F("image"), 0),
                condition=Q(state="suggested"),
                name="one_open_suggestion_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["category", "move"], category__isnull=False)
                | Q(kind="colour", value__isnull=False)
                | (Q(kind="alt", image__isnull=False) & ~Q(text="")),
                name="suggestion_has_its_value",
            ),
        ]
        indexes = [
            # What is open, surest first; of all kinds, or of one.
            models.Index(
                fields=["-calibrated", "-product"],
                condition=Q(state="suggested"),
                name="completion_open",
            ),
            models.Index(
                fields=["kind", "-calibrated", "-product"],
                condition=Q(state="suggested"),
                name="completion_open_kind",
            ),
            # What was decided, latest first; and what was decided in one go.
            models.Index(
                fields=["kind", "-decided_at"],
                condition=Q(decided_at__isnull=False),
                name="completion_decided",
            ),
            models.Index(
                fields=["action", "id"],
                condition=Q(action__isnull=False),
                name="completion_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({percent(self.calibrated)})"


class StoredEnricher(models.Model):
    """What suggests categories and colours from the pictures of one model."""

    model = models.OneToOneField(
        "search.EmbeddingModel", on_delete=models.CASCADE, related_name="enricher"
    )
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField(help_text="As `search.enrichment.stored.Enricher.to_bytes`.")
    # What it was learnt from: how many products had a category and how many pictures a colour; and
    # which categories there were, as a digest.
    categorised = models.PositiveIntegerField(default=0)
    coloured = models.PositiveIntegerField(default=0)
    categories = models.CharField(max_length=64)
    learnt_at = models.DateTimeField()
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"version {self.version} for {self.model}"


class SuggestionCalibration(models.Model):
    """What share of a kind's suggestions is right, by their score, under one model: a curve and
    what differs from it by category, value and the like (`calibration.py`)."""

    model = models.ForeignKey(
        "search.EmbeddingModel", on_delete=models.CASCADE, related_name="calibrations"
    )
    kind = models.CharField(max_length=10, help_text="Of `Kind`, or “attribute”.")
    slope = models.FloatField(default=1.0)
    offset = models.FloatField(default=0.0)
    groups = models.JSONField(default=dict)
    decisions = models.PositiveIntegerField(default=0, help_text="That it was fitted to.")
    examples = models.PositiveIntegerField(default=0, help_text="Of the shop's own products.")
    version = models.PositiveIntegerField(default=1)
    fitted_at = models.DateTimeField()
    # How far open suggestions have their confidence from this version, by key; null: all.
    applied_to = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model", "kind"], name="one_calibration_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, version {self.version}"
