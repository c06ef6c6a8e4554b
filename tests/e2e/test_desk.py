"""The relevance desk in a browser: sliders, keys, saving, and the way back."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage

DESK = "/admin/search/rankingsetting/"


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    page.wait_for_load_state()


def test_a_merchant_tries_judges_pins_saves_and_takes_back(open_page: OpenPage) -> None:
    page = open_page("/admin/")
    log_in(page)
    page.goto(f"{DESK}?q=green+mug")
    now = page.locator('[data-pane="present"]')
    expect(now.locator("[data-row]").first).to_be_visible()

    # A slider, by its keys: the other order comes beside, and the address keeps it.
    looks = page.get_by_label("Looks", exact=True)
    looks.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(page.locator("output").first).to_have_text("four times as much")
    expect(page.get_by_role("heading", name="With your sliders")).to_be_visible()
    expect(page).to_have_url(re.compile(r"step-image=8"))

    # Judged and pinned by one key each; the focus stays with the product.
    first, second = now.locator("[data-row]").nth(0), now.locator("[data-row]").nth(1)
    name = second.get_attribute("data-title")
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("3")
    expect(second.locator('[data-grade="3"]')).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("p")
    pinned = now.locator("[data-row]").nth(0)
    expect(pinned).to_have_attribute("data-title", name or "")
    expect(pinned).to_be_focused()
    expect(pinned.locator('[data-grade="3"]')).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("1 of these is judged.")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("l")
    expect(page.locator("[data-step]")).to_contain_text("now comes last")

    # Undone step by step: what was put last, the pin, the judgement; then nothing is offered.
    page.keyboard.press("u")
    expect(page.locator("[data-undone]")).to_be_visible()
    expect(now.locator("[data-row][data-pinned]")).to_have_count(1)
    page.keyboard.press("u")
    expect(now.locator("[data-row][data-pinned]")).to_have_count(0)
    page.keyboard.press("u")
    expect(page.get_by_text("0 of these are judged.")).to_be_visible()
    expect(page.locator("[data-undo]")).to_be_hidden()
    page.keyboard.press("u")
    expect(page.get_by_text("0 of these are judged.")).to_be_visible()

    # Saved with a note, and taken back.
    page.get_by_text("Use it for shoppers").click()
    page.get_by_label("Why? A note for the history").fill("Mugs by their looks")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved: shoppers’ searches follow it")).to_be_visible()
    expect(page.get_by_text("Now: four times as much.")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_text("Mugs by their looks")).to_be_visible()
    page.get_by_role("button", name="Undo the last change").click()
    expect(page.get_by_text("All as Vitrine comes.").first).to_be_visible()
