"""robots.txt: as crawlers read it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def robots(client: Client) -> str:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    return answer.content.decode()


def closed(robots: str, path: str) -> bool:
    """As RFC 9309 has it, with `*` and `$`."""
    rules = re.findall("^Disallow: (.+)$", robots, re.MULTILINE)
    patterns = [re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$") for rule in rules]
    return any(re.match(pattern, path) for pattern in patterns)


@pytest.mark.parametrize(
    "path",
    [
        "/cart/",
        "/checkout/",
        "/account/login/",
        "/admin/",
        "/api/v1/products/",
        "/payments/retry/1/",
    ],
)
def test_what_nobody_looks_for_is_closed(robots: str, path: str) -> None:
    assert closed(robots, path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/category/shoes/?page=2",
        "/product/boots/",
        "/media/products/a.jpg",
        "/static/css/shop.css",
    ],
)
def test_what_is_to_be_found_is_open(robots: str, path: str) -> None:
    assert not closed(robots, path)


@pytest.mark.parametrize(
    "path", ["/orders/find/", "/orders/7K3F/abc/", "/wishlist/", "/search/?q=boots", "/for-you/"]
)
def test_what_says_noindex_is_open_so_that_it_is_read(robots: str, path: str) -> None:
    assert not closed(robots, path)


def test_it_names_the_sitemap(robots: str) -> None:
    assert "\nSitemap: http://testserver/sitemap.xml\n" in robots
    assert robots.startswith("User-agent: *\nDisallow: ")
