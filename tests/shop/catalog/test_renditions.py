"""Renditions are made behind the page, once, for as long as the picture is the same."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.template import Context, Template
from PIL import Image

from shop.catalog import renditions, tasks
from shop.catalog.models import ProductImage
from shop.catalog.templatetags.catalog_pictures import money
from shop.locks import try_lock
from shop.store.current import current_store
from tests.factories import ProductFactory, ProductImageFactory, picture_bytes

pytestmark = pytest.mark.django_db


def folder(image: ProductImage) -> Path:
    return (Path(django_settings.MEDIA_ROOT) / image.image.name).with_suffix("")


def widths(image: ProductImage) -> list[int]:
    return sorted(Image.open(file).width for file in folder(image).glob("*.webp"))


def test_a_large_picture_has_every_width_and_a_small_one_its_own() -> None:
    large = ProductImageFactory(data=picture_bytes((1600, 800), seed=1))
    small = ProductImageFactory(data=picture_bytes((500, 400), seed=1))

    for image in (large, small):
        assert renditions.make_renditions(ProductImage, image.pk)
        image.refresh_from_db()
        assert image.renditions_ready

    assert widths(large) == [320, 640, 1280]
    assert widths(small) == [320, 500]
    assert Image.open(folder(large) / "640w.webp").size == (640, 320)


def test_twice_is_once() -> None:
    image = ProductImageFactory()
    renditions.make_renditions(ProductImage, image.pk)

    with mock.patch("shop.catalog.renditions._write") as write:
        renditions.make_renditions(ProductImage, image.pk)
        renditions.sweep_renditions(ProductImage, after=0)

    write.assert_not_called()


def test_a_picture_replaced_meanwhile_is_not_ready_and_leaves_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    image = ProductImageFactory()
    written = renditions._write

    def replaced_while_writing(row: ProductImage, file_type: str) -> str:
        preview = written(row, file_type)
        other = ProductImage.objects.get(pk=row.pk)
        other.image = ContentFile(picture_bytes(seed=99), name="b.jpg")
        other.save()
        return preview

    with (
        mock.patch("shop.catalog.renditions._write", replaced_while_writing),
        mock.patch("shop.celery._publisher.publish"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert not renditions.make_renditions(ProductImage, image.pk)

    assert not folder(image).exists()
    image.refresh_from_db()
    assert not image.renditions_ready and image.image.storage.exists(image.image.name)


def test_a_new_file_rings_for_its_renditions_and_a_bulk_is_found_by_the_sweep(
    django_capture_on_commit_callbacks: Any,
) -> None:
    product = ProductFactory()
    with mock.patch("shop.celery._publisher.publish") as publish:
        with django_capture_on_commit_callbacks(execute=True):
            one = ProductImageFactory(product=product)
        made = {"image_id": one.pk, "model": "catalog.productimage"}
        publish.assert_any_call(tasks.make_renditions, made)
        [other] = ProductImage.objects.bulk_create(
            [ProductImage(product=product, image=ContentFile(picture_bytes(seed=77), name="a"))]
        )

    tasks.sweep_renditions()

    assert set(ProductImage.objects.values_list("renditions_ready", flat=True)) == {True}
    assert folder(other).exists()


def test_a_missing_file_stops_neither_the_others_nor_the_sweep(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shop.catalog.renditions.BATCH", 2)
    lost = [ProductImageFactory() for _ in range(4)]
    for image in lost:
        image.image.storage.delete(image.image.name)
    fine = ProductImageFactory()
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks, "dispatch", lambda task, **kwargs: rung.append(kwargs))

    tasks.sweep_renditions()
    while rung:
        tasks.sweep_renditions(**rung.pop())

    fine.refresh_from_db()
    assert fine.renditions_ready
    assert ProductImage.objects.filter(renditions_ready=False).count() == 4


def test_where_one_sweep_runs_another_leaves_it_alone() -> None:
    ProductImageFactory()

    with mock.patch("shop.catalog.tasks.try_lock") as lock:
        lock.return_value.__enter__.return_value = False
        tasks.sweep_renditions()

    assert not ProductImage.objects.filter(renditions_ready=True).exists()
    with try_lock("anything") as held:
        assert held


# --- On the page --------------------------------------------------------------------------------


def shown(image: ProductImage | None) -> str:
    template = '{% load catalog_pictures %}{% product_picture image alt=alt sizes="20rem" %}'
    return Template(template).render(Context({"image": image, "alt": "A <b>"}))


def test_the_page_offers_the_renditions_once_they_exist() -> None:
    image = ProductImageFactory(data=picture_bytes((700, 350), seed=4))

    before = shown(image)
    renditions.make_renditions(ProductImage, image.pk)
    image.refresh_from_db()
    after = shown(image)

    assert "<source" not in before and image.image.url in before
    assert "320w.webp 320w" in after and "700w.webp 700w" in after and 'sizes="20rem"' in after
    for html in (before, after):
        assert 'width="700" height="350"' in html
        assert 'loading="lazy"' in html and "A &lt;b&gt;" in html


def test_a_product_without_a_picture_has_a_placeholder(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

    assert "no-picture.svg" in shown(None)


def test_money_reads_as_people_write_it() -> None:
    assert money(Decimal("1234.5")) == "$1,234.50"
    assert money(None) == ""
    current_store().currency = "CHF"
    assert money(Decimal("9")) == "CHF\N{NO-BREAK SPACE}9.00"
    current_store().currency = "JPY"
    assert money(Decimal("-1200")) == "-¥1,200"
