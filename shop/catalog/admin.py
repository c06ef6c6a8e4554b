"""The catalogue in the admin.

Other apps add to it at startup without the shop knowing them: `list_display`, `readonly_fields`
and `actions` are plain lists that may be extended.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Max, Min, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.fields.related import ForeignKey
from django.db.models.functions import Coalesce
from django.forms import BaseModelForm, ModelChoiceField
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from shop.catalog.admin_forms import (
    AttributeValueForm,
    CategoryForm,
    ImageFormSet,
    OrderedRowForm,
    PictureChoiceField,
    ProductForm,
    VariantForm,
    VariantFormSet,
    add_pictures,
)
from shop.catalog.admin_uploads import AsksForFilesAgain
from shop.catalog.models import (
    TREE_ORDER,
    Attribute,
    AttributeValue,
    Category,
    Product,
    ProductImage,
    Variant,
)
from shop.catalog.services import create_category, update_category
from shop.catalog.templatetags.catalog_pictures import money, product_picture


def thumbnail_of(image: ProductImage | None, *, css: str = "thumbnail") -> SafeString:
    return product_picture(image, sizes="80px", css=css)


def first_of(names: Sequence[str], most: int = 8) -> str:
    """The first `most` of them, and how many more there are."""
    shown = ", ".join(names[:most])
    if len(names) <= most:
        return shown
    return gettext("%(names)s and %(count)d more") % {"names": shown, "count": len(names) - most}


# --- Products -----------------------------------------------------------------------------------


class ProductImageInline(TabularInline):
    model = ProductImage
    form = OrderedRowForm
    formset = ImageFormSet
    readonly_fields: list[Any] = ["thumbnail"]
    ordering_field = "position"
    hide_ordering_field = True
    hide_title = True
    extra = 1

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The picture first, then what can be edited, then what others add."""
        rest = [name for name in super().get_fields(request, obj) if name != "thumbnail"]
        return ["thumbnail", *rest]

    @display(description=_("picture"))
    def thumbnail(self, image: ProductImage) -> SafeString | str:
        return thumbnail_of(image) if image.pk else ""


class VariantInline(TabularInline):
    model = Variant
    form = VariantForm
    formset = VariantFormSet
    fields: list[Any] = [
        "sku",
        "options",
        "price",
        "compare_at_price",
        "stock",
        "weight",
        "image",
        "published",
        "position",
    ]
    autocomplete_fields = ["options"]
    ordering_field = "position"
    hide_ordering_field = True
    hide_title = True
    extra = 0
    min_num = 1
    validate_min = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:
        return super().get_queryset(request).prefetch_related("options__attribute")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["validate_min"] = True
        # "19,90" in German; browsers leave a number input empty that is given one with a comma.
        kwargs["localized_fields"] = prices = ["price", "compare_at_price"]
        typed = UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal", "size": 8})
        kwargs["widgets"] = dict.fromkeys(prices, typed)
        request._product = obj  # type: ignore[attr-defined]
        formset = super().get_formset(request, obj, **kwargs)
        formset.actor = request.user  # a class of this request's own
        return formset

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "image":
            product = getattr(request, "_product", None)
            pictures = ProductImage.objects.all()
            kwargs["queryset"] = pictures.filter(product=product) if product else pictures.none()
            kwargs["form_class"] = PictureChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CategoryFilter(admin.SimpleListFilter):
    """A category with all below it."""

    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (category.slug, "\N{EM SPACE}" * (category.depth - 1) + category.name)
            for category in Category.objects.in_order()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> QuerySet[Product]:
        category = Category.objects.filter(slug=self.value() or "").first()
        return queryset.filter(category__path__startswith=category.path) if category else queryset


class StockFilter(admin.SimpleListFilter):
    title = _("stock")
    parameter_name = "stock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("in", gettext("In stock")), ("out", gettext("Sold out"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "in":
            return queryset.filter(total_stock__gt=0)
        return queryset.filter(total_stock=0) if self.value() == "out" else queryset


