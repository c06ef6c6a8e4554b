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

from shop.catalog.models import Attribute, AttributeValue, Category, Product

WORDINGS = 20
WORDING_LENGTH = 120


def check_wordings(text: str) -> None:
    """Raises `ValidationError` for lines that are no wordings."""
    lines = wordings_of(text)
    if len(lines) > WORDINGS:
        raise ValidationError(f"{len(lines)} wordings: at most {WORDINGS}, one a line.")
    for number, line in enumerate(lines, start=1):
        if len(line) > WORDING_LENGTH:
            raise ValidationError(
                f"Wording {number} has {len(line)} characters: at most {WORDING_LENGTH}. A model "
                "reads a few words, as in “with stripes”."
            )
        if not re.search(r"\w", line):
            raise ValidationError(f"Wording {number}, “{line}”, has no letter or digit.")
    counts = Counter(line.casefold() for line in lines)
    doubled = [line for line, count in counts.items() if count > 1]
    if doubled:
        raise ValidationError(f"Twice the same wording: {', '.join(sorted(doubled))}.")


def wordings_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line for line in (" ".join(part.split()) for part in text.splitlines()) if line]


class VisualAttribute(models.Model):
    """An attribute of the catalogue, and whether and where it is read from pictures."""

    attribute = models.OneToOneField(Attribute, on_delete=models.CASCADE, related_name="visual")
    enabled = models.BooleanField(
        "read from pictures",
        default=True,
        help_text="Off for what no picture shows, such as sizes.",
    )
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="+",
        help_text="It is read there and in all categories below. None: everywhere.",
    )
    floor = models.FloatField(
        "sure from a confidence of",
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text="From 0 to 1. Empty: as the shop's own products show, for each value, so that "
        "nine in ten of what is suggested are right.",
    )
    margin = models.FloatField(
        "and ahead of the next value by",
        default=0.1,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text="From 0 to 1: the distance to the confidence of the second best value.",
    )
    by_hand = models.BooleanField(
        "decided by hand",
        default=False,
        help_text="Off: whether and where it is read follows from what the products have.",
    )
    note = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["attribute__name"]

    def __str__(self) -> str:
        return self.attribute.name


class VisualValue(models.Model):
    """A value as it is looked for in pictures: its wordings, and where it may be."""

    attribute = models.ForeignKey(VisualAttribute, on_delete=models.CASCADE, related_name="values")
    value = models.OneToOneField(AttributeValue, on_delete=models.CASCADE, related_name="visual")
    enabled = models.BooleanField(
        "looked for", default=True, help_text="Off: no picture is said to show it."
    )
    wordings = models.TextField(
        blank=True,
        validators=[check_wordings],
        help_text="What a shopper would call it, one wording a line: “striped”, “with stripes”. "
        "Empty: the value's own name.",
    )
    categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="+",
        help_text="It is looked for there and below alone. None: wherever its attribute is read; "
        "what the products of a category have counts by itself.",
    )

    class Meta:
        ordering = ["attribute__attribute__name", "value__position", "value__value"]

    def __str__(self) -> str:
        return str(self.value)

    def clean(self) -> None:
        if self.value_id and self.attribute_id:
            expected = self.attribute.attribute
            if self.value.attribute_id != expected.pk:
                raise ValidationError(
                    {
                        "value": f"“{self.value.value}” is a value of "
                        f"{self.value.attribute.name}, not of {expected.name}."
                    }
                )


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


class AttributeSuggestion(models.Model):
    """A value that a product's pictures seem to show, where the product lacks the attribute.

    An admin's decision stays for ever: a value that was rejected is not suggested again, and one
    that was accepted, and taken off the product later, is not either.
    """

    class State(models.TextChoices):
        SUGGESTED = "suggested"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        SUPERSEDED = "superseded"

    class Source(models.TextChoices):
        PROTOTYPES = "prototypes", "products like it"
        TEXTS = "zero-shot", "its wordings"

    # The constraints' indexes begin with it.
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="suggestions", db_index=False
    )
    # That of the value, beside it for the constraint.
    attribute = models.ForeignKey(
        Attribute, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    value = models.ForeignKey(AttributeValue, on_delete=models.CASCADE, related_name="+")
    confidence = models.FloatField(help_text="From 0 to 1, among the values of the attribute.")
    margin = models.FloatField(help_text="How far ahead of the second.")
    source = models.CharField("known from", max_length=10, choices=Source)
    model = models.ForeignKey(
        "search.EmbeddingModel", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    model_name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(help_text="Of the reader.")
    state = models.CharField(max_length=10, choices=State, default=State.SUGGESTED)
    suggested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
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
                fields=["-confidence", "id"],
                condition=Q(state="suggested"),
                name="suggestion_open",
            ),
            models.Index(
                fields=["attribute", "-confidence"],
                condition=Q(state="suggested"),
                name="suggestion_open_attribute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.confidence:.0%})"
