"""Learning and reading in the background, in a real database with the bundled model's texts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from search import tasks
from search.attributes import reading, stored, upkeep, vocabulary
from search.attributes.models import (
    AttributeSuggestion,
    ReadingDue,
    StoredReader,
    VisualValue,
)
from search.encoders import resolve
from search.models import Embedding, EmbeddingModel
from shop.celery import app
from tests.factories import ProductFactory
from tests.search.attributes.shops import Shop, picture_of
from tests.search.vectors import make_model, unit

pytestmark = pytest.mark.django_db


def settle() -> None:
    """As if every vector had been stored a while ago."""
    Embedding.objects.update(updated_at=timezone.now() - timedelta(minutes=1))


def suggested() -> dict[str, str]:
    """What is suggested, by the product's slug."""
    rows = AttributeSuggestion.objects.filter(state="suggested")
    return dict(rows.values_list("product__slug", "value__value"))


def test_products_that_lack_an_attribute_are_read_and_the_others_are_not(shop: Shop) -> None:
    added = [
        *shop.add(3, striped=True, known=False, seed=3),
        *shop.add(3, striped=False, known=False, seed=4),
    ]
    settle()

    list(upkeep.run())

    patterns = ["Striped"] * 3 + ["Plain"] * 3
    expected = {product.slug: found for product, found in zip(added, patterns, strict=True)}
    assert suggested() == expected
    row = AttributeSuggestion.objects.select_related("model").first()
    assert row is not None
    assert (row.source, row.model_name, row.version) == ("prototypes", "vitrine-mini", 1)
    assert 0.5 < row.confidence <= 1


def test_a_second_run_changes_nothing(shop: Shop) -> None:
    shop.add(3, striped=True, known=False, seed=3)
    settle()
    list(upkeep.run())
    before = list(AttributeSuggestion.objects.values())

    assert list(upkeep.run()) == []
    assert list(AttributeSuggestion.objects.values()) == before


def test_what_is_embedded_later_is_read_later(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "followers", [])  # whose suggestions count too
    settle()
    list(upkeep.run())
    assert suggested() == {}
    (late,) = shop.add(1, striped=True, known=False, seed=5)
    Embedding.objects.filter(product=late).update(updated_at=timezone.now() - timedelta(seconds=30))

    assert list(upkeep.run()) == [1]
    assert suggested() == {late.slug: "Striped"}


def test_what_was_stored_a_moment_ago_waits(shop: Shop) -> None:
    settle()
    list(upkeep.run())
    shop.add(1, striped=True, known=False, seed=5)  # whose time is now

    assert list(upkeep.run()) == []


def test_reading_goes_on_where_it_was_cut_off(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "AT_ONCE", 50)
    added = shop.add(60, striped=True, known=False, seed=6)
    settle()
    run = upkeep.run()
    next(run)
    next(run)
    run.close()

    lots = list(upkeep.run())

    assert len(lots) == 1  # 140 pictures in lots of 50, all of one time
    assert len(suggested()) == len(added)


def test_a_product_that_changed_is_read_again(shop: Shop) -> None:
    settle()
    list(upkeep.run())
    product = shop.products[0]

    product.attributes.clear()
    assert list(ReadingDue.objects.values_list("product", flat=True)) == [product.pk]
    list(upkeep.run())

    assert suggested() == {product.slug: "Plain"}
    assert not ReadingDue.objects.exists()


