"""Photos are put together by a way, moved by hand, and put back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage

from shop.catalog.models import Product, ProductImage
from shop.catalog.signals import product_changed
from shop.intake import arranging, grouping, parts
from shop.intake.grouping import propose
from shop.intake.models import Draft, Step, Way
from shop.intake.receiving import Announced, announce_files, create_batch
from shop.intake.tasks import clear_drafts
from tests.factories import CategoryFactory, ProductFactory
from tests.shop.intake.dropping import admin, drafts, drop, groups, images_of, keys

pytestmark = pytest.mark.django_db


def test_by_folder_and_back() -> None:
    batch = drop("boots/welt.jpg", "boots/lace.jpg", "mugs/glaze.jpg")
    assert len(groups(batch)) == 3

    count = arranging.put_together(batch=batch, way=Way.FOLDER, actor=admin())

    assert count == 2
    assert groups(batch) == [["welt.jpg", "lace.jpg"], ["glaze.jpg"]]
    assert [str(draft.product) for draft in drafts(batch)] == ["Boots", "Mugs"]
    assert LogEntry.objects.get().change_message == "Put together by: Folder."
    assert arranging.undo(batch=batch, actor=admin()) == "Put together by: Folder"
    assert sorted(groups(batch)) == [["glaze.jpg"], ["lace.jpg"], ["welt.jpg"]]
    assert not Step.objects.exists()
    batch.refresh_from_db()
    assert batch.way == Way.NAME


def test_a_camera_s_names_go_together_by_their_folder() -> None:
    batch = drop(
        "Straw hat/DSC_1010.jpg",
        "Straw hat/DSC_1011.jpg",
        "Linen dress/DSC_1012.jpg",
        "Linen dress/back.jpg",
        "Linen dress/belt.jpg",
    )

    assert groups(batch) == [
        ["DSC_1010.jpg", "DSC_1011.jpg"],
        ["DSC_1012.jpg", "back.jpg"],
        ["belt.jpg"],
    ]
    titles = [str(draft.product) for draft in drafts(batch)]
    assert titles == ["Straw hat", "Linen dress", "Belt"]
    arranging.put_together(batch=batch, way=Way.NAME, actor=admin())
    assert len(groups(batch)) == 3


def test_a_folder_of_many_things_is_no_product(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST_OF_ONE", 2)
    paths = [
        *(f"Monday/DSC_{n}.jpg" for n in range(3)),
        *(f"Shoot/DSC_{n}.jpg" for n in range(2)),
        "Shoot/Straw hat/DSC_1.jpg",
        "Shoot/Straw hat/DSC_1.NEF",
        "Shoot/Straw hat/DSC_2.jpg",
    ]
    batch = create_batch(owner=admin())
    files = [Announced(path, *reversed(path.rsplit("/", 1))) for path in paths]
    announce_files(batch=batch, files=files)

    drop(*(path for path in paths if path.endswith(".jpg")), batch=batch)

    assert [len(one) for one in groups(batch)] == [1, 1, 1, 1, 1, 2]


def test_each_by_itself() -> None:
    batch = drop("boot-1.jpg", "boot-2.jpg")

    arranging.put_together(batch=batch, way=Way.NOTHING, actor=admin())

    assert sorted(groups(batch)) == [["boot-1.jpg"], ["boot-2.jpg"]]


def test_by_sku_photos_are_proposed_for_the_product_that_has_it() -> None:
    product = ProductFactory(variants=[{"sku": "AB-100"}])
    ProductFactory(variants=[{"sku": "AB-1"}])
    batch = drop("AB-100.jpg", "ab-100_back.jpg", "AB-1009.jpg", "other.jpg")

    arranging.put_together(batch=batch, way=Way.SKU, actor=admin())

    targets = [draft.target for draft in drafts(batch)]
    found = {tuple(names): one for names, one in zip(groups(batch), targets, strict=True)}
    assert found == {
        ("AB-100.jpg", "ab-100_back.jpg"): product,
        ("AB-1009.jpg",): None,
        ("other.jpg",): None,
    }


def test_by_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = drop("a.jpg", "b.jpg", "c.jpg", "d.jpg")
    a, b, c, _d = keys(batch, "a.jpg", "b.jpg", "c.jpg", "d.jpg")
    # Two apps that know something of looks; one picture joins what both say.
    looks = [lambda images: [[a, b]], lambda images: [[c, b], [c, 10**9]]]
    monkeypatch.setattr(parts, "groupers", looks)

    proposed = propose(batch, Way.LOOKS)

    assert [group.images for group in proposed] == [[a, b, c], keys(batch, "d.jpg")]


def test_a_title_that_was_typed_stays() -> None:
    batch = drop("boots/1.jpg")
    Product.objects.update(title="My own words")

    arranging.put_together(batch=batch, way=Way.FOLDER, actor=admin())

    assert Product.objects.get().title == "My own words"


def test_photos_are_moved_split_and_merged() -> None:
    batch = drop("boot-1.jpg", "boot-2.jpg", "mug-1.jpg", "mug-2.jpg")
    boots, mugs = drafts(batch)

    arranging.move(
        actor=admin(),
        batch=batch,
        images=keys(batch, "mug-2.jpg"),
        draft=boots.pk,
        before=keys(batch, "boot-2.jpg")[0],
    )
    assert groups(batch) == [["boot-1.jpg", "mug-2.jpg", "boot-2.jpg"], ["mug-1.jpg"]]

    arranging.split(actor=admin(), batch=batch, images=keys(batch, "boot-1.jpg", "mug-2.jpg"))
    assert groups(batch) == [["boot-2.jpg"], ["mug-1.jpg"], ["boot-1.jpg", "mug-2.jpg"]]

    arranging.merge(actor=admin(), batch=batch, drafts=[boots.pk, mugs.pk])
    assert groups(batch) == [["boot-2.jpg", "mug-1.jpg"], ["boot-1.jpg", "mug-2.jpg"]]

    arranging.shift(actor=admin(), batch=batch, image=keys(batch, "mug-1.jpg")[0], by=-1)
    assert groups(batch)[0] == ["mug-1.jpg", "boot-2.jpg"]

    for _step in range(4):
        assert arranging.undo(batch=batch, actor=admin())
    assert sorted(groups(batch)) == [["boot-1.jpg", "boot-2.jpg"], ["mug-1.jpg", "mug-2.jpg"]]
    assert arranging.undo(batch=batch, actor=admin()) == ""


def test_one_product_each() -> None:
    batch = drop("boot-1.jpg", "boot-2.jpg", "boot-3.jpg")

    arranging.split(
        actor=admin(), batch=batch, images=keys(batch, "boot-2.jpg", "boot-3.jpg"), each=True
    )

    assert groups(batch) == [["boot-1.jpg"], ["boot-2.jpg"], ["boot-3.jpg"]]


def test_undo_brings_what_was_typed_back() -> None:
    batch = drop("boot.jpg", "mug.jpg")
    boot, mug = drafts(batch)
    category = CategoryFactory()
    Draft.objects.filter(pk=mug.pk).update(price=Decimal("9.50"), sku="M", category=category)
    arranging.merge(actor=admin(), batch=batch, drafts=[boot.pk, mug.pk])
    clear_drafts()  # even when it is gone for good

    arranging.undo(batch=batch, actor=admin())

    again = drafts(batch)[1]
    assert (again.price, again.sku, again.category) == (Decimal("9.50"), "M", category)
    assert str(again.product) == "Mug"


def test_undo_leaves_alone_what_came_or_went_meanwhile() -> None:
    batch = drop("boot.jpg", "mug.jpg", "hat.jpg")
    boot, mug, _hat = drafts(batch)
    Draft.objects.filter(pk=mug.pk).update(category=(gone := CategoryFactory()))
    arranging.merge(actor=admin(), batch=batch, drafts=[boot.pk, mug.pk])
    arranging.discard(batch=batch, images=keys(batch, "hat.jpg"), actor=admin())
    gone.delete()
    drop("scarf.jpg", batch=batch)

    arranging.undo(batch=batch, actor=admin())

    assert sorted(groups(batch)) == [["boot.jpg"], ["mug.jpg"], ["scarf.jpg"]]


def test_what_loses_its_photos_goes_in_the_background(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    batch = drop("boot.jpg", "mug.jpg")
    arranging.merge(actor=admin(), batch=batch, drafts=[draft.pk for draft in drafts(batch)])
    assert Product.objects.count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        clear_drafts()

    assert Product.objects.count() == Draft.objects.count() == 1
    assert ProductImage.objects.count() == 2


def test_what_is_discarded_goes_with_its_file(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    batch = drop("boot-1.jpg", "boot-2.jpg", "mug.jpg")
    gone = ProductImage.objects.filter(pk__in=keys(batch, "boot-2.jpg", "mug.jpg"))
    files = [image.image.name for image in gone]

    count = arranging.discard(
        batch=batch, images=keys(batch, "boot-2.jpg", "mug.jpg"), actor=admin()
    )
    with django_capture_on_commit_callbacks(execute=True):
        clear_drafts()

    assert count == 2
    assert groups(batch) == [["boot-1.jpg"]]
    assert ProductImage.objects.count() == 1
    assert not any(default_storage.exists(name) for name in files)
    assert LogEntry.objects.get().change_message == "2 photos discarded."


def test_others_hear_of_every_product_that_changed() -> None:
    batch = drop("boot.jpg", "mug.jpg")
    heard: set[int] = set()

    def hear(product_ids: list[int], **_: Any) -> None:
        heard.update(product_ids)

    product_changed.connect(hear)
    try:
        boot, mug = drafts(batch)
        arranging.move(actor=admin(), batch=batch, images=keys(batch, "mug.jpg"), draft=boot.pk)
    finally:
        product_changed.disconnect(hear)

    assert {boot.product_id, mug.product_id} <= heard


def test_somebody_else_s_photos_are_not_moved() -> None:
    batch, other = drop("boot.jpg"), drop("mug.jpg")

    arranging.move(
        actor=admin(), batch=batch, images=keys(other, "mug.jpg"), draft=drafts(batch)[0].pk
    )
    arranging.move(
        actor=admin(), batch=batch, images=keys(batch, "boot.jpg"), draft=drafts(other)[0].pk
    )

    assert (groups(batch), groups(other)) == ([["boot.jpg"]], [["mug.jpg"]])


@pytest.mark.parametrize("way", [Way.FOLDER, Way.NOTHING, Way.SKU])
def test_as_many_queries_for_many_as_for_few(
    way: Way, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    batch = drop(*(f"f{n % 20}/thing{n}-x.jpg" for n in range(40)))

    with django_assert_max_num_queries(60):
        arranging.put_together(batch=batch, way=way, actor=admin())


def test_places_are_counted_from_nought() -> None:
    batch = drop("boot-1.jpg", "mug-1.jpg", "boot-2.jpg")
    boots = drafts(batch)[0]

    arranging.put_together(batch=batch, way=Way.NAME, actor=admin())

    assert [image.position for image in images_of(boots)] == [0, 1]
