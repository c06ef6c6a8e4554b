"""In the background: what follows from new pictures, from decisions, and from a killed worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from search import tasks
from search.attributes import upkeep as attributes
from search.attributes.models import ReadingDue
from search.enrichment import decided, decisions, stored, upkeep
from search.enrichment.decisions import Keys
from search.enrichment.models import (
    ProductSuggestion,
    StoredEnricher,
    SuggestionAction,
    SuggestionCalibration,
)
from search.models import Embedding
from shop.catalog.models import Product
from tests.search.enrichment.shops import Shop, completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return User.objects.create_superuser("anna")


def read() -> None:
    """All that the periodic task does; embeddings are as old as they have to be."""
    Embedding.objects.update(updated_at=timezone.now() - timedelta(minutes=1))
    list(attributes.run())


def add_open(shop: Shop, count: int, *, right: bool = True) -> list[ProductSuggestion]:
    return [
        completion(
            shop.add(0, seed=2_000 + n, category=shop.without),
            category=shop.kinds[0 if right else 1],
            model=shop.model,
            confidence=0.9,
            calibrated=0.9,
        )
        for n in range(count)
    ]


def test_new_products_get_suggestions_and_what_was_learnt_belongs_to_the_model(shop: Shop) -> None:
    product = shop.add(1, seed=900, category=shop.without)

    read()

    assert product.completions.get(kind="category").category == shop.kinds[1]
    assert StoredEnricher.objects.get().model == shop.model
    assert {one.model for one in SuggestionCalibration.objects.all()} == {shop.model}


def test_colours_that_come_later_are_looked_at_then(shop: Shop, monkeypatch: Any) -> None:
    from search.colors.upkeep import Finished

    read()
    product = shop.products[0]
    ReadingDue.objects.all().delete()
    batches = [Finished(1, 1, frozenset([product.pk]))]
    monkeypatch.setattr(tasks.colors, "make_due", lambda **_: iter(batches))

    tasks.make_colors()

    assert ReadingDue.objects.filter(product=product).exists()


def test_learning_anew_has_what_waits_looked_at_anew(shop: Shop) -> None:
    product = shop.add(1, seed=901, category=shop.without)
    read()
    StoredEnricher.objects.update(categorised=1, checked_at=timezone.now() - timedelta(hours=1))

    upkeep.begin(shop.model)

    assert ReadingDue.objects.filter(product=product).exists()
    assert StoredEnricher.objects.get().version == 2


def test_decisions_move_the_confidence_of_what_is_open_and_nothing_is_learnt_anew(
    shop: Shop, staff: User
) -> None:
    shop.learn()
    decided.fit_due(shop.model)
    rejected = add_open(shop, 12, right=False)
    waiting = completion(
        shop.add(0, seed=990, category=shop.without),
        category=shop.kinds[1],
        model=shop.model,
        confidence=0.9,
        calibrated=0.9,
    )
    other = completion(
        shop.add(0, seed=991, category=shop.without),
        category=shop.kinds[2],
        model=shop.model,
        confidence=0.9,
        calibrated=0.9,
    )
    decisions.reject(keys=Keys(completions=[one.pk for one in rejected]), by=staff)

    assert decided.fit_due(shop.model) == ["category"]
    while decided.apply_some(shop.model):
        pass

    waiting.refresh_from_db()
    other.refresh_from_db()
    assert waiting.calibrated < 0.75
    assert other.calibrated > waiting.calibrated + 0.1
    assert StoredEnricher.objects.get().version == 1


def test_what_was_accepted_unseen_confirms_nothing(shop: Shop, staff: User) -> None:
    shop.learn()
    add_open(shop, 3)
    decisions.start_accepting(above=0.5, chosen={}, total=3, by=staff)
    upkeep.go_on(budget_seconds=60)

    assert len(decided.outcomes_of("category", shop.model).scores) == 0
    seen = completion(
        shop.add(0, seed=992, category=shop.without), category=shop.kinds[0], model=shop.model
    )
    decisions.accept(keys=Keys(completions=[seen.pk]), by=staff)
    assert decided.outcomes_of("category", shop.model).right.tolist() == [True]


def test_a_correction_says_what_was_wrong_and_going_deeper_is_none(shop: Shop, staff: User) -> None:
    things = shop.kinds[0].get_parent()
    products = [shop.add(0, seed=993 + n, category=shop.without) for n in range(2)]
    wrong = completion(products[0], category=shop.kinds[2], model=shop.model)
    rough = completion(products[1], category=things, model=shop.model, rough=True)
    for one in (wrong, rough):
        decisions.correct(kind="category", key=one.pk, to=shop.kinds[0], by=staff)

    found = decided.outcomes_of("category", shop.model)

    assert found.right.tolist() == [True, False]  # the latest first
    assert "rough" in found.groups[0]


def test_another_model_has_calibrations_of_its_own(shop: Shop, staff: User) -> None:
    shop.learn()
    for one in add_open(shop, 6, right=False):
        ProductSuggestion.objects.filter(pk=one.pk).update(model=None)
        decisions.reject(keys=Keys(completions=[one.pk]), by=staff)

    assert len(decided.outcomes_of("category", shop.model).scores) == 0


def test_accepting_many_goes_on_where_a_killed_worker_stopped(
    shop: Shop, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "AT_ONCE", 4)
    add_open(shop, 10)
    action = decisions.start_accepting(above=0.5, chosen={}, total=10, by=staff)
    upkeep.go_on(budget_seconds=0)  # killed before it began
    decisions.go_on(action, upkeep.cards.next_of)  # ... and after the first part
    assert ProductSuggestion.objects.filter(state="accepted").count() == 4

    with pytest.raises(KeyboardInterrupt):
        _killed_in_the_middle(action, monkeypatch)
    assert ProductSuggestion.objects.filter(state="accepted").count() == 4

    tasks.decide_suggestions()

    action.refresh_from_db()
    assert (action.done, action.finished_at is not None) == (10, True)
    assert not Product.objects.filter(category=shop.without).exists()


def _killed_in_the_middle(action: SuggestionAction, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(decisions, "announce", _die)
        decisions.go_on(action, upkeep.cards.next_of)


def _die(*_: Any) -> None:
    raise KeyboardInterrupt


def test_undoing_goes_on_where_it_stopped_and_opens_all_again(
    shop: Shop, staff: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "AT_ONCE", 4)
    add_open(shop, 10)
    action = decisions.start_accepting(above=0.5, chosen={}, total=10, by=staff)
    upkeep.go_on(budget_seconds=60)
    assert decisions.ask_undo(action=action, by=staff)
    assert not decisions.ask_undo(action=action, by=staff)  # two at once: one does
    decisions.go_on_undoing(action)

    tasks.decide_suggestions()

    action.refresh_from_db()
    assert (action.undone, action.kept) == (10, 0)
    assert Product.objects.filter(category=shop.without).count() == 10
    assert set(ProductSuggestion.objects.values_list("state", flat=True)) == {"suggested"}


def test_what_is_suggested_later_is_not_meant(shop: Shop, staff: User) -> None:
    add_open(shop, 2)
    decisions.start_accepting(above=0.5, chosen={}, total=2, by=staff)
    late = completion(shop.add(0, seed=995, category=shop.without), category=shop.kinds[0])

    upkeep.go_on(budget_seconds=60)

    late.refresh_from_db()
    assert late.state == "suggested"


def test_what_was_learnt_is_read_back_as_it_was(shop: Shop) -> None:
    product = shop.add(1, seed=996, category=shop.without)
    loaded = shop.learn()
    content = StoredEnricher.objects.get().content

    again = stored.Enricher.from_bytes(bytes(content), 1)

    assert again.guesser.paths == loaded.enricher.guesser.paths
    assert again.outcomes.keys() == {"category", "colour"}
    assert product.pk not in again.learnt_from
