"""Photos are dropped, some broken, the network cut in the middle: all others are stored, once each,
and become products that a shopper finds."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop
from tests.factories import picture_bytes

GOOD = 10
BEFORE_THE_CUT = 3


def test_photos_are_dropped_put_together_and_sold(
    open_page: OpenPage, shop: RunningShop, tmp_path: Path
) -> None:
    page = log_in(open_page)
    page.get_by_role("link", name="Add photos").click()
    photos = make_photos(tmp_path)
    # The first answers come through. Others are held, though the shop has stored their photos, and
    # are lost when the network is cut.
    answers = page.context.new_cdp_session(page)
    held: list[str] = []

    def hold(paused: dict[str, Any]) -> None:
        held.append(paused["requestId"])
        if len(held) <= BEFORE_THE_CUT:
            answers.send("Fetch.continueRequest", {"requestId": held[-1]})

    answers.on("Fetch.requestPaused", hold)
    answers.send(
        "Fetch.enable", {"patterns": [{"urlPattern": "*/send/", "requestStage": "Response"}]}
    )
    page.get_by_label("Choose photos").set_input_files(photos)
    expect(page.locator("[data-state=stored]")).to_have_count(BEFORE_THE_CUT)
    expect(page.locator("[data-state=checking]")).to_have_count(4)
    page.context.set_offline(True)
    for request in held[BEFORE_THE_CUT:]:
        reason = {"requestId": request, "errorReason": "InternetDisconnected"}
        answers.send("Fetch.failRequest", reason)
    expect(page.get_by_text("The connection is gone.")).to_be_visible()
    answers.send("Fetch.disable")
    page.context.set_offline(False)

    told = page.get_by_text(re.compile("All is sent: 10 stored, 0 already there, 2 refused"))
    expect(told).to_be_visible()
    rows = page.locator("[data-list] li")
    expect(rows.filter(has_text="torn.jpg")).to_contain_text("damaged or incomplete")
    expect(rows.filter(has_text="notes.jpg")).to_contain_text("This is a text file")

    # Who leaves and comes back finds what was sent.
    page.reload()
    expect(page.get_by_text("10 photos are stored.")).to_be_visible()
    expect(page.get_by_text("2 files were refused")).to_be_visible()
    page.get_by_role("link", name="Next: put together").click()
    expect(page.locator("[data-draft]")).to_have_count(5)

    page.get_by_label("Each photo by itself").check()
    expect(page.get_by_text("So it would be: 10 products.")).to_be_visible()
    page.get_by_role("link", name="Leave it as it is").click()
    expect(page.get_by_text("So it would be:")).to_have_count(0)  # what is dragged now, stays
    expect(page.locator("[data-draft]")).to_have_count(5)
    page.locator("[data-image]").first.drag_to(page.locator("[data-draft]").nth(1))
    expect(page.locator("[data-draft]").nth(1).locator("[data-image]")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-draft]").nth(1).locator("[data-image]")).to_have_count(2)

    page.get_by_role("link", name="Next: make products").click()
    page.get_by_label("Category", exact=True).select_option(label="Things")
    page.get_by_label("Price", exact=True).fill("15")
    page.get_by_role("button", name="Fill in").click()
    page.get_by_role("button", name="Accept all that are complete").click()
    expect(page.get_by_text("5 products are on sale now.")).to_be_visible()

    shopper = open_page("/")
    shopper.get_by_label("Search with a photo").set_input_files(photos[0])
    shopper.wait_for_url("**/search/?photo=*")
    expect(shopper.locator(".card-title").first).to_have_text("Lantern kind 0")


def log_in(open_page: OpenPage) -> Page:
    page = open_page("/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    return page


def make_photos(folder: Path) -> list[Path]:
    """Two photos of each of five things, and two files that are no pictures."""
    photos = []
    for number in range(GOOD):
        name = f"lantern kind {number // 2}-{'front' if number % 2 == 0 else 'back'}.jpg"
        photos.append(folder / name)
        photos[-1].write_bytes(picture_bytes((640, 640), seed=7000 + number))
    torn, notes = folder / "torn.jpg", folder / "notes.jpg"
    torn.write_bytes(picture_bytes((640, 640), seed=8000)[:3000])
    notes.write_text("Milk, bread, lamps.")
    return [*photos, torn, notes]