def test_a_change_that_comes_while_it_is_read_keeps_a_product_due(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle()
    list(upkeep.run())
    product = shop.products[0]
    product.attributes.clear()
    suggest = upkeep.suggestions.suggest

    def read_while_it_changes(*arguments: Any) -> int:
        suggested = suggest(*arguments)
        product.save()
        return suggested

    monkeypatch.setattr(upkeep.suggestions, "suggest", read_while_it_changes)
    next(upkeep.run())

    assert ReadingDue.objects.filter(product=product).exists()


def test_a_product_without_pictures_is_not_due(shop: Shop) -> None:
    settle()
    list(upkeep.run())

    ProductFactory()

    assert not ReadingDue.objects.exists()


def test_a_product_may_go_before_it_is_read(shop: Shop) -> None:
    settle()
    list(upkeep.run())
    shop.products[0].attributes.clear()

    shop.products[0].delete()

    assert list(upkeep.run()) == []


def test_a_new_vocabulary_makes_a_new_reader_that_reads_everything(shop: Shop) -> None:
    added = shop.add(3, striped=True, known=False, seed=3)
    settle()
    list(upkeep.run())
    assert len(suggested()) == len(added)

    VisualValue.objects.filter(value=shop.striped).update(enabled=False)
    list(upkeep.run())

    assert StoredReader.objects.get().version == 2
    assert suggested() == {}
    assert set(AttributeSuggestion.objects.values_list("state", flat=True)) == {"superseded"}

    VisualValue.objects.filter(value=shop.striped).update(enabled=True, wordings="stripes")
    list(upkeep.run())
    assert len(suggested()) == len(added)


def test_more_to_learn_from_makes_a_new_reader_when_it_is_looked_for(shop: Shop) -> None:
    settle()
    list(upkeep.run())
    shop.add(60, striped=True, known=True, seed=8)
    settle()
    list(upkeep.run())
    assert StoredReader.objects.get().version == 1

    StoredReader.objects.update(checked_at=timezone.now() - stored.CHECK_EVERY)
    list(upkeep.run())

    assert StoredReader.objects.get().version == 2


def test_a_reader_that_is_old_is_learnt_anew(shop: Shop) -> None:
    settle()
    list(upkeep.run())

    StoredReader.objects.update(
        learnt_at=timezone.now() - stored.OLD,
        checked_at=timezone.now() - stored.CHECK_EVERY,
    )
    list(upkeep.run())

    assert StoredReader.objects.get().version == 2


def test_a_new_model_reads_everything_and_its_suggestions_say_so(shop: Shop) -> None:
    (product,) = shop.add(1, striped=True, known=False, seed=3)
    settle()
    list(upkeep.run())
    EmbeddingModel.objects.update(state="retired")
    newer = EmbeddingModel.objects.create(
        name="another",
        reference=resolve("vitrine-mini"),
        checksum=shop.model.checksum,
        dimension=256,
        state="live",
    )
    Embedding.objects.update(model=newer)

    list(upkeep.run())

    suggestion = AttributeSuggestion.objects.get()
    assert (suggestion.product, suggestion.state) == (product, "suggested")
    assert (suggestion.model, suggestion.model_name) == (newer, "another")
    assert StoredReader.objects.count() == 2


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x05\x06" + bytes(18)])
def test_a_reader_of_another_version_is_none_until_it_is_learnt_anew(
    shop: Shop, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    list(upkeep.run())
    StoredReader.objects.update(content=content)
    stored.forget()

    assert reading.read(picture_of(shop, striped=True), shop.model) == []
    assert "learnt anew" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_one_process_works_at_a_time(vitrine_mini: EmbeddingModel) -> None:
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [upkeep._LOCK])

        list(upkeep.run())

    assert not StoredReader.objects.exists()


def test_without_a_live_model_there_is_nothing_to_do() -> None:
    assert list(upkeep.run()) == []


def test_a_missing_encoder_is_logged_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    make_model()
    for pattern in ("Plain", "Striped"):
        ProductFactory(attributes={"pattern": pattern})

    tasks.read_attributes()

    assert "No attributes are read from pictures" in caplog.text


def test_no_vector_waits_for_reading() -> None:
    route = app.amqp.router.route({}, tasks.read_attributes.name)

    assert route["queue"].name == "celery"


# --- Asking -------------------------------------------------------------------------------------


def test_a_photo_becomes_chips(shop: Shop) -> None:
    list(upkeep.run())

    (chip,) = reading.read_photo(picture_of(shop, striped=True, mug=True), shop.model)

    assert (chip.label, chip.attribute.slug) == ("Striped", "pattern")
    assert chip.sure
    assert 0.5 < chip.confidence <= 1
    assert reading.read_photo(picture_of(shop, striped=True), shop.model, limit=0) == []


def test_a_picture_is_read_in_its_category(shop: Shop) -> None:
    list(upkeep.run())

    (found,) = reading.read(picture_of(shop, striped=False), shop.model, shop.boots)

    assert found.value == shop.plain


def test_asking_costs_no_query_while_the_reader_is_believed(
    shop: Shop, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    list(upkeep.run())
    vector = picture_of(shop, striped=True)
    reading.read(vector, shop.model)

    with django_assert_num_queries(0):
        assert reading.read(vector, shop.model)


def test_before_anything_was_learnt_nothing_is_read(shop: Shop) -> None:
    assert reading.read(picture_of(shop, striped=True), shop.model) == []


def test_a_vector_of_another_model_is_refused(shop: Shop) -> None:
    with pytest.raises(ValueError, match=r"has the shape \(256,\), this one \(8,\)"):
        reading.read(unit(1), shop.model)


def test_a_value_that_is_gone_is_not_read(shop: Shop) -> None:
    list(upkeep.run())

    shop.striped.delete()
    stored.forget()
    readings = reading.read(picture_of(shop, striped=True), shop.model)

    assert shop.striped.pk not in {found.value.pk for found in readings}


def test_vectors_come_out_of_the_database_as_they_went_in(shop: Shop) -> None:
    from search.attributes.examples import pictures_of

    pictured = pictures_of([product.pk for product in shop.products], shop.model)

    known = {
        row.product_id: np.asarray(row.vector, np.float32)
        for row in Embedding.objects.filter(model=shop.model)
    }
    assert len(pictured.products) == len(known)
    for product, vector in zip(pictured.products, pictured.vectors, strict=True):
        assert np.allclose(vector, known[product] / np.linalg.norm(known[product]), atol=1e-3)
    assert set(pictured.paths) == {shop.boots.path, shop.mugs.path}
    vocabulary.complete()
