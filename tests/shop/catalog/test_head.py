"""The heads of pages: titles, descriptions, canonical addresses, sharing, structured data."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.test import Client

from shop.catalog.models import Product, ProductImage
from shop.store.current import current_store
from shop.store.models import LegalPage
from tests.factories import (
    CategoryFactory,
    ProductFactory,
    ProductImageFactory,
    picture_bytes,
)
from tests.shop.schema_org import things
from tests.shop.shopping import delivery

pytestmark = pytest.mark.django_db

Page = Callable[[str], str]


@pytest.fixture
def page(client: Client) -> Page:
    def get(address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    return get


def meta(html: str, name: str) -> str | None:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)">', html)
    return unescape(found[1]) if found else None


def title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html)
    assert found
    return unescape(found[1])


def canonical(html: str) -> str | None:
    found = re.findall(r'<link rel="canonical" href="([^"]*)">', html)
    assert len(found) <= 1
    return unescape(found[0]) if found else None


def test_titles_and_descriptions_are_of_one_page_alone(page: Page) -> None:
    shoes = CategoryFactory(name="Shoes")
    for number in range(25):
        ProductFactory(
            title=f"Boots {number}", category=shoes, description="" if number else "Red."
        )
    LegalPage.objects.create(kind="imprint", language="en", text="Us.")
    addresses = [
        *("/", "/category/shoes/", "/category/shoes/?page=2", "/pages/imprint/", "/contact/"),
        *(product.get_absolute_url() for product in Product.objects.all()[:3]),
    ]

    pages = [page(address) for address in addresses]

    titles = [title(html) for html in pages]
    descriptions = [meta(html, "description") for html in pages]
    assert len(set(titles)) == len(set(descriptions)) == len(addresses)
    assert all(0 < len(words or "") <= 155 for words in descriptions)
    assert titles[0] == "Vitrine: Shoes"
    assert titles[2] == "Shoes, page 2 · Vitrine"
    assert descriptions[1] == "25 products in Shoes at Vitrine: Boots 24, Boots 23, Boots 22"


def test_an_empty_shop_has_a_title_and_is_described(page: Page) -> None:
    html = page("/")

    assert title(html) == "Vitrine"
    assert meta(html, "description") == "Vitrine: see what is new, and find what you like."


@pytest.mark.parametrize(
    ("asked", "known_as"),
    [
        ("/?utm_source=mail", "/"),
        ("/category/shoes/?utm_source=mail&from=abc", "/category/shoes/"),
        ("/category/shoes/?page=1", "/category/shoes/"),
        ("/product/boots/?variant=B&from=abc&reviews=best&page=2&gclid=1", "/product/boots/"),
        ("/pages/imprint/?utm_source=mail", "/pages/imprint/"),
    ],
)
def test_a_page_has_one_address_whatever_follows_it(page: Page, asked: str, known_as: str) -> None:
    shoes = CategoryFactory(name="Shoes")
    ProductFactory(slug="boots", category=shoes, variants=[{"sku": "A"}, {"sku": "B"}])
    LegalPage.objects.create(kind="imprint", language="en", text="Us.")

    assert canonical(page(asked)) == f"http://testserver{known_as}"


def test_a_shop_of_several_names_is_known_by_one(page: Page, settings: LazySettings) -> None:
    settings.CANONICAL_URL = "https://shop.example"
    ProductFactory(slug="boots", images=1)

    html = page("/product/boots/")

    assert canonical(html) == "https://shop.example/product/boots/"
    assert (meta(html, "og:image") or "").startswith("https://shop.example/media/")
    assert things(html)[0]["url"] == "https://shop.example/product/boots/"


def test_the_language_of_a_page_is_said(client: Client) -> None:
    assert '<html lang="en">' in client.get("/").content.decode()
    german = client.get("/", headers={"Accept-Language": "de"})
    assert '<html lang="de">' in german.content.decode()
    assert "Accept-Language" in german["Vary"]
    # One address for all languages: there is nothing to tell apart by hreflang.
    assert "hreflang" not in german.content.decode()


def test_a_category_with_nothing_to_show_is_for_no_search_engine(page: Page) -> None:
    CategoryFactory(name="Shoes")
    assert meta(page("/category/shoes/"), "robots") == "noindex"


@pytest.mark.parametrize(
    "address", ["/cart/", "/account/login/", "/account/signup/", "/wishlist/", "/orders/find/"]
)
def test_what_is_somebody_s_own_is_for_no_search_engine(page: Page, address: str) -> None:
    assert meta(page(address), "robots") == "noindex"


# --- Sharing --------------------------------------------------------------------------------------


def test_a_shared_product_shows_its_picture_and_price(page: Page) -> None:
    product = ProductFactory(
        title="Red boots", brand="Luma", variants=[{"price": "1200.50", "stock": 0}]
    )
    ProductImageFactory(product=product, alt="Red boots from the side")

    html = page(product.get_absolute_url())

    picture = ProductImage.objects.get()
    shared = {
        "og:type": "product",
        "og:site_name": "Vitrine",
        "og:title": "Red boots, Luma",
        "og:url": f"http://testserver{product.get_absolute_url()}",
        "og:description": meta(html, "description"),
        "og:image": f"http://testserver{picture.image.url}",
        "og:image:width": "96",
        "og:image:height": "64",
        "og:image:alt": "Red boots from the side",
        "product:price:amount": "1200.50",
        "product:price:currency": "USD",
        "product:availability": "out of stock",
        "twitter:card": "summary_large_image",
    }
    assert {name: meta(html, name) for name in shared} == shared


def test_numbers_of_a_shared_page_are_for_machines_in_any_language(client: Client) -> None:
    product = ProductFactory(variants=[{"price": "1200.50"}])
    ProductImageFactory(product=product, data=picture_bytes((1100, 1200)))

    html = client.get(product.get_absolute_url(), headers={"Accept-Language": "de"})

    assert meta(html.content.decode(), "product:price:amount") == "1200.50"
    assert meta(html.content.decode(), "og:image:width") == "1100"


def test_of_a_large_picture_a_smaller_one_is_shared_once_it_is_made(page: Page) -> None:
    product = ProductFactory()
    ProductImageFactory(product=product, data=picture_bytes((2000, 1500)))
    before = page(product.get_absolute_url())

    ProductImage.objects.update(renditions_ready=True)
    after = page(product.get_absolute_url())

    assert (meta(before, "og:image:width"), meta(before, "og:image:height")) == ("2000", "1500")
    assert (meta(after, "og:image:width"), meta(after, "og:image:height")) == ("1280", "960")
    assert (meta(after, "og:image") or "").endswith(".webp")


def test_home_and_categories_are_shared_with_a_picture(page: Page) -> None:
    shoes = CategoryFactory(name="Shoes")
    ProductFactory(title="Red boots", category=shoes, images=1)
    ProductFactory(title="Without a picture", category=shoes)

    for address in ("/", "/category/shoes/"):
        html = page(address)
        assert meta(html, "og:type") == "website"
        assert meta(html, "og:image:alt") == "Red boots"
        assert meta(html, "og:title")


def test_without_a_picture_a_shared_link_is_a_small_one(page: Page) -> None:
    html = page(ProductFactory().get_absolute_url())

    assert meta(html, "og:image") is None
    assert meta(html, "twitter:card") == "summary"


# --- Structured data ------------------------------------------------------------------------------


def test_home_says_who_sells(page: Page) -> None:
    store = current_store()
    store.legal_name, store.line1, store.city, store.postcode = "Vitrine Ltd", "1 Lane", "York", "1"
    store.contact_email, store.phone, store.tax_number = "us@example.com", "+44 (0) 1-2", "GB123"
    store.logo = ContentFile(picture_bytes((200, 80)), name="logo.png")
    store.save()
    LegalPage.objects.create(kind="returns", language="en", text="Thirty days.")

    shop, site = things(page("/"))

    assert shop["@type"] == "OnlineStore"
    assert shop["address"]["addressCountry"] == "US"
    assert shop["contactPoint"]["telephone"] == "+4401-2".replace("-", "")
    assert shop["hasMerchantReturnPolicy"]["merchantReturnLink"].endswith("/pages/returns/")
    assert shop["logo"].startswith("http://testserver/media/store/")
    assert site["publisher"] == {"@id": shop["@id"]}


def test_home_of_a_shop_that_says_nothing_of_itself(page: Page) -> None:
    shop, _site = things(page("/"))
    assert shop.keys() == {"@type", "@id", "name", "url"}


def test_the_shop_itself_knows_no_search(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.catalog.structured_data.site_describers", [])
    _, site = things(page("/"))
    assert "potentialAction" not in site


def test_a_page_of_a_category_lists_what_it_shows(page: Page) -> None:
    clothes = CategoryFactory(name="Clothes")
    shoes = CategoryFactory(name="Shoes", parent=clothes)
    for number in range(25):
        ProductFactory(title=f"Boots {number}", category=shoes)

    listed, way = things(page("/category/shoes/?page=2"))

    assert listed["url"] == "http://testserver/category/shoes/?page=2"
    [item] = listed["mainEntity"]["itemListElement"]
    assert (item["position"], item["name"]) == (25, "Boots 0")
    assert [(step["name"], step.get("item")) for step in way["itemListElement"]] == [
        ("Clothes", "http://testserver/category/clothes/"),
        ("Shoes", None),
    ]


def test_a_product_says_what_it_costs_and_what_it_costs_to_send(page: Page) -> None:
    delivery("4.90", free_from=50)
    delivery("9.90", name="To Germany", countries=["DE"])
    product = ProductFactory(
        variants=[
            {"sku": "A", "price": "10"},
            {"sku": "B", "price": "60"},
            {"sku": "C", "stock": 0},
        ],
        images=2,
    )

    described, _ = things(page(product.get_absolute_url()))

    offers = {offer["sku"]: offer for offer in described["offers"]}
    assert [len(offer.get("shippingDetails", ())) for offer in offers.values()] == [1, 1, 0]
    sent = offers["A"]["shippingDetails"][0]
    assert sent["shippingRate"] == {"@type": "MonetaryAmount", "value": "4.90", "currency": "USD"}
    assert sent["shippingDestination"]["addressCountry"] == "US"
    assert offers["B"]["shippingDetails"][0]["shippingRate"]["value"] == "0.00"
    assert offers["A"]["priceSpecification"]["valueAddedTaxIncluded"] is True
    assert "sku" not in described


def test_hostile_words_end_no_element(page: Page) -> None:
    hostile = "</script><script>alert(1)</script><!--"
    ProductFactory(title=hostile, slug="x", category=CategoryFactory(name=hostile, slug="h"))
    store = current_store()
    store.name = hostile[:40]
    store.save()

    for address in ("/", "/category/h/", "/product/x/"):
        assert things(page(address))
        assert "<script>alert" not in page(address)
