"""The box on the shopper's photo: by mouse, by finger, by keys, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.conftest import OpenPage, RunningShop

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def photo_page(open_page: OpenPage, shop: RunningShop) -> Page:
    return with_photo(open_page("/"), shop)


def with_photo(page: Page, shop: RunningShop) -> Page:
    page.locator("#bar-image").set_input_files(shop.photos["mug-27"])
    page.wait_for_url("**photo=**", wait_until="commit", timeout=40_000)
    expect(box_of(page)).to_have_attribute("aria-valuetext", "The whole photo")
    page.evaluate("window.same = true")
    return page


def box_of(page: Page) -> Locator:
    return page.get_by_role("slider", name="The part of the photo to search with")


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """A point of the photo, in shares of its sides, on the screen."""
    frame = page.locator("[data-crop-frame]").bounding_box()
    assert frame
    return frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]


def drag(page: Page, *points: tuple[float, float]) -> None:
    page.mouse.move(*place(page, *points[0]))
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*place(page, *point), steps=3)


def crop_in_address(page: Page) -> list[float]:
    found = re.search(r"crop=([\d.%C]+)", page.url)
    return [float(side) for side in found[1].split("%2C")] if found else []


def test_a_corner_is_dragged_and_back_takes_it_back(photo_page: Page) -> None:
    page = photo_page

    drag(page, (1, 1), (0.6, 0.5))
    page.mouse.up()

    page.wait_for_url("**crop=**")
    assert crop_in_address(page) == pytest.approx([0, 0, 0.6, 0.5], abs=0.03)
    expect(box_of(page)).to_have_attribute("aria-valuetext", re.compile("% wide"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Like your photo")
    assert page.evaluate("window.same")  # the photo and its box were never loaded anew
    expect(page.locator(".card").first).to_be_visible()

    page.go_back()
    expect(box_of(page)).to_have_attribute("aria-valuetext", "The whole photo")
    assert "crop=" not in page.url


def test_a_box_that_rests_is_searched_with_while_it_is_held(photo_page: Page) -> None:
    page = photo_page
    entries = page.evaluate("history.length")

    drag(page, (0.2, 0.2), (0.7, 0.7))  # on a whole photo, a box is drawn
    page.wait_for_url("**crop=**")
    held = crop_in_address(page)
    page.mouse.move(*place(page, 0.9, 0.9), steps=3)
    page.mouse.up()
    page.wait_for_url(lambda url: "crop=" in url and crop_in_address(page) != held)

    assert held == pytest.approx([0.2, 0.2, 0.7, 0.7], abs=0.03)
    assert crop_in_address(page) == pytest.approx([0.2, 0.2, 0.9, 0.9], abs=0.03)
    assert page.evaluate("history.length") == entries + 1  # one step, however often it searched


def test_the_box_is_moved_and_the_whole_photo_is_chosen_again(photo_page: Page) -> None:
    page = photo_page
    drag(page, (0.1, 0.1), (0.5, 0.5))
    page.mouse.up()
    page.wait_for_url("**crop=**")

    drag(page, (0.3, 0.3), (0.6, 0.5))
    page.mouse.up()

    page.wait_for_url(lambda url: "crop=0.4" in url)
    assert crop_in_address(page) == pytest.approx([0.4, 0.3, 0.8, 0.7], abs=0.03)
    page.get_by_role("link", name="Whole photo").click()
    page.wait_for_url(lambda url: "crop=" not in url)
    expect(box_of(page)).to_have_attribute("aria-valuetext", "The whole photo")
    assert page.evaluate("window.same")


def hold_the_first(page: Page) -> list[Route]:
    """The first search from now on, whose answer does not come before it is continued."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/search/?*", hold)
    return held


def test_a_filter_that_is_chosen_while_a_part_is_searched_with_is_not_lost(
    photo_page: Page,
) -> None:
    page = photo_page
    held = hold_the_first(page)
    with page.expect_request("**crop=**"):
        drag(page, (0.2, 0.2), (0.7, 0.7))
        page.mouse.up()

    page.get_by_role("radio", name=re.compile(r"^Kitchen \d+$")).check()
    held[0].continue_()

    page.wait_for_url(lambda url: "category=kitchen" in url and "crop=0.2" in url)
    expect(page.get_by_role("radio", name=re.compile("^Kitchen"))).to_be_checked()
    expect(box_of(page)).to_have_attribute("aria-valuetext", re.compile("20 % from the left"))


