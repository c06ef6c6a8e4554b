"""A whole trip without a pointer: at each stop the focus is seen, and nothing covers it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, OpenPage, RunningShop
from tests.e2e.everybody import NARROW
from tests.e2e.keyboard import Keyboard

Hands = Callable[[Page], Keyboard]
PLACES = [".skip-link", "header", "nav", "main", "footer"]


@pytest.fixture
def hands() -> Iterator[Hands]:
    """A keyboard for a page; fails at the end if a stop was not to be seen."""
    given: list[Keyboard] = []

    def give(page: Page) -> Keyboard:
        given.append(Keyboard(page))
        return given[-1]

    yield give
    flaws = [flaw for keyboard in given for flaw in keyboard.flaws]
    assert not flaws, "\n" + "\n".join(flaws)


@pytest.mark.parametrize("viewport", [DESKTOP, NARROW], ids=["desktop", "phone"])
@pytest.mark.parametrize("address", ["/", "/search/?q=mug", "/product/boots-0/", "/cart/"])
def test_all_stops_of_a_page_are_seen_in_order(
    open_page: OpenPage, hands: Hands, address: str, viewport: dict[str, int]
) -> None:
    page = open_page(address, viewport=viewport, reduced_motion="reduce")
    keyboard = hands(page)
    assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0

    places = []
    for _ in range(200):
        keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # past the last one
        places.append(keyboard.stop()["place"])

    assert places[0] == ".skip-link"
    order = [PLACES.index(place) for place in places]
    assert order == sorted(order), places
    assert set(places) >= {".skip-link", "header", "main", "footer"}


def test_the_skip_link_leads_to_the_content(open_page: OpenPage, hands: Hands) -> None:
    keyboard = hands(open_page("/category/shoes/"))

    assert keyboard.tab()["name"] == "Skip to the content"
    keyboard.press("Enter")

    assert keyboard.tab()["place"] == "main"


def test_from_words_to_a_paid_order(open_page: OpenPage, hands: Hands) -> None:
    page = open_page("/", reduced_motion="reduce")
    keyboard = hands(page)

    keyboard.tab_to(page.locator("#bar-words"))
    keyboard.type("boots")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("“boots”")

    keyboard.tab_to(page.get_by_label("Highest price"))
    keyboard.type("200")
    keyboard.press("Enter")
    page.wait_for_url("**price_max=200**")
    expect(page.get_by_label("Highest price")).to_be_focused()
    keyboard.stop()

    first = page.locator("#results .card-title a").first
    title = first.inner_text()
    keyboard.tab_to(first)
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()

    large = page.get_by_role("link", name="L", exact=True)
    keyboard.tab_to(large)
    keyboard.press("Enter")
    expect(large).to_have_attribute("aria-current", "true")
    expect(large).to_be_focused()
    keyboard.tab_to(page.get_by_label("Quantity"))
    keyboard.press("ArrowUp")
    keyboard.tab_to(page.get_by_role("button", name="Add to cart").first)
    keyboard.press("Enter")
    expect(page.get_by_text("in your cart").first).to_be_visible()
    keyboard.tab_to(page.get_by_role("link", name="Go to the cart"))
    keyboard.press("Enter")

    keyboard.tab_to(page.get_by_role("link", name="Checkout", exact=True))
    keyboard.press("Enter")
    place = page.locator(".place").first
    keyboard.tab_to(page.get_by_label("E-mail address"))
    keyboard.type("grace@example.com")
    for label, text in (
        ("Country", "United States"),
        ("Full name", "Grace Hopper"),
        ("Street and number", "5 Harbour Road"),
        ("Postcode", "12345"),
        ("Town", "Springfield"),
    ):
        if label == "Country" and place.get_by_label(label).input_value() == "US":
            continue
        keyboard.tab_to(place.get_by_label(label))
        keyboard.type(text)
    keyboard.press("Enter")
    express = page.get_by_label(re.compile("Express"))
    keyboard.tab_to(page.get_by_label(re.compile("Parcel")))
    keyboard.press("ArrowDown")
    expect(express).to_be_checked()
    keyboard.tab_to(page.get_by_role("button", name=re.compile("^Continue")))
    keyboard.press("Enter")
    keyboard.tab_to(page.get_by_role("button", name=re.compile("^Place order and pay")))
    keyboard.press("Enter")
    keyboard.tab_to(page.get_by_role("button", name=re.compile(r"^Pay \$")))
    keyboard.press("Enter")
    expect(page.get_by_text("Your order is paid").first).to_be_visible()


def test_a_suggestion_is_picked_with_the_arrows(open_page: OpenPage, hands: Hands) -> None:
    page = open_page("/", reduced_motion="reduce")
    keyboard = hands(page)
    field = page.locator("#bar-words")

    keyboard.tab_to(field)
    keyboard.type("green mug")
    expect(page.locator("#bar-suggestions .suggestion-product").first).to_be_visible()
    keyboard.press("ArrowUp")  # the last one
    picked = page.locator("#bar-suggestions [aria-selected=true]")
    expect(picked).to_be_in_viewport()
    expect(field).to_be_focused()
    keyboard.stop()
    title = picked.locator(".suggestion-text").inner_text()
    keyboard.press("Enter")

    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_a_form_with_errors_leads_to_them(open_page: OpenPage, hands: Hands) -> None:
    page = open_page("/product/boots-3/?variant=none")
    keyboard = hands(page)
    keyboard.tab_to(page.get_by_role("button", name="Add to cart").first)
    keyboard.press("Enter")
    expect(page.get_by_text("in your cart").first).to_be_visible()
    page.goto("/checkout/")

    keyboard.tab_to(page.get_by_label("E-mail address"))
    keyboard.type("grace@")
    keyboard.press("Enter")

    expect(page.get_by_label("E-mail address")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_attribute("aria-invalid", "true")
    keyboard.stop()


def test_a_photo_and_the_box_on_it(open_page: OpenPage, shop: RunningShop, hands: Hands) -> None:
    page = open_page("/category/shoes/", reduced_motion="reduce")
    keyboard = hands(page)
    camera = page.get_by_role("button", name="Search with a photo")
    page.on("filechooser", lambda _: None)  # from now on the browser asks playwright for files

    keyboard.tab_to(camera)
    keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert keyboard.stop()["place"] == "dialog"
    keyboard.press("Escape")
    expect(camera).to_be_focused()

    keyboard.press("Enter")
    expect(dialog).to_be_visible()
    choose = dialog.get_by_role("button", name="Choose a photo")
    if not choose.evaluate("one => one === document.activeElement"):
        keyboard.tab_to(choose)
    with page.expect_file_chooser() as chosen:
        keyboard.press("Enter")
    chosen.value.set_files(shop.photos["mug-27"])
    expect(page.get_by_alt_text("The photo you searched with")).to_be_visible()

    box = page.get_by_label("The part of the photo to search with")
    keyboard.tab_to(box)
    keyboard.press("Shift+ArrowLeft", times=4)
    keyboard.press("ArrowRight")
    page.wait_for_url("**crop=**")
    expect(box).to_be_focused()
    keyboard.stop()


def test_the_large_picture(open_page: OpenPage, hands: Hands) -> None:
    page = open_page("/product/boots-0/", reduced_motion="reduce")
    keyboard = hands(page)
    picture = page.locator("[data-zoom]").first

    keyboard.tab_to(picture)
    keyboard.press("Enter")
    dialog = page.locator("dialog.zoom")
    expect(dialog).to_be_visible()
    for _ in range(4):
        assert keyboard.tab()["place"] in ("dialog", None)
    keyboard.press("ArrowRight")
    expect(dialog.get_by_role("status")).to_contain_text("2")
    keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('[data-gallery]') !== null")


def test_filters_on_a_phone(open_page: OpenPage, hands: Hands) -> None:
    page = open_page("/search/?q=boots", viewport=NARROW, reduced_motion="reduce")
    keyboard = hands(page)
    opener = page.get_by_role("button", name=re.compile("^Filters"))

    keyboard.tab_to(opener)
    keyboard.press("Enter")
    keyboard.tab_to(page.get_by_label("Highest price"))
    keyboard.type("500")
    keyboard.press("Enter")
    page.wait_for_url("**price_max=500**")
    keyboard.tab_to(page.get_by_role("button", name=re.compile("^Show")))
    keyboard.press("Enter")

    expect(page.locator("#filters")).to_be_hidden()
    expect(opener).to_be_focused()
