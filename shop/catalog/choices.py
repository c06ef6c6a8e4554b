"""Choosing a variant by links: every option of a product leads to the variant that has it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404

from shop.catalog.models import Attribute, AttributeValue, Product, Variant


@dataclass(frozen=True)
class Choice:
    """One value of an option, and the address that chooses it."""

    value: AttributeValue
    url: str
    selected: bool
    in_stock: bool


@dataclass(frozen=True)
class OptionGroup:
    """One option, such as size, with the values that the product has."""

    attribute: Attribute
    selected: AttributeValue | None
    choices: list[Choice]


def choose_variant(product: Product, sku: str | None) -> Variant:
    """The variant with this SKU, else the first in stock, else the first.

    404 for a product that lost its last published variant since it was read.
    """
    variants = variants_of(product)
    if not variants:
        raise Http404
    named = [variant for variant in variants if variant.sku == sku]
    return (named or [variant for variant in variants if variant.in_stock] or variants)[0]


def option_groups(product: Product, chosen: Variant) -> list[OptionGroup]:
    """The options of a product, those of the `chosen` variant selected.

    Choosing a value keeps as many of the other options as there is a variant for.
    """
    variants = variants_of(product)
    values: dict[int, dict[int, AttributeValue]] = {}
    for variant in variants:
        for value in variant.options.all():
            values.setdefault(value.attribute_id, {})[value.pk] = value
    kept = {value.pk for value in chosen.options.all()}
    groups = []
    for found in values.values():
        ordered = sorted(found.values(), key=lambda value: (value.position, value.pk))
        groups.append(
            OptionGroup(
                attribute=ordered[0].attribute,
                selected=next((value for value in ordered if value.pk in kept), None),
                choices=[_choice(product, variants, value, kept) for value in ordered],
            )
        )
    return groups


def variants_of(product: Product) -> list[Variant]:
    """The published variants, as `showcase.products_in_full()` prefetched them."""
    variants: list[Variant] = product.on_sale  # type: ignore[attr-defined]
    return variants


def _choice(
    product: Product, variants: list[Variant], value: AttributeValue, kept: set[int]
) -> Choice:
    def nearness(variant: Variant) -> tuple[int, bool]:
        return len(kept & {option.pk for option in variant.options.all()}), variant.in_stock

    having = [variant for variant in variants if value in variant.options.all()]
    nearest = max(having, key=nearness)
    return Choice(
        value=value,
        url=f"{product.get_absolute_url()}?{urlencode({'variant': nearest.sku})}",
        selected=value.pk in kept,
        in_stock=nearest.in_stock,
    )