def test_a_part_that_is_chosen_while_a_filter_is_searched_with_is_not_lost(
    photo_page: Page,
) -> None:
    page = photo_page
    held = hold_the_first(page)
    with page.expect_request("**category=kitchen**"):
        page.get_by_role("radio", name=re.compile(r"^Kitchen \d+$")).check()

    page.evaluate("scrollTo(0, 0)")
    drag(page, (0.2, 0.2), (0.7, 0.7))
    page.mouse.up()
    held[0].continue_()

    page.wait_for_url(lambda url: "category=kitchen" in url and "crop=0.2" in url)
    expect(page.get_by_role("radio", name=re.compile("^Kitchen"))).to_be_checked()


def test_a_tap_on_the_photo_is_no_box(photo_page: Page) -> None:
    page = photo_page
    address = page.url

    page.mouse.click(*place(page, 0.5, 0.5))

    expect(box_of(page)).to_have_attribute("aria-valuetext", "The whole photo")
    assert page.url == address


def test_keys_size_and_move_the_box_and_escape_takes_it_back(photo_page: Page) -> None:
    page = photo_page
    box = box_of(page)
    page.locator("#main").focus()
    page.keyboard.press("Tab")
    expect(box).to_be_focused()

    for _ in range(10):
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Shift+ArrowUp")
    for _ in range(5):
        page.keyboard.press("ArrowRight")

    page.wait_for_url("**crop=0.1**")
    assert crop_in_address(page) == [0.1, 0, 0.9, 0.8]
    expect(box).to_have_attribute(
        "aria-valuetext", "80 % wide, 80 % high, 10 % from the left, 0 % from the top"
    )
    expect(page.locator("#results")).not_to_have_class(re.compile("htmx-request"))
    expect(box).to_be_focused()  # whatever was swapped meanwhile

    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "crop=" not in url)
    expect(box).to_have_attribute("aria-valuetext", "The whole photo")
    expect(box).to_be_focused()


def test_escape_ends_a_drag(photo_page: Page) -> None:
    page = photo_page
    drag(page, (1, 1), (0.5, 0.5))

    page.keyboard.press("Escape")
    page.mouse.up()

    expect(box_of(page)).to_have_attribute("aria-valuetext", "The whole photo")


def test_what_is_asked_last_is_what_is_shown(photo_page: Page) -> None:
    page = photo_page
    box_of(page).focus()
    late: list[Route] = []
    page.route("**/search/?*crop=0%2C0%2C0.98*", lambda route: late.append(route))

    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_have_class(re.compile("htmx-request"))
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Enter")
    late[0].continue_()

    page.wait_for_url("**crop=0%2C0%2C0.92**")
    expect(page.locator("#results")).not_to_have_class(re.compile("htmx-request"))
    expect(page.locator("#lens-whole")).not_to_have_attribute("aria-current", "true")


def test_a_finger_drags_a_corner_on_a_phone(open_page: OpenPage, shop: RunningShop) -> None:
    page = with_photo(open_page("/", **PHONE), shop)
    for handle in page.locator(".lens-handle-nw, .lens-handle-se").all():
        size = handle.bounding_box()
        assert size and min(size["width"], size["height"]) >= 44
    expect(page.locator(".card").first).to_be_in_viewport()  # below the photo
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *point: float) -> None:
        x, y = place(page, *point) if point else (0, 0)
        points = [{"x": x, "y": y}] if point else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 1, 1)
    touch("touchMove", 0.8, 0.8)
    touch("touchMove", 0.6, 0.6)
    touch("touchEnd")

    page.wait_for_url("**crop=**")
    assert crop_in_address(page) == pytest.approx([0, 0, 0.6, 0.6], abs=0.05)


def test_filters_and_the_box_go_together(photo_page: Page) -> None:
    page = photo_page
    page.get_by_role("radio", name=re.compile(r"^Kitchen \d+$")).check()
    page.wait_for_url("**category=kitchen**")

    drag(page, (1, 1), (0.6, 0.6))
    page.mouse.up()

    page.wait_for_url(lambda url: "category=kitchen" in url and "crop=" in url)
    page.get_by_role("link", name="Remove the filter Kitchen").click()
    page.wait_for_url(lambda url: "category" not in url and "crop=" in url)
    expect(box_of(page)).to_have_attribute("aria-valuetext", re.compile("% wide"))


def test_without_scripts_the_photo_and_its_parts_are_links(
    open_page: OpenPage, shop: RunningShop
) -> None:
    page = open_page("/", java_script_enabled=False)
    page.locator("#bar-image").set_input_files(shop.photos["mug-27"])
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_alt_text("The photo you searched with")).to_be_visible()
    expect(box_of(page)).to_be_hidden()

    page.goto(page.url + "&crop=0.2,0.2,0.8,0.8")
    expect(page.locator(".lens-dim")).to_be_visible()
    page.get_by_role("link", name="Whole photo").click()

    assert "crop=" not in page.url
    expect(page.locator(".card").first).to_be_visible()
