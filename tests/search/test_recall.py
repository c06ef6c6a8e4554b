"""Whether checks of recall measure what they say, and what they keep of whom."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from search import recall, recall_history, recall_samples, retrieval, router, tasks
from search.filters import Filters
from search.forms import SearchForm
from search.models import EmbeddingModel, RecallCheck
from search.recall_samples import Sample
from search.retrieval import Target
from search.router import Way
from search.service import search
from tests.factories import CategoryFactory, ProductFactory
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def model() -> EmbeddingModel:
    return make_model()


@pytest.fixture
def nothing_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router, "EXACT_PRODUCTS", 0)
    monkeypatch.setattr(recall, "DEPTH", 48)  # sixty products are enough for the graph


def stock(model: EmbeddingModel, count: int, **values: Any) -> None:
    """Products whose pictures lie ever further from `unit(1)`."""
    for position in range(count):
        product = ProductFactory(images=1, **values)
        embed_image(product.images.get(), model, unit(1, position / 10))


def ask(model: EmbeddingModel, filters: Filters | None = None) -> None:
    """Keep a sample of a search that was not exact."""
    recall_samples.offer(Target(unit(1), "image", model), filters or Filters(), Way.GRAPH)


def without_every_other(nearest: Callable[..., router.Found]) -> Callable[..., router.Found]:
    def half(*args: Any, **options: Any) -> router.Found:
        found = nearest(*args, **options)
        return replace(found, hits=found.hits[::2])

    return half


# --- Samples ------------------------------------------------------------------------------------


def test_a_search_that_was_not_exact_leaves_samples_without_a_word_of_it(
    nothing_exact: None, settings: Any, vitrine_mini: EmbeddingModel
) -> None:
    settings.RECALL_SAMPLE_RATE = 1
    ProductFactory(title="Red boots", images=1)
    tasks.embed_pending()
    form = SearchForm({"q": "boots for Alice", "price_max": "50"})
    assert form.is_valid()

    search(form.query)

    kept = recall_samples.kept(vitrine_mini)
    assert {sample.kind for sample in kept} == {"image", "text"}
    assert {sample.filters for sample in kept} == {form.query.filters}
    assert b"Alice" not in pickle.dumps(kept)


def test_a_sample_holds_vector_kind_model_and_filters_alone() -> None:
    held = ["vector", "kind", "model_id", "filters", "across"]
    assert [field.name for field in fields(Sample)] == held


@pytest.mark.parametrize(("rate", "way"), [(0, Way.GRAPH), (1, Way.EXACT)])
def test_no_sample_is_kept(model: EmbeddingModel, settings: Any, rate: float, way: Way) -> None:
    settings.RECALL_SAMPLE_RATE = rate

    recall_samples.offer(Target(unit(1), "image", model), Filters(), way)

    assert recall_samples.kept(model) == []


def test_samples_are_bounded_and_of_one_model(model: EmbeddingModel, settings: Any) -> None:
    settings.RECALL_SAMPLE_RATE = 1

    for _ in range(2 * recall_samples.PLACES):
        ask(model)

    assert 0 < len(recall_samples.kept(model)) <= recall_samples.PLACES
    assert recall_samples.kept(make_model(state="building", reference="local-dir:other")) == []


@pytest.mark.parametrize("hour", [0, 13, 23])
def test_every_sample_of_a_day_disappears_at_the_same_midnight(
    model: EmbeddingModel, settings: Any, monkeypatch: pytest.MonkeyPatch, hour: int
) -> None:
    settings.RECALL_SAMPLE_RATE = 1
    now = datetime(2030, 5, 1, hour, 20, 7, tzinfo=UTC)
    seconds: list[int] = []
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: seconds.append(timeout))

    ask(model)

    assert now + timedelta(seconds=seconds[0]) == datetime(2030, 5, 3, tzinfo=UTC)


# --- Checks -------------------------------------------------------------------------------------


def test_a_search_that_finds_all_has_a_recall_of_one(
    model: EmbeddingModel, settings: Any, nothing_exact: None
) -> None:
    settings.RECALL_SAMPLE_RATE = 1
    stock(model, 60)
    ask(model)

    outcome = recall.check(model)

    assert outcome.by_way == {Way.GRAPH: [1.0]}
    assert outcome.origin == RecallCheck.Origin.SEARCHES


def test_recall_is_the_share_of_the_exact_first_page_that_is_shown(
    model: EmbeddingModel, settings: Any, nothing_exact: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RECALL_SAMPLE_RATE = 1
    stock(model, 60)
    ask(model)
    monkeypatch.setattr(router, "nearest", without_every_other(router.nearest))

    recall.check(model)

    kept = RecallCheck.objects.get()
    assert (kept.way, kept.origin, kept.samples) == ("graph", "searches", 1)
    assert kept.recall == kept.worst == 0.5


def test_another_product_that_is_as_near_is_as_right(
    model: EmbeddingModel, settings: Any, nothing_exact: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RECALL_SAMPLE_RATE = 1
    for _ in range(60):
        embed_image(ProductFactory(images=1).images.get(), model, unit(1, 2, 3))
    ask(model)
    monkeypatch.setattr(router, "nearest", without_every_other(router.nearest))

    assert recall.check(model).by_way == {Way.GRAPH: [1.0]}


def test_a_product_with_many_pictures_counts_once(
    model: EmbeddingModel, settings: Any, nothing_exact: None
) -> None:
    settings.RECALL_SAMPLE_RATE = 1
    many = ProductFactory(images=120)
    for image in many.images.all():
        embed_image(image, model, unit(1))
    stock(model, 5)

    exact = recall._exact(Target(unit(1), "image", model), Filters())

    assert len(exact) == 6


def test_without_samples_pictures_are_looked_for_where_they_are_not(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    boots, mugs = CategoryFactory(name="Boots"), CategoryFactory(name="Mugs")
    stock(model, 3, category=boots)
    stock(model, 3, category=mugs)
    monkeypatch.setattr(recall, "UNFILTERED", 2)

    outcome = recall.check(model, samples=8)

    assert outcome.origin == RecallCheck.Origin.PICTURES
    assert outcome.by_way == {Way.EXACT: [1.0] * 8}
    paths = [sample.filters.path for sample in recall._pictures(model, 8)]
    assert paths[::2] == [""] * 4
    assert set(paths[1::2]) <= {boots.path, mugs.path}


def test_what_finds_nothing_is_no_sample(model: EmbeddingModel, settings: Any) -> None:
    settings.RECALL_SAMPLE_RATE = 1
    ask(model, Filters(brand="gone"))

    assert recall.check(model).by_way == {}


def test_a_shop_without_pictures_has_nothing_to_check(model: EmbeddingModel) -> None:
    recall.check(model)

    assert not RecallCheck.objects.exists()


def test_a_check_ends_with_its_budget(model: EmbeddingModel) -> None:
    stock(model, 3)

    outcome = recall.check(model, budget_seconds=0)

    assert sum(map(len, outcome.by_way.values())) == 1


def test_a_statement_that_takes_too_long_ends_the_check(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(model, 3)

    def slow(*_: Any, **__: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")

    monkeypatch.setattr(retrieval, "exact_of_all", slow)
    monkeypatch.setattr(recall, "STATEMENT_SECONDS", 0.01)

    assert recall.check(model).by_way == {}


def test_the_task_checks_the_live_model() -> None:
    tasks.check_recall()
    assert not RecallCheck.objects.exists()
    model = make_model()
    stock(model, 3)

    tasks.check_recall()

    assert RecallCheck.objects.get().model == model


# --- What is kept and said ----------------------------------------------------------------------


def kept(model: EmbeddingModel, **values: Any) -> RecallCheck:
    return RecallCheck.objects.create(
        **{
            "model": model,
            "way": "graph",
            "origin": "searches",
            "checked_at": timezone.now(),
            "samples": 10,
            "recall": 0.99,
            "worst": 0.9,
            **values,
        }
    )


def test_checks_are_kept_for_ninety_days(model: EmbeddingModel) -> None:
    kept(model, checked_at=timezone.now() - timedelta(days=91))
    young = kept(model, checked_at=timezone.now() - timedelta(days=89))

    recall_history.keep([])

    assert RecallCheck.objects.get() == young


def test_the_last_check_weighs_ways_by_their_samples(model: EmbeddingModel) -> None:
    at = timezone.now() - timedelta(minutes=10, seconds=5)
    kept(model, checked_at=at - timedelta(minutes=10), recall=0.1)
    kept(model, checked_at=at, recall=1.0, samples=15)
    kept(model, checked_at=at, recall=0.9, samples=5, way="signatures")

    latest = recall_history.latest()

    assert latest is not None and latest.fine
    assert str(latest) == (
        "Of the first 24 products an exact search would show, the search shows 97.5% "
        "(20 samples of shoppers' searches, 10\N{NO-BREAK SPACE}minutes ago)."
    )


def test_checks_of_a_model_that_is_not_live_say_nothing(model: EmbeddingModel) -> None:
    kept(make_model(state="retired", reference="local-dir:other"))

    assert recall_history.latest() is None


@pytest.mark.parametrize(
    ("recall_found", "advised"), [(0.99, False), (0.95, False), (0.94, True), (None, False)]
)
def test_the_admin_says_whether_the_search_is_fine(
    client: Client, model: EmbeddingModel, recall_found: float | None, advised: bool
) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.com", "x"))
    if recall_found is not None:
        kept(model, recall=recall_found)

    page = client.get("/admin/search/recallcheck/").content.decode()

    said = "Nothing was checked yet" if recall_found is None else f"shows {recall_found:.1%}"
    assert said in page
    assert ("manage.py index rebuild" in page) == advised
    assert "/admin/search/recallcheck/" in client.get("/admin/").content.decode()


def test_nobody_edits_a_check(client: Client, model: EmbeddingModel) -> None:
    client.force_login(get_user_model().objects.create_superuser("admin", "a@example.com", "x"))
    row = kept(model)

    assert client.get("/admin/search/recallcheck/add/").status_code == 403
    assert client.post(f"/admin/search/recallcheck/{row.pk}/delete/").status_code == 403


# --- evaluate recall ----------------------------------------------------------------------------


def evaluate(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", "recall", *arguments, stdout=out)
    return out.getvalue()


def test_evaluate_recall_gives_figures_with_intervals_by_way(model: EmbeddingModel) -> None:
    stock(model, 3)

    report = json.loads(evaluate("--samples", "6", "--json"))

    assert report == {
        "exact": 1.0,
        "all": 1.0,
        "intervals": {"exact": [1.0, 1.0], "all": [1.0, 1.0]},
        "worst": {"exact": 1.0, "all": 1.0},
        "queries": {"exact": 6, "all": 6},
        "samples_of": "pictures",
    }
    assert RecallCheck.objects.get().samples == 6


def test_evaluate_recall_prints_a_table(model: EmbeddingModel) -> None:
    stock(model, 3)

    table = evaluate("--samples", "6").splitlines()

    assert "95% interval" in table[0] and "pictures" in table[0]
    assert table[1].split() == ["exact", "1.0000", "1.0000", "to", "1.0000", "1.000", "6"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--samples", "0"], "--samples: at least 1"), ([], "No model is live")],
)
def test_evaluate_recall_says_what_is_wrong(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        evaluate(*arguments)
