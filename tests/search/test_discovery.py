"""What search engines are told of the search."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.shop.schema_org import things

pytestmark = pytest.mark.django_db


def test_home_says_how_to_search_the_shop(client: Client) -> None:
    site = next(
        thing for thing in things(client.get("/").content.decode()) if thing["@type"] == "WebSite"
    )

    target = site["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/search/?q={search_term_string}"
    assert client.get(target.format(search_term_string="boots")).status_code == 200


def test_the_search_s_own_front_is_to_be_found_and_what_it_finds_is_not(client: Client) -> None:
    assert "http://testserver/search/<" in client.get("/sitemap-front.xml").content.decode()

    front = client.get("/search/?utm_source=x").content.decode()
    results = client.get("/search/?q=boots").content.decode()

    assert '<link rel="canonical" href="http://testserver/search/">' in front
    assert "noindex" not in front
    assert '<meta name="robots" content="noindex">' in results
    assert 'rel="canonical"' not in results


def test_somebody_s_photo_is_closed_to_crawlers(client: Client) -> None:
    rules = re.findall("^Disallow: (.+)$", client.get("/robots.txt").content.decode(), re.MULTILINE)
    assert "/search/*photo=" in rules
    assert "/search/" not in rules
