"""One model after another: what must be there before it answers, and going back."""

from __future__ import annotations

import pytest
from django.db import connection

from search import model_versions, vector_indexes
from search.model_versions import NotReady
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import Product
from tests.factories import ProductFactory
from tests.search.vectors import embed_text, make_model, unit

pytestmark = pytest.mark.django_db


def second_model() -> EmbeddingModel:
    return make_model(reference="second", name="second", state=EmbeddingModel.State.BUILDING)


def embed_all(model: EmbeddingModel) -> None:
    for product in Product.objects.all():
        embed_text(product, model, unit(1))


def test_a_product_that_no_signal_told_of_is_missing() -> None:
    live, second = make_model(), second_model()
    product = ProductFactory()
    embed_all(second)
    Product.objects.bulk_create(
        [Product(category=product.category, title="Unmarked", slug="unmarked")]
    )

    with pytest.raises(NotReady, match="1 embeddings of second are not done"):
        model_versions.activate(second)

    assert EmbeddingModel.objects.live() == live
    assert Embedding.objects.filter(model=second, status="pending").count() == 1


def test_by_force_it_answers_although_something_is_missing() -> None:
    make_model()
    second = second_model()
    ProductFactory()

    model_versions.activate(second, force=True)

    assert EmbeddingModel.objects.live() == second


def test_the_model_before_is_retired_and_can_be_gone_back_to() -> None:
    first, second = make_model(), second_model()
    ProductFactory()
    embed_all(first)
    embed_all(second)

    model_versions.activate(second)
    first.refresh_from_db()
    assert (first.state, first.retired_at is None) == ("retired", False)
    model_versions.activate(first)

    second.refresh_from_db()
    assert (first.state, first.retired_at) == ("live", None)
    assert second.state == "retired"
    assert list(EmbeddingModel.objects.indexed().order_by("pk")) == [first, second]


def test_what_changed_since_a_model_was_retired_is_embedded_before_it_answers_again() -> None:
    first, second = make_model(), second_model()
    product = ProductFactory()
    embed_all(first)
    embed_all(second)
    model_versions.activate(second)
    first.refresh_from_db()
    product.title = "Another"
    product.save()

    with pytest.raises(NotReady, match="1 embeddings of by-hand are not done"):
        model_versions.activate(first)

    first.refresh_from_db()
    assert first in EmbeddingModel.objects.embedding()  # so that workers see to it
    assert EmbeddingModel.objects.live() == second


@pytest.mark.django_db(transaction=True)
def test_a_model_has_its_indexes_before_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_indexes, "INDEXES_FROM", 2)
    make_model()
    second = second_model()
    for _ in range(2):
        ProductFactory()
    embed_all(second)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [vector_indexes._LOCK])
    with pytest.raises(NotReady, match="The indexes of second are being made"):
        model_versions.activate(second)
    other.close()

    model_versions.activate(second)

    assert EmbeddingModel.objects.live() == second
    assert vector_indexes.missing(second) == []
