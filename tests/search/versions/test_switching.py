"""Switching and going back: what must be there, what moves along, what is kept."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from search import background, indexing, model_versions
from search.attributes import stored
from search.attributes.models import StoredReader
from search.model_versions import NotPossible, NotReady
from search.models import Embedding, EmbeddingModel
from search.versions import readiness as versions_readiness
from search.versions.readiness import lessons_due, readiness, teach
from shop.catalog.models import Product
from tests.factories import ProductFactory
from tests.search.vectors import embed_text, make_model, unit

pytestmark = pytest.mark.django_db

MEASURED = {
    "version": background._VERSION,
    "measured_at": 1.0,
    "vectors": 20,
    "nonsense_scale": [0.9, 0.1],
    "splits": None,
}


def second_model(**values: object) -> EmbeddingModel:
    building = EmbeddingModel.State.BUILDING
    return make_model(reference="second", name="second", **{"state": building, **values})


def embed_all(*models: EmbeddingModel) -> None:
    for model in models:
        for product in Product.objects.all():
            embed_text(product, model, unit(1, dimension=model.dimension))


def switched() -> tuple[EmbeddingModel, EmbeddingModel]:
    """The model before, and the one that answers now."""
    first, second = make_model(), second_model()
    ProductFactory()
    embed_all(first, second)
    model_versions.activate(second)
    first.refresh_from_db()
    return first, second


def test_what_is_saved_after_a_switch_is_there_after_going_back() -> None:
    first, second = switched()

    product = ProductFactory()

    assert set(product.embeddings.values_list("model", flat=True)) == {first.pk, second.pk}
    embed_all(first)
    assert model_versions.roll_back() == first
    assert EmbeddingModel.objects.live() == first
    assert indexing.progress([first]).left == 0
    second.refresh_from_db()
    assert second.state == "retired" and second.kept_until is not None


def test_going_back_waits_for_nothing_that_came_a_moment_ago() -> None:
    first, _ = switched()
    ProductFactory()

    model_versions.roll_back()

    assert EmbeddingModel.objects.live() == first


def test_after_its_days_a_former_model_catches_up_before_one_goes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_versions, "MOMENT", 0)
    first, second = switched()
    EmbeddingModel.objects.filter(pk=first.pk).update(kept_until=timezone.now() - timedelta(days=1))
    product = ProductFactory()
    assert not product.embeddings.filter(model=first).exists()

    with pytest.raises(NotReady, match="1 embeddings of by-hand are not done yet"):
        model_versions.roll_back()

    assert EmbeddingModel.objects.live() == second
    # Workers see to it now, and the next try goes back.
    assert first in EmbeddingModel.objects.worked_on()
    embed_all(first)
    model_versions.roll_back()
    assert EmbeddingModel.objects.live() == first


def test_by_force_one_goes_back_whatever_is_missing() -> None:
    first, _ = switched()
    EmbeddingModel.objects.filter(pk=first.pk).update(kept_until=None)
    ProductFactory()

    model_versions.roll_back(force=True)

    assert EmbeddingModel.objects.live() == first


def test_without_a_former_model_there_is_no_way_back() -> None:
    make_model()

    with pytest.raises(NotPossible, match="No model was replaced"):
        model_versions.roll_back()


def test_another_dimension_is_no_obstacle() -> None:
    first, second = make_model(), second_model(dimension=12)
    ProductFactory()
    embed_all(first, second)

    model_versions.activate(second)

    assert EmbeddingModel.objects.live() == second
    rows = Embedding.objects.filter(model=second)
    assert [len(np.asarray(row.vector)) for row in rows] == [12]


def test_each_model_is_measured_by_its_own_background() -> None:
    first = make_model(background={**MEASURED, "pairs": {"text-image": [0.2, 0.1]}})
    second = second_model(background={**MEASURED, "pairs": {"text-image": [0.7, 0.05]}})

    def background_now() -> object:
        live = EmbeddingModel.objects.live()
        assert live is not None
        return background.of(live).pairs["text-image"]

    assert background_now() == (0.2, 0.1)
    model_versions.switch(second)
    assert background_now() == (0.7, 0.05)
    model_versions.switch(first)
    assert background_now() == (0.2, 0.1)


def test_a_model_learns_what_the_live_one_knows_before_it_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = make_model(background={**MEASURED, "pairs": {}})
    second = second_model()
    ProductFactory()
    embed_all(first, second)
    stored.learn_now(first)
    monkeypatch.setattr(versions_readiness, "is_exported", lambda model: True)
    monkeypatch.setattr(background, "measurable", lambda model: True)
    assert [model.pk for model in lessons_due()] == [second.pk]
    assert not readiness(second).ready

    def measure(model: EmbeddingModel) -> None:
        EmbeddingModel.objects.filter(pk=model.pk).update(background={**MEASURED, "pairs": {}})

    monkeypatch.setattr(
        versions_readiness,
        "lessons",
        [
            versions_readiness.Lesson("background", versions_readiness._background_is_due, measure),
            versions_readiness.lessons[1],
        ],
    )
    assert len(teach(second)) == 2

    assert readiness(second).ready
    assert StoredReader.objects.filter(model=second).exists()
    model_versions.switch(second)
    live = EmbeddingModel.objects.live()
    assert live is not None and stored.load(live) is not None


def test_the_page_does_not_switch_to_what_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_model(), second_model()
    ProductFactory()
    embed_all(first)

    with pytest.raises(NotReady, match="1 embeddings of second"):
        model_versions.require_ready(second)
    embed_all(second)
    # No export of it is in this machine's cache.
    with pytest.raises(NotReady, match="no files of second"):
        model_versions.require_ready(second)
