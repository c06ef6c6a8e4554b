"""What pages tell of searches, and picks for whoever asks for them, with scripts and without."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.servers import ROOT

MODULE = ROOT / "static" / "js" / "events.js"

QUERY_ID = "00078f3a5b1c8d2e8f00c1d2e3f4a5b6"
# Results as the search page has them, higher than a screen.
RESULTS = f"""<!doctype html><html lang="en"><title>Results</title>
<body><div class="grid" data-query-id="{QUERY_ID}" data-first-position="25">
{"".join(f'<article style="height: 500px">{n}</article>' for n in range(6))}</div>
<script type="module" src="/events.js"></script></body></html>"""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_address_of_a_result_becomes_that_of_the_product(
    open_page: OpenPage, scripts: bool
) -> None:
    page = open_page(
        f"/product/boots-0/?variant=SKU&from={QUERY_ID}#picture-2", java_script_enabled=scripts
    )

    expect(page.get_by_role("heading", level=1)).to_have_text("Red boots 0")
    if scripts:
        assert page.url.endswith("/product/boots-0/?variant=SKU#picture-2")
        page.go_back()
        assert page.url == "about:blank"  # it is no step of its own in the history
    else:
        assert f"from={QUERY_ID}" in page.url


class Listener(BaseHTTPRequestHandler):
    """A page of results, the module, and an ear for what it tells: Playwright hears no beacons."""

    heard: list[object]

    def do_GET(self) -> None:
        if self.path == "/events.js":
            self._answer(MODULE.read_bytes(), "text/javascript")
        else:
            self._answer(RESULTS.encode() if self.path == "/results/" else b"<p>Bye", "text/html")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.path, self.headers["Content-Type"], json.loads(body)))
        self._answer(b"", "text/plain")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing into the output of the tests."""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """The address of its results, and what it has heard."""
    handler = type("Ear", (Listener,), {"heard": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/results/", handler.heard
    server.shutdown()


def test_what_came_into_view_is_told_once_when_the_page_is_left(
    open_page: OpenPage, listener: tuple[str, list[object]]
) -> None:
    address, heard = listener
    page = open_page(address)
    page.wait_for_timeout(1500)
    page.mouse.wheel(0, 800)
    page.wait_for_timeout(200)  # what is passed quickly was not looked at
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(1500)
    assert heard == []

    page.goto("/")

    page.wait_for_timeout(500)
    seen = {"type": "impression", "query_id": QUERY_ID, "positions": [25, 26, 29, 30]}
    assert heard == [("/api/v1/events/", "application/json", {"events": [seen]})]


def look_at(page: Page, *slugs: str) -> None:
    for slug in slugs:
        page.goto(f"/product/{slug}/")


@pytest.mark.parametrize("scripts", [True, False])
def test_picks_are_asked_for_explained_and_forgotten(open_page: OpenPage, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    picked = page.get_by_role("region", name="Picked for you")
    look_at(page, "boots-1", "boots-2", "boots-3")  # before: nobody remembers
    page.goto("/")
    expect(picked).to_have_count(0)
    page.get_by_role("contentinfo").get_by_role("link", name="Picked for you").click()
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_text("Look at 3 products")).to_be_visible()

    look_at(page, "boots-4", "boots-5", "boots-6")
    page.goto("/")

    expect(picked.locator(".card")).to_have_count(8)
    picked.get_by_text("Why these?").click()
    expect(picked.get_by_role("link", name="Red boots 5")).to_be_visible()
    picked.get_by_role("button", name="Forget what I looked at").click()
    expect(page.get_by_text("Look at 3 products")).to_be_visible()
    page.goto("/")
    expect(picked).to_have_count(0)
    page.goto("/for-you/")
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_role("button", name="Turn it on")).to_be_visible()


@pytest.mark.parametrize("width", [360, 390, 768])
def test_the_page_of_picks_fits_a_phone(open_page: OpenPage, width: int) -> None:
    page = open_page("/for-you/", viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Turn it on").click()
    look_at(page, "boots-4", "boots-5", "boots-6")
    for address in ("/for-you/", "/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
