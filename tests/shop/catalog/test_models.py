"""Catalogue rows, and the files of pictures as rows come, change and go."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from shop.catalog import images
from shop.catalog.images import ImageRejected
from shop.catalog.models import AttributeValue, Product, ProductImage, Variant
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    ProductImageFactory,
    VariantFactory,
    picture_bytes,
    upload,
)

pytestmark = pytest.mark.django_db


def stored(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def photo(seed: int = 1, **options: object) -> ContentFile:
    return ContentFile(picture_bytes(seed=seed, **options), name="../My photo.PNG")


def test_a_product_has_the_variants_and_pictures_it_was_given() -> None:
    product = ProductFactory(
        variants=[{"price": "3.50", "stock": 2, "options": {"color": "Red", "size": "M"}}], images=2
    )

    variant = product.variants.get()
    assert [str(value) for value in variant.options.all()] == ["Color: Red", "Size: M"]
    assert variant.stock == 2
    assert product.images.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_product_written_without_a_variant_gets_one_and_keeps_its_last() -> None:
    product = ProductFactory(variants=[])

    assert product.variants.get().published is False
    with pytest.raises(IntegrityError, match="at least one variant"):
        product.variants.all().delete()


def test_a_product_is_on_sale_with_a_published_variant_only() -> None:
    shown = ProductFactory()
    hidden = ProductFactory(published=False)
    without = ProductFactory(variants=[{"published": False}])

    assert list(Product.objects.published()) == [shown]
    assert hidden and without


def test_a_category_holds_the_products_below_it() -> None:
    women = CategoryFactory(name="Women")
    tops = CategoryFactory(name="Tops", parent=women)
    product = ProductFactory(category=tops)
    ProductFactory()
    women.refresh_from_db()  # a tree kept in order gives nodes new paths as others come

    assert list(Product.objects.in_category(women)) == [product]


def test_one_variant_answers_for_size_and_stock() -> None:
    product = ProductFactory(
        variants=[
            {"options": {"size": "M"}, "stock": 0},
            {"options": {"size": "L"}, "stock": 4},
        ]
    )

    def found(size: str) -> list[Product]:
        value = AttributeValue.objects.get(slug=size)
        variants = Variant.objects.published().in_stock().with_value(value)
        return list(Product.objects.filter(variants__in=variants))

    assert found("l") == [product]
    assert found("m") == []


# --- Files --------------------------------------------------------------------------------------


def test_every_way_of_saving_stores_our_own_encoding() -> None:
    product = ProductFactory()

    by_save = ProductImage(product=product, image=photo(1))
    by_save.save()
    by_create = ProductImage.objects.create(product=product, image=photo(2, format="PNG"))
    [by_bulk] = ProductImage.objects.bulk_create([ProductImage(product=product, image=photo(3))])
    by_file = ProductImage(product=product)
    by_file.image.save("x.webp", photo(4, format="WEBP"))

    for row in (by_save, by_create, by_bulk, by_file):
        row.refresh_from_db()
        assert row.image.name.startswith("products/") and row.image.name.endswith(".jpg")
        assert "photo" not in row.image.name
        assert (row.width, row.height) == (96, 64)
        data = row.image.read()
        assert data.startswith(b"\xff\xd8\xff")
        assert images.take_in(picture_bytes()) and len(row.content_hash) == 64
        assert row.source_hash != row.content_hash
        assert row.renditions_ready is False


def test_what_is_no_picture_is_refused_at_the_save_and_not_before() -> None:
    image = ProductImage(product=ProductFactory(), image=ContentFile(b"hello", name="a.jpg"))

    with pytest.raises(ImageRejected, match="text file"), transaction.atomic():
        image.save()
    with pytest.raises(ImageRejected, match="text file"), transaction.atomic():
        ProductImage.objects.bulk_create([image])
    assert not ProductImage.objects.exists()


def test_saving_again_encodes_nothing_and_keeps_the_file() -> None:
    image = ProductImage.objects.get(pk=ProductImageFactory().pk)
    before = image.image.name

    with mock.patch("shop.catalog.fields.take_in") as take_in:
        image.alt = "A shoe"
        image.save()
        image.full_clean()

    take_in.assert_not_called()
    image.refresh_from_db()
    assert image.image.name == before


def test_checking_and_saving_decode_once() -> None:
    image = ProductImage(product=ProductFactory(), image=upload())

    with mock.patch("shop.catalog.fields.take_in", wraps=images.take_in) as take_in:
        image.full_clean()
        image.save()

    take_in.assert_called_once()


def test_an_update_does_not_smuggle_a_file_past_intake() -> None:
    image = ProductImageFactory()
    image.image = photo(9)

    with pytest.raises(ValueError, match="save"):
        ProductImage.objects.bulk_update([image], ["image"])


@pytest.mark.django_db(transaction=True)
def test_a_replaced_file_goes_with_its_renditions() -> None:
    image = ProductImageFactory()
    former = stored(image.image.name)
    folder = former.with_suffix("")
    folder.mkdir()
    (folder / "320w.webp").write_bytes(b"x")

    image.image = photo(77)
    image.save(update_fields=["image"])

    image.refresh_from_db()
    assert stored(image.image.name).exists()
    assert stored(image.image.name) != former
    assert not former.exists() and not folder.exists()
    assert image.renditions_ready is False


@pytest.mark.django_db(transaction=True)
def test_a_replacement_that_is_taken_back_keeps_the_former_file() -> None:
    image = ProductImageFactory()
    former = stored(image.image.name)

    with pytest.raises(RuntimeError), transaction.atomic():
        image.image = photo(78)
        image.save()
        raise RuntimeError

    assert former.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_goes_with_its_product_but_not_while_another_row_names_it() -> None:
    image = ProductImageFactory()
    file = stored(image.image.name)
    copy = ProductImage.objects.get(pk=image.pk)
    copy.pk, copy._state.adding = None, True
    copy.product = ProductFactory()
    copy.save()

    image.product.delete()
    assert file.exists()
    copy.product.delete()
    assert not file.exists()


def test_a_product_has_a_picture_once() -> None:
    image = ProductImageFactory(data=picture_bytes(seed=5))
    ProductImageFactory(data=picture_bytes(seed=5))  # another product

    with pytest.raises(IntegrityError), transaction.atomic():
        ProductImageFactory(product=image.product, data=picture_bytes(seed=5))
    connection.check_constraints()


def test_a_former_price_is_above_the_price() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        VariantFactory(price="10.00", compare_at_price="10.00")
