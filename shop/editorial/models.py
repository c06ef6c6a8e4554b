"""Blocks: what the shop shows on its home page, composed in the admin.

A block has a kind, and with it a face of its own: a hero (one large picture with words), a
collection of products, tiles of categories, or a look: a picture whose spots lead to what is like
that part of it. Which fields belong to which kind says `shop.editorial.kinds`.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shop.catalog.models import Category, Product
from shop.catalog.pictured import Pictured
from shop.editorial.addresses import check_address

# A spot smaller than this, in fractions of the picture, shows nothing that a search could find.
SMALLEST_SIDE = 0.02


class BlockQuerySet(QuerySet["Block"]):
    """Reads, as verbs that chain."""

    def shown(self) -> BlockQuerySet:
        """Those that shoppers may see at this moment."""
        now = timezone.now()
        begun = Q(published_from=None) | Q(published_from__lte=now)
        lasts = Q(published_until=None) | Q(published_until__gt=now)
        return self.filter(begun, lasts, published=True)

    def in_language(self, language: str | None = None) -> BlockQuerySet:
        """Those for all languages, and those for `language` (the active one if none is given)."""
        return self.filter(language__in=["", _primary(language or get_language())])

    def in_full(self) -> BlockQuerySet:
        """With picture and spots, in a fixed number of queries."""
        return self.select_related("picture", "category").prefetch_related(
            Prefetch("spots", queryset=Spot.objects.order_by("position", "pk")),
            # A product that is not on sale leads nowhere.
            Prefetch("spots__product", queryset=Product.objects.published()),
        )


class Block(models.Model):
    """One part of the home page. Blocks stand in the order of their `position`."""

    class Kind(models.TextChoices):
        HERO = "hero", _("Hero: a large picture with words")
        COLLECTION = "collection", _("Collection: a row of products")
        CATEGORIES = "categories", _("Categories: tiles with pictures")
        LOOK = "look", _("Look: a picture to shop from")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=90, blank=True)
    text = models.TextField(
        _("text"), max_length=400, blank=True, help_text=_("A sentence or two below the title.")
    )
    link_label = models.CharField(
        _("words of the link"), max_length=40, blank=True, help_text=_("As “See all boots”.")
    )
    link = models.CharField(
        _("address of the link"),
        max_length=500,
        blank=True,
        validators=[check_address],
        help_text=_("A page of this shop, as /category/boots/: copy it from your browser."),
    )
    category = models.ForeignKey(
        Category,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    products: models.ManyToManyField = models.ManyToManyField(
        Product, through="BlockProduct", related_name="+", verbose_name=_("products")
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Shown to visitors who read the shop in this language; empty: to all."),
    )
    position = models.PositiveIntegerField(_("position"), default=0, db_index=True)
    published = models.BooleanField(_("published"), default=True)
    published_from = models.DateTimeField(
        _("from"), null=True, blank=True, help_text=_("Empty: at once.")
    )
    published_until = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Empty: until you take it off.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block of the home page")
        verbose_name_plural = _("blocks of the home page")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_from=None)
                | Q(published_until=None)
                | Q(published_until__gt=F("published_from")),
                name="block_ends_after_it_begins",
                violation_error_message=_("The end must come after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(link="", link_label="") | ~Q(link="") & ~Q(link_label=""),
                name="block_link_has_words",
                violation_error_message=_("A link takes both its words and its address."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    @property
    def is_shown(self) -> bool:
        """Whether shoppers see it at this moment."""
        begun = self.published_from is None or self.published_from <= timezone.now()
        return self.published and begun and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.published_until is not None and self.published_until <= timezone.now()


class BlockPicture(Pictured):
    """The picture of a hero or of a look."""

    picture_folder = "editorial"

    block = models.OneToOneField(
        Block, on_delete=models.CASCADE, related_name="picture", verbose_name=_("block")
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        help_text=_("What the picture shows, for whoever does not see it."),
    )

    class Meta:
        verbose_name = _("picture of a block")
        verbose_name_plural = _("pictures of blocks")

    def __str__(self) -> str:
        return self.alt


class BlockProduct(models.Model):
    """A product of a collection, in its place."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="picks")
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="+", verbose_name=_("product")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("product of a collection")
        verbose_name_plural = _("products of a collection")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["block", "product"],
                name="block_product_once",
                violation_error_message=_("The collection has this product already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.product)


class SpotQuerySet(QuerySet["Spot"]):
    """Reads, as verbs that chain."""

    def shown(self) -> SpotQuerySet:
        """Those of looks that shoppers may see at this moment, in whatever language."""
        looks = Block.objects.shown().filter(kind=Block.Kind.LOOK, picture__isnull=False)
        return self.filter(block__in=looks)


def _fraction(name: Any) -> models.DecimalField:
    """A side or a place in a picture, from 0 to 1; decimal, so that sums are exact."""
    within = [MinValueValidator(0), MaxValueValidator(1)]
    return models.DecimalField(name, max_digits=5, decimal_places=4, validators=within)


class Spot(models.Model):
    """A box in the picture of a look: what is in it can be looked for.

    `x` and `y` are its upper left corner, and these and its sides fractions of the picture's.
    `product` is what is seen there, if the shop has it: where nothing can search, a spot leads to
    it.
    """

    block = models.ForeignKey(
        Block, on_delete=models.CASCADE, related_name="spots", verbose_name=_("block")
    )
    label = models.CharField(_("label"), max_length=60, help_text=_("As “Red boots”."))
    x = _fraction(_("from the left"))
    y = _fraction(_("from the top"))
    width = _fraction(_("width"))
    height = _fraction(_("height"))
    product = models.ForeignKey(
        Product,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = SpotQuerySet.as_manager()

    class Meta:
        verbose_name = _("spot")
        verbose_name_plural = _("spots")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(label=""), name="spot_has_label"),
            models.CheckConstraint(
                condition=Q(x__gte=0) & Q(y__gte=0),
                name="spot_begins_in_picture",
                violation_error_message=_("The spot begins outside the picture."),
            ),
            models.CheckConstraint(
                condition=Q(width__gte=SMALLEST_SIDE) & Q(height__gte=SMALLEST_SIDE),
                name="spot_is_not_tiny",
                violation_error_message=_("The spot is too small: draw it larger."),
            ),
            models.CheckConstraint(
                condition=Q(x__lte=1 - F("width")) & Q(y__lte=1 - F("height")),
                name="spot_ends_in_picture",
                violation_error_message=_(
                    "The spot reaches beyond the picture: make it smaller, or move it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, width and height, as fractions of the picture."""
        return float(self.x), float(self.y), float(self.width), float(self.height)


def _primary(language: str | None) -> str:
    """`de` of `de-at`."""
    return (language or "").split("-")[0].lower()
