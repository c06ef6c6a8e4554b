"""The catalogue's own promises."""

import pytest

from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


def test_a_product_has_the_variants_and_pictures_it_was_given() -> None:
    product = ProductFactory(
        variants=[{"price": "3.50", "stock": 2, "options": {"color": "Red", "size": "M"}}], images=2
    )

    variant = product.variants.get()
    assert [str(value) for value in variant.options.all()] == ["Color: Red", "Size: M"]
    assert variant.stock == 2
    assert product.images.count() == 2
    assert product.images.first().width == 96
