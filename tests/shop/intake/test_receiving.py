"""Photos that arrive: each once, and what is wrong with the others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from shop.catalog.models import Category, Product, ProductImage
from shop.intake import receiving
from shop.intake.models import Batch, Draft, File
from shop.intake.receiving import Announced, TooManyFiles, announce_files, create_batch
from tests.factories import ProductFactory, ProductImageFactory, picture_bytes
from tests.shop.intake.dropping import admin, drafts, drop, drop_one, groups

pytestmark = pytest.mark.django_db
State = File.State


def test_a_photo_is_a_draft_s_at_once() -> None:
    batch = drop("red-boot-1.jpg")

    product = Product.objects.get()
    assert (product.title, product.published) == ("Red boot", False)
    assert product.category == Category.objects.get(slug="uncategorised")
    assert product.images.get().file.state == State.STORED
    assert [draft.product for draft in drafts(batch)] == [product]


def test_photos_of_one_name_share_a_draft_in_the_order_of_the_drop() -> None:
    batch = create_batch(owner=admin())
    names = ["boot-1.jpg", "boot-2.jpg", "boot-3.jpg", "mug.jpg"]
    announce_files(batch=batch, files=[Announced(name, name) for name in names])

    drop("boot-3.jpg", "mug.jpg", "boot-1.jpg", "boot-2.jpg", batch=batch)

    assert sorted(groups(batch)) == [["boot-1.jpg", "boot-2.jpg", "boot-3.jpg"], ["mug.jpg"]]


def test_a_file_sent_again_is_stored_once() -> None:
    batch = drop("a.jpg")

    again = drop_one(batch, "a.jpg")

    assert again.state == State.STORED
    assert ProductImage.objects.count() == batch.files.count() == 1


def test_the_same_picture_under_another_name_is_known() -> None:
    batch = create_batch(owner=admin())
    drop_one(batch, "boot.jpg", picture_bytes(seed=1))

    other = drop_one(create_batch(owner=admin()), "copy of boot.jpg", picture_bytes(seed=1))

    assert other.state == State.KNOWN
    assert other.product == Product.objects.get()
    assert ProductImage.objects.count() == 1


def test_a_picture_of_the_shop_is_known() -> None:
    product = ProductFactory()
    ProductImageFactory(product=product, data=picture_bytes(seed=7))

    file = drop_one(create_batch(owner=admin()), "mine.jpg", picture_bytes(seed=7))

    assert (file.state, file.product) == (State.KNOWN, product)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty."),
        (picture_bytes((400, 400))[:900], "damaged or incomplete"),
        (b"%PDF-1.7", "This is a PDF"),
        (picture_bytes((8, 8)), "too small"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    batch = create_batch(owner=admin())

    file = drop_one(batch, "broken.jpg", data)

    assert file.state == State.REFUSED
    assert reason in file.reason
    assert not Product.objects.exists()


def test_what_is_too_large_is_refused_before_it_is_sent() -> None:
    batch = create_batch(owner=admin())
    large = Announced("k", "large.jpg", size=settings.IMAGE_MAX_BYTES + 1024**2)

    row = announce_files(batch=batch, files=[large])["k"]

    assert row.state == State.REFUSED
    assert row.reason.startswith("The file has 11 MB: at most 10 MB are taken.")


def test_what_was_announced_and_not_sent_is_missing() -> None:
    batch = create_batch(owner=admin())
    announce_files(batch=batch, files=[Announced("a.jpg", "a.jpg"), Announced("b.jpg", "b.jpg")])

    drop_one(batch, "b.jpg")

    assert list(batch.files.values_list("name", "state")) == [
        ("a.jpg", State.MISSING),
        ("b.jpg", State.STORED),
    ]


def test_a_batch_takes_so_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_FILES", 2)
    batch = drop("a.jpg")

    with pytest.raises(TooManyFiles, match="takes 2 photos: these would be 3"):
        announce_files(batch=batch, files=[Announced("b", "b"), Announced("c", "c")])
    assert batch.files.count() == 1


def test_a_photo_that_was_deleted_may_come_again() -> None:
    batch = drop("a.jpg")
    Product.objects.all().delete()

    row = drop_one(batch, "a.jpg")

    assert row.state == State.STORED
    assert ProductImage.objects.count() == 1


def test_a_transaction_that_fails_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = create_batch(owner=admin())
    before = _stored()
    monkeypatch.setattr(File, "save", _fail)

    with pytest.raises(RuntimeError):
        drop_one(batch, "a.jpg")

    assert _stored() == before
    assert not ProductImage.objects.exists()


def _fail(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError


def _stored() -> set[str]:
    try:
        return set(default_storage.listdir("products")[1])
    except FileNotFoundError:
        return set()


@pytest.mark.django_db(transaction=True)
def test_a_file_sent_twice_at_once_is_stored_once() -> None:
    batch = create_batch(owner=admin())

    in_threads(
        4, lambda _n: drop_one(Batch.objects.get(pk=batch.pk), "a.jpg", picture_bytes(seed=3))
    )

    assert ProductImage.objects.count() == 1
    assert batch.files.get().state == State.STORED


@pytest.mark.django_db(transaction=True)
def test_photos_of_one_thing_sent_at_once_make_one_draft() -> None:
    batch = create_batch(owner=admin())

    in_threads(4, lambda n: drop_one(Batch.objects.get(pk=batch.pk), f"boot-{n}.jpg"))

    assert len(drafts(batch)) == 1
    assert ProductImage.objects.count() == 4


def in_threads(count: int, work: Callable[[int], Any]) -> None:
    failed: list[BaseException] = []

    def run(n: int) -> None:
        try:
            work(n)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
