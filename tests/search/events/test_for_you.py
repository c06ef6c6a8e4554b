"""What a visitor looked at: remembered only if asked for, forgotten at once; and picks from it."""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np
import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.test import Client

from search.events import recent_views
from search.events.for_you import FADING
from search.models import EmbeddingModel
from shop.catalog.models import Product
from tests.factories import CategoryFactory, ProductFactory
from tests.search.vectors import embed_image, make_model, unit

pytestmark = pytest.mark.django_db

PAGE, API = "/for-you/", "/api/v1/for-you/"
SESSION = django_settings.SESSION_COOKIE_NAME


@pytest.fixture
def model() -> EmbeddingModel:
    return make_model()


def product(model: EmbeddingModel, *vector: float, **values: Any) -> Product:
    made = ProductFactory(images=1, **values)
    embed_image(made.images.get(), model, unit(*vector))
    return made


def look(client: Client, *products: Product, **headers: str) -> None:
    for one in products:
        assert client.get(one.get_absolute_url(), headers=headers).status_code == 200


def turn_on(client: Client) -> None:
    assert client.post(PAGE, {"action": "on"}).status_code == 303


def remembered(client: Client) -> list[int]:
    return [row[0] for row in client.session.get(recent_views.SESSION, [])]


# --- Remembering --------------------------------------------------------------------------------


def test_nothing_is_remembered_until_it_is_asked_for(client: Client) -> None:
    look(client, *[ProductFactory() for _ in range(3)])
    client.get("/")
    client.get(PAGE)

    assert SESSION not in client.cookies
    assert not Session.objects.exists()


def test_once_asked_for_the_last_views_are_remembered(client: Client) -> None:
    turn_on(client)
    first, second = ProductFactory(), ProductFactory()

    look(client, first, second, first)

    assert remembered(client) == [first.pk, second.pk]


def test_what_a_browser_fetches_ahead_was_not_looked_at(client: Client) -> None:
    turn_on(client)

    look(client, ProductFactory(), **{"Sec-Purpose": "prefetch"})
    client.head(ProductFactory().get_absolute_url())

    assert remembered(client) == []


def test_it_is_bounded_in_number_and_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_views, "MOST", 3)
    turn_on(client)
    products = [ProductFactory() for _ in range(5)]
    look(client, *products)
    assert remembered(client) == [one.pk for one in reversed(products[2:])]

    later = time.time() + 31 * 24 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    look(client, products[0])

    assert remembered(client) == [products[0].pk]


@pytest.mark.parametrize(("action", "is_on"), [("forget", True), ("off", False)])
def test_forgotten_means_gone_in_that_request(client: Client, action: str, is_on: bool) -> None:
    turn_on(client)
    looked = ProductFactory(title="Boots of which nobody need know")
    look(client, looked)

    client.post(PAGE, {"action": action})

    (session,) = Session.objects.all()
    decoded = session.get_decoded()
    assert decoded == ({recent_views.SESSION: []} if is_on else {})
    assert looked.title not in client.get(PAGE).content.decode()
    look(client, looked)
    assert remembered(client) == ([looked.pk] if is_on else [])


def test_turning_it_on_again_forgets_nothing(client: Client) -> None:
    turn_on(client)
    looked = ProductFactory()
    look(client, looked)

    turn_on(client)

    assert remembered(client) == [looked.pk]


def test_no_other_site_can_turn_it_on() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(PAGE, {"action": "on"}).status_code == 403
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert client.post(API, '{"on": true}', content_type=kind).status_code == 415
    assert not Session.objects.exists()


def test_an_action_that_there_is_not_is_named(client: Client) -> None:
    answer = client.post(PAGE, {"action": "sell"})

    assert answer.status_code == 400
    assert "on, off, forget" in answer.content.decode()


# --- Picks --------------------------------------------------------------------------------------


def test_picks_look_like_what_was_looked_at(client: Client, model: EmbeddingModel) -> None:
    viewed = [product(model, 1, n / 10, title=f"Viewed {n}") for n in range(3)]
    far = product(model, 0, 0, 1, title="Far")
    near = product(model, 1, 0.15, title="Near")
    turn_on(client)

    look(client, *viewed)
    html = client.get("/").content.decode()

    picked = html[html.index("Picked for you</h2>") : html.index("New in")]
    assert picked.index("Near") < picked.index("Far")
    cards = picked[picked.index('class="grid"') :]
    assert "Viewed" not in cards
    assert "Viewed 1" in picked  # among the reasons
    answer = client.get(API).json()
    assert [one["handle"] for one in answer["results"]] == [near.slug, far.slug]
    assert answer["viewed"] == [one.slug for one in reversed(viewed)]


def test_the_last_views_count_most(client: Client, model: EmbeddingModel) -> None:
    turn_on(client)
    shoes = CategoryFactory()
    early = product(model, 1, 0, category=shoes)
    late = product(model, 0, 1, category=shoes)
    middle = product(model, 1, 1, category=shoes)
    look(client, early, middle, late)

    like_early, like_late = product(model, 1, 0.01), product(model, 0.01, 1)

    results = [one["handle"] for one in client.get(API).json()["results"]]
    assert results == [like_late.slug, like_early.slug]
    assert 0 < FADING < 1


