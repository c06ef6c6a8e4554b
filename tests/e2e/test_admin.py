"""An admin uploads a picture and does nothing else: a search finds it."""

import re
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop
from tests.factories import picture_bytes

WITHIN_SECONDS = 10.0


def test_uploaded_picture_is_found_by_search(
    open_page: OpenPage, shop: RunningShop, tmp_path: Path
) -> None:
    photo = tmp_path / "new.jpg"
    photo.write_bytes(picture_bytes((640, 640), seed=4242))
    page = open_page("/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    page.goto(f"/admin/catalog/product/{shop.bare_product}/change/")
    field = page.locator("input[type=file][name=images-0-image]")
    if not field.count():
        page.get_by_text("Add another").first.click()

    field.set_input_files(photo)
    page.locator("button[name=_save], input[name=_save]").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    saved = time.monotonic()

    shopper = open_page("/")
    shopper.get_by_label("Search with a photo").set_input_files(photo)
    shopper.wait_for_url("**/search/?photo=*")
    first = shopper.locator(".card-title").first
    expect(first).to_be_visible()
    while first.inner_text() != "A bare thing" and time.monotonic() - saved < WITHIN_SECONDS:
        time.sleep(0.3)
        shopper.reload()
    took = time.monotonic() - saved
    assert first.inner_text() == "A bare thing"
    assert took < WITHIN_SECONDS
    print(f"found {took:.1f} s after the upload")
