"""What the pages show beside the product itself: pictures for categories, order of pictures."""

from collections.abc import Sequence

from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Lower

from shop.catalog.choices import colors_of, variants_of
from shop.catalog.models import (
    AttributeValue,
    Category,
    Product,
    ProductImage,
    ProductQuerySet,
    Variant,
)


def categories_with_pictures(*, below: Sequence[Category | None] = (None,)) -> list[Category]:
    """Categories by name, each with `picture`: that of its newest product that has one.

    Those right below each of these, where None stands for the whole shop.
    """
    wanted = Q()
    for parent in below:
        if parent is None:
            wanted |= Q(depth=1)
        else:
            wanted |= Q(depth=parent.depth + 1, path__startswith=parent.path)
    newest = (
        ProductImage.objects.filter(
            product__in=Product.objects.published(),
            product__category__path__startswith=OuterRef("path"),
        )
        .order_by("-product_id", "position", "pk")
        .values("pk")[:1]
    )
    found = Category.objects.filter(wanted).order_by(Lower("name"), "path")
    nodes = list(found.annotate(picture_id=Subquery(newest)))
    pictures = ProductImage.objects.in_bulk([n.picture_id for n in nodes if n.picture_id])
    for node in nodes:
        node.picture = pictures.get(node.picture_id)
    return nodes


def products_in_full() -> ProductQuerySet:
    """Published products with all that their page shows, in a fixed number of queries.

    `on_sale` holds the published variants with their options, and `images` the pictures in order.
    """
    values = AttributeValue.objects.select_related("attribute")
    variants = Variant.objects.published().prefetch_related(Prefetch("options", queryset=values))
    return (
        Product.objects.published()
        .select_related("category")
        .prefetch_related(
            Prefetch("images", queryset=ProductImage.objects.order_by("position", "pk")),
            Prefetch("variants", queryset=variants, to_attr="on_sale"),
            Prefetch("attributes", queryset=values),
        )
    )


def products_named(slugs: list[str]) -> list[Product]:
    """Published products for cards, in the order of `slugs`; what is none is left out."""
    found = Product.objects.published().for_cards().in_bulk(slugs, field_name="slug")
    return [found[slug] for slug in slugs if slug in found]


def pictures_of(product: Product, variant: Variant) -> list[ProductImage]:
    """The product's pictures: the chosen variant's, those of its colour, of none, of others."""
    colors = colors_of(variant)
    shown: dict[int, bool] = {}  # by picture: whether a variant of the colour names it
    for other in variants_of(product):
        if other.image_id is not None:
            of_color = not colors.isdisjoint(colors_of(other))
            shown[other.image_id] = shown.get(other.image_id, False) or of_color

    def rank(image: ProductImage) -> int:
        if image.pk == variant.image_id:
            return 0
        if not colors or image.pk not in shown:
            return 2
        return 1 if shown[image.pk] else 3

    return sorted(product.images.all(), key=rank)


def attributes_of(product: Product) -> list[tuple[str, list[str]]]:
    """The product's attributes, each once with its values."""
    found: dict[str, list[str]] = {}
    for value in product.attributes.all():
        found.setdefault(value.attribute.name, []).append(value.value)
    return list(found.items())
