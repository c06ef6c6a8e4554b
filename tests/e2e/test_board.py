"""What the search sees, in the admin: it follows by itself, and what failed is tried again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from search.models import Embedding
from tests.e2e.conftest import PASSWORD, OpenPage, RunningShop

SEEN = "The search has seen all your pictures and texts."


@pytest.fixture
def broken_later(shop: RunningShop) -> Iterator[Any]:
    """Has a picture be one that failed, when called."""
    row = Embedding.objects.filter(kind="image", status="done").earliest("pk")
    error = "The picture file cannot be read: it is cut off."
    # By the driver itself: Django's models refuse to work beside the browser's event loop.
    driver = connection.connection

    def fail() -> None:
        driver.execute(
            "UPDATE search_embedding SET status = 'failed', error = %s WHERE id = %s",
            [error, row.pk],
        )

    yield fail


def test_the_board_follows_and_tries_again(open_page: OpenPage, broken_later: Any) -> None:
    page = open_page("/admin/search/embedding/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", name=SEEN)).to_be_visible()

    broken_later()

    damaged = page.get_by_role("heading", name="The picture’s file is damaged")
    expect(damaged).to_be_visible(timeout=40_000)
    expect(page.get_by_role("heading", name="everything but 1 picture")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("1 picture or text is tried again.")).to_be_visible()
    expect(page.get_by_role("heading", name=SEEN)).to_be_visible(timeout=60_000)
    expect(damaged).to_have_count(0)
