"""A shop that runs as it does in production, and a real browser before it.

The database, the web process, the worker and the browser are there once for all tests of this
package.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    expect,
    sync_playwright,
)

from search.colors import upkeep
from search.models import Embedding, EmbeddingModel
from shop.catalog.models import ProductImage
from tests.e2e.servers import MODEL, Servers
from tests.factories import CategoryFactory, ProductFactory, ProductImageFactory, picture_bytes
from tests.shop.shopping import delivery, tax

CHROMIUM_OPTIONS = [
    "--no-sandbox",  # in a container there is nobody to protect from the tests' own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Of what the browser notes by itself: that a page says what was wrong with 400 or 404, that a test
# has taken the network away, and that it goes without a service worker. Of what htmx notes: that a
# request was given up for a newer one.
NOTED = (
    "the server responded",
    "net::ERR_INTERNET_DISCONNECTED",
    "Service Worker registration blocked by Playwright",
    "htmx:afterRequest,",
    "htmx:sendAbort,",
)
expect.set_options(timeout=15_000)  # machines that run tests are busy
DESKTOP = {"width": 1280, "height": 900}
TELL_OF_BROKEN_POLICIES = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`));"""
PASSWORD = "for these tests"
BOOTS = 26  # more than a page
MUGS = 3


@dataclass(frozen=True)
class RunningShop:
    """The shop's address, the picture of each product as a file, by slug, and the key of "A bare
    thing", which has no picture yet. `run` runs lines of Python in it, as somebody at its other
    end would change it."""

    url: str
    photos: dict[str, Path]
    bare_product: int
    run: Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="package")
def database(django_db_blocker: Any) -> Iterator[None]:
    """A database of these tests alone, dropped at the end: the servers see what is committed."""
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["TEST"]["NAME"] = "test_e2e"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        assert connection.settings_dict["NAME"] == "test_e2e"
        yield
        connection.creation.destroy_test_db(before, verbosity=0)
        connection.settings_dict["TEST"]["NAME"] = None


@pytest.fixture(scope="package")
def shop(database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    folder = tmp_path_factory.mktemp("shop")
    servers = Servers(folder)
    try:
        photos = stock_the_shop(folder)
        things = CategoryFactory(name="Things")
        bare = ProductFactory(title="A bare thing", category=things, variants=[{"price": "900"}])
        delivery("4.90", name="Parcel")
        delivery("14.90", name="Express", position=1)
        tax(rate="10")
        servers.run(
            "from django.core.management import call_command",
            "call_command('collectstatic', interactive=False, verbosity=0)",
            f"call_command('model', 'build', {MODEL!r})",
        )
        servers.start_worker()
        servers.start_web()
        servers.wait("worker", all_is_embedded)
        yield RunningShop(servers.url, photos, bare.pk, servers.run)
    finally:
        servers.stop()


def stock_the_shop(folder: Path) -> dict[str, Path]:
    """Fill the shop: boots on two pages, a few mugs, one with options, and an admin."""
    get_user_model().objects.create_superuser("admin", "admin@example.com", PASSWORD)
    shoes, kitchen = CategoryFactory(name="Shoes"), CategoryFactory(name="Kitchen")
    boots = CategoryFactory(name="Boots", parent=shoes)
    mugs = CategoryFactory(name="Mugs", parent=kitchen)
    photos = {}
    for number in range(BOOTS + MUGS):
        is_mug = number >= BOOTS
        data = picture_bytes((640, 640), seed=1000 + number)
        product = ProductFactory(
            title=f"Green mug {number}" if is_mug else f"Red boots {number}",
            slug=f"mug-{number}" if is_mug else f"boots-{number}",
            category=mugs if is_mug else boots,
            variants=[
                {"price": "12" if is_mug else "120", "stock": stock, "options": {"size": size}}
                for size, stock in (("S", 0), ("M", 3), ("L", 40))
            ],
        )
        for position in range(3 if number == 0 else 1):
            again = data if position == 0 else picture_bytes((640, 640), seed=2000 + position)
            ProductImageFactory(product=product, data=again, position=position)
        photos[product.slug] = folder / f"{product.slug}.jpg"
        photos[product.slug].write_bytes(data)
    list(upkeep.make_due())  # no scheduler is started that would have the worker do it
    return photos


def all_is_embedded() -> bool:
    """Whether the worker has done all; also every picture in all its sizes."""
    live = EmbeddingModel.objects.live()
    rows = Embedding.objects.filter(model=live)
    undone = rows.exclude(status=Embedding.Status.DONE)
    pictures = ProductImage.objects.all()
    return (
        rows.exists()
        and not undone.exists()
        and not pictures.filter(renditions_ready=False).exists()
    )


@pytest.fixture(scope="module", autouse=True)
def as_it_was(shop: RunningShop) -> Iterator[None]:
    """What a module's tests add to the shop is gone when the next one's begin."""
    shop.run("from tests.e2e.leftovers import remember; remember()")
    yield
    shop.run("from tests.e2e.leftovers import remove; remove()")


@pytest.fixture(scope="package")
def playwright(shop: RunningShop) -> Iterator[Playwright]:
    # From here on an event loop runs in this thread, and Django refuses queries: the tests see
    # the database through the shop alone.
    with sync_playwright() as playwright:
        yield playwright


def whole_chromium() -> str:
    program = os.environ.get("VITRINE_CHROMIUM") or shutil.which("chromium")
    assert program, "There is no browser: `.ci/browser` finds or installs one."
    return program


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium; where there is one its headless shell, which is the same without windows, and
    opens a page in a third of the time."""
    program = shutil.which("chromium-headless-shell") or whole_chromium()
    browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS)
    yield browser
    browser.close()


@pytest.fixture
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium as people have it, for what its headless shell lacks."""
    browser = playwright.chromium.launch(executable_path=whole_chromium(), args=CHROMIUM_OPTIONS)
    yield browser
    browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, shop: RunningShop) -> Iterator[OpenPage]:
    with opening(browser, shop) as open_:
        yield open_


@contextmanager
def opening(browser: Browser, shop: RunningShop) -> Iterator[OpenPage]:
    """Opens an address in a new window (options as of playwright's `new_context`).

    At the end of the test nothing may have been written to the console of any: neither a broken
    policy nor an error of a script. No file of the shop's may have been missing, and the policy of
    no page of shoppers may have allowed what is written into pages.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if not any(words in message.text for words in NOTED):
            complaints.append(f"{message.text} ({message.location})")

    def look_at(response: Response) -> None:
        if not response.url.startswith(shop.url):  # a test's own server
            return
        path = urlsplit(response.url).path
        if path.startswith(("/static/", "/media/")) and response.status >= 400:
            complaints.append(f"{path}: {response.status}")
        # A mail in the mailbox's frame is as it was sent; it runs nothing.
        others = path.startswith("/admin/") or path.endswith("/html/")
        if response.request.resource_type == "document" and not others:
            policy = response.headers.get("content-security-policy", "")
            if "script-src 'self'" not in policy or "unsafe" in policy:
                complaints.append(f"{path} has the policy {policy!r}")

    def open_(address: str, **options: object) -> Page:
        context = browser.new_context(
            base_url=shop.url,
            # Without a service worker, but where a test is about it: its requests pass by what a
            # test does with those of the page.
            **({"viewport": DESKTOP, "service_workers": "block", **options}),  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        context.add_init_script(TELL_OF_BROKEN_POLICIES)
        context.on("console", complain)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("response", look_at)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints
