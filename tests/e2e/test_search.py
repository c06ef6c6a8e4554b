"""A shopper searches: by words, by photo, by both, with scripts and without."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import BOOTS, MUGS, OpenPage, RunningShop

ALL = BOOTS + MUGS + 1


def titles(page: Page) -> list[str]:
    return page.locator(".card-title").all_inner_texts()


def search_words(page: Page, words: str) -> None:
    page.get_by_label("Search the shop", exact=True).fill(words)
    page.get_by_label("Search the shop", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def choose_photo(page: Page, photo: Path) -> None:
    page.locator("#bar-image").set_input_files(photo)
    expect(page.get_by_alt_text("The photo you searched with")).to_be_visible()


def category(page: Page, name: str) -> Locator:
    """The choice of a category; its label also says how many products it has."""
    return page.get_by_role("radio", name=re.compile(rf"^{name} \d+$"))


def expect_count(page: Page, count: int) -> None:
    expect(page.locator("[data-results-count]")).to_contain_text(f"{count} product")


def test_words_find_products(open_page: OpenPage) -> None:
    page = open_page("/")

    search_words(page, "green mug")

    assert page.url.endswith("/search/?q=green+mug")  # nothing empty in the address
    assert len(titles(page)) == MUGS  # and no boots behind them
    assert all("Green mug" in title for title in titles(page))
    page.locator(".card-title a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Green mug")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_colour_in_the_picture_is_chosen_by_its_swatch(
    open_page: OpenPage, scripts: bool
) -> None:
    page = open_page("/search/?price_min=1", java_script_enabled=scripts)
    swatch = page.locator(".palette-color").first
    name, count = swatch.inner_text().split()

    swatch.click()
    if not scripts:
        page.get_by_role("button", name="Apply").click()

    expect_count(page, int(count))
    expect(page.get_by_role("radio", name=f"{name} {count}")).to_be_checked()
    page.get_by_role("link", name=f"Remove the filter {name} in the picture").click()
    expect_count(page, ALL)


def test_the_chosen_one_of_many_categories_stays_in_sight(open_page: OpenPage) -> None:
    """Where there are many, the panel's list comes anew with the results."""
    page = open_page("/search/?q=boots")
    kinds = "".join(f"<label class='choice'>Kind {n}</label>" for n in range(80))
    many = f"""
        <fieldset id="filters-categories" hx-swap-oob="true"><div class="filters-scroll">{kinds}
            <label class="choice"><input type="radio" name="category" value="shoes" checked
                id="filters-category-shoes">Shoes</label>
        </div></fieldset>"""

    def with_many(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text() + many)

    page.route("**/search/?*", with_many)
    page.locator("#filters-category-shoes").check()

    expect(page.get_by_text("Kind 79")).to_be_attached()
    expect(page.locator("#filters-category-shoes")).to_be_in_viewport()


def test_back_from_a_product_shows_the_filtered_results(open_page: OpenPage) -> None:
    page = open_page("/search/?price_min=1")
    category(page, "Kitchen").check()
    expect_count(page, MUGS)

    page.locator(".card-title a").first.click()
    expect(page.get_by_text("SKU", exact=True)).to_be_visible()
    page.go_back()

    expect_count(page, MUGS)
    expect(category(page, "Kitchen")).to_be_checked()
    expect(page.get_by_label("Lowest price")).to_have_value("1")


def test_photo_finds_its_product_and_is_shown_back(open_page: OpenPage, shop: RunningShop) -> None:
    page = open_page("/")

    choose_photo(page, shop.photos["boots-7"])

    assert titles(page)[0] == "Red boots 7"
    assert "photo=" in page.url
    shown = page.get_by_alt_text("The photo you searched with")
    assert shown.evaluate("image => image.naturalWidth") > 0
    assert "noindex" in (page.locator("meta[name=robots]").get_attribute("content") or "")

    search_words(page, "mug")  # words refine the photo
    expect(shown).to_be_visible()
    category(page, "Kitchen").check()  # and so do filters
    expect_count(page, MUGS)
    expect(shown).to_be_visible()

    page.get_by_role("link", name="Remove the photo").click()
    expect(shown).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("“mug”")
    assert "photo=" not in page.url


