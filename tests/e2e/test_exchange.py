"""A merchant who imports a file sees what it would change before anything does, and exports it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage
from tests.e2e.everybody import NARROW

FILE = """Title,SKU,Price,Stock,Category
Striped scarf,SCARF-1,19.90,5,Scarves
Dotted scarf,SCARF-2,no idea,5,Scarves
"""


def log_in(page: Page) -> None:
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("log in", re.IGNORECASE)).click()


def test_a_file_is_looked_at_then_imported_and_exported_again(
    open_page: OpenPage, tmp_path: Path
) -> None:
    file, wrong = tmp_path / "scarves.csv", tmp_path / "letter.pdf"
    file.write_text(FILE)
    wrong.write_bytes(b"%PDF-1.7 a letter")
    page = open_page("/admin/import/")
    log_in(page)
    page.goto("/admin/import/")
    choose = page.get_by_label("Choose a file")

    # What is no table is refused on the spot.
    choose.set_input_files(wrong)
    expect(page.get_by_role("alert")).to_contain_text("This is a PDF.")

    # What would change is shown, and nothing has changed.
    choose.set_input_files(file)
    button = page.get_by_role("button", name="Import 1 product")
    expect(button).to_be_visible(timeout=60_000)
    problem = page.get_by_role("row", name="dotted-scarf")
    expect(problem).to_contain_text("is no number such as 1234.50")
    assert page.request.get("/product/striped-scarf/").status == 404

    # Without a reload the page follows the import to its end.
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The import is finished")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("row", name="Striped scarf")).to_contain_text("new")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download the report").click()
    assert "striped-scarf" in downloaded.value.path().read_text()
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # And out again.
    page.goto("/admin/export/")
    page.get_by_label("File").select_option("csv")
    page.get_by_label("Which products").select_option(label="Scarves")
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Export").click()
    exported = downloaded.value.path().read_text("utf-8-sig")
    assert "SCARF-1" in exported
    assert "19.90" in exported
    assert len(exported.splitlines()) == 2
