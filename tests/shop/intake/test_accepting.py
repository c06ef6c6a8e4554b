"""Drafts become products, or photos of products; and drafts again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone
from django.utils.translation import override

from shop.catalog.models import Category, Product, Variant
from shop.intake import accepting, arranging, parts
from shop.intake.models import Batch, Draft, Way
from shop.intake.receiving import create_batch
from shop.stock.models import Movement
from tests.factories import CategoryFactory, ProductFactory, picture_bytes
from tests.shop.intake.dropping import admin, drafts, drop, drop_one, groups, images_of
from tests.shop.intake.test_receiving import in_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def boots() -> Category:
    return CategoryFactory(name="Boots")


def complete(batch: Batch, category: Category, **values: Any) -> None:
    batch.drafts.update(category=category, price=Decimal("19.90"), stock=3, **values)


def accept(batch: Batch, **options: Any) -> accepting.Accepted:
    return accepting.accept(batch=batch, actor=admin(), **{"published": True, **options})


def test_a_draft_becomes_a_product_on_sale(boots: Category) -> None:
    batch = drop("red-boot-1.jpg", "red-boot-2.jpg")
    complete(batch, boots)

    done = accept(batch)

    product = Product.objects.published().get()
    variant = product.variants.get()
    assert (done.made, done.problems) == (1, {})
    assert (product.title, product.slug, product.category) == ("Red boot", "red-boot", boots)
    assert (variant.sku, variant.price, variant.stock) == ("RED-BOOT", Decimal("19.90"), 3)
    assert [image.position for image in product.images.order_by("position")] == [0, 1]
    assert Movement.objects.get().delta == 3
    batch.refresh_from_db()
    assert batch.finished_at
    assert LogEntry.objects.get().change_message == "1 draft accepted."


@pytest.mark.django_db(transaction=True)
def test_photos_of_one_name_accepted_at_once_become_products_of_their_own() -> None:
    boots, user = CategoryFactory(name="Boots"), admin()
    batches = [create_batch(owner=user) for _ in range(4)]
    for seed, batch in enumerate(batches):
        drop_one(batch, "boot.jpg", picture_bytes(seed=seed))
        complete(batch, boots)

    in_threads(4, lambda n: accepting.accept(batch=batches[n], actor=user, published=True).problems)

    assert Product.objects.published().count() == 4
    assert sorted(Variant.objects.values_list("sku", flat=True))[0] == "BOOT"
    assert Variant.objects.values("sku").distinct().count() == 4


def test_it_may_wait_before_it_is_on_sale(boots: Category) -> None:
    batch = drop("boot.jpg")
    complete(batch, boots)

    accept(batch, published=False)

    assert not Product.objects.published().exists()
    assert Variant.objects.get().sku == "BOOT"


def test_skus_and_slugs_are_free(boots: Category) -> None:
    ProductFactory(slug="mug", variants=[{"sku": "MUG"}])
    batch = drop("a/mug.jpg", "b/mug.jpg")
    complete(batch, boots)

    accept(batch)

    made = Product.objects.filter(draft__isnull=False).order_by("pk")
    assert [one.slug for one in made] == ["mug-2", "mug-3"]
    assert [one.variants.get().sku for one in made] == ["MUG-2", "MUG-3"]


def test_what_is_not_complete_stays_and_says_what_it_lacks(boots: Category) -> None:
    ProductFactory(title="Old mug", variants=[{"sku": "TAKEN"}])
    batch = drop("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg")
    complete(batch, boots)
    a, b, c, d, e = drafts(batch)
    Draft.objects.filter(pk=a.pk).update(category=None, price=None)
    Draft.objects.filter(pk=b.pk).update(sku="TAKEN")
    Draft.objects.filter(pk__in=[c.pk, d.pk]).update(sku="SAME")

    done = accept(batch)

    assert done.made == 1
    assert done.problems == {
        a.pk: {"category": "Choose a category.", "price": "Enter a price."},
        b.pk: {"sku": "“Old mug” has this SKU. Choose another."},
        c.pk: {"sku": "Another row has this SKU. Each product needs its own."},
        d.pk: {"sku": "Another row has this SKU. Each product needs its own."},
    }
    e.refresh_from_db()
    assert e.state == Draft.State.ACCEPTED
    assert len(drafts(batch)) == 4


def test_what_nobody_gave_a_title_is_not_sold(boots: Category) -> None:
    batch = drop("07bf93d6-850f-4309-ba86-52e2d1f5cce2.jpg")
    with override("de"):  # whoever drops them may read another language
        drop("IMG_2041.jpg", batch=batch)
    complete(batch, boots)
    a, b = drafts(batch)

    done = accept(batch)

    lacks = {"title": "Give it a title."}
    assert (done.made, done.problems) == (0, {a.pk: lacks, b.pk: lacks})
    Product.objects.filter(pk=a.product_id).update(title="Red boot")
    assert accept(batch).made == 1
    assert Variant.objects.get().sku == "RED-BOOT"


def test_a_likely_category_is_proposed(monkeypatch: pytest.MonkeyPatch, boots: Category) -> None:
    batch = drop("a.jpg", "b.jpg")
    a, b = drafts(batch)
    guesses = {a.product_id: (boots.pk, 0.9), b.product_id: (boots.pk, 0.2)}
    monkeypatch.setattr(parts, "category_guessers", [lambda products: guesses])
    batch.drafts.update(price=1)

    done = accept(batch)

    assert done.made == 1
    assert done.problems == {b.pk: {"category": "Choose a category."}}
    assert Product.objects.published().get().category == boots


def test_photos_are_added_to_the_product_whose_sku_they_name(boots: Category) -> None:
    product = ProductFactory(images=1, variants=[{"sku": "AB-100"}])
    batch = drop("AB-100-1.jpg", "AB-100-2.jpg")
    arranging.put_together(batch=batch, way=Way.SKU, actor=admin())

    done = accept(batch)

    assert (done.made, done.extended) == (0, 1)
    assert Product.objects.get() == product
    assert list(product.images.order_by("position").values_list("position", flat=True)) == [0, 1, 2]

    at = accepting.acceptances(batch)[0].at
    assert accepting.take_back(batch=batch, at=at, actor=admin()) == 1
    assert product.images.count() == 1
    assert groups(batch) == [["AB-100-1.jpg", "AB-100-2.jpg"]]
    assert drafts(batch)[0].target == product


def test_or_they_become_a_product_of_their_own(boots: Category) -> None:
    ProductFactory(variants=[{"sku": "AB-100"}])
    batch = drop("AB-100-1.jpg")
    arranging.put_together(batch=batch, way=Way.SKU, actor=admin())
    accepting.stand_alone(actor=admin(), batch=batch, draft=drafts(batch)[0].pk)
    complete(batch, boots)

    assert accept(batch).made == 1


def test_accepted_twice_it_is_one_product(boots: Category) -> None:
    batch = drop("a.jpg")
    complete(batch, boots)
    (draft,) = drafts(batch)

    first, second = accept(batch, drafts=[draft.pk]), accept(batch, drafts=[draft.pk])

    assert (first.made, second.made) == (1, 0)


def test_taken_back_and_accepted_again(boots: Category) -> None:
    batch = drop("a.jpg", "b.jpg")
    complete(batch, boots)
    accept(batch)
    (acceptance,) = accepting.acceptances(batch)
    Variant.objects.filter(sku="A").update(stock=1)  # two were sold

    assert accepting.take_back(batch=batch, at=acceptance.at, actor=admin()) == 2

    assert not Product.objects.published().exists()
    assert len(drafts(batch)) == 2
    batch.drafts.update(price=Decimal(5))
    assert accept(batch).made == 2
    assert Product.objects.published().count() == Variant.objects.count() == 2
    assert set(Variant.objects.values_list("price", "stock")) == {(Decimal(5), 3)}


def test_after_an_hour_nothing_is_taken_back(boots: Category) -> None:
    batch = drop("a.jpg")
    complete(batch, boots)
    accept(batch)
    at = timezone.now() - timedelta(hours=2)
    batch.drafts.update(accepted_at=at)

    assert accepting.acceptances(batch) == []
    assert accepting.take_back(batch=batch, at=at, actor=admin()) == 0


def test_values_are_filled_into_all(boots: Category) -> None:
    batch = drop("a.jpg", "b.jpg")
    Draft.objects.filter(pk=drafts(batch)[0].pk).update(price=Decimal(5))

    accepting.fill_down(
        actor=admin(), batch=batch, values={"price": Decimal(9), "stock": 2}, over=False
    )
    assert [draft.price for draft in drafts(batch)] == [Decimal(5), Decimal(9)]

    accepting.fill_down(actor=admin(), batch=batch, values={"price": Decimal(9)}, over=True)
    assert [draft.price for draft in drafts(batch)] == [Decimal(9), Decimal(9)]
    assert [draft.stock for draft in drafts(batch)] == [2, 2]


def test_as_many_queries_for_many_as_for_few(
    boots: Category, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    batch = drop(*(f"thing{n}-x.jpg" for n in range(30)))
    complete(batch, boots)

    with django_assert_max_num_queries(50):
        assert accept(batch).made == 30


def test_pictures_stay_with_their_draft(boots: Category) -> None:
    batch = drop("a-1.jpg", "a-2.jpg")
    complete(batch, boots)
    (draft,) = drafts(batch)

    accept(batch)

    assert [image.product_id for image in images_of(draft)] == [draft.product_id] * 2
