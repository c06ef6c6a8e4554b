"""The desk's pages: who may do what, what they show, what their buttons send."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from search.events import query_ids
from search.models import Curation, Judgement, LabRun, LoggedQuery, RankingSetting, Synonyms
from search.query import PAGE_SIZE
from shop.accounts import roles
from shop.catalog.models import Product
from tests.factories import ProductFactory, upload

pytestmark = pytest.mark.django_db

DESK = "/admin/search/rankingsetting/"


def staff(role: str) -> Client:
    roles.apply()
    user = get_user_model().objects.create_user(role, password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner() -> Client:
    return staff(roles.OWNER)


@pytest.fixture
def boots() -> list[Product]:
    return [ProductFactory(title=f"Boots {name}") for name in ("one", "two", "three")]


def test_the_desk_shows_results_why_and_where_to_judge(owner: Client, boots: list[Product]) -> None:
    page = owner.get(DESK, {"q": "boots"}).content.decode()

    assert page.count("data-row") == 3
    assert "“boots” is in its title" in page
    assert "Exact words" in page
    for unfamiliar in ("vector", "embedding", "threshold", "leg of"):
        assert unfamiliar not in strip_tags(page).casefold()


def test_a_moved_slider_is_shown_beside_what_is(owner: Client, boots: list[Product]) -> None:
    Product.objects.filter(pk=boots[2].pk).update(title="Thing", description="boots")

    sent = owner.get(
        f"{DESK}results/", {"q": "boots", "step-words": "8"}, headers={"HX-Request": "1"}
    )

    page = sent.content.decode()
    assert "With your sliders" in page
    assert "Use it for shoppers" in page
    assert sent["HX-Replace-Url"] == f"{DESK}?q=boots&step-words=8"


def test_all_sliders_at_nothing_say_so(owner: Client, boots: list[Product]) -> None:
    steps = {"step-words": "0", "step-image": "0", "step-text": "0"}

    page = owner.get(DESK, {"q": "boots", **steps}).content.decode()

    assert "nothing can be found" in page


def test_the_desk_asks_the_same_for_any_number_of_results(
    owner: Client, django_assert_max_num_queries: Any
) -> None:
    ProductFactory(title="Boots")
    owner.get(DESK, {"q": "boots"})
    for n in range(PAGE_SIZE):
        ProductFactory(title=f"Boots {n}", images=1)

    with django_assert_max_num_queries(45):
        owner.get(DESK, {"q": "boots"})


def test_judging_by_key_is_kept_and_logged(owner: Client, boots: list[Product]) -> None:
    sent = {"q": "Boots", "product": boots[0].pk, "grade": "3"}

    answer = owner.post(f"{DESK}judge/", sent)

    assert answer.json() == {"grade": 3, "judged": 1}
    assert Judgement.objects.get().query.words == "boots"
    assert "Exactly right" in LogEntry.objects.latest("pk").change_message
    page = owner.get(DESK, {"q": "boots"}).content.decode()
    assert page.count('data-grade="3" aria-pressed="true"') == 1
    assert "&quot;0 of these are judged.&quot;, &quot;1 of these is judged.&quot;" in page
    assert ">1 of these is judged.</span>" in page
    assert owner.post(f"{DESK}judge/", sent | {"grade": "7"}).status_code == 400
    assert owner.post(f"{DESK}judge/", sent | {"product": "x"}).status_code == 404
    assert owner.post(f"{DESK}judge/", sent | {"grade": ""}).json()["judged"] == 0


def test_pins_are_undone(owner: Client, boots: list[Product]) -> None:
    sent = {"q": "boots", "product": boots[2].pk}

    page = owner.post(f"{DESK}arrange/", sent | {"action": "pin"}).content.decode()
    assert "is pinned for “boots”" in page
    assert 'data-step data-pinned="" data-buried=""' in page
    again = owner.post(f"{DESK}arrange/", sent | {"action": "pin"}).content.decode()
    assert "data-step" not in again  # nothing to take back
    owner.post(f"{DESK}arrange/", sent | {"action": "bury"})
    assert Curation.objects.get().buried == [boots[2].pk]

    undo = {"q": "boots", "action": "put_back", "pinned": str(boots[2].pk), "buried": "17,x"}
    undone = owner.post(f"{DESK}arrange/", undo).content.decode()

    assert "data-undone" in undone  # the script goes on with the step before
    assert "data-step" not in undone
    row = Curation.objects.get()
    assert (row.pinned, row.buried) == ([boots[2].pk], [])
    like = {"like": boots[0].slug, "product": boots[1].pk, "action": "pin"}
    refused = owner.post(f"{DESK}arrange/", like).content.decode()
    assert "searches by words alone" in refused
    assert Curation.objects.count() == 1


def test_prices_that_are_said_are_no_part_of_the_words(owner: Client, boots: list[Product]) -> None:
    sent = {"q": "boots under 5000", "product": boots[2].pk, "action": "pin"}

    page = owner.post(f"{DESK}arrange/", sent).content.decode()

    assert Curation.objects.get().words == "boots"
    assert "data-pinned" in page


def test_words_that_mean_the_same_are_added_in_place(owner: Client, boots: list[Product]) -> None:
    wrong = owner.post(f"{DESK}synonyms/", {"q": "wellies", "synonyms": "wellies,"})
    assert "Write two words or phrases" in wrong.content.decode()

    page = owner.post(f"{DESK}synonyms/", {"q": "wellies", "synonyms": "wellies, boots"})

    assert page.content.decode().count("data-row") == 3
    assert Synonyms.objects.get().words == "wellies, boots"


def test_a_setting_is_saved_and_undone(owner: Client, boots: list[Product]) -> None:
    sent = {"q": "boots", "step-image": "6", "note": "Looks first", "based_on": ""}
    assert owner.post(f"{DESK}save/", sent).status_code == 302
    row = RankingSetting.objects.live()
    assert row is not None
    assert row.weights["words"]["image"] == 1.0
    again = owner.post(f"{DESK}save/", sent | {"step-image": "8"}, follow=True)
    assert "saved another setting" in again.content.decode()

    page = owner.get(f"{DESK}history/").content.decode()
    assert "Looks first" in page
    owner.post(f"{DESK}history/", {"setting": f"before-{row.pk}"})

    live = RankingSetting.objects.live()
    assert live is not None
    assert live.weights == {}


def test_the_catalogue_role_tries_and_judges_but_saves_nothing(boots: list[Product]) -> None:
    client = staff(roles.CATALOGUE)

    page = client.get(DESK, {"q": "boots", "step-image": "6"}).content.decode()

    assert "only they can save it" in page
    assert "data-grade" in page
    assert client.post(f"{DESK}save/", {"q": "boots", "step-image": "6"}).status_code == 403
    assert client.post(f"{DESK}history/", {"setting": "usual"}).status_code == 403
    judged = client.post(f"{DESK}judge/", {"q": "b", "product": boots[0].pk, "grade": "2"})
    assert judged.status_code == 200


def test_others_see_nothing(boots: list[Product]) -> None:
    client = staff(roles.FULFILMENT)

    for address in ("", "results/?q=boots", "history/", "judgements.csv"):
        assert client.get(DESK + address).status_code == 403
    assert client.post(f"{DESK}judge/", {"q": "boots"}).status_code == 403


def test_a_photo_is_searched_with_and_judged(owner: Client, boots: list[Product]) -> None:
    sent = owner.post(f"{DESK}photo/", {"image": upload()})
    address = sent["Location"]
    key = address.rpartition("=")[2]

    page = owner.get(address).content.decode()

    assert "What is like this photo" in page
    assert owner.get(f"{DESK}photo/{key}/")["Content-Type"] == "image/jpeg"
    owner.post(f"{DESK}judge/", {"photo": key, "product": boots[0].pk, "grade": "2"})
    words = {"photo": key, "q": "in red", "product": boots[0].pk, "grade": "1"}
    owner.post(f"{DESK}judge/", words)
    assert sorted(Judgement.objects.values_list("query__words", "grade")) == [
        ("", 2),
        ("in red", 1),
    ]
    broken = owner.post(f"{DESK}photo/", {"image": upload(b"no picture")}, follow=True)
    assert "not a picture we can read" in broken.content.decode()


def test_a_comparison_says_its_verdict(owner: Client, boots: list[Product]) -> None:
    owner.post(f"{DESK}judge/", {"q": "boots", "product": boots[0].pk, "grade": "3"})

    # Without a model searches are by words alone: the comparison says that it cannot be made.
    page = owner.post(f"{DESK}lab/", {"q": "boots", "step-image": "8"}, follow=True)

    run = LabRun.objects.get()
    assert run.finished_at is not None
    assert "The comparison stopped" in page.content.decode()
    nothing = owner.post(f"{DESK}lab/", {"q": "boots"}, follow=True).content.decode()
    assert "Move a slider first" in nothing


def test_a_finished_comparison_is_shown_in_plain_words(owner: Client) -> None:
    from search.desk import judging

    searches = [judging.known_search(words=f"boots {n}") for n in range(8)]
    rows = [
        {
            "query": one.pk,
            "present": 0.5,
            "tried": 0.6 + n / 100,
            "present_unjudged": 1,
            "tried_unjudged": 4,
        }
        for n, one in enumerate(searches)
    ]
    run = LabRun.objects.create(
        kind="words",
        present={},
        tried={"image": 2.0},
        queries=[one.pk for one in searches],
        rows=rows,
        finished_at=timezone.now(),
    )

    page = owner.get(f"{DESK}lab/{run.pk}/").content.decode()

    assert "Better on 8 judged searches" in page
    assert "These are few searches" in page
    assert "They count as wrong" in page
    assert "Looks: as usual → <strong>four times as much</strong>" in page


def test_the_list_to_work_through(owner: Client, django_assert_max_num_queries: Any) -> None:
    now = timezone.now() - timedelta(hours=2)
    for words, found, times in (("boots", 3, 3), ("zzyzx", 0, 2), ("mugs", 1, 1)):
        for _ in range(times):
            LoggedQuery.objects.create(
                id=query_ids.new(now), hour=now, kind="words", words=words, found=found
            )
    product = ProductFactory()
    owner.post(f"{DESK}judge/", {"q": "mugs", "product": product.pk, "grade": "0"})

    with django_assert_max_num_queries(25):
        page = owner.get(DESK).content.decode()

    lists = page.split('<section class="desk-card"')
    assert "boots" in lists[1]
    assert "3 times" in lists[1]
    assert "zzyzx" in lists[2]
    assert "mugs" not in lists[2]
    assert "1 judged" in lists[1]


def test_judgements_are_downloaded(owner: Client, boots: list[Product]) -> None:
    owner.post(f"{DESK}judge/", {"q": "boots", "product": boots[0].pk, "grade": "3"})

    answer = owner.get(f"{DESK}judgements.csv")

    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.splitlines() == [
        "query,picture,product,grade,kind",
        f"boots,,{boots[0].slug},3,",
    ]


def test_when_an_arrangement_holds_is_set_in_its_list(owner: Client, boots: list[Product]) -> None:
    owner.post(f"{DESK}arrange/", {"q": "boots", "product": boots[2].pk, "action": "pin"})
    row = Curation.objects.get()
    address = f"/admin/search/curation/{row.pk}/change/"
    assert "Arrange at the desk" in owner.get(address).content.decode()

    owner.post(
        address,
        {
            "active_from_0": "2030-01-01",
            "active_from_1": "10:00",
            "active_until_0": "",
            "active_until_1": "",
        },
    )

    changed = Curation.objects.get()
    assert changed.active_from is not None
    assert changed.version == row.version + 1


def test_the_api_says_what_is_pinned(owner: Client, boots: list[Product]) -> None:
    owner.post(f"{DESK}arrange/", {"q": "boots", "product": boots[2].pk, "action": "pin"})

    answer = Client().get("/api/v1/search/", {"q": "boots", "explain": "1"})

    results = json.loads(answer.content)["results"]
    assert [one["why"]["pinned"] for one in results] == [True, False, False]
    assert results[0]["handle"] == boots[2].slug
    assert "Pinned by the shop" in Client().get("/search/", {"q": "boots"}).content.decode()
