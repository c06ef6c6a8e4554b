"""What is read from pictures (VisualAttribute, VisualValue), what was learnt for it (StoredReader),
and what it suggests for products (AttributeSuggestion).

Part of `search.models`.
"""

from __future__ import annotations

import re
from collections import Counter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.enrichment.models import State as SuggestionState
from search.enrichment.models import Suggested
from shop.catalog.models import Attribute, AttributeValue, Category, Product
from shop.formats import percent

WORDINGS = 20
WORDING_LENGTH = 120


def check_wordings(text: str) -> None:
    """Raises `ValidationError` for lines that are no wordings."""
    lines = wordings_of(text)
    if len(lines) > WORDINGS:
        told = gettext("%(count)d wordings: at most %(most)d, one a line.")
        raise ValidationError(told % {"count": len(lines), "most": WORDINGS})
    for number, line in enumerate(lines, start=1):
        if len(line) > WORDING_LENGTH:
            told = gettext(
                "Wording %(number)d has %(count)d characters: at most %(most)d. A model reads a "
                "few words, as in “with stripes”."
            )
            raise ValidationError(
                told % {"number": number, "count": len(line), "most": WORDING_LENGTH}
            )
        if not re.search(r"\w", line):
            told = gettext("Wording %(number)d, “%(line)s”, has no letter or digit.")
            raise ValidationError(told % {"number": number, "line": line})
    counts = Counter(line.casefold() for line in lines)
    doubled = [line for line, count in counts.items() if count > 1]
    if doubled:
        told = gettext("Twice the same wording: %(names)s.")
        raise ValidationError(told % {"names": ", ".join(sorted(doubled))})


def wordings_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line for line in (" ".join(part.split()) for part in text.splitlines()) if line]


class VisualAttribute(models.Model):
    """An attribute of the catalogue, and whether and where it is read from pictures."""

    attribute = models.OneToOneField(
        Attribute, on_delete=models.CASCADE, related_name="visual", verbose_name=_("attribute")
    )
    enabled = models.BooleanField(
        _("read from pictures"),
        default=True,
        help_text=_("Off for what no picture shows, such as sizes."),
    )
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="+",
        verbose_name=_("categories"),
        help_text=_("It is read there and in all categories below. None: everywhere."),
    )
    floor = models.FloatField(
        _("sure from a confidence of"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text=_(
            "From 0 to 1. Empty: as the shop's own products show, for each value, so that "
            "nine in ten of what is suggested are right."
        ),
    )
    margin = models.FloatField(
        _("and ahead of the next value by"),
        default=0.1,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text=_("From 0 to 1: the distance to the confidence of the second best value."),
    )
    by_hand = models.BooleanField(
        _("decided by hand"),
        default=False,
        help_text=_("Off: whether and where it is read follows from what the products have."),
    )
    note = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("attribute read from pictures")
        verbose_name_plural = _("attributes read from pictures")
        ordering = ["attribute__name"]

    def __str__(self) -> str:
        return self.attribute.name


class VisualValue(models.Model):
    """A value as it is looked for in pictures: its wordings, and where it may be."""

    attribute = models.ForeignKey(
        VisualAttribute,
        on_delete=models.CASCADE,
        related_name="values",
        verbose_name=_("attribute"),
    )
    value = models.OneToOneField(
        AttributeValue, on_delete=models.CASCADE, related_name="visual", verbose_name=_("value")
    )
    enabled = models.BooleanField(
        _("looked for"), default=True, help_text=_("Off: no picture is said to show it.")
    )
    wordings = models.TextField(
        _("wordings"),
        blank=True,
        validators=[check_wordings],
        help_text=_(
            "What a shopper would call it, one wording a line: “striped”, “with stripes”. "
            "Empty: the value's own name."
        ),
    )
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="+",
        verbose_name=_("categories"),
        help_text=_(
            "It is looked for there and below alone. None: wherever its attribute is read; "
            "what the products of a category have counts by itself."
        ),
    )

    class Meta:
        verbose_name = _("wording of a value")
        verbose_name_plural = _("wordings of values")
        ordering = ["attribute__attribute__name", "value__position", "value__value"]

    def __str__(self) -> str:
        return str(self.value)

    def clean(self) -> None:
        if self.value_id and self.attribute_id:
            expected = self.attribute.attribute
            if self.value.attribute_id != expected.pk:
                told = gettext("“%(value)s” is a value of %(own)s, not of %(expected)s.") % {
                    "value": self.value.value,
                    "own": self.value.attribute.name,
                    "expected": expected.name,
                }
                raise ValidationError({"value": told})


