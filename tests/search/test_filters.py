"""Filters, each by itself: bounds of the price, and what holds of one and the same variant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from search import retrieval, router
from search.filters import Filters
from tests.factories import ProductFactory, attribute_value
from tests.search.colors.stored import paint

pytestmark = pytest.mark.django_db


def found(filters: Filters) -> bool:
    """Whether the only product passes: as counted, and as listed."""
    listed = bool(retrieval.newest(filters, without=[], limit=1))
    assert router.match(filters).count == listed
    return listed


@pytest.mark.parametrize(
    ("lowest", "highest", "passes"),
    [
        ("9.99", "9.99", True),
        ("9.985", "9.994", True),
        ("0", "99999999999", True),
        ("9.991", None, False),
        (None, "9.989", False),
        ("9.991", "9.994", False),
    ],
)
def test_bounds_are_of_the_price_itself_whatever_their_decimals(
    lowest: str | None, highest: str | None, passes: bool
) -> None:
    ProductFactory(variants=[{"price": "9.99"}])

    bounds = [None if bound is None else Decimal(bound) for bound in (lowest, highest)]

    assert found(Filters(price_min=bounds[0], price_max=bounds[1])) is passes


@pytest.mark.parametrize(
    "others",
    [{"in_stock": True}, {"price_max": Decimal(15)}, {"size": "M"}],
    ids=lambda others: next(iter(others)),
)
def test_a_value_and_another_filter_hold_of_one_variant(others: dict[str, Any]) -> None:
    """Red is sold out, dear and small; what is in stock, cheap and medium is blue."""
    ProductFactory(
        variants=[
            {"price": "20", "stock": 0, "options": {"color": "Red", "size": "S"}},
            {"price": "10", "stock": 1, "options": {"color": "Blue", "size": "M"}},
        ]
    )
    size = others.pop("size", None)
    sizes = [attribute_value("size", size).pk] if size else []
    red, blue = (attribute_value("color", name).pk for name in ("Red", "Blue"))

    assert not found(Filters(values=(red, *sizes), **others))
    assert found(Filters(values=(blue, *sizes), **others))
    assert found(Filters(values=(red,)))


def test_a_colour_in_the_picture_is_of_the_variant_that_passes() -> None:
    """Medium is shown in red, small in blue; the label, in white, belongs to neither."""
    product = ProductFactory(
        images=3, variants=[{"options": {"size": "M"}}, {"options": {"size": "S"}, "stock": 0}]
    )
    red, blue, label = product.images.order_by("position")
    for image, color in ((red, "red"), (blue, "blue"), (label, "white")):
        paint(image, **{color: 1000})
    for variant, image in zip(product.variants.order_by("position"), (red, blue), strict=True):
        variant.image = image
        variant.save()
    medium, small = (attribute_value("size", size).pk for size in "MS")

    assert found(Filters(picture_color="red", values=(medium,)))
    assert not found(Filters(picture_color="red", values=(small,)))
    assert found(Filters(picture_color="blue"))
    assert not found(Filters(picture_color="blue", in_stock=True))
    assert found(Filters(picture_color="white", values=(small,)))
    assert not found(Filters(picture_color="green"))
