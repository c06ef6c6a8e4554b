"""Examples on the search's own front."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from search.examples import examples
from shop.catalog.models import Category
from tests.factories import CategoryFactory, ProductFactory
from tests.search.colors.stored import paint

pytestmark = pytest.mark.django_db


def shop_with(**kinds: str) -> dict[str, Category]:
    """A category of each name, with one product in that colour."""
    found = {}
    for name, color in kinds.items():
        found[name] = CategoryFactory(name=name)
        product = ProductFactory(slug=name.lower(), category=found[name], images=1)
        paint(product.images.get(), **{color: 900})
    return found


def test_each_way_to_search_is_tried_with_a_product_of_its_own(client: Client) -> None:
    shop_with(Boots="grey", Mugs="red", Shirts="blue")

    found = examples()

    assert found is not None
    assert found.described.url == "/search/?q=red+mugs"  # grey is no reason to look twice
    assert found.shown.url == "/search/?like=shirts"
    assert found.changed.url == "/search/?like=boots&q=in+blue"
    page = client.get("/search/").content.decode()
    for example in (found.described, found.shown, found.changed):
        assert example.url.replace("&", "&amp;") in page


def test_what_should_differ_is_not_the_colour_that_it_has(client: Client) -> None:
    shop_with(Shirts="blue")

    found = examples()

    assert found is not None
    assert found.changed.words == "in green"


def test_a_shop_without_pictures_has_none(client: Client) -> None:
    ProductFactory(images=0)

    assert examples() is None
    assert client.get("/search/").status_code == 200


@pytest.mark.parametrize("kinds", [{"Boots": "red"}, {"A": "red", "B": "blue", "C": "green"}])
def test_they_take_as_many_statements_however_many_there_are(
    kinds: dict[str, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shop_with(**kinds)

    with django_assert_num_queries(4):
        examples()
