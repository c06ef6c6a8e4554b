"""The shop on a phone's home screen: what Chromium makes of the manifest, the page without the
internet, what a phone shares into the search, and how a worker goes."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import OpenPage, RunningShop, opening
from tests.e2e.servers import ROOT
from tests.factories import picture_bytes

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "service_workers": "allow",
}
DESKTOP: dict[str, Any] = {"service_workers": "allow"}
BOTH = pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])


# The tests' own waiting would evaluate words, which the policy forbids.
CONTROLLED = """new Promise((done) => {
  if (navigator.serviceWorker.controller) done();
  else navigator.serviceWorker.addEventListener("controllerchange", done);
})"""


def with_worker(open_page: OpenPage, address: str, **options: Any) -> Page:
    """A page that the worker has taken over."""
    page = open_page(address, **options)
    page.evaluate(CONTROLLED)
    return page


def add_to_cart(page: Page) -> None:
    page.locator("[data-buy]").get_by_role("button", name="Add to cart").click()
    expect(page.locator("[data-added]")).to_contain_text("cart")


def kept(page: Page) -> list[str]:
    """What the worker keeps, as paths."""
    found: list[str] = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) {
              found.push(new URL(request.url).pathname);
            }
          }
          return found;
        }"""
    )
    return found


def test_chromium_finds_nothing_that_keeps_the_shop_from_being_installed(
    whole_browser: Browser, shop: RunningShop
) -> None:
    with opening(whole_browser, shop) as open_page:
        page = with_worker(open_page, "/", **PHONE)
        asked = page.context.new_cdp_session(page)
        read = asked.send("Page.getAppManifest")
        errors = asked.send("Page.getInstallabilityErrors")["installabilityErrors"]

    manifest = json.loads(read["data"])
    assert read["errors"] == []
    assert manifest["share_target"]["action"] == "/search/share/"
    # A window without a profile of its own is one that nothing is installed from.
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


# Looks for a new worker, and waits for it.
UPDATED = """(async (state) => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (worker.state !== state) {
    await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
  }
})"""


@BOTH
def test_without_the_internet_a_page_says_so_and_comes_back_by_itself(
    open_page: OpenPage, device: dict[str, Any]
) -> None:
    page = with_worker(open_page, "/", **device)

    page.context.set_offline(True)
    page.goto("/category/shoes/")

    expect(page.get_by_role("heading", name="There is no internet")).to_be_visible()
    assert page.url.endswith("/category/shoes/")
    assert (
        page.locator(".failure").evaluate("failure => getComputedStyle(failure).display") == "grid"
    )
    assert page.locator(".failure-icon").evaluate("icon => icon.naturalWidth") == 192
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="There is no internet")).to_be_visible()

    page.context.set_offline(False)

    expect(page.get_by_role("heading", name="Shoes", level=1)).to_be_visible()


def test_no_page_is_kept_and_least_of_all_one_s_own(open_page: OpenPage) -> None:
    page = with_worker(open_page, "/", **PHONE)

    for address in (
        "/cart/",
        "/account/login/",
        "/search/?q=boots",
        "/product/boots-0/",
        "/admin/",
    ):
        page.goto(address)

    assert kept(page)[0] == "/offline/"
    assert all(re.fullmatch(r"/offline/|/(?:static|icons)/.*", path) for path in kept(page))


def test_forms_and_redirects_pass_the_worker_as_they_are(open_page: OpenPage) -> None:
    page = with_worker(open_page, "/product/boots-0/?variant=none", **PHONE)

    add_to_cart(page)
    page.goto("/cart/")
    expect(page.locator("main")).to_contain_text("Red boots 0")
    page.goto("/account/addresses/")

    assert "/account/login/" in page.url


class Deployments(ThreadingHTTPServer):
    """A site with one page and the shop's worker, as it is deployed: `script` is the newest."""

    daemon_threads = True
    script = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Deployed(BaseHTTPRequestHandler):
    server: Deployments

    def do_GET(self) -> None:
        is_script = self.path == "/service-worker.js"
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.end_headers()
        self.wfile.write(self.server.script.encode() if is_script else b"<title>A page</title>")

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def elsewhere() -> Iterator[Deployments]:
    server = Deployments(("127.0.0.1", 0), Deployed)
    threading.Thread(target=server.serve_forever).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def window(browser: Browser, shop: RunningShop) -> Iterator[Page]:
    """One that also goes to pages that are not the shop's."""
    context = browser.new_context(base_url=shop.url, **PHONE)
    yield context.new_page()
    context.close()


