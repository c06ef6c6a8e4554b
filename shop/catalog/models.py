"""Category, Product, Variant, Attribute, ProductImage.

A product is what a page shows; a variant is what a cart holds, with its own price and stock. A
product always has at least one variant: the database itself (migration 0002) gives a product that
is committed without one an unpublished draft variant, and refuses to lose the last one.
"""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager

from shop.catalog.pictured import Pictured
from shop.taxes.models import TaxCategory

# As a tree reads: each category below its parent, siblings by name (and by path, lest what is below
# two of one name be mixed).
TREE_ORDER = RawSQL(
    """
    ARRAY(SELECT part.of FROM catalog_category above
           CROSS JOIN LATERAL (VALUES (1, lower(above.name)), (2, above.path)) part (place, of)
           WHERE above.path IN (SELECT left(catalog_category.path, n * %s)
                                  FROM generate_series(1, catalog_category.depth) n)
           ORDER BY above.path, part.place)
    """,
    [MP_Node.steplen],
)


class CategoryManager(MP_NodeManager):
    def in_order(self) -> QuerySet[Category]:
        """All, as the tree reads."""
        ordered: QuerySet[Category] = self.get_queryset().order_by(TREE_ORDER, "path")
        return ordered

    def top(self) -> QuerySet[Category]:
        """Those that are below no other, by name."""
        roots: QuerySet[Category] = self.get_root_nodes().order_by(Lower("name"), "path")
        return roots


class Category(MP_Node):
    """A node of the category tree (materialised path: descendants share the node's `path`).

    Siblings' paths are in the order in which they came, and stay: a path that changes with every
    name before it would change with it wherever it is kept, in the indexes of all vectors below.
    """

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=160, unique=True)

    objects = CategoryManager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:category", args=[self.slug])


