"""The shop's pages, as they are with search and as they are without."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

from shop.catalog import parts
from shop.catalog.models import Category, Product
from shop.signals import product_viewed
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db

HTML = Callable[..., str]


@pytest.fixture
def page(client: Client) -> HTML:
    """The HTML of an address that must answer 200 (or `status`)."""

    def get(address: str, *, status: int = 200) -> str:
        response: HttpResponse = client.get(address)
        assert response.status_code == status, address
        return response.content.decode()

    return get


def structured_data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_home_shows_categories_and_newest_products(page: HTML) -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = CategoryFactory(name="Boots", parent=shoes)
    ProductFactory(title="Red boots", category=boots, images=1)

    html = page("/")

    assert "Red boots" in html
    assert 'class="category-tile" href="/category/shoes/"' in html
    assert html.count("/media/products/") >= 2  # on the tile and on the card


def test_home_of_an_empty_shop_says_so(page: HTML) -> None:
    assert "The shelves are still empty" in page("/")


def test_home_hides_what_is_not_published(page: HTML) -> None:
    ProductFactory(title="Secret", published=False)
    ProductFactory(title="Draft", variants=[{"published": False}])

    html = page("/")

    assert "Secret" not in html
    assert "Draft" not in html


def test_category_shows_products_of_its_descendants(page: HTML) -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = CategoryFactory(name="Boots", parent=shoes)
    ProductFactory(title="Red boots", category=boots)
    ProductFactory(title="Green mug")

    html = page("/category/shoes/")

    assert "Red boots" in html
    assert "Green mug" not in html
    assert "1 product" in html
    assert 'href="/category/boots/"' in html


def test_category_without_products_offers_a_way_on(page: HTML) -> None:
    shoes = CategoryFactory(name="Shoes")
    CategoryFactory(name="Boots", parent=shoes)

    html = page("/category/boots/")

    assert "Nothing here at the moment" in html
    assert "Look in Shoes" in html


def test_category_is_paged_with_addresses_of_their_own(page: HTML) -> None:
    shoes = CategoryFactory(name="Shoes")
    for number in range(25):
        ProductFactory(title=f"Shoe number {number}", category=shoes)

    first, second = page("/category/shoes/"), page("/category/shoes/?page=2")

    assert first.count('<article class="card') == 24
    assert second.count('<article class="card') == 1
    assert "25 products" in first
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev" href="?page=1"' in second
    assert '<link rel="canonical" href="http://testserver/category/shoes/">' in first
    assert '<link rel="canonical" href="http://testserver/category/shoes/?page=2">' in second


@pytest.mark.parametrize(
    "asked", ["0", "-1", "2", "abc", "", "1.0", "%00", "10%00", "+1", "1_0", "1e3", "%D9%A1"]
)
def test_page_that_there_is_not_is_404_and_says_why(page: HTML, asked: str) -> None:
    ProductFactory(category=CategoryFactory(name="Shoes"))

    html = page(f"/category/shoes/?page={asked}", status=404)

    assert "There is no" in html
    assert "Go to the shop" in html


def test_page_number_of_any_length_is_404(page: HTML) -> None:
    CategoryFactory(name="Shoes")
    for asked in ("1000000000", "9" * 5000):
        page(f"/category/shoes/?page={asked}", status=404)


@pytest.mark.parametrize(
    "address",
    ["/category/nope/", "/product/nope/", "/product/a%00b/", "/category/%FF%FE/", "/nope", "/%00"],
)
def test_unknown_address_is_404_with_a_way_out(page: HTML, address: str) -> None:
    html = page(address, status=404)

    assert "There is nothing here" in html
    assert "Go to the shop" in html
    assert "Resolver404" not in html


@pytest.mark.parametrize("published", [{"published": False}, {"variants": [{"published": False}]}])
def test_unpublished_product_is_404(page: HTML, published: dict[str, Any]) -> None:
    product = ProductFactory(**published)
    page(product.get_absolute_url(), status=404)


def test_a_product_page_tells_that_it_was_viewed(client: Client) -> None:
    told: list[tuple[str, str]] = []

    def listen(request: HttpRequest, product: Product, **_: Any) -> None:
        told.append((request.path, product.title))
        raise RuntimeError("which is no concern of the shopper")

    product = ProductFactory(title="Red boots")
    product_viewed.connect(listen)
    try:
        response = client.get(product.get_absolute_url())
        client.get("/product/nowhere/")
    finally:
        product_viewed.disconnect(listen)

    assert response.status_code == 200
    assert told == [(product.get_absolute_url(), "Red boots")]


@pytest.mark.parametrize(
    ("options", "address"),
    [
        ("", "/product/boots/"),
        ("origin='a&b'", "/product/boots/?from=a%26b"),
        ("variant=product.on_sale.1 origin='ab'", "/product/boots/?variant=B-2&amp;from=ab"),
    ],
)
def test_a_card_says_in_its_link_what_list_it_stands_in(options: str, address: str) -> None:
    ProductFactory(slug="boots", variants=[{"sku": "B-1"}, {"sku": "B-2"}])
    product = Product.objects.for_cards().get()
    template = Template(f"{{% load catalog_cards %}}{{% product_card product {options} %}}")

    assert f'<a href="{address}">' in template.render(Context({"product": product}))


def test_a_card_shows_another_picture_only_where_there_is_one() -> None:
    ProductFactory(slug="one", images=1)
    ProductFactory(slug="two", images=2)
    template = Template("{% load catalog_cards %}{% product_card product %}")
    cards = {
        product.slug: template.render(Context({"product": product}))
        for product in Product.objects.for_cards()
    }

    assert "card-second" not in cards["one"]
    assert cards["two"].count("<img") == 2


def test_a_card_leads_to_what_is_like_it_where_something_knows_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ProductFactory(slug="boots")
    product = Product.objects.for_cards().get()

    def card(options: str = "") -> str:
        template = Template(f"{{% load catalog_cards %}}{{% product_card product {options} %}}")
        return template.render(Context({"product": product}))

    monkeypatch.setattr(parts, "like_addresses", [])
    assert "More like this" not in card()
    monkeypatch.setattr(parts, "like_addresses", [lambda product: f"/like/{product.slug}"])
    assert 'href="/like/boots"' in card()
    assert "More like this" not in card("like=False")


def test_product_shows_prices_and_stock_as_they_are(page: HTML) -> None:
    product = ProductFactory(
        title="Red boots",
        variants=[
            {"sku": "B-S", "price": "80", "stock": 0, "options": {"size": "S"}},
            {
                "sku": "B-M",
                "price": "90",
                "compare_at_price": "120",
                "stock": 2,
                "options": {"size": "M"},
            },
            {"sku": "B-L", "price": "95", "stock": 60, "options": {"size": "L"}},
            {"sku": "B-X", "price": "1", "published": False},
        ],
        images=2,
    )

    html = page(product.get_absolute_url())

    assert "<dd>B-M</dd>" in html  # the first that can be bought
    assert "$90.00" in html and "$120.00" in html
    assert "Only 2 left" in html and "Sold out" in html and "In stock" in html
    assert "B-X" not in html
    assert '<input type="hidden" name="variant" value="B-M">' in html  # into the cart
    assert 'max="2"' in html


def test_every_option_is_a_link_to_the_variant_that_has_it(page: HTML) -> None:
    product = ProductFactory(
        variants=[
            {"sku": "RS", "options": {"color": "Red", "size": "S"}},
            {"sku": "RM", "options": {"color": "Red", "size": "M"}},
            {"sku": "BM", "options": {"color": "Blue", "size": "M"}},
        ],
    )
    address = product.get_absolute_url()

    html = page(f"{address}?variant=RM")

    assert "<dd>RM</dd>" in html
    for sku in ("RS", "BM"):
        assert f'class="chip" href="{address}?variant={sku}"' in html
    # There is no small blue one: choosing small keeps as much as there is.
    assert f'href="{address}?variant=RS"' in page(f"{address}?variant=BM")


@pytest.mark.parametrize("asked", ["nope", "", "%00", "x" * 5000])
def test_unknown_variant_shows_the_product_all_the_same(page: HTML, asked: str) -> None:
    product = ProductFactory(variants=[{"sku": "ONE"}])
    assert "<dd>ONE</dd>" in page(f"{product.get_absolute_url()}?variant={asked}")


def test_picture_of_the_chosen_variant_comes_first(page: HTML) -> None:
    product = ProductFactory(variants=[{"sku": "A"}, {"sku": "B"}], images=2)
    second = product.images.all()[1]
    product.variants.filter(sku="B").update(image=second)

    html = page(f"{product.get_absolute_url()}?variant=B")

    strip = html[html.index("gallery-strip") :]
    assert re.search(r"/media/products/\w+", strip)[0] in second.image.url  # type: ignore[index]


def test_product_without_a_picture_has_a_placeholder(page: HTML) -> None:
    assert "no-picture" in page(ProductFactory().get_absolute_url())


def test_structured_data_holds_an_offer_a_variant(page: HTML) -> None:
    product = ProductFactory(
        title="Boots",
        category=CategoryFactory(name="Shoes"),
        variants=[{"sku": "A", "price": "10"}, {"sku": "B", "price": "12.50", "stock": 0}],
        images=1,
    )

    described, trail = structured_data(page(product.get_absolute_url()))["@graph"]

    assert described["name"] == "Boots"
    assert [
        (offer["sku"], offer["price"], offer["availability"]) for offer in described["offers"]
    ] == [
        ("A", "10.00", "https://schema.org/InStock"),
        ("B", "12.50", "https://schema.org/OutOfStock"),
    ]
    assert described["image"][0].startswith("http://testserver/media/")
    assert [step["name"] for step in trail["itemListElement"]] == ["Shoes", "Boots"]


def test_words_of_the_catalogue_stay_words(page: HTML) -> None:
    hostile = "</script><script>alert('x')</script><!--"
    product = ProductFactory(
        title=hostile,
        description=hostile,
        brand=hostile[:120],
        category=CategoryFactory(name=hostile, slug="hostile"),
        attributes={"material": hostile},
        variants=[{"sku": hostile, "options": {"size": hostile}}],
    )
    for address in ("/", "/category/hostile/", product.get_absolute_url()):
        html = page(address)
        assert "<script>alert" not in html
        assert "<!--" not in html
    assert structured_data(page(product.get_absolute_url()))["@graph"][0]["name"] == hostile


def test_canonical_address_leaves_the_choice_of_variant_out(page: HTML) -> None:
    product = ProductFactory(variants=[{"sku": "A"}, {"sku": "B"}])
    address = product.get_absolute_url()
    canonical = f'<link rel="canonical" href="http://testserver{address}">'
    assert canonical in page(f"{address}?variant=B")


def test_number_of_queries_does_not_grow_with_the_catalogue(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    shoes = CategoryFactory(name="Shoes")
    for number in range(12):
        ProductFactory(
            category=CategoryFactory(name=f"Kind {number}", parent=shoes),
            images=3,
            attributes={"material": "Leather", "season": f"Season {number}"},
            variants=[{"options": {"size": size, "color": "Red"}} for size in ("S", "M", "L")],
        )
        CategoryFactory(name=f"Other {number}")
    client.get("/")  # the first of all makes the row of the shop's settings
    for address in ("/", "/category/shoes/", Product.objects.first().get_absolute_url()):  # type: ignore[union-attr]
        with django_assert_max_num_queries(24):
            assert client.get(address).status_code == 200


def test_pages_are_within_the_strict_policy(client: Client) -> None:
    product = ProductFactory(images=2, variants=[{"sku": "A"}, {"sku": "B"}])
    for address in ("/", product.category.get_absolute_url(), product.get_absolute_url(), "/nope"):
        response = client.get(address)
        html = response.content.decode()
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert not re.search(r"<[^>]+\sstyle\s*=", html), address
        assert not re.search(r"<[^>]+\son\w+\s*=", html), address
        assert "<style" not in html
        for attributes in re.findall(r"<script([^>]*)>", html):
            assert " src=" in attributes or "application/ld+json" in attributes


def test_pages_only_read(client: Client) -> None:
    product = ProductFactory()
    for address in ("/", product.category.get_absolute_url(), product.get_absolute_url()):
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


def test_pages_without_search_do_not_link_to_it(
    page: HTML, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shop.context_processors.header_parts", [])
    monkeypatch.setattr("shop.catalog.views.product_parts", [])
    monkeypatch.setattr("shop.catalog.parts.gallery_parts", [])
    monkeypatch.setattr("shop.catalog.parts.like_addresses", [])
    monkeypatch.setattr("shop.catalog.parts.category_parts", [])
    monkeypatch.setattr("shop.catalog.structured_data.site_describers", [])
    for registry in ("category_heads", "category_parts", "category_loaders", "like_addresses"):
        monkeypatch.setattr(f"shop.catalog.parts.{registry}", [])
    product = ProductFactory(images=1)
    for address in ("/", product.category.get_absolute_url(), product.get_absolute_url()):
        html = page(address)
        assert "/search/" not in html
        assert "photo-search" not in html


def test_parts_of_other_apps_are_shown(page: HTML, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.context_processors.header_parts", ["icons/camera.html"])
    monkeypatch.setattr("shop.catalog.views.product_parts", ["icons/like.html"])
    html = page(ProductFactory().get_absolute_url())
    for name in ("icons/camera.html", "icons/like.html"):
        assert render_to_string(name).strip() in html


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_error_pages_need_no_context(name: str) -> None:
    html = render_to_string(name)
    assert 'href="/"' in html
    assert "<h1>" in html


def test_deep_category_has_its_whole_trail(page: HTML) -> None:
    parent: Category | None = None
    for name in ("Home", "Kitchen", "Cups", "Mugs"):
        parent = CategoryFactory(name=name, slug=f"deep-{name.lower()}", parent=parent)
    html = page("/category/deep-mugs/")
    trail = html[html.index("breadcrumb") : html.index("</nav>", html.index("breadcrumb"))]
    assert re.findall(r"/category/([\w-]+)/", trail) == ["deep-home", "deep-kitchen", "deep-cups"]
