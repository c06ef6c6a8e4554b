"""Each embedded picture is compared once, whatever happens to the worker."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from search.duplicates import finding, tasks, upkeep
from search.duplicates.uploads import group_by_looks
from search.models import DuplicatePair, Embedding, EmbeddingModel, PictureSignature
from shop.catalog.models import ProductImage
from tests.factories import ProductFactory, ProductImageFactory
from tests.search.duplicates.pictures import (
    CHANGES,
    cropped,
    encoded,
    photo,
    pictured_product,
)
from tests.search.vectors import embed_image, unit

pytestmark = pytest.mark.django_db


def compare_all() -> list[upkeep.Finished]:
    return list(upkeep.compare_due())


def pairs() -> set[tuple[int, int]]:
    return set(DuplicatePair.objects.values_list("image", "other"))


def let_leases_end() -> None:
    rows = PictureSignature.objects.filter(due_at__isnull=False)
    rows.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_picture_is_due_once_it_is_embedded(model: EmbeddingModel) -> None:
    image = ProductImageFactory(product=ProductFactory())
    assert not PictureSignature.objects.exists()

    embed_image(image, model, unit(1.0))

    row = PictureSignature.objects.get()
    assert (row.image_id, row.signature) == (image.pk, None)
    assert compare_all() == [upkeep.Finished(1, 1, 0)]
    row.refresh_from_db()
    assert row.due_at is None
    assert (row.content_hash, row.error) == (image.content_hash, "")


def test_the_same_picture_on_two_products_makes_a_pair(model: EmbeddingModel) -> None:
    one = pictured_product(photo(1), model)
    copy = pictured_product(CHANGES["around"](photo(1)), model, turn=0.1)
    pictured_product(photo(2), model, turn=0.2)

    compare_all()

    pair = DuplicatePair.objects.get()
    assert (pair.image_id, pair.other_id) == (one.pk, copy.pk)
    assert (pair.exact, pair.state) == (False, "open")
    assert 0.9 < pair.similarity < 1


def test_one_file_on_two_products_is_the_same_however_far_its_vectors(
    model: EmbeddingModel,
) -> None:
    data = encoded(photo(1))
    one, other = pictured_product(data, model), pictured_product(data, model, turn=9)

    compare_all()

    pair = DuplicatePair.objects.get()
    assert (pair.image_id, pair.other_id) == (one.pk, other.pk)
    assert (pair.exact, pair.similarity) == (True, 1.0)


def test_drafts_are_compared_with_what_is_on_sale_and_with_each_other(
    model: EmbeddingModel,
) -> None:
    sold = pictured_product(photo(1), model)
    draft = pictured_product(CHANGES["jpeg 40"](photo(1)), model, published=False)
    other = pictured_product(CHANGES["left"](photo(1)), model, published=False)

    compare_all()

    assert pairs() == {(sold.pk, draft.pk), (sold.pk, other.pk), (draft.pk, other.pk)}


def test_comparing_again_changes_nothing(model: EmbeddingModel) -> None:
    pictured_product(photo(1), model)
    pictured_product(CHANGES["top"](photo(1)), model)
    compare_all()
    before = list(DuplicatePair.objects.values())

    PictureSignature.objects.update(due_at=timezone.now())
    compare_all()

    assert list(DuplicatePair.objects.values()) == before


def test_what_is_decided_stays_decided(model: EmbeddingModel) -> None:
    pictured_product(photo(1), model)
    pictured_product(CHANGES["top"](photo(1)), model)
    compare_all()
    DuplicatePair.objects.update(state="different")

    PictureSignature.objects.update(due_at=timezone.now())
    compare_all()

    assert DuplicatePair.objects.get().state == "different"


def test_an_open_pair_that_is_not_found_any_more_goes(model: EmbeddingModel) -> None:
    one, other = pictured_product(photo(1), model), pictured_product(photo(2), model)
    DuplicatePair.objects.create(image=one, other=other, similarity=1, exact=False)

    compare_all()

    assert not DuplicatePair.objects.exists()


def test_pairs_go_with_a_picture_and_with_its_file(model: EmbeddingModel) -> None:
    images = [pictured_product(CHANGES[name](photo(1)), model) for name in list(CHANGES)[:3]]
    compare_all()
    assert len(pairs()) == 3

    images[0].delete()
    assert pairs() == {(images[1].pk, images[2].pk)}

    images[1].image.save("new.jpg", ContentFile(encoded(photo(7)), name="new.jpg"), save=True)
    assert pairs() == set()
    embed_image(images[1], model, unit(1.0))
    Embedding.objects.filter(image=images[1]).update(status="pending")
    Embedding.objects.filter(image=images[1]).update(status="done")
    compare_all()
    assert pairs() == set()


def test_a_file_that_changes_meanwhile_makes_no_pair(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = pictured_product(photo(1), model)
    pictured_product(CHANGES["top"](photo(1)), model)
    compare, calls = finding.duplicates_of, count()

    def replaced_meanwhile(*arguments: object, **named: object) -> list[finding.Found]:
        found = compare(*arguments, **named)  # type: ignore[arg-type]
        ProductImage.objects.filter(pk=one.pk).update(content_hash=f"of file {next(calls)}")
        return found

    monkeypatch.setattr(finding, "duplicates_of", replaced_meanwhile)
    compare_all()

    assert pairs() == set()


def test_a_worker_that_dies_on_the_way_loses_and_doubles_nothing(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = [pictured_product(CHANGES[name](photo(1)), model) for name in list(CHANGES)[:4]]
    compare, calls = finding.duplicates_of, 0

    def dies(*arguments: object, **named: object) -> list[finding.Found]:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise SystemExit  # as a kill: nothing is put back
        return compare(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(finding, "duplicates_of", dies)
    with pytest.raises(SystemExit):
        compare_all()
    monkeypatch.setattr(finding, "duplicates_of", compare)
    assert compare_all() == []  # it might still be at work

    let_leases_end()
    compare_all()

    keys = sorted(image.pk for image in images)
    assert pairs() == {(a, b) for a in keys for b in keys if a < b}
    assert not PictureSignature.objects.filter(due_at__isnull=False).exists()


def test_a_picture_that_kills_its_worker_is_left_alone_in_the_end(model: EmbeddingModel) -> None:
    pictured_product(photo(1), model)
    for _ in range(PictureSignature.MAX_ATTEMPTS):
        assert upkeep._take(10)
        let_leases_end()
    assert compare_all() == []

    upkeep.mark_some_due()

    row = PictureSignature.objects.get()
    assert row.due_at is None
    assert "died" in row.error


def test_a_broken_file_is_told_of_and_stops_nobody(model: EmbeddingModel) -> None:
    broken = pictured_product(photo(3), model)
    one, other = (
        pictured_product(photo(1), model),
        pictured_product(CHANGES["top"](photo(1)), model),
    )
    storage = broken.image.storage
    storage.delete(broken.image.name)
    with storage.open(broken.image.name, "wb") as file:
        file.write(b"\xff\xd8\xff no picture")

    compare_all()

    assert pairs() == {(one.pk, other.pk)}
    assert "cannot be read" in PictureSignature.objects.get(image=broken).error


def test_without_a_vector_a_picture_waits_and_is_not_failed(model: EmbeddingModel) -> None:
    image = pictured_product(photo(1), model)
    EmbeddingModel.objects.update(state="retired")

    assert compare_all() == [upkeep.Finished(1, 0, 0)]

    row = PictureSignature.objects.get(image=image)
    assert row.due_at is not None and row.due_at > timezone.now()
    assert (row.attempts, row.error) == (0, "")


def test_the_sweep_finds_what_the_trigger_did_not_tell_of(model: EmbeddingModel) -> None:
    pictured_product(photo(1), model)
    pictured_product(CHANGES["top"](photo(1)), model)
    PictureSignature.objects.all().delete()

    tasks.sweep_duplicates()

    assert len(pairs()) == 1
    assert upkeep.mark_some_due() == 0


def test_another_version_of_signatures_is_made_anew(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictured_product(photo(1), model)
    compare_all()
    monkeypatch.setattr("search.duplicates.pixels.VERSION", 7)

    assert upkeep.mark_some_due() == 1
    compare_all()

    assert PictureSignature.objects.get().version == 7


def test_near_equal_shots_are_told_of_and_grouped(model: EmbeddingModel) -> None:
    one = pictured_product(photo(1), model)
    shot = pictured_product(photo(2), model, turn=0.1)  # alike, by its vector
    crop = pictured_product(cropped(photo(1), left=0.05), model, turn=0.4)
    other = pictured_product(photo(3), model, turn=4)
    compare_all()
    keys = [other.pk, one.pk, shot.pk, crop.pk]

    near = finding.near_equal(keys)

    assert {pair[:2] for pair in near} == {(one.pk, shot.pk), (one.pk, crop.pk)}
    assert all(0 <= score <= 1 for *_, score in near)
    assert group_by_looks(keys) == [[one.pk, shot.pk, crop.pk]]
    assert finding.near_equal([one.pk]) == []
    DuplicatePair.objects.update(state="different")
    assert group_by_looks(keys) == [[one.pk, shot.pk]]
