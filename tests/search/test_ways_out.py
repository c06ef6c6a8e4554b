"""Where a search finds nothing: what leads on."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from search import query_vectors, ways_out
from search.models import EmbeddingModel
from search.query import SearchQuery
from search.query_vectors import Source
from tests.factories import CategoryFactory, ProductFactory, picture_bytes

pytestmark = pytest.mark.django_db

URL = "/search/"


def test_leaving_one_filter_out_says_how_many_would_come(client: Client) -> None:
    boots = CategoryFactory(name="Boots")
    for _ in range(3):
        ProductFactory(category=boots, variants=[{"price": "50"}])
    ProductFactory(brand="Acme", variants=[{"price": "900"}])

    page = client.get(URL, {"category": "boots", "price_min": "800"})

    ways = page.context["ways_out"]
    assert [(way.label, way.url, way.total) for way in ways.filters] == [
        ("Boots", "/search/?price_min=800", 1),
        ("from $800.00", "/search/?category=boots", 3),
    ]
    assert ways.unfiltered is None
    assert "without “Boots”" in page.content.decode()


def test_where_one_filter_less_is_not_enough_all_can_go(client: Client) -> None:
    ProductFactory(title="Boots", category=CategoryFactory(name="Shoes"), brand="Acme")
    CategoryFactory(name="Mugs")
    ProductFactory(brand="Zeta")

    page = client.get(URL, {"q": "boots", "category": "mugs", "brand": "Zeta"})

    ways = page.context["ways_out"]
    assert not ways.filters
    assert (ways.unfiltered.url, ways.unfiltered.total) == ("/search/?q=boots", 1)


def test_fewer_words_are_tried(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    CategoryFactory(name="Mugs")
    found = {"wool boots": 2}
    monkeypatch.setattr(
        ways_out, "search", lambda query, **_: SimpleNamespace(total=found.get(query.text, 0))
    )

    page = client.get(URL, {"q": "red wool boots", "category": "mugs"})

    words = page.context["ways_out"].words
    assert [(way.label, way.url, way.total) for way in words] == [
        ("wool boots", "/search/?q=wool+boots&category=mugs", 2)
    ]


def test_a_filter_that_stands_alone_leads_nowhere_without_it(client: Client) -> None:
    CategoryFactory(name="Boots")

    page = client.get(URL, {"category": "boots"})

    assert not page.context["ways_out"].any
    assert "With fewer filters" not in page.content.decode()
    assert "look around" in page.content.decode()


def test_results_need_no_way_out(client: Client) -> None:
    ProductFactory(category=CategoryFactory(name="Boots"))

    assert "ways_out" not in client.get(URL, {"category": "boots"}).context


def test_no_more_ways_are_tried_than_there_is_time_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    CategoryFactory(name="Mugs")
    clock = iter([0.0, 0.0, 0.5, 5.0, 5.0])
    monkeypatch.setattr(ways_out, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    asked = []

    def slowly(query: SearchQuery, **_: bool) -> SimpleNamespace:
        asked.append(query)
        return SimpleNamespace(total=1)

    monkeypatch.setattr(ways_out, "search", slowly)

    page = client.get(URL, {"q": "red wool boots", "category": "mugs", "price_min": "9"})

    assert len(asked) == 2
    assert [way.label for way in page.context["ways_out"].filters] == ["Mugs", "from $9.00"]
    assert not page.context["ways_out"].words


def test_a_photo_is_encoded_once_however_many_ways_are_tried(
    client: Client, vitrine_mini: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProductFactory(category=CategoryFactory(name="Boots"), variants=[{"price": "50"}])
    told: list[Source] = []
    monkeypatch.setattr(query_vectors, "observers", [told.append])
    photo = SimpleUploadedFile("photo.jpg", picture_bytes(seed=3), "image/jpeg")
    found = client.post("/search/photo/", {"image": photo}).json()["url"]

    page = client.get(f"{found}&category=boots&price_min=900&in_stock=1")

    assert "ways_out" in page.context
    assert told.count(Source.ENCODER) == 1
    assert told.count(Source.PROCESS) >= 3
