"""A draft has a picture that the shop has: the merchant answers by keys and takes it back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop

QUEUE = "/admin/search/duplicatepair/"
IN_SHOP = "from tests.e2e.doubling import {0}; {0}()"


@pytest.fixture(autouse=True)
def doubled(shop: RunningShop) -> Iterator[None]:
    shop.run(IN_SHOP.format("double"))
    yield
    shop.run(IN_SHOP.format("clear"))


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()


def wait_for_pairs(page: Page, count: int) -> None:
    for _ in range(60):
        page.goto(QUEUE)
        if page.get_by_role("link", name=f"Waiting {count}").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("The pairs were not found.")


def test_a_pair_is_answered_by_keys_and_taken_back(open_page: OpenPage) -> None:
    page = open_page("/admin/")
    log_in(page)
    wait_for_pairs(page, 2)
    question = page.get_by_role("form", name="Is it the same picture?")
    title = question.locator(".duplicates-title").nth(1).inner_text()
    expect(question.get_by_text("Draft", exact=True)).to_be_visible()

    page.keyboard.press("n")
    expect(page.get_by_text("1 pair is not the same.")).to_be_visible()
    expect(question.get_by_role("link", name=title)).to_have_count(0)
    page.keyboard.press("u")
    expect(page.get_by_text("1 pair waits again.")).to_be_visible()
    expect(question.get_by_role("link", name=title)).to_be_visible()
    page.keyboard.press("k")
    expect(question.get_by_role("link", name=title)).to_have_count(0)

    page.keyboard.press("s")
    expect(page.get_by_role("heading", name="The same picture. What next?")).to_be_visible()
    page.get_by_role("link", name=re.compile("Open “Red boots")).click()
    expect(page.get_by_text(re.compile("This picture is also on “Draft of boots"))).to_be_visible()
    expect(page.get_by_role("heading", name="Similar products in the shop")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Delete the draft’s picture").click()
    expect(page.get_by_text("The picture is gone from the draft.")).to_be_visible()
    expect(page.get_by_role("link", name="Waiting 1")).to_be_visible()