def test_shoes_and_mugs_are_two_interests_and_not_something_between(
    client: Client, model: EmbeddingModel
) -> None:
    turn_on(client)
    shoes, mugs = CategoryFactory(), CategoryFactory()
    viewed = [product(model, 1, n / 20, category=shoes) for n in range(6)]
    viewed += [product(model, 0, 0, 1, n / 20, category=mugs) for n in range(2)]
    for n in range(8):
        product(model, 1, n / 20, 0.01, slug=f"shoe-{n}", category=shoes)
        product(model, 0, 0.01, 1, n / 20, slug=f"mug-{n}", category=mugs)
        for category in (shoes, mugs):
            product(model, 1, 0, 1, n / 20, slug=f"between-{category.pk}-{n}", category=category)

    look(client, *viewed)

    picks = [one["handle"] for one in client.get(API).json()["results"]]
    assert len(picks) == len(set(picks)) == 8
    kinds = [pick.partition("-")[0] for pick in picks]
    assert kinds.count("shoe") > kinds.count("mug") >= 2
    assert "between" not in kinds


def test_an_interest_is_looked_for_in_its_department_first(
    client: Client, model: EmbeddingModel
) -> None:
    turn_on(client)
    kitchen, clothing = CategoryFactory(), CategoryFactory()
    mugs, pots = CategoryFactory(parent=kitchen), CategoryFactory(parent=kitchen)
    look(client, *[product(model, 1, n / 20, category=mugs) for n in range(3)])
    product(model, 1, 0.02, slug="yellow-sweater", category=clothing)
    product(model, 1, 1, slug="yellow-pot", category=pots)

    picks = [one["handle"] for one in client.get(API).json()["results"]]

    assert picks == ["yellow-pot", "yellow-sweater"]


@pytest.mark.parametrize("views", [0, 2])
def test_too_few_views_pick_nothing(client: Client, model: EmbeddingModel, views: int) -> None:
    turn_on(client)
    product(model, 1)
    look(client, *[product(model, 1, n) for n in range(views)])

    assert "Picked for you</h2>" not in client.get("/").content.decode()
    assert client.get(API).json()["results"] == []
    assert f"Look at {3 - views}" in client.get(PAGE).content.decode()


def test_only_what_is_on_sale_is_picked(client: Client, model: EmbeddingModel) -> None:
    turn_on(client)
    viewed = [product(model, 1, n) for n in range(3)]
    look(client, *viewed)
    product(model, 1, published=False)
    Product.objects.filter(pk=viewed[0].pk).update(published=False)

    assert client.get(API).json()["results"] == []
    assert client.get("/").status_code == client.get(PAGE).status_code == 200


@pytest.mark.parametrize("live", [True, False])
def test_without_vectors_there_are_no_picks(client: Client, live: bool) -> None:
    if live:
        make_model()
    turn_on(client)

    look(client, *[ProductFactory() for _ in range(4)])

    assert client.get("/").status_code == client.get(PAGE).status_code == 200
    assert client.get(API).json()["results"] == []


def test_picks_take_the_same_statements_however_many_there_are(
    client: Client, model: EmbeddingModel, django_assert_max_num_queries: Any
) -> None:
    turn_on(client)
    chance = np.random.default_rng(0)
    categories = [CategoryFactory() for _ in range(5)]
    for n in range(40):
        product(model, *chance.normal(size=4), category=categories[n % 5])
    look(client, *Product.objects.order_by("pk")[:25])

    with django_assert_max_num_queries(15):
        answer = client.get(API)
    assert len(answer.json()["results"]) == 8


def test_the_home_page_is_everybodys_where_it_is_off(client: Client) -> None:
    ProductFactory()

    page = client.get("/")

    assert not page.cookies
    assert 'href="/for-you/"' in page.content.decode()


def test_the_page_of_picks_is_one_visitors(client: Client) -> None:
    page = client.get(PAGE)

    assert "no-store" in page["Cache-Control"]
    assert b'content="noindex' in page.content


# --- The API ------------------------------------------------------------------------------------


def post(client: Client, **data: Any) -> Any:
    return client.post(API, json.dumps(data), content_type="application/json")


def test_an_app_turns_it_on_tells_views_and_forgets(client: Client) -> None:
    boots = ProductFactory(slug="boots")
    assert client.get(API).json() == {"on": False, "viewed": [], "results": []}
    assert post(client, viewed="boots").json()["viewed"] == []  # it is off

    on = post(client, on=True, viewed="boots")
    assert on.json() == {"on": True, "viewed": ["boots"], "results": []}
    assert on["Cache-Control"] == "private, no-store"
    assert remembered(client) == [boots.pk]

    assert client.delete(API).json() == {"on": True, "viewed": [], "results": []}
    assert post(client, on=False).json()["on"] is False
    assert remembered(client) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Say `on`"),
        ({"on": "perhaps"}, "valid boolean"),
        ({"viewed": "nowhere"}, "no product “nowhere”"),
        ({"viewed": "x" * 300}, "no more than 200"),
        ({"on": True, "viewed": "nowhere"}, "no product"),
    ],
)
def test_what_is_not_right_changes_nothing(client: Client, data: Any, words: str) -> None:
    answer = post(client, **data)

    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert SESSION not in client.cookies


def test_the_picks_of_another_visitor_are_not_mine(client: Client) -> None:
    turn_on(client)
    look(client, ProductFactory(slug="boots"))

    assert Client().get(API).json() == {"on": False, "viewed": [], "results": []}
