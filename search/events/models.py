"""What searches were asked, what they showed, and what came of it. Nobody's name is in here.

Rows are written by `search.events.storing` alone, in bulk. Keys of products are not held by the
database: a product may go while its events stay, and readers join what there is.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Product


class LoggedQuery(models.Model):
    """A search that was answered: one page of it. `id` is public, random, and begins with the hour
    (`search.events.query_ids`), so that rows lie in the order of time."""

    class Kind(models.TextChoices):
        WORDS = "words"
        PHOTO = "photo"
        BOTH = "both", "photo and words"
        LIKE = "like", "more like a product"
        BROWSE = "browse", "filters alone"

    id = models.UUIDField(primary_key=True, editable=False)
    # No finer: minutes would lead to a line of an access log, and so to an address.
    hour = models.DateTimeField(help_text="The hour in which it was asked.")
    kind = models.CharField(max_length=6, choices=Kind)
    words = models.CharField(
        max_length=500, blank=True, help_text="In lower case; e-mail addresses and numbers masked."
    )
    filters = models.JSONField(default=dict, help_text="By name, in slugs as the address has them.")
    traits = models.JSONField(
        default=dict, help_text="Attributes and colours read from a photo; never the photo."
    )
    page = models.PositiveSmallIntegerField(default=1)
    found = models.PositiveIntegerField(help_text="How many products, as far as they were counted.")
    confident = models.BooleanField(
        null=True, help_text="False: nothing was close. Null: the search did not say."
    )
    facts = models.JSONField(default=dict, help_text="The way of each leg, and milliseconds.")

    class Meta:
        verbose_name = _("search of a shopper")
        verbose_name_plural = _("searches of shoppers")
        indexes = [
            # What was asked in words and not found.
            models.Index(
                fields=["id"],
                condition=Q(page=1) & ~Q(words="") & (Q(found=0) | Q(confident=False)),
                name="query_in_vain",
            ),
            # Whose words are to be forgotten.
            models.Index(fields=["id"], condition=~Q(words=""), name="query_with_words"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.words or self.filters}"


class Impression(models.Model):
    """The products that one page showed, in order: a row a page, with arrays, since a row a product
    takes ten times the room and time."""

    query = models.OneToOneField(
        LoggedQuery, primary_key=True, on_delete=models.CASCADE, related_name="impression"
    )
    first = models.PositiveSmallIntegerField(help_text="Position of the first; the best is 1.")
    products = ArrayField(models.BigIntegerField())
    seen = ArrayField(
        models.PositiveSmallIntegerField(),
        null=True,
        help_text="Positions that came into view, ascending. Null: nobody told.",
    )

    class Meta:
        verbose_name = _("page of found products")
        verbose_name_plural = _("pages of found products")

    def __str__(self) -> str:
        return f"{len(self.products)} products from position {self.first}"


class Click(models.Model):
    """A result was opened, put in the cart, or bought: each counts once for a query."""

    class Kind(models.TextChoices):
        CLICK = "click"
        CART = "cart"
        PURCHASE = "purchase"

    # The constraint below begins with it.
    query = models.ForeignKey(
        LoggedQuery, on_delete=models.CASCADE, related_name="clicks", db_index=False
    )
    product = models.ForeignKey(
        Product,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    position = models.PositiveSmallIntegerField(help_text="Where it stood; the best is 1.")
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        verbose_name = _("opened result")
        verbose_name_plural = _("opened results")
        constraints = [
            models.UniqueConstraint(fields=["query", "product", "kind"], name="one_click_a_query"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.position}"


class FoundProduct(models.Model):
    """The day on which a search last showed a product. Kept beside the impressions, all of which
    one would have to read to know which products were never found."""

    product = models.OneToOneField(
        Product,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="found",
    )
    day = models.DateField()

    class Meta:
        verbose_name = _("found product")
        verbose_name_plural = _("found products")

    def __str__(self) -> str:
        return f"product {self.product_id}: {self.day}"


class BoughtTogether(models.Model):
    """How often two products were in one order, older orders counting less; the row of a product
    with itself counts all its orders (`search.events.bought_together`)."""

    product = models.ForeignKey(
        Product,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,  # the constraint below begins with it
        related_name="+",
    )
    other = models.ForeignKey(
        Product, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    weight = models.FloatField(help_text="Orders; one of a later day weighs more.")

    class Meta:
        verbose_name = verbose_name_plural = _("bought together")
        constraints = [
            models.UniqueConstraint(fields=["product", "other"], name="bought_together_pair"),
        ]

    def __str__(self) -> str:
        return f"products {self.product_id} and {self.other_id}"


class EventRetention(models.Model):
    """For how long events are kept, as an owner has set it: one row, or none where the server's
    settings hold (`search.events.retention.kept`)."""

    ONLY = 1
    LONGEST = 730

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    days = models.PositiveSmallIntegerField(
        _("days that searches are kept"),
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
    )
    words_days = models.PositiveSmallIntegerField(
        _("days that their words are kept"), validators=[MaxValueValidator(LONGEST)]
    )

    class Meta:
        verbose_name = verbose_name_plural = _("how long searches are remembered")
        permissions = [("forget_events", "Can delete all that is known of searches")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
