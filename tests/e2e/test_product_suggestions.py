"""A merchant works through suggestions by keys, and takes a decision back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from search.models import ProductSuggestion
from shop.catalog.models import Category, Product
from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop
from tests.factories import CategoryFactory, ProductFactory
from tests.search.enrichment.shops import completion

PAGE = "/admin/search/productsuggestion/?kind=category"


@pytest.fixture
def products(shop: RunningShop) -> Iterator[list[Product]]:
    """Three without a category; gone afterwards, for others count what there is."""
    without = CategoryFactory(name="Uncategorised")
    boots = Category.objects.get(name="Boots")
    made = [ProductFactory(title=f"Untold {n}", category=without) for n in range(3)]
    for n, product in enumerate(made):
        completion(product, category=boots, calibrated=0.99 - n / 100)
    yield made
    Product.objects.filter(pk__in=[one.pk for one in made]).delete()
    without.delete()


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()


def categories(products: list[Product]) -> list[str]:
    rows = Product.objects.filter(pk__in=[one.pk for one in products]).order_by("pk")
    return list(rows.values_list("category__name", flat=True))


def test_suggestions_are_decided_by_keys_and_a_decision_is_taken_back(
    open_page: OpenPage, products: list[Product]
) -> None:
    page = open_page(PAGE)
    log_in(page)
    page.goto(PAGE)
    expect(page.locator("[data-suggestion]")).to_have_count(3)

    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[data-done]")).to_have_count(1)
    assert categories(products) == ["Boots", "Uncategorised", "Uncategorised"]
    page.keyboard.press("r")
    expect(page.locator("[data-done]")).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator("[data-suggestion]")).to_have_count(2)
    page.keyboard.press("c")
    page.keyboard.type("Nothing like that")
    page.keyboard.press("Enter")
    expect(page.get_by_text("There is no category “Nothing like that”.")).to_be_visible()
    page.locator("input[name=to]:focus").fill("Mugs")
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_count(2)

    assert categories(products) == ["Boots", "Mugs", "Uncategorised"]
    states = ProductSuggestion.objects.filter(product__in=products).order_by("product")
    assert [one.state for one in states] == ["accepted", "corrected", "suggested"]
