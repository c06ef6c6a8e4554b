"""A model beside the live one: what is embedded first, pausing, giving up, what is asked for."""

from __future__ import annotations

import pytest

from search import claims, indexing, model_versions
from search.encoders import EncoderUnavailable
from search.indexing import progress
from search.models import Embedding, EmbeddingModel, ModelBuild
from search.versions import dropping, preparing
from shop.catalog.models import Product
from tests.factories import ProductFactory
from tests.search.vectors import embed_text, make_model, unit

pytestmark = pytest.mark.django_db


def second_model() -> EmbeddingModel:
    return make_model(reference="second", name="second", state=EmbeddingModel.State.BUILDING)


def in_order() -> dict[int, EmbeddingModel]:
    return {model.pk: model for model in EmbeddingModel.objects.worked_on()}


def test_what_is_new_in_the_shop_goes_before_a_build_that_waits() -> None:
    live = make_model()
    for _ in range(3):
        embed_text(ProductFactory(), live, unit(1))
    second_model()
    indexing.mark_pending()
    new = ProductFactory()

    claim = claims.claim_batch(in_order())

    assert claim is not None
    assert claim.model == live
    assert [row.pk for row in claim.embeddings] == [new.embeddings.get(model=live).pk]
    claims.release(claim)


def test_a_build_is_claimed_in_smaller_batches(settings: object) -> None:
    settings.EMBEDDING_BATCH = 8  # type: ignore[attr-defined]
    second_model()
    for _ in range(5):
        ProductFactory()

    claim = claims.claim_batch(in_order())

    assert claim is not None and len(claim.embeddings) == 2
    claims.release(claim)


def test_a_build_lets_what_the_live_model_tries_again_have_its_turn() -> None:
    live = make_model()
    tried = ProductFactory().embeddings.get(model=live)
    Embedding.objects.filter(pk=tried.pk).update(attempts=1)
    second_model()
    indexing.mark_pending()

    # Other batches are in flight: what was tried before waits for them, and nothing follows.
    assert claims.claim_batch(in_order(), fresh=True) is None
    claim = claims.claim_batch(in_order())

    assert claim is not None and [row.pk for row in claim.embeddings] == [tried.pk]
    claims.release(claim)


def test_a_paused_build_is_left_alone_and_goes_on_where_it_was() -> None:
    live, second = make_model(), second_model()
    product = ProductFactory()
    embed_text(product, live, unit(1))
    model_versions.pause(second)

    assert claims.claim_batch(in_order()) is None
    assert not indexing.anything_due()
    model_versions.resume(second)

    claim = claims.claim_batch(in_order())
    assert claim is not None and claim.model == second
    claims.release(claim)


def test_only_a_build_is_paused() -> None:
    live = make_model()

    with pytest.raises(model_versions.NotPossible, match="is not being built"):
        model_versions.pause(live)


def test_rows_of_a_new_model_are_added_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    make_model()
    for _ in range(5):
        ProductFactory()
    second = second_model()
    monkeypatch.setattr(indexing, "ADDED_AT_ONCE", 2)

    assert indexing.add_missing() == 5

    assert progress([second]).counts["pending"] == 5


def test_progress_is_each_models_own() -> None:
    live, second = make_model(), second_model()
    for product in ProductFactory.create_batch(4):
        embed_text(product, live, unit(1))
    embed_text(Product.objects.all()[0], second, unit(1))

    found = progress([second])

    assert (found.total, found.left, found.share) == (4, 3, 0.25)
    assert progress([live]).left == 0


def test_new_products_are_embedded_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    live, second = make_model(), second_model()

    product = ProductFactory()

    assert set(product.embeddings.values_list("model", flat=True)) == {live.pk, second.pk}


def test_what_is_given_up_is_deleted_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropping, "SLICE", 2)
    live, second = make_model(), second_model()
    for product in ProductFactory.create_batch(5):
        embed_text(product, live, unit(1))
        embed_text(product, second, unit(1))

    model_versions.drop(second)
    assert not dropping.drop_some(budget_seconds=-1)  # the time is up after a slice
    assert Embedding.objects.filter(model=second).count() == 3
    ProductFactory()  # is no work for a model that goes
    assert dropping.drop_some(budget_seconds=60)

    assert list(EmbeddingModel.objects.all()) == [live]
    assert Embedding.objects.count() == 6


def test_the_live_model_is_not_deleted() -> None:
    live = make_model()

    with pytest.raises(model_versions.NotPossible, match="answers searches"):
        model_versions.drop(live)


def test_one_model_is_asked_for_at_a_time() -> None:
    preparing.ask_for("clip-vit-b-32")

    with pytest.raises(preparing.BuildsAlready, match="clip-vit-b-32"):
        preparing.ask_for("vitrine-mini")
    assert ModelBuild.objects.count() == 1


def test_what_is_no_model_is_not_asked_for() -> None:
    with pytest.raises(EncoderUnavailable, match="no model named"):
        preparing.ask_for("a nicer one")


def test_why_a_model_cannot_be_prepared_is_kept() -> None:
    preparing.ask_for("local-dir:/nowhere/at/all")

    assert preparing.prepare_next() is None

    asked = ModelBuild.objects.get()
    assert asked.failed_at is not None
    assert "does not exist" in asked.error
    assert not preparing.is_due()
    # And the next one may be asked for.
    preparing.ask_for("vitrine-mini")
    assert ModelBuild.objects.get().name == "vitrine-mini"


def test_an_export_that_kills_its_worker_is_not_tried_for_ever() -> None:
    asked = preparing.ask_for("vitrine-mini")
    ModelBuild.objects.filter(pk=asked.pk).update(attempts=ModelBuild.MAX_ATTEMPTS)

    assert preparing.prepare_next() is None

    assert "want of memory" in ModelBuild.objects.get().error
