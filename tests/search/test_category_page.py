"""Filters and orders beside the products of a category's own page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def test_filters_count_what_is_in_the_category_and_lead_to_a_search(client: Client) -> None:
    shoes = CategoryFactory(name="Shoes")
    boots = CategoryFactory(name="Boots", parent=shoes)
    for brand in ("Acme", "Acme", "Zeta"):
        ProductFactory(category=boots, brand=brand)
    ProductFactory(brand="Elsewhere")

    html = client.get("/category/shoes/").content.decode()

    panel = html.split('id="filters"')[1].split("</form>")[0]
    assert 'action="/search/"' in panel
    assert '<input type="hidden" name="category" value="shoes">' in panel
    assert '<option value="Acme">Acme (2)</option>' in panel
    assert "Elsewhere" not in panel
    assert 'href="/category/boots/"' in html
    assert '<option value="-price">Highest price</option>' in html
    assert "Best match" not in html  # nothing is looked for


def test_the_category_stays_a_page_of_its_own(client: Client) -> None:
    shoes = CategoryFactory(name="Shoes")
    for _ in range(30):
        ProductFactory(category=shoes)

    first = client.get("/category/shoes/").content.decode()
    second = client.get("/category/shoes/?page=2").content.decode()

    assert 'rel="canonical" href="http://testserver/category/shoes/"' in first
    assert 'rel="next" href="/category/shoes/?page=2"' in first
    assert 'rel="prev" href="/category/shoes/"' in second
    assert "noindex" not in first
    assert first.count("<h1>") == 1


def test_a_category_with_filters_takes_a_fixed_number_of_queries(client: Client) -> None:
    shoes = CategoryFactory(name="Shoes")

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/category/shoes/")
        return len(asked)

    def stock(count: int) -> None:
        for number in range(count):
            options = {"color": f"Color {number}", "size": str(number)}
            ProductFactory(
                category=CategoryFactory(name=f"Kind {number} of {count}", parent=shoes),
                brand=f"Brand {number}",
                images=2,
                variants=[{"options": options}, {"options": {"size": "M"}}],
            )

    stock(2)
    statements()  # what is remembered from the first page on
    few = statements()
    stock(8)

    assert statements() == few


def test_a_category_without_products_has_no_filters(client: Client) -> None:
    CategoryFactory(name="Boots")

    assert b'id="filters"' not in client.get("/category/boots/").content
