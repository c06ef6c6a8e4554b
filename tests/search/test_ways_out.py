"""Where a search finds nothing: what leads on."""

from types import SimpleNamespace

import pytest
from django.test import Client

from search import ways_out
from tests.factories import CategoryFactory, ProductFactory

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
        ways_out, "search", lambda query, facets: SimpleNamespace(total=found.get(query.text, 0))
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