def test_a_new_worker_takes_the_place_of_the_old_one_and_can_be_switched_off(
    window: Page, elsewhere: Deployments
) -> None:
    page = window
    script = page.request.get("/service-worker.js").text()
    [version] = re.findall('"version": "([0-9a-f]+)"', script)
    elsewhere.script = script
    page.goto(elsewhere.url)
    page.evaluate(f"navigator.serviceWorker.register('/service-worker.js'); {CONTROLLED}")
    assert page.evaluate("caches.keys()") == [f"offline-{version}"]

    elsewhere.script = script.replace(version, "the-next-one")
    page.evaluate(f"{UPDATED}('activated')")

    assert page.evaluate("caches.keys()") == ["offline-the-next-one"]

    # What the server answers with SERVICE_WORKER=0.
    elsewhere.script = (ROOT / "templates/installable/no-service-worker.js").read_text()
    page.evaluate(f"{UPDATED}('activated')")
    page.reload()

    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []


# --- Sharing --------------------------------------------------------------------------------------

# What a phone does with the manifest's `share_target`.
SHARE = """([action, words, data]) => {
  const form = document.createElement("form");
  Object.assign(form, { action, method: "post", enctype: "multipart/form-data" });
  const field = (name, type) => {
    const input = document.createElement("input");
    form.append(Object.assign(input, { name, type }));
    return input;
  };
  field("title", "text").value = "IMG_2041";
  field("q", "text").value = words;
  field("url", "text").value = "";
  if (data) {
    const sent = new DataTransfer();
    sent.items.add(new File([Uint8Array.from(data)], "IMG_2041.jpg", { type: "image/jpeg" }));
    field("image", "file").files = sent.files;
  }
  document.body.append(form);
  form.submit();
}"""


def share(page: Page, *, words: str = "", photo: bytes | None = None) -> None:
    """Post what a phone posts, with the cookies of the shop."""
    data = None if photo is None else list(photo)
    with page.expect_navigation(url="**/search/?*"):
        page.evaluate(SHARE, ["/search/share/", words, data])


def test_a_shared_photo_is_searched_with_and_the_cart_stays(
    open_page: OpenPage, shop: RunningShop
) -> None:
    page = with_worker(open_page, "/product/mug-26/", **PHONE)
    add_to_cart(page)
    page.goto("/")

    share(page, photo=shop.photos["boots-3"].read_bytes())

    expect(page.get_by_role("heading", name="Like your photo")).to_be_visible()
    expect(page.locator(".card").first).to_contain_text("Red boots 3")
    page.reload()
    expect(page.get_by_role("heading", name="Like your photo")).to_be_visible()
    page.goto("/cart/")
    expect(page.locator("main")).to_contain_text("Green mug 26")


def test_shared_words_are_searched_for_without_the_address(open_page: OpenPage) -> None:
    page = open_page("/", **PHONE)

    share(page, words="green mug\nhttps://elsewhere.example/mugs?a=1")

    assert page.url.endswith("/search/?q=green+mug")
    expect(page.locator(".card").first).to_contain_text("Green mug")


def test_a_photo_that_another_site_sends_leaves_the_visitor_who_they_were(
    window: Page, shop: RunningShop, elsewhere: Deployments
) -> None:
    """A browser sends no cookie with it (SameSite=Lax): the answer must not set another session."""
    window.goto("/product/mug-26/")
    add_to_cart(window)

    # The same machine, but another site.
    window.goto(elsewhere.url.replace("127.0.0.1", "localhost"))
    with window.expect_navigation(url=f"{shop.url}/search/?photo=*"):
        data = list(picture_bytes(seed=1))
        window.evaluate(SHARE, [f"{shop.url}/search/share/", "", data])

    expect(window.get_by_role("heading", name="Like your photo")).to_be_visible()
    window.goto("/cart/")
    expect(window.locator("main")).to_contain_text("Green mug 26")
