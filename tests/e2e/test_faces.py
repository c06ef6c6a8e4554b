"""Pages in a real browser: within the policy, on a phone, with a keyboard."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import OpenPage

PAGES = [
    "/",
    "/category/shoes/",
    "/product/boots-0/",
    "/search/",
    "/search/?q=red+boots",
    "/search/?q=boots&price_min=100000",
    "/search/?picture_color=green",
    "/search/?price_min=9&price_max=1",
    "/nothing-here/",
]


@pytest.mark.parametrize("address", PAGES)
def test_page_fits_a_phone_and_has_nothing_to_complain_of(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, viewport={"width": 360, "height": 740})
    for width in (360, 390, 768):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pictures_come_in_sizes(open_page: OpenPage) -> None:
    page = open_page("/product/boots-0/")
    assert "640w" in (page.locator(".gallery source").first.get_attribute("srcset") or "")
    assert page.locator(".gallery img").first.evaluate("image => image.naturalWidth") > 0


@pytest.mark.parametrize("scripts", [True, False])
def test_thumbnails_move_the_gallery(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/product/boots-0/", java_script_enabled=scripts)
    pictures = page.locator(".gallery-strip > li")
    expect(pictures.nth(0)).to_be_in_viewport(ratio=0.5)

    page.get_by_role("link", name="Picture 3").click()

    expect(pictures.nth(2)).to_be_in_viewport(ratio=0.5)
    expect(pictures.nth(0)).not_to_be_in_viewport()


def test_keyboard_skips_to_the_content(open_page: OpenPage) -> None:
    page = open_page("/category/shoes/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    inside = page.evaluate("document.getElementById('main').contains(document.activeElement)")
    assert inside