class Attribute(models.Model):
    """A property that products or variants can have: material, pattern, colour, size."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("attribute")
        verbose_name_plural = _("attributes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AttributeValue(models.Model):
    """One value of an attribute: leather, striped, red, XL."""

    attribute = models.ForeignKey(
        Attribute, on_delete=models.CASCADE, related_name="values", verbose_name=_("attribute")
    )
    value = models.CharField(_("value"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("value of an attribute")
        verbose_name_plural = _("values of attributes")
        ordering = ["attribute__name", "position", "value"]
        constraints = [
            models.UniqueConstraint(fields=["attribute", "slug"], name="attribute_value_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.attribute.name}: {self.value}"


class ProductQuerySet(QuerySet["Product"]):
    """Reads, as verbs that chain."""

    def published(self) -> ProductQuerySet:
        """Those that a shopper may see: published, with at least one published variant."""
        return self.filter(
            Exists(Variant.objects.published().filter(product=OuterRef("pk"))), published=True
        )

    def in_category(self, category: Category) -> ProductQuerySet:
        """Those in `category` or in any category below it."""
        return self.filter(category__path__startswith=category.path)

    def for_cards(self) -> ProductQuerySet:
        """With all that a card shows, in a fixed number of queries."""
        return self.select_related("category").prefetch_related(
            models.Prefetch("images", queryset=ProductImage.objects.order_by("position", "pk")),
            models.Prefetch("variants", queryset=Variant.objects.published(), to_attr="on_sale"),
        )


class Product(models.Model):
    """What a shopper finds. `slug` is its handle in addresses, files and the API."""

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="products", verbose_name=_("category")
    )
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    brand = models.CharField(_("brand"), max_length=120, blank=True, db_index=True)
    description = models.TextField(_("description"), blank=True)
    published = models.BooleanField(_("published"), default=True)
    tax_category = models.CharField(
        _("tax category"),
        max_length=10,
        choices=TaxCategory.choices,
        default=TaxCategory.STANDARD,
        db_default=TaxCategory.STANDARD,
    )
    attributes = models.ManyToManyField(
        AttributeValue, blank=True, related_name="products", verbose_name=_("attributes")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="product_has_title"),
            models.CheckConstraint(condition=~Q(slug=""), name="product_has_slug"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalog:product", args=[self.slug])


class VariantQuerySet(QuerySet["Variant"]):
    """Reads, as verbs that chain."""

    def published(self) -> VariantQuerySet:
        return self.filter(published=True)

    def for_sale(self) -> VariantQuerySet:
        """Those that a shopper may buy: published, of a published product; in stock or not."""
        return self.filter(published=True, product__published=True)

    def priced(self, *, at_least: Decimal | None, at_most: Decimal | None) -> VariantQuerySet:
        """Those with a price within the bounds, both included."""
        found = self
        if at_least is not None:
            found = found.filter(price__gte=at_least)
        if at_most is not None:
            found = found.filter(price__lte=at_most)
        return found

    def in_stock(self) -> VariantQuerySet:
        return self.filter(stock__gt=0)

    def lock(self) -> dict[int, int]:
        """Lock these rows in the order of their keys, as all do who lock several; their stock.

        Whoever changes a product with its variants does so before it changes the product: those
        who sell lock variants first, too.
        """
        rows = self.order_by("pk").select_for_update(no_key=True)
        return dict(rows.values_list("pk", "stock"))

    def with_value(self, value: AttributeValue) -> VariantQuerySet:
        """Those with the value, as an option of their own or as an attribute of their product."""
        own = Variant.options.through.objects.filter(variant=OuterRef("pk"), attributevalue=value)
        shared = Product.attributes.through.objects.filter(
            product=OuterRef("product"), attributevalue=value
        )
        return self.filter(Exists(own) | Exists(shared))


class Variant(models.Model):
    """What a cart holds: one SKU with its options, price and stock."""

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="variants", verbose_name=_("product")
    )
    sku = models.CharField(_("SKU"), max_length=100, unique=True)
    options = models.ManyToManyField(
        AttributeValue, blank=True, related_name="variants", verbose_name=_("options")
    )
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    compare_at_price = models.DecimalField(
        _("former price"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The former price, shown struck through. Higher than the price, or empty."),
    )
    stock = models.PositiveIntegerField(_("stock"), default=0)
    weight = models.PositiveIntegerField(
        _("weight in grams"),
        default=0,
        db_default=0,
        help_text=_("With its packing, for the price of delivery."),
    )
    published = models.BooleanField(_("published"), default=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    image = models.ForeignKey(
        "ProductImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="variants",
        verbose_name=_("picture"),
        help_text=_("The picture that shows this variant."),
    )

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(sku=""), name="variant_has_sku"),
            models.CheckConstraint(condition=Q(price__gte=0), name="variant_price_not_negative"),
            models.CheckConstraint(condition=Q(stock__gte=0), name="variant_stock_not_negative"),
            models.CheckConstraint(
                condition=Q(compare_at_price__isnull=True) | Q(compare_at_price__gt=F("price")),
                name="variant_compare_at_price_above_price",
                violation_error_message=_("The former price must be higher than the price."),
            ),
        ]
        indexes = [
            # The filters of a search: which products have a variant at this price, in stock?
            models.Index(
                fields=["product", "price"],
                include=["stock"],
                condition=Q(published=True),
                name="variant_on_sale",
            ),
            # Which products have one at this price?
            models.Index(
                fields=["price"],
                include=["product", "stock"],
                condition=Q(published=True),
                name="variant_by_price",
            ),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def in_stock(self) -> bool:
        return self.stock > 0


class ProductImage(Pictured):
    """A picture of a product, in order. A variant may name one as its own (`Variant.image`)."""

    picture_folder = "products"

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="images", verbose_name=_("product")
    )
    alt = models.CharField(_("alternative text"), max_length=250, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "content_hash"],
                condition=~Q(content_hash=""),
                name="product_image_once",
                violation_error_message=_("The product already has this picture."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(renditions_ready=False),
                name="image_without_renditions",
            ),
            models.Index(
                fields=["id"],
                condition=Q(renditions_ready=True, avif_ready=False),
                name="image_without_avif",
            ),
        ]

    def __str__(self) -> str:
        return self.alt or gettext("Picture %(number)s of %(product)s") % {
            "number": self.position + 1,
            "product": self.product,
        }


class FetchedPicture(models.Model):
    """An address from which an import fetched a picture, so that it need not ask again.

    `url_hash` and `source_hash` are the SHA-256, in hex, of the address and of what came.
    """

    url_hash = models.CharField(max_length=64, unique=True)
    source_hash = models.CharField(max_length=64)
    fetched_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("fetched picture")
        verbose_name_plural = _("fetched pictures")

    def __str__(self) -> str:
        return self.url_hash
