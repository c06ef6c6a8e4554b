"""Pictures that are saved by whatever path get their colours, and keep them up to date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from search import tasks
from search.colors import upkeep
from search.colors.names import INDEX, NAMES
from search.models import PictureColors
from shop.catalog.models import Product, ProductImage
from tests.factories import ProductFactory, ProductImageFactory, picture_bytes
from tests.search.colors.stored import picture_of

pytestmark = pytest.mark.django_db(transaction=True)


def make_all() -> list[upkeep.Finished]:
    return list(upkeep.make_due())


def dominant(image: ProductImage) -> str:
    row = PictureColors.objects.get(image=image)
    assert row.shares is not None
    return NAMES[row.shares.index(max(row.shares))]


def waiting() -> list[int]:
    rows = PictureColors.objects.filter(due_at__isnull=False).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def by_bulk(product: Product) -> None:
    file = ContentFile(picture_bytes(), name="picture.jpg")
    ProductImage.objects.bulk_create([ProductImage(product=product, image=file)])


def by_sql(product: Product) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO catalog_productimage (product_id, image, width, height, alt, position,
                content_hash, source_hash, renditions_ready, created_at)
            SELECT %s, image, width, height, alt, 7, 'another', '', true, now()
              FROM catalog_productimage
            """,
            [product.pk],
        )


@pytest.mark.parametrize("add", [lambda p: ProductImageFactory(product=p), by_bulk, by_sql])
def test_a_picture_that_comes_by_any_path_is_due(add: Callable[[Product], object]) -> None:
    product = ProductFactory(images=1)
    make_all()

    add(product)

    assert len(waiting()) == 1
    assert make_all() == [upkeep.Finished(1, 1, frozenset({product.pk}))]
    assert waiting() == []


def test_its_colours_are_those_that_it_shows() -> None:
    image = picture_of(ProductFactory(), "red", "navy")

    make_all()

    row = PictureColors.objects.get()
    assert (row.image_id, row.product_id) == (image.pk, image.product_id)
    assert row.shares is not None and len(row.shares) == len(NAMES)
    assert sum(row.shares) == pytest.approx(1000, abs=10)
    assert row.main == sorted([INDEX["red"], INDEX["navy"]])
    assert row.swatches[1] + row.swatches[3] == pytest.approx(1000, abs=60)
    assert (row.content_hash, row.method) == (image.content_hash, upkeep.VERSION)
    assert (row.attempts, row.error) == (0, "")


def test_a_new_file_is_due_and_the_former_colours_stay_meanwhile() -> None:
    product = ProductFactory()
    image = picture_of(product, "red")
    make_all()

    blue = picture_of(product, "blue")
    image.image.save("new.jpg", ContentFile(blue.image.read(), name="new.jpg"), save=False)
    blue.delete()
    image.save()

    assert waiting() == [image.pk]
    assert dominant(image) == "red"
    make_all()
    assert dominant(image) == "blue"


def test_what_is_no_new_file_makes_nothing_due() -> None:
    image = picture_of(ProductFactory(), "red")
    make_all()

    image.alt, image.position = "A red thing", 3
    image.save()
    ProductImage.objects.update(renditions_ready=True)

    assert waiting() == []


def test_a_picture_that_moves_takes_its_colours_along() -> None:
    image = picture_of(ProductFactory(), "red")
    other = ProductFactory()
    make_all()

    ProductImage.objects.filter(pk=image.pk).update(product=other)

    assert PictureColors.objects.get().product_id == other.pk
    assert waiting() == []


def test_a_file_that_comes_while_a_worker_looks_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    image = picture_of(ProductFactory(), "red")
    read = upkeep.read

    def replaced_meanwhile(*arguments: object) -> object:
        ProductImage.objects.filter(pk=image.pk).update(content_hash="of another file")
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(upkeep, "read", replaced_meanwhile)
    assert next(upkeep.make_due()) == upkeep.Finished(1, 0)
    monkeypatch.setattr(upkeep, "read", read)

    assert waiting() == [image.pk]
    assert make_all() == [upkeep.Finished(1, 1, frozenset({image.product_id}))]
    assert PictureColors.objects.get().content_hash == "of another file"


