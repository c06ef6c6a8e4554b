"""A merchant works through suggestions by keys, and takes a decision back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop

PAGE = "/admin/search/productsuggestion/?kind=category"
IN_SHOP = "from tests.e2e.untold import add, assert_in, assert_states, clear"


@pytest.fixture(autouse=True)
def untold(shop: RunningShop) -> Iterator[None]:
    shop.run(IN_SHOP, "add()")
    yield
    shop.run(IN_SHOP, "clear()")


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()


def test_suggestions_are_decided_by_keys_and_a_decision_is_taken_back(
    open_page: OpenPage, shop: RunningShop
) -> None:
    page = open_page(PAGE)
    log_in(page)
    page.goto(PAGE)
    expect(page.locator("[data-suggestion]")).to_have_count(3)

    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("[data-done]")).to_have_count(1)
    shop.run(IN_SHOP, "assert_in('Boots', 'Uncategorised', 'Uncategorised')")
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

    shop.run(
        IN_SHOP,
        "assert_in('Boots', 'Mugs', 'Uncategorised')",
        "assert_states('accepted', 'corrected', 'suggested')",
    )
