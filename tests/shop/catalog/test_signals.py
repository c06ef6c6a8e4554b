"""`product_changed` is sent for whatever changes a product, inside the transaction."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from shop.catalog.models import Product
from shop.catalog.services import create_category, update_category
from shop.catalog.signals import announce, product_changed
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    ProductImageFactory,
    VariantFactory,
    attribute_value,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[int]]:
    ids: list[int] = []

    def listen(product_ids: list[int], **_: object) -> None:
        assert connection.in_atomic_block
        ids.extend(product_ids)

    product_changed.connect(listen)
    yield ids
    product_changed.disconnect(listen)


@pytest.fixture
def product() -> Product:
    made: Product = ProductFactory(variants=[{"options": {"color": "Red"}}], images=1)
    ProductFactory()  # that no signal should name
    return made


def test_saving_and_deleting_a_product_or_a_part_of_it(product: Product, heard: list[int]) -> None:
    product.save()
    assert heard == [product.pk]

    for make in (VariantFactory, ProductImageFactory):
        heard.clear()
        part = make(product=product)
        assert heard and set(heard) == {product.pk}
        heard.clear()
        part.delete()
        assert heard == [product.pk]

    heard.clear()
    pk = product.pk
    product.delete()
    assert set(heard) == {pk}


def test_attributes_and_options_from_either_side(product: Product, heard: list[int]) -> None:
    wool = attribute_value("material", "Wool")
    red = attribute_value("color", "Red")
    variant = product.variants.get()

    for change in (
        lambda: product.attributes.add(wool),
        lambda: product.attributes.remove(wool),
        lambda: wool.products.add(product),
        lambda: wool.products.clear(),
        lambda: variant.options.clear(),
        lambda: red.variants.add(variant),
        lambda: red.variants.remove(variant),
        lambda: product.attributes.set([red]),
    ):
        heard.clear()
        change()
        assert heard == [product.pk]

    heard.clear()
    product.attributes.add(red)  # which it has
    assert heard == []


def test_new_names_of_what_a_product_shows(product: Product, heard: list[int]) -> None:
    red = attribute_value("color", "Red")

    for row in (red, red.attribute):
        heard.clear()
        row.save()
        assert heard == []
        row.slug += "-new"
        row.save()
        assert heard == [product.pk]


def test_a_category_renamed_or_moved_concerns_all_below_it(heard: list[int]) -> None:
    top = CategoryFactory(name="Women")
    other = CategoryFactory(name="Men")
    below = CategoryFactory(name="Tops", parent=top)
    product = ProductFactory(category=below)
    ProductFactory(category=other)
    heard.clear()

    top.refresh_from_db()
    top.name = "Ladies"
    top.save()
    assert heard == [product.pk]

    heard.clear()
    update_category(category=below, name="Tops", slug="tops", parent=other)
    assert heard == [product.pk]

    heard.clear()
    create_category(name="Shoes", parent=other)
    assert heard == []


def test_many_products_are_announced_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.catalog.signals.AT_ONCE", 2)
    calls: list[list[int]] = []

    def listen(product_ids: list[int], **_: object) -> None:
        calls.append(product_ids)

    product_changed.connect(listen)
    announce([1, 2, 2, 3])
    product_changed.disconnect(listen)

    assert calls == [[1, 2], [3]]
