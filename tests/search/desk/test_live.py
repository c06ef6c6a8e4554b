"""Searches follow the setting of the shop; and without one they are what they were."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model

from search.desk import history, live
from search.desk.history import NotSaved
from search.desk.sliders import FACTORS, compares, sliders, step_of, weights_of
from search.forms import SearchForm
from search.models import RankingSetting
from search.query import DEFAULT_WEIGHTS, USUAL_WEIGHTS, Leg, QueryKind, SearchQuery, Setting
from search.service import search
from tests.factories import ProductFactory
from tests.search.vectors import embed_image, embed_text, make_model, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Any:
    return get_user_model().objects.create_superuser("owner", "o@example.com", "x")


def query(**data: str) -> SearchQuery:
    form = SearchForm(data)
    assert form.is_valid(), form.errors
    return form.query


def save(owner: Any, of: QueryKind = QueryKind.WORDS, **weights: float) -> RankingSetting:
    row = RankingSetting.objects.live()
    own = {**USUAL_WEIGHTS[of], **{Leg(leg): weight for leg, weight in weights.items()}}
    return history.save_setting(
        kind=of, weights=own, note="Why", based_on=row.pk if row else None, by=owner
    )


def test_without_a_setting_weights_are_as_vitrine_comes() -> None:
    assert query(q="boots").weights == DEFAULT_WEIGHTS
    assert query(q="boots").setting == Setting()


def test_a_saved_setting_is_followed_by_its_kind_of_query_alone(owner: Any) -> None:
    like = ProductFactory()
    save(owner, image=2.0)

    assert query(q="boots").weights[Leg.IMAGE] == 2.0
    assert query(like=like.slug).weights == USUAL_WEIGHTS[QueryKind.LIKE]


def test_what_a_request_asks_for_wins(owner: Any) -> None:
    save(owner, image=2.0)

    assert query(q="boots", weights="image:0.25").weights[Leg.IMAGE] == 0.25


def test_results_follow_it(owner: Any) -> None:
    model = make_model()
    asked, looks, says = (
        ProductFactory(title=name, images=1) for name in ("Asked", "Looks", "Says")
    )
    for product, image, text in (
        (asked, unit(1), unit(1)),
        (looks, unit(1, 0.1), unit(0, 1)),
        (says, unit(0, 1), unit(1, 0.1)),
    ):
        embed_image(product.images.get(), model, image)
        embed_text(product, model, text)
    save(owner, QueryKind.LIKE, image=0.0, text=2.0, kind=0.0)

    page = search(query(like=asked.slug))

    assert page.results[0].product == says


def test_another_process_follows_within_a_second(
    owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("search.desk.live.time.monotonic", lambda: now)
    assert live.live().setting == Setting()
    # As another process saves it: nobody tells this one.
    RankingSetting.objects.bulk_create([RankingSetting(weights={"words": {"image": 3.0}})])
    assert live.live().setting == Setting()

    now += 1.0

    assert live.live().setting.of(QueryKind.WORDS)[Leg.IMAGE] == 3.0


def test_a_look_whether_anything_has_changed_is_one_statement(
    owner: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    save(owner, image=2.0)
    live.live()
    monkeypatch.setattr("search.desk.live.SECONDS", 0.0)

    with django_assert_num_queries(1):
        live.live()
    monkeypatch.setattr("search.desk.live.SECONDS", 60.0)
    with django_assert_num_queries(0):
        live.live()


def test_saving_is_logged_with_what_it_changes(owner: Any) -> None:
    save(owner, image=1.0)

    entry = LogEntry.objects.get()
    assert "Looks, as usual → twice as much" in entry.change_message
    assert entry.user == owner


def test_nobody_overwrites_what_they_have_not_seen(owner: Any) -> None:
    save(owner, image=1.0)

    with pytest.raises(NotSaved, match="saved another setting"):
        history.save_setting(
            kind=QueryKind.WORDS, weights=DEFAULT_WEIGHTS, note="", based_on=None, by=owner
        )


def test_a_setting_that_finds_nothing_is_not_saved(owner: Any) -> None:
    with pytest.raises(NotSaved, match="nothing would be found"):
        save(owner, image=0.0, text=0.0, words=0.0)
    with pytest.raises(NotSaved, match="Nothing is changed"):
        save(owner)


def test_the_history_leads_back(owner: Any) -> None:
    first = save(owner, image=1.0)
    second = save(owner, image=2.0)

    history.undo(based_on=second.pk, by=owner)
    assert query(q="boots").weights[Leg.IMAGE] == 1.0
    history.back_to_usual(by=owner)
    assert query(q="boots").weights == DEFAULT_WEIGHTS
    history.bring_back(setting=second, by=owner)
    assert query(q="boots").weights[Leg.IMAGE] == 2.0

    told = history.entries()
    assert [entry.is_live for entry in told] == [True, False, False, False, False]
    assert told[1].is_usual
    assert [str(change.after) for change in told[0].changes] == ["four times as much"]
    assert first


def test_undoing_the_only_setting_is_as_vitrine_comes(owner: Any) -> None:
    only = save(owner, image=1.0)

    history.undo(based_on=only.pk, by=owner)

    assert query(q="boots").weights == DEFAULT_WEIGHTS


def test_a_setting_of_another_version_is_read_as_far_as_it_is_known() -> None:
    said = {"words": {"image": 2, "smell": 1}, "by smell": {"image": 1}}

    assert live.read_setting(said).weights == {QueryKind.WORDS: {Leg.IMAGE: 2.0}}


def test_sliders_stand_where_the_setting_is_and_say_it() -> None:
    setting = Setting({QueryKind.WORDS: {Leg.IMAGE: 1.0}})

    looks, *others = sliders(QueryKind.WORDS, setting, {"words": "0", "text": "99", "color": "x"})

    assert (looks.present, str(looks.told), looks.is_moved) == (6, "twice as much", False)
    assert [one.step for one in others] == [8, 0, 4]
    weights = weights_of(QueryKind.WORDS, setting, [looks, *others])
    assert weights[Leg.IMAGE] == 1.0
    assert weights[Leg.WORDS] == 0.0
    assert weights[Leg.TEXT] == 4 * DEFAULT_WEIGHTS[Leg.TEXT]


@pytest.mark.parametrize("step", range(len(FACTORS)))
def test_each_place_of_a_slider_is_found_again(step: int) -> None:
    weight = FACTORS[step] * DEFAULT_WEIGHTS[Leg.WORDS]

    assert step_of(QueryKind.WORDS, Leg.WORDS, weight) == step


def test_every_kind_of_query_compares_something() -> None:
    for kind in QueryKind:
        assert compares(kind, USUAL_WEIGHTS[kind])
    assert not compares(QueryKind.PHOTO, {Leg.KIND: 2.0})
