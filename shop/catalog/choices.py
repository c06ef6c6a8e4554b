"""Choosing a variant by links: every value of an option leads to the variant that has it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404

from shop.catalog.models import Attribute, AttributeValue, Product, ProductImage, Variant

# The slugs of an attribute that pictures show: colour, in the languages that shops write it in.
COLOR_SLUGS = {"color", "colour", "colors", "colours", "farbe", "farben", "couleur", "kleur"}


@dataclass(frozen=True)
class Choice:
    """One value of an option, and the address that chooses it.

    `possible`: there is a variant that has it with the other values that are chosen. One that is
    not leads to the variant that keeps most of them. `in_stock`: the variant that it leads to is;
    of a value that is chosen, and of a colour: any variant with it is. `picture`: of a colour, the
    product in it.
    """

    value: AttributeValue
    url: str
    selected: bool
    possible: bool
    in_stock: bool
    picture: ProductImage | None = None


@dataclass(frozen=True)
class OptionGroup:
    """One option, such as size, with the values that the product has."""

    attribute: Attribute
    selected: AttributeValue | None
    choices: list[Choice]

    @property
    def has_pictures(self) -> bool:
        """Whether each value can be shown by a picture of the product that has it."""
        return all(choice.picture is not None for choice in self.choices)


def choose_variant(product: Product, sku: str | None) -> Variant:
    """The variant with this SKU, else the first in stock, else the first.

    404 for a product that lost its last published variant since it was read.
    """
    variants = variants_of(product)
    if not variants:
        raise Http404
    named = [variant for variant in variants if variant.sku == sku]
    return (named or [variant for variant in variants if variant.in_stock] or variants)[0]


def option_groups(product: Product, chosen: Variant, *, origin: str = "") -> list[OptionGroup]:
    """The options of a product, those of the `chosen` variant selected.

    Choosing a value keeps as many of the other options as there is a variant for. `origin` goes
    along in the addresses as `from`: what list the shopper came from.
    """
    variants = variants_of(product)
    values: dict[int, dict[int, AttributeValue]] = {}
    for variant in variants:
        for value in variant.options.all():
            values.setdefault(value.attribute_id, {})[value.pk] = value
    kept = list(chosen.options.all())
    kept_ids = {value.pk for value in kept}
    groups = []
    for found in values.values():
        ordered = sorted(found.values(), key=lambda value: (value.position, value.pk))
        groups.append(
            OptionGroup(
                attribute=ordered[0].attribute,
                selected=next((value for value in ordered if value.pk in kept_ids), None),
                choices=[_choice(product, variants, value, kept, origin) for value in ordered],
            )
        )
    return groups


def variants_of(product: Product) -> list[Variant]:
    """The published variants, as `showcase.products_in_full()` prefetched them."""
    variants: list[Variant] = product.on_sale  # type: ignore[attr-defined]
    return variants


def address_of(product: Product, variant: Variant, *, origin: str = "") -> str:
    """The address of the product's page with this variant chosen."""
    told = {"variant": variant.sku} | ({"from": origin} if origin else {})
    return f"{product.get_absolute_url()}?{urlencode(told)}"


def colors_of(variant: Variant) -> set[int]:
    """The variant's colours, as ids of attribute values."""
    return {value.pk for value in variant.options.all() if _is_color(value)}


def _choice(
    product: Product,
    variants: list[Variant],
    value: AttributeValue,
    kept: list[AttributeValue],
    origin: str,
) -> Choice:
    others = {one.pk for one in kept if one.attribute_id != value.attribute_id}

    def nearness(variant: Variant) -> tuple[int, bool]:
        return len(others & {option.pk for option in variant.options.all()}), variant.in_stock

    having = [variant for variant in variants if value in variant.options.all()]
    nearest = max(having, key=nearness)
    selected = value in kept
    offered = having if selected or _is_color(value) else [nearest]
    return Choice(
        value=value,
        url=address_of(product, nearest, origin=origin),
        selected=selected,
        possible=nearness(nearest)[0] == len(others),
        in_stock=any(variant.in_stock for variant in offered),
        picture=_picture(product, [nearest, *having]) if _is_color(value) else None,
    )


def _is_color(value: AttributeValue) -> bool:
    return value.attribute.slug in COLOR_SLUGS


def _picture(product: Product, variants: list[Variant]) -> ProductImage | None:
    """The first picture that one of the variants names."""
    images = {image.pk: image for image in product.images.all()}
    named = (images.get(variant.image_id or 0) for variant in variants)
    return next((image for image in named if image is not None), None)