class StoredReader(models.Model):
    """What reads attributes from the pictures of one model: learnt in the background."""

    model = models.OneToOneField(
        "search.EmbeddingModel", on_delete=models.CASCADE, related_name="reader"
    )
    version = models.PositiveIntegerField(default=1)
    content = models.BinaryField(help_text="As `search.attributes.reader.Reader.to_bytes`.")
    # What it was learnt from: of the vocabulary a digest, of products and pictures how many.
    vocabulary = models.CharField(max_length=64)
    examples = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)
    learnt_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    # How far the pictures of products have been read with this version, in the order in which they
    # were embedded. Null: from the first.
    read_until = models.DateTimeField(null=True)
    read_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"version {self.version} for {self.model}"


class ReadingDue(models.Model):
    """A product that changed, and whose pictures are to be read again."""

    product = models.OneToOneField(
        Product, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    # The last change: one that comes while it is being read keeps it due.
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"product {self.product_id}"


class AttributeSuggestion(Suggested):
    """A value that a product's pictures seem to show, where the product lacks the attribute.

    An admin's decision stays for ever: a value that was rejected is not suggested again, and one
    that was accepted, and taken off the product later, is not either.
    """

    State = SuggestionState

    class Source(models.TextChoices):
        PROTOTYPES = "prototypes", _("products like it")
        TEXTS = "zero-shot", _("its wordings")

    # The constraints' indexes begin with it.
    product = models.ForeignKey(
        Product,
        on_delete=models.CASCADE,
        related_name="suggestions",
        db_index=False,
        verbose_name=_("product"),
    )
    # That of the value, beside it for the constraint.
    attribute = models.ForeignKey(
        Attribute,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("attribute"),
    )
    value = models.ForeignKey(
        AttributeValue, on_delete=models.CASCADE, related_name="+", verbose_name=_("value")
    )
    confidence = models.FloatField(
        _("confidence"), help_text="From 0 to 1, among the values of the attribute."
    )
    margin = models.FloatField(help_text="How far ahead of the second.")
    source = models.CharField(_("known from"), max_length=10, choices=Source)
    model = models.ForeignKey(
        "search.EmbeddingModel", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    model_name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(help_text="Of the reader.")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUGGESTED)
    suggested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # What somebody chose instead.
    chosen_value = models.ForeignKey(
        AttributeValue, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("suggested attribute")
        verbose_name_plural = _("suggested attributes")
        constraints = [
            models.UniqueConstraint(fields=["product", "value"], name="suggestion_once"),
            models.UniqueConstraint(
                fields=["product", "attribute"],
                condition=Q(state="suggested"),
                name="one_suggestion_an_attribute",
            ),
        ]
        indexes = [
            # What is open, surest first; of all attributes, or of one.
            models.Index(
                fields=["-calibrated", "-product"],
                condition=Q(state="suggested"),
                name="suggestion_open",
            ),
            models.Index(
                fields=["attribute", "-calibrated", "-product"],
                condition=Q(state="suggested"),
                name="suggestion_open_attribute",
            ),
            # What was decided, latest first; and what was decided in one go.
            models.Index(
                fields=["-decided_at"],
                condition=Q(decided_at__isnull=False),
                name="suggestion_decided",
            ),
            models.Index(
                fields=["action", "id"],
                condition=Q(action__isnull=False),
                name="suggestion_action",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({percent(self.confidence)})"
