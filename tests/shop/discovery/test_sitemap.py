"""sitemap.xml: all that everybody may see, and nothing else."""

from __future__ import annotations

import gzip
import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from shop.catalog.models import Product, ProductImage
from shop.discovery import sitemaps
from shop.store.models import LegalPage
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db

XML = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def files(client: Client) -> list[str]:
    answer = client.get("/sitemap.xml")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    root = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
    return [str(node.text) for node in root.findall("s:sitemap/s:loc", XML)]


def entries(client: Client, file: str) -> dict[str, ElementTree.Element]:
    """By address."""
    answer = client.get(file)
    assert answer.status_code == 200, file
    root = ElementTree.fromstring(answer.content)  # noqa: S314  (our own)
    return {node.findtext("s:loc", "", XML): node for node in root.findall("s:url", XML)}


def addresses(client: Client) -> list[str]:
    return [address for file in files(client) for address in entries(client, file)]


def test_it_lists_what_everybody_may_see(client: Client) -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = CategoryFactory(name="Boots", parent=shoes)
    ProductFactory(slug="red-boots", category=boots)
    CategoryFactory(name="Empty")
    ProductFactory(slug="draft", published=False, category=CategoryFactory(name="Drafts"))
    ProductFactory(slug="no-variant", variants=[{"published": False}], category=boots)
    LegalPage.objects.create(kind="imprint", language="en", text="Us.")
    LegalPage.objects.create(kind="imprint", language="de", text="Wir.")
    LegalPage.objects.create(kind="terms", language="en", text="  ")
    LegalPage.objects.create(kind="privacy", language="en", text="Soon.", published=False)

    paths = [urlsplit(address).path for address in addresses(client)]

    assert sorted(set(paths) - {"/search/"}) == [
        "/",
        "/category/boots/",
        "/category/shoes/",
        "/contact/",
        "/pages/imprint/",
        "/product/red-boots/",
    ]
    assert len(paths) == len(set(paths))


def test_every_address_in_it_is_a_page_that_goes_by_it(client: Client) -> None:
    shoes = CategoryFactory(name="Shoes")
    for number in range(26):  # the second page of the category is none of its own
        ProductFactory(category=shoes, images=number % 2)
    LegalPage.objects.create(kind="imprint", language="en", text="Us.")

    for address in addresses(client):
        answer = client.get(address)
        html = answer.content.decode()
        assert answer.status_code == 200, address
        assert 'name="robots" content="noindex' not in html, address
        assert re.findall(r'rel="canonical" href="([^"]*)"', html) == [address]


def test_a_product_says_when_it_changed_and_which_pictures_show_it(client: Client) -> None:
    product = ProductFactory(images=5)
    ProductFactory(images=1)

    node = entries(client, "/sitemap-products.xml")[
        f"http://testserver{product.get_absolute_url()}"
    ]

    assert node.findtext("s:lastmod", "", XML) == product.updated_at.isoformat(timespec="seconds")
    assert [one.text for one in node.findall("i:image/i:loc", XML)] == [
        f"http://testserver{picture.image.url}" for picture in product.images.all()[:3]
    ]


def test_a_large_shop_has_several_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps.ProductSection, "limit", 2)
    for _ in range(5):
        ProductFactory(images=1)

    found = [file for file in files(client) if "products" in file]

    assert [urlsplit(file).query for file in found] == ["", "p=2", "p=3"]
    assert sum(len(entries(client, file)) for file in found) == Product.objects.count()
    assert (
        sum(
            len(node.findall("i:image", XML))
            for file in found
            for node in entries(client, file).values()
        )
        == 5
    )


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap-nope.xml",
        *(f"/sitemap-products.xml?p={page}" for page in ("2", "0", "01", "x", "%00")),
    ],
)
def test_a_file_that_there_is_not_is_404(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_queries_do_not_grow_with_the_shop(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        ProductFactory(category=CategoryFactory(name=f"Kind {number}"), images=3)
    client.get("/")  # the first of all makes the row of the shop's settings

    for file in ("/sitemap.xml", *files(client)):
        cache.clear()
        with django_assert_max_num_queries(8 if file == "/sitemap.xml" else 4):
            client.get(file)


def test_it_is_made_once_an_hour_and_sent_compressed(
    client: Client, django_assert_num_queries: Any
) -> None:
    product = ProductFactory()
    plain = client.get("/sitemap-products.xml")

    with django_assert_num_queries(0):
        packed = client.get("/sitemap-products.xml", headers={"Accept-Encoding": "gzip"})

    assert product.slug in plain.content.decode()
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert packed["X-Robots-Tag"] == "noindex"


def test_each_name_of_the_shop_has_its_own_unless_it_is_known_by_one(
    client: Client, settings: LazySettings
) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    ProductFactory(slug="boots", images=1)

    def found(host: str) -> list[str]:
        answer = client.get("/sitemap-products.xml", headers={"Host": host})
        return re.findall("<(?:image:)?loc>(.*?)<", answer.content.decode())

    for host in settings.ALLOWED_HOSTS:
        assert all(address.startswith(f"http://{host}/") for address in found(host))

    settings.CANONICAL_URL = "https://shop.example"
    assert all(address.startswith("https://shop.example/") for address in found("two.example"))
    index = client.get("/sitemap.xml", headers={"Host": "one.example"}).content.decode()
    assert index.count("<loc>https://shop.example/sitemap-") == len(sitemaps.SECTIONS)
    assert ProductImage.objects.count() == 1
