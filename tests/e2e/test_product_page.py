"""The page of a product in a real browser: choosing, looking closely, buying, wishing."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage

BOOTS = "/product/boots-0/"  # S is sold out, of M there are 3, and 3 pictures
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("scripts", [True, False])
def test_an_option_is_chosen(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(BOOTS, java_script_enabled=scripts)
    size = page.locator(".option-name")
    expect(size).to_have_text("Size: M")

    page.get_by_role("link", name="L", exact=True).click()

    expect(size).to_have_text("Size: L")
    expect(page).to_have_url(re.compile(r"variant="))
    expect(page.locator(".product-stock")).to_contain_text("In stock")


def test_choosing_keeps_the_place_and_says_what_was_chosen(open_page: OpenPage) -> None:
    page = open_page(BOOTS)
    page.evaluate("window.stays = true")
    page.get_by_role("button", name="One more").click()

    page.get_by_role("link", name="L", exact=True).press("Enter")

    expect(page.locator("[data-announce]")).to_contain_text("L, $120.00, in stock")
    assert page.evaluate("window.stays")
    assert page.evaluate("document.activeElement.textContent") == "L"
    expect(page.get_by_label("Quantity")).to_have_value("2")


def test_what_is_sold_out_offers_a_mail(open_page: OpenPage) -> None:
    page = open_page(BOOTS)

    page.get_by_role("link", name="S (sold out)").click()
    page.get_by_label("Your e-mail address").fill("ada@example.com")
    page.get_by_role("button", name="Tell me when it is back").click()

    expect(page.locator(".messages")).to_contain_text("We have written to ada@example.com")


def test_a_picture_opens_large_and_keys_lead_to_the_next(open_page: OpenPage) -> None:
    page = open_page(BOOTS)
    link = page.get_by_role("link", name="Show it large").first
    link.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    pictures = dialog.locator("li img")
    expect(pictures.nth(0)).to_be_in_viewport(ratio=0.9)

    page.keyboard.press("ArrowRight")
    expect(pictures.nth(1)).to_be_in_viewport(ratio=0.9)
    expect(dialog).to_contain_text("2 / 3")
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_a_picture_opens_large_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(BOOTS, **PHONE)
    page.get_by_role("link", name="Show it large").first.tap()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("li img").first).to_be_in_viewport(ratio=0.9)

    # As a finger scrolls it.
    dialog.locator("ul").evaluate("strip => strip.scrollTo(2 * strip.clientWidth, 0)")
    expect(dialog).to_contain_text("3 / 3")
    page.get_by_role("button", name="Close").tap()

    expect(dialog).to_be_hidden()


def test_a_picture_is_a_link_to_the_large_one(open_page: OpenPage) -> None:
    page = open_page(BOOTS, java_script_enabled=False)
    address = page.get_by_role("link", name="Show it large").first.get_attribute("href")
    assert address and page.request.get(address).headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("scripts", [True, False])
def test_so_many_go_into_the_cart(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(BOOTS, java_script_enabled=scripts)
    more = page.get_by_role("button", name="One more")
    if scripts:
        more.click()
        more.click()
        expect(more).to_be_disabled()  # there are three
    else:
        expect(more).to_be_hidden()
        page.get_by_label("Quantity").fill("3")

    page.get_by_role("button", name="Add to cart").click()

    expect(page.locator(".cart-count")).to_have_text("3")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wish_is_kept(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(BOOTS, java_script_enabled=scripts)
    page.get_by_role("button", name="Put on the wishlist").click()
    page.get_by_role("link", name="See your wishlist").click()

    expect(page.get_by_role("heading", name="Red boots 0")).to_be_visible()
    page.get_by_role("button", name="Move to the cart").click()
    expect(page.locator(".messages")).to_contain_text("Red boots 0 is in the cart")
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
