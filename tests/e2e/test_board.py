"""What the search sees, in the admin: it follows by itself, and what failed is tried again."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from playwright.sync_api import expect

from search.models import Embedding
from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop

SEEN = "The search has seen all your pictures and texts."


def fail_one() -> None:
    """Have a picture be one that failed."""
    row = Embedding.objects.filter(kind="image", status="done").earliest("pk")
    error = "The picture file cannot be read: it is cut off."
    Embedding.objects.filter(pk=row.pk).update(status="failed", error=error)
    connection.close()


def test_the_board_follows_and_tries_again(open_page: OpenPage, shop: RunningShop) -> None:
    page = open_page("/admin/search/embedding/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", name=SEEN)).to_be_visible()

    # Django refuses to ask the database beside the browser's event loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(fail_one).result()

    damaged = page.get_by_role("heading", name="The picture’s file is damaged")
    expect(damaged).to_be_visible(timeout=40_000)
    expect(page.get_by_role("heading", name="everything but 1 picture")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("1 picture or text is tried again.")).to_be_visible()
    expect(page.get_by_role("heading", name=SEEN)).to_be_visible(timeout=60_000)
    expect(damaged).to_have_count(0)
