"""The home page that an admin composed: spots of a look lead to what is like them, by all ways."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SHIFTS = """() => new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 500);
})"""


@pytest.fixture(scope="module", autouse=True)
def composed(shop: RunningShop) -> Iterator[None]:
    shop.run("from tests.e2e.composing import compose; compose()")
    yield
    shop.run("from tests.e2e.composing import clear; clear()")


def look(page: Page) -> Locator:
    return page.get_by_role("region", name="Shop this look")


def marker(page: Page, name: str) -> Locator:
    return look(page).get_by_role("group", name="In the picture").get_by_role("link", name=name)


def expect_found(page: Page, title: str) -> None:
    expect(page).to_have_url(re.compile(r"/search/\?spot=\d+$"))
    expect(page.locator(".card-title").first).to_have_text(title)


def test_a_spot_is_reached_and_followed_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/")
    box = marker(page, "Red boots 3").locator(".scene-box")
    expect(box).to_have_css("opacity", "0")

    marker(page, "Red boots 3").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")

    expect(marker(page, "Red boots 3")).to_be_focused()
    expect(box).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect_found(page, "Red boots 3")


def test_a_spot_is_tapped_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/", **PHONE)

    marker(page, "Green mug 27").locator(".scene-target").tap()

    expect_found(page, "Green mug 27")


@pytest.mark.parametrize("profile", [{}, PHONE], ids=["desktop", "phone"])
def test_without_scripts_the_list_leads_there_too(
    open_page: OpenPage, profile: dict[str, object]
) -> None:
    page = open_page("/", java_script_enabled=False, **profile)

    look(page).get_by_role("listitem").get_by_role("link", name="Green mug 27").click()

    expect_found(page, "Green mug 27")


def test_a_line_of_the_list_shows_its_place_in_the_picture(open_page: OpenPage) -> None:
    page = open_page("/")

    look(page).get_by_role("listitem").get_by_role("link", name="Green mug 27").hover()

    expect(marker(page, "Green mug 27").locator(".scene-box")).to_have_css("opacity", "1")
    expect(marker(page, "Red boots 3").locator(".scene-box")).to_have_css("opacity", "0")


@pytest.mark.parametrize("profile", [{}, PHONE], ids=["desktop", "phone"])
def test_nothing_moves_and_nothing_is_cut_off(
    open_page: OpenPage, profile: dict[str, object]
) -> None:
    page = open_page("/", **profile)
    page.get_by_role("heading", name="New in").scroll_into_view_if_needed()

    assert page.evaluate(SHIFTS) < 0.02
    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]


def test_an_admin_draws_a_spot_and_moves_it_by_keys(open_page: OpenPage) -> None:
    page = open_page("/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    page.goto("/admin/editorial/block/")
    page.get_by_role("link", name="Shop this look").click()
    surface = page.locator("[data-surface]")
    surface.scroll_into_view_if_needed()
    place = surface.bounding_box()
    assert place
    expect(surface.get_by_role("button")).to_have_count(2)
    boxes = surface.get_by_role("button")
    boxes.nth(1).press("Delete")  # so that there is room to draw
    expect(boxes).to_have_count(1)

    left, top = place["x"] + 0.6 * place["width"], place["y"] + 0.2 * place["height"]
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 0.1 * place["width"], top + 0.1 * place["height"])
    page.mouse.move(left + 0.2 * place["width"], top + 0.4 * place["height"])
    page.mouse.up()
    expect(boxes).to_have_count(2)
    page.keyboard.type("Part of a mug")  # the label of what was drawn has the focus
    new = surface.get_by_role("button", name=re.compile("^Part of a mug"))
    new.press("ArrowRight")
    new.press("Shift+ArrowDown")
    page.locator("button[name=_continue], input[name=_continue]").first.click()

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    new = surface.get_by_role("button", name=re.compile("^Part of a mug"))
    expect(new).to_have_accessible_name(
        "Part of a mug: 61 % from the left, 20 % from the top, 20 % wide, 41 % high"
    )
    expect(surface.get_by_role("button")).to_have_count(2)