def test_price_that_cannot_be_is_explained_and_mended(open_page: OpenPage) -> None:
    page = open_page("/search/?q=mug&price_min=50&price_max=20")
    expect(page.get_by_text("The lowest price is above the highest").first).to_be_visible()

    page.get_by_label("Lowest price").fill("5")
    page.get_by_label("Lowest price").press("Enter")

    expect_count(page, MUGS)
    expect(page.get_by_text("The lowest price is above the highest")).to_have_count(0)


def test_more_like_this_leaves_from_a_product(open_page: OpenPage) -> None:
    page = open_page("/product/mug-26/")
    page.get_by_role("link", name="More like this", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("More like Green mug 26")
    assert "Green mug 26" not in titles(page)


def test_all_of_it_works_without_scripts(open_page: OpenPage, shop: RunningShop) -> None:
    page = open_page("/", java_script_enabled=False)

    search_words(page, "green mug")
    assert "q=green+mug" in page.url
    assert all("Green mug" in title for title in titles(page)[:MUGS])

    category(page, "Kitchen").check()
    page.get_by_role("button", name="Apply").click()
    expect_count(page, MUGS)

    page.goto("/search/?price_min=1")
    page.get_by_role("link", name="Next").click()
    assert re.search(r"price_min=1.*page=2", page.url)


def test_a_colour_beside_the_photo_refines_and_is_taken_back(
    open_page: OpenPage, shop: RunningShop
) -> None:
    page = open_page("/")
    page.locator("#bar-image").set_input_files(shop.photos["mug-27"])

    page.get_by_role("link", name="in blue").click()

    expect(page.locator("#bar-words")).to_have_value("in blue")
    page.get_by_role("link", name="blue", exact=True).click()
    expect(page.locator("#bar-words")).to_have_value("")


def test_a_filter_that_is_gone_locks_nobody_in(open_page: OpenPage) -> None:
    page = open_page("/search/?q=boots&color=nope")
    expect(page.get_by_role("link", name="Search without it")).to_be_visible()

    search_words(page, "mug")

    assert page.url.endswith("/search/?q=mug")
    assert len(titles(page)) == MUGS


def test_wrong_prices_do_not_go_with_new_words(open_page: OpenPage) -> None:
    page = open_page("/search/?q=boots&price_max=20")

    page.get_by_label("Lowest price").fill("50")
    page.get_by_label("Lowest price").press("Enter")
    expect(page.get_by_text("The lowest price is above the highest").first).to_be_visible()
    expect(page.get_by_label("Lowest price")).to_have_value("50")

    search_words(page, "mug")
    assert page.url.endswith("/search/?q=mug&price_max=20")


def test_filters_keep_what_else_is_asked_for_and_chips_take_it_back(open_page: OpenPage) -> None:
    page = open_page("/search/?q=boots&about=mug&more=mug-26")

    category(page, "Kitchen").check()
    expect(page.get_by_role("link", name="Remove the filter Kitchen")).to_be_visible()
    assert page.url.endswith("/search/?q=boots&about=mug&more=mug-26&category=kitchen")

    page.get_by_role("link", name="Take back more like Green mug 26").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Green mug 26")
    page.get_by_role("link", name="Take back in texts: “mug”").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("“boots”")
    assert page.url.endswith("/search/?q=boots&category=kitchen")


def test_with_the_last_filter_taken_back_the_search_begins_anew(open_page: OpenPage) -> None:
    page = open_page("/search/?category=kitchen")

    page.get_by_role("link", name="Remove the filter Kitchen").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Search by words")
    assert page.url.endswith("/search/")


@pytest.mark.parametrize("address", ["?q={}", "?about={}", "?q=boots&color={}", "?q=mug&about={}"])
def test_words_without_end_are_no_wider_than_a_phone(open_page: OpenPage, address: str) -> None:
    page = open_page("/search/" + address.format("w" * 119), viewport={"width": 390, "height": 844})

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
