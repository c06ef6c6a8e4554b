"""A merchant answers, takes it back, and decides what follows; nothing is merged by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from search.duplicates import deciding
from search.duplicates.deciding import NotPossible
from search.models import DuplicatePair, EmbeddingModel
from shop.catalog.models import Product, ProductImage
from tests.factories import ProductImageFactory
from tests.search.duplicates.pictures import encoded, photo, pictured_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant() -> User:
    return User.objects.create_superuser("merchant", "m@example.com", "x")


def pair_of(model: EmbeddingModel, seed: int = 1, *, draft: bool = False) -> DuplicatePair:
    one = pictured_product(photo(seed), model)
    other = pictured_product(encoded(photo(seed), quality=70), model, published=not draft)
    return DuplicatePair.objects.create(image=one, other=other, similarity=0.99, exact=False)


def test_an_answer_says_who_and_when_and_is_logged(model: EmbeddingModel, merchant: User) -> None:
    pair = pair_of(model)

    assert deciding.decide(pairs=[pair.pk], state="same", by=merchant) == [pair.pk]

    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == ("same", merchant)
    assert pair.decided_at is not None
    assert LogEntry.objects.get().get_change_message() == "1 pair of pictures: The same picture"
    assert Product.objects.count() == 2 and ProductImage.objects.count() == 2


def test_the_second_answer_is_too_late(model: EmbeddingModel, merchant: User) -> None:
    pair = pair_of(model)
    deciding.decide(pairs=[pair.pk], state="same", by=merchant)

    assert deciding.decide(pairs=[pair.pk], state="different", by=merchant) == []

    pair.refresh_from_db()
    assert pair.state == "same"


def test_what_was_answered_at_once_is_taken_back_at_once(
    model: EmbeddingModel, merchant: User
) -> None:
    pairs = [pair_of(model, seed) for seed in (1, 2, 3)]
    deciding.decide(pairs=[pairs[0].pk], state="different", by=merchant)
    deciding.decide(pairs=[one.pk for one in pairs[1:]], state="different", by=merchant)

    opened = deciding.undo(pair=pairs[2].pk, by=merchant)

    assert opened == [pairs[1].pk, pairs[2].pk]
    assert list(DuplicatePair.objects.filter(state="open").order_by("pk")) == pairs[1:]
    assert deciding.undo(pair=pairs[2].pk, by=merchant) == []


def test_a_drafts_picture_is_taken_to_the_product(model: EmbeddingModel, merchant: User) -> None:
    pair = pair_of(model, draft=True)
    draft, product = pair.other.product, pair.image.product
    draft.variants.update(image=pair.other)

    assert deciding.take_picture(pair=pair.pk, by=merchant) == (draft, product)

    assert list(product.images.all()) == [pair.image, pair.other]
    assert not draft.images.exists()
    assert draft.variants.get().image is None
    assert not DuplicatePair.objects.waiting().exists()
    assert LogEntry.objects.count() == 2


def test_a_file_that_the_product_has_is_not_taken_twice(
    model: EmbeddingModel, merchant: User
) -> None:
    pair = pair_of(model, draft=True)
    ProductImageFactory(product=pair.image.product, data=encoded(photo(1), quality=70))

    with pytest.raises(NotPossible, match="this very file"):
        deciding.take_picture(pair=pair.pk, by=merchant)

    assert pair.other.product.images.count() == 1


def test_a_drafts_picture_is_deleted_with_its_pair(model: EmbeddingModel, merchant: User) -> None:
    pair = pair_of(model, draft=True)
    draft = pair.other.product

    assert deciding.delete_picture(pair=pair.pk, by=merchant) == draft

    assert list(ProductImage.objects.all()) == [pair.image]
    assert not DuplicatePair.objects.exists()
    assert Product.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("do", [deciding.take_picture, deciding.delete_picture])
def test_what_is_on_sale_is_not_touched(
    model: EmbeddingModel, merchant: User, do: Callable[..., object]
) -> None:
    pair = pair_of(model)

    with pytest.raises(NotPossible, match="draft"):
        do(pair=pair.pk, by=merchant)
    with pytest.raises(NotPossible, match="gone"):
        do(pair=pair.pk + 1, by=merchant)

    assert ProductImage.objects.count() == 2
