"""What a browser remembers to have looked at, as cards. The server is told, and keeps nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.catalog.views import REMEMBERED
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/recently-viewed/"


def shown(client: Client, *slugs: str) -> list[str]:
    response = client.get(ADDRESS, {"products": ",".join(slugs)})
    assert response.status_code == 200
    return re.findall(r'<li data-slug="([^"]+)">', response.content.decode())


def test_cards_in_the_order_that_is_asked_for(client: Client) -> None:
    for slug in ("boots", "mug", "lamp"):
        ProductFactory(slug=slug, title=slug.title(), images=1)

    assert shown(client, "mug", "lamp", "mug", "boots") == ["mug", "lamp", "boots"]
    assert "Boots" in client.get(ADDRESS, {"products": "boots"}).content.decode()


def test_what_is_not_on_sale_or_nothing_at_all_is_left_out(client: Client) -> None:
    ProductFactory(slug="boots")
    ProductFactory(slug="gone", published=False)

    assert shown(client, "gone", "never-was", "boots") == ["boots"]


@pytest.mark.parametrize(
    "asked", ["", ",,,", "\0", "<b>", "boots;mug", "ä", "x" * 5_000, "a," * 999]
)
def test_what_is_wrong_shows_nothing(client: Client, asked: str) -> None:
    ProductFactory(slug="boots")
    assert shown(client, asked) == []
    assert client.get(ADDRESS).status_code == 200


def test_so_many_and_no_more(client: Client) -> None:
    slugs = [ProductFactory().slug for _ in range(REMEMBERED + 1)]
    assert shown(client, *slugs) == slugs[:REMEMBERED]


def test_it_is_for_one_browser_and_for_no_search_engine(client: Client) -> None:
    response = client.get(ADDRESS)

    assert response["X-Robots-Tag"] == "noindex"
    assert response["Cache-Control"] == "private, max-age=60"
    assert not response.cookies
    assert client.post(ADDRESS).status_code == 405


def test_queries_do_not_grow_with_what_is_remembered(client: Client) -> None:
    slugs = [ProductFactory(images=2).slug for _ in range(4)]
    shown(client, slugs[0])  # what a process reads once
    counts = []
    for some in (slugs[:1], slugs):
        with CaptureQueriesContext(connection) as asked:
            shown(client, *some)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_product_s_page_has_a_place_for_it_and_says_which_it_is(client: Client) -> None:
    product = ProductFactory(slug="boots")
    html = client.get(product.get_absolute_url()).content.decode()

    section = html[html.index("data-recently-viewed") :].partition(">")[0]
    assert 'data-present="boots"' in section and section.endswith("hidden")
