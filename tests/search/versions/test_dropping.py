"""A model that is being deleted is nobody's answer, unless it is asked for again in time."""

from __future__ import annotations

import pytest

from search import model_versions
from search.models import Embedding, EmbeddingModel
from search.versions import dropping
from tests.factories import ProductFactory
from tests.search.vectors import embed_text, make_model, unit

pytestmark = pytest.mark.django_db

State = EmbeddingModel.State


@pytest.fixture
def second() -> EmbeddingModel:
    make_model()
    return make_model(reference="second", name="second", state=State.BUILDING)


@pytest.mark.parametrize("gone", [False, True])
def test_what_is_being_deleted_does_not_answer_though_an_old_page_offers_it(
    second: EmbeddingModel, gone: bool
) -> None:
    live = EmbeddingModel.objects.live()
    shown_before = EmbeddingModel.objects.get(pk=second.pk)
    model_versions.drop(second)
    if gone:
        dropping.drop_some(budget_seconds=60)

    with pytest.raises(model_versions.NotPossible, match="being deleted"):
        model_versions.switch(shown_before)

    assert EmbeddingModel.objects.live() == live


def test_one_that_is_asked_for_again_meanwhile_stays(
    second: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for product in ProductFactory.create_batch(3):
        embed_text(product, second, unit(1))
    monkeypatch.setattr(dropping, "SLICE", 1)
    real = dropping._delete_slice

    def asked_for_after_the_first(model: EmbeddingModel) -> int:
        deleted = real(model)
        EmbeddingModel.objects.filter(pk=model.pk).update(state=State.BUILDING)
        return deleted

    monkeypatch.setattr(dropping, "_delete_slice", asked_for_after_the_first)
    model_versions.drop(second)

    dropping.drop_some(budget_seconds=60)

    second.refresh_from_db()
    assert second.state == State.BUILDING
    assert Embedding.objects.filter(model=second).count() == 2