def test_a_broken_file_is_tried_three_times_and_stops_nobody() -> None:
    product = ProductFactory()
    sound, broken = picture_of(product, "red"), picture_of(product, "blue", seed=1)
    name, storage = broken.image.name, broken.image.storage
    storage.delete(name)
    with storage.open(name, "wb") as file:
        file.write(b"\xff\xd8\xff no picture")

    finished = make_all()
    for _ in range(5):
        PictureColors.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
        finished += make_all()

    assert finished == [
        upkeep.Finished(2, 1, frozenset({product.pk})),
        upkeep.Finished(1, 0),
        upkeep.Finished(1, 0),
    ]
    assert dominant(sound) == "red"
    row = PictureColors.objects.get(image=broken)
    assert row.shares is None and "cannot be read" in row.error
    assert upkeep.progress() == upkeep.Progress(done=1, waiting=0, failed=1)
    upkeep.mark_some_due()
    assert waiting() == []
    assert upkeep.retry_failed() == 1
    assert waiting() == [broken.pk]


def test_the_second_attempt_waits() -> None:
    image = ProductImageFactory()
    image.image.storage.delete(image.image.name)

    make_all()

    row = PictureColors.objects.get()
    assert row.due_at is not None and row.due_at > timezone.now() + timedelta(seconds=5)
    assert not upkeep.anything_due()


def test_what_a_dead_worker_took_is_due_when_its_lease_ends() -> None:
    """The last attempt of what kills its worker each time is ended by the sweep."""
    image = picture_of(ProductFactory(), "red")
    for attempts in (1, 2, 3):
        (taken,) = upkeep._take(10)  # and the worker dies
        assert taken.attempts == attempts
        assert upkeep._take(10) == []
        PictureColors.objects.update(due_at=timezone.now())

    assert upkeep._take(10) == []
    upkeep.mark_some_due()

    row = PictureColors.objects.get(image=image)
    assert row.due_at is None and "died" in row.error


def test_what_was_tried_before_is_taken_alone() -> None:
    images = ProductFactory(images=4).images.order_by("pk")
    tried = PictureColors.objects.filter(image__in=[images[0].pk, images[1].pk])
    tried.update(attempts=1)

    assert [batch.taken for batch in make_all()] == [2, 1, 1]


def test_two_workers_take_different_pictures() -> None:
    ProductFactory(images=5)

    first, second = upkeep._take(3), upkeep._take(3)

    assert len(first) == 3 and len(second) == 2
    assert not {one.image_id for one in first} & {one.image_id for one in second}


def test_another_version_of_the_method_makes_all_due(monkeypatch: pytest.MonkeyPatch) -> None:
    image = picture_of(ProductFactory(), "red")
    make_all()
    assert upkeep.mark_some_due() == 0

    monkeypatch.setattr(upkeep, "VERSION", upkeep.VERSION + 1)

    assert upkeep.mark_some_due() == 1
    assert waiting() == [image.pk]
    assert dominant(image) == "red"
    make_all()
    assert upkeep.mark_some_due() == 0


def test_the_sweep_finds_what_went_past_the_triggers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "SLICE", 2)
    product, other = ProductFactory(images=5), ProductFactory()
    make_all()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        PictureColors.objects.filter(pk=product.images.first().pk).delete()
        last = product.images.last()
        ProductImage.objects.filter(pk=last.pk).update(content_hash="new", product=other)
        cursor.execute("RESET session_replication_role")

    marked = sum(upkeep.mark_some_due() for _ in range(4))

    assert marked == 2
    assert waiting() == sorted([product.images.first().pk, last.pk])
    assert PictureColors.objects.get(pk=last.pk).product_id == other.pk


def test_a_deleted_product_takes_the_colours_with_it() -> None:
    product = ProductFactory(images=2)
    make_all()

    product.delete()

    assert not PictureColors.objects.exists()


def test_saving_rings_for_pictures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[object] = []
    monkeypatch.setattr("search.signals.dispatch", rung.append)
    product = ProductFactory()
    assert tasks.make_colors not in rung

    picture_of(product, "red")
    assert rung.count(tasks.make_colors) == 1

    make_all()
    rung.clear()
    product.save()
    assert tasks.make_colors not in rung


def test_a_task_makes_what_is_due_and_a_sweep_finds_more() -> None:
    image = picture_of(ProductFactory(), "red")
    tasks.make_colors()
    assert dominant(image) == "red"

    PictureColors.objects.all().delete()
    tasks.sweep_colors()

    assert dominant(image) == "red"


def test_rebuilding_makes_all_due_and_keeps_them() -> None:
    image = picture_of(ProductFactory(), "red")
    make_all()

    assert upkeep.mark_all_due() == 1

    assert upkeep.progress() == upkeep.Progress(done=0, waiting=1, failed=0)
    assert dominant(image) == "red"
