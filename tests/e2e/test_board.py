"""What the search sees, in the admin: it follows without a reload, and what failed is tried again."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from search.models import Embedding
from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop, all_is_embedded

SEEN = "The search has seen all your pictures and texts."


def test_the_board_follows_and_tries_again(open_page: OpenPage, shop: RunningShop) -> None:
    assert all_is_embedded()
    page = open_page("/admin/search/embedding/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", name=SEEN)).to_be_visible()
    row = Embedding.objects.filter(kind="image", status="done").earliest("pk")

    Embedding.objects.filter(pk=row.pk).update(
        status="failed", error="The picture file cannot be read: it is cut off."
    )

    damaged = page.get_by_role("heading", name="The picture’s file is damaged")
    expect(damaged).to_be_visible(timeout=40_000)
    expect(page.get_by_role("heading", name="everything but 1 picture")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("1 picture or text is tried again.")).to_be_visible()
    expect(page.get_by_role("heading", name=SEEN)).to_be_visible(timeout=60_000)
    expect(damaged).to_have_count(0)
