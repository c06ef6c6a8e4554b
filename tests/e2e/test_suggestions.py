"""Suggestions while something is typed, on a desktop and on a phone; by keys, pointer, touch."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, RunningShop

DESKTOP = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LIST = "#bar-suggestions"

profiles = pytest.mark.parametrize("profile", [DESKTOP, PHONE], ids=["desktop", "phone"])


@pytest.fixture(scope="module", autouse=True)
def words_are_counted(shop: RunningShop) -> None:
    shop.run("from search.words import lexicon; lexicon.update()")


def type_words(page: Page, words: str) -> None:
    page.locator("#bar-words").press_sequentially(words)
    expect(page.locator(f"{LIST} [role=option]").first).to_be_visible()


def active(page: Page) -> str:
    """The text of the option that is said to be active."""
    key = page.locator("#bar-words").get_attribute("aria-activedescendant")
    return page.locator(f"#{key}").inner_text().strip() if key else ""


@profiles
def test_words_categories_and_products_appear_while_typing(
    open_page: OpenPage, profile: dict
) -> None:
    page = open_page("/", **profile)

    type_words(page, "boo")

    field = page.get_by_role("combobox", name="Search the shop")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option", name="boots", exact=True)).to_be_visible()
    expect(page.get_by_role("option", name="Boots in Shoes")).to_be_visible()
    expect(page.get_by_role("option", name=re.compile(r"^Red boots \d+"))).to_have_count(4)
    expect(page.locator("#bar-suggestions-status")).to_have_text("6 suggestions")
    width = profile["viewport"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_by_keys_alone(open_page: OpenPage) -> None:
    page = open_page("/", **DESKTOP)
    field = page.locator("#bar-words")
    field.focus()
    type_words(page, "red boo")

    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    assert active(page) == "red boots"
    page.keyboard.press("ArrowUp")  # back in the field
    page.keyboard.press("ArrowUp")
    assert active(page).startswith("Red boots")
    page.keyboard.press("Home")  # is the field's own
    assert field.evaluate("field => field.selectionStart") == 0
    page.keyboard.press("Escape")
    expect(page.locator(LIST)).to_be_hidden()
    expect(field).to_have_value("red boo")
    page.keyboard.press("ArrowDown")
    expect(page.locator(LIST)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(LIST)).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")

    field.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(url=re.compile(r"/search/\?q=red\+boots")):
        page.keyboard.press("Enter")


def test_enter_without_an_option_searches_what_was_typed(open_page: OpenPage) -> None:
    page = open_page("/", **DESKTOP)
    type_words(page, "mu")

    with page.expect_navigation(url=re.compile(r"/search/\?q=mu$")):
        page.keyboard.press("Enter")


@profiles
def test_a_product_opens_by_pointer_or_touch(open_page: OpenPage, profile: dict) -> None:
    page = open_page("/search/", **profile)
    type_words(page, "green mug")
    option = page.get_by_role("option", name=re.compile("^Green mug")).first

    with page.expect_navigation(url=re.compile("/product/mug-")):
        option.tap() if profile is PHONE else option.click()


@profiles
def test_past_searches_are_shown_in_the_empty_field_and_forgotten(
    open_page: OpenPage, profile: dict
) -> None:
    page = open_page("/", **profile)
    for words in ("green mug", "red boots"):
        page.locator("#bar-words").fill(words)
        with page.expect_navigation(url=re.compile(r"/search/\?q=")):
            page.keyboard.press("Enter")
        page.goto("/")

    page.locator("#bar-words").click()

    past = page.locator(f"{LIST} [data-past]")
    expect(past).to_have_text(["red boots", "green mug"])
    remove = page.get_by_role("button", name="Forget “red boots”")
    box, row = remove.bounding_box(), past.first.bounding_box()
    assert box and row and abs(box["y"] - row["y"]) < 2  # each beside its own
    remove.tap() if profile is PHONE else remove.click()
    expect(past).to_have_text(["green mug"])
    expect(page.locator("#bar-words")).to_be_focused()
    page.keyboard.type("mug")
    expect(page.get_by_role("option", name="green mug", exact=True)).to_have_count(1)
    page.locator("#bar-words").fill("")
    page.get_by_role("option", name="Forget all past searches").click()
    expect(page.locator(LIST)).to_be_hidden()
    assert page.evaluate("localStorage.getItem('past-searches')") is None


def test_a_past_search_is_forgotten_by_keys_and_searched_again_by_keys(
    open_page: OpenPage,
) -> None:
    page = open_page("/", **DESKTOP)
    page.evaluate("localStorage.setItem('past-searches', '[\"red boots\", \"green mug\"]')")
    page.locator("#bar-words").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(page.locator(f"{LIST} [data-past]")).to_have_text(["green mug"])
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(url=re.compile(r"/search/\?q=green\+mug")):
        page.keyboard.press("Enter")


def test_late_answers_are_dropped_and_old_options_stay_meanwhile(open_page: OpenPage) -> None:
    page = open_page("/", **DESKTOP)
    held = []
    page.route("**/suggestions/?q=red*", lambda route: held.append(route))  # no answer yet
    type_words(page, "boots")
    with page.expect_request("**/suggestions/?q=red*"):
        page.locator("#bar-words").fill("red")

    expect(page.get_by_role("option", name="Boots in Shoes")).to_be_visible()
    page.locator("#bar-words").fill("mug")
    expect(page.get_by_role("option", name=re.compile("^Green mug")).first).to_be_visible()
    held[0].abort()
    expect(page.get_by_role("option", name=re.compile("^Green mug")).first).to_be_visible()


def test_words_that_are_chosen_keep_the_filters(open_page: OpenPage) -> None:
    page = open_page("/search/?q=red&category=shoes", **DESKTOP)
    page.locator("#bar-words").fill("")
    type_words(page, "boo")

    with page.expect_navigation(url=re.compile(r"q=boots&category=shoes")):
        page.get_by_role("option", name="boots", exact=True).click()
