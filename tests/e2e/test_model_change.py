"""An owner changes the model in the admin: prepared, compared, switched to, gone back from."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop
from tests.search.encoders.tiny import make_model

# An export by the worker, on a busy machine.
EXPORTED = 300_000


def test_another_model_is_prepared_compared_switched_to_and_gone_back_from(
    open_page: OpenPage, shop: RunningShop, tmp_path: Path
) -> None:
    reference = make_model(tmp_path / "tiny", "causal")
    page = open_page("/admin/search/embeddingmodel/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    expect(page.get_by_text("Small (vitrine-mini)")).to_be_visible()

    page.locator("input[value=own]").check()
    page.get_by_role("textbox", name="Its address").fill(reference)
    page.get_by_role("button", name="Prepare it").click()
    expect(page.get_by_text("Your server is fetching the model")).to_be_visible()

    # The page follows by itself.
    switch = page.locator("summary", has_text="Switch to it")
    expect(switch).to_be_visible(timeout=EXPORTED)
    page.get_by_role("button", name="Compare with the present one").click()
    expect(page.get_by_role("heading", name="What both find")).to_be_visible(timeout=EXPORTED)
    expect(page.locator(".model-samples > li")).not_to_have_count(0)

    switch.click()
    page.get_by_role("button", name="Switch now").click()
    expect(page.get_by_text("answers searches from now on.")).to_be_visible()
    shopper = open_page("/search/?q=red+boots")
    expect(shopper.locator(".card").first).to_be_visible()
    expect(shopper.get_by_text("not available right now")).to_have_count(0)

    page.locator("summary", has_text="Go back to it").click()
    page.get_by_role("button", name="Go back now").click()
    expect(page.get_by_text("answers searches again.")).to_be_visible()

    # What is not wanted any more goes, so that other tests find the shop as it was.
    page.locator("summary", has_text="Delete it").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_text("is being deleted.").first).to_be_visible()
    expect(page.get_by_role("heading", name="In progress")).to_have_count(0, timeout=60_000)