class PicturesFilter(admin.SimpleListFilter):
    title = _("pictures")
    parameter_name = "pictures"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("some", gettext("With pictures")), ("none", gettext("Without pictures"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> QuerySet[Product]:
        if self.value() in ("some", "none"):
            return queryset.filter(images__isnull=self.value() == "none").distinct()
        return queryset


def _per_product(rows: QuerySet, aggregate: Any) -> Subquery:
    """An aggregate over the rows that belong to a product, as one value beside it."""
    of_product = rows.filter(product=OuterRef("pk")).order_by().values("product")
    return Subquery(of_product.annotate(value=aggregate).values("value"))


@admin.register(Product)
class ProductAdmin(AsksForFilesAgain):
    form = ProductForm
    inlines = [ProductImageInline, VariantInline]
    list_display: list[Any] = [
        "thumbnail",
        "title",
        "category",
        "brand",
        "prices",
        "stock",
        "pictures",
        "published",
    ]
    list_display_links = ["thumbnail", "title"]
    list_filter: list[Any] = ["published", CategoryFilter, StockFilter, PicturesFilter]
    # What the columns need for each row; whoever adds a column adds here, too.
    list_prefetch_related: list[Any] = [
        Prefetch("images", ProductImage.objects.order_by("position", "pk"))
    ]
    list_per_page = 50
    list_fullwidth = True
    search_fields = ["title", "slug", "variants__sku"]
    search_help_text = _("Title, slug or SKU")
    readonly_fields: list[Any] = []
    actions: list[Any] = ["publish", "unpublish"]
    fields: list[Any] = [
        ("title", "slug"),
        ("category", "brand"),
        "description",
        "attributes",
        "new_pictures",
        ("tax_category", "published"),
    ]
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["attributes"]
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        variants, images = Variant.objects.all(), ProductImage.objects.all()
        return (
            super()
            .get_queryset(request)
            .select_related("category")
            .prefetch_related(*self.list_prefetch_related)
            .annotate(
                lowest=_per_product(variants, Min("price")),
                highest=_per_product(variants, Max("price")),
                total_stock=_per_product(variants, Sum("stock")),
                picture_count=_per_product(images, Count("pk")),
            )
        )

    @display(description="")
    def thumbnail(self, product: Product) -> SafeString:
        return thumbnail_of(next(iter(product.images.all()), None))

    @display(description=_("price"), ordering="lowest")
    def prices(self, product: Any) -> str:
        if product.lowest == product.highest:
            return money(product.lowest)
        return f"{money(product.lowest)} – {money(product.highest)}"

    @display(description=_("stock"), ordering="total_stock")
    def stock(self, product: Any) -> int:
        return product.total_stock or 0

    @display(description=_("pictures"), ordering="picture_count")
    def pictures(self, product: Any) -> int:
        return product.picture_count or 0

    @admin.action(description=_("Publish"))
    def publish(self, request: HttpRequest, products: QuerySet[Product]) -> None:
        self._set_published(request, products, True)

    @admin.action(description=_("Take off the shop"))
    def unpublish(self, request: HttpRequest, products: QuerySet[Product]) -> None:
        self._set_published(request, products, False)

    def _set_published(
        self, request: HttpRequest, products: QuerySet[Product], published: bool
    ) -> None:
        changed = products.exclude(published=published)
        for product in changed:  # one by one: others follow each change
            product.published = published
            product.save(update_fields=["published", "updated_at"])
        message = ngettext(
            "%(count)d product changed.", "%(count)d products changed.", len(changed)
        )
        self.message_user(request, message % {"count": len(changed)})

    def save_model(
        self, request: HttpRequest, obj: Product, form: BaseModelForm, change: bool
    ) -> None:
        if change:
            Variant.objects.filter(product=obj).lock()
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: BaseModelForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            for sku, stock, typed in getattr(formset, "differing", []):
                message = gettext(
                    "The stock of %(sku)s changed while the page was open: your change was added "
                    "to it, and it is %(stock)d now, not %(typed)d."
                ) % {"sku": sku, "stock": stock, "typed": typed}
                self.message_user(request, message, messages.WARNING)
        for name in add_pictures(form.instance, form.cleaned_data.get("new_pictures", [])):
            message = gettext("%(name)s was left out: the product has this picture already.")
            self.message_user(request, message % {"name": name}, messages.WARNING)


# --- The tree -----------------------------------------------------------------------------------


@admin.register(Category)
class CategoryAdmin(ModelAdmin):
    """The tree, indented: most shops have all of it on one page."""

    form = CategoryForm
    list_display: list[Any] = ["in_tree", "slug", "products"]
    list_per_page = 250
    list_max_show_all = 5000
    search_fields = ["name", "slug"]
    ordering = [TREE_ORDER, "path"]
    actions: list[Any] = []
    fields: list[Any] = ["name", "parent", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        # Counted by itself: joined, the tree's order would be found anew for each product.
        here = Product.objects.filter(category=OuterRef("pk")).order_by()
        count = here.values("category").annotate(count=Count("pk")).values("count")
        return super().get_queryset(request).annotate(products_here=Coalesce(Subquery(count), 0))

    @display(description=_("category"))
    def in_tree(self, category: Category) -> str:
        return "\N{EM SPACE}" * 2 * (category.depth - 1) + category.name

    @display(description=_("products"), ordering="products_here")
    def products(self, category: Any) -> int:
        return category.products_here

    def save_model(
        self, request: HttpRequest, obj: Category, form: CategoryForm, change: bool
    ) -> None:
        values = {name: form.cleaned_data[name] for name in ("name", "parent", "slug")}
        if change:
            update_category(category=obj, **values)
        else:
            obj.pk = create_category(**values).pk
        obj.refresh_from_db()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Says what goes with a category: all below it. Products keep a category from going."""
        with_below = {
            node.pk: node
            for category in objs
            for node in Category.objects.get_descendants(category, include_self=True)
        }
        return super().get_deleted_objects(list(with_below.values()), request)


# --- Attributes ---------------------------------------------------------------------------------


class AttributeValueInline(TabularInline):
    model = AttributeValue
    form = AttributeValueForm
    fields: list[Any] = ["value", "slug", "position"]
    ordering_field = "position"
    hide_ordering_field = True
    hide_title = True
    extra = 0


@admin.register(Attribute)
class AttributeAdmin(ModelAdmin):
    list_display: list[Any] = ["name", "slug", "values"]
    search_fields = ["name", "values__value"]
    fields: list[Any] = [("name", "slug")]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AttributeValueInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attribute]:
        return super().get_queryset(request).prefetch_related("values")

    @display(description=_("values"))
    def values(self, attribute: Attribute) -> str:
        return first_of([one.value for one in attribute.values.all()])


@admin.register(AttributeValue)
class AttributeValueAdmin(ModelAdmin):
    """Serves the search for values in the forms above; not in the menu."""

    form = AttributeValueForm
    list_display: list[Any] = ["value", "attribute"]
    list_select_related = ["attribute"]
    search_fields = ["value", "attribute__name"]
    fields: list[Any] = ["attribute", "value", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AttributeValue]:
        return super().get_queryset(request).select_related("attribute")
