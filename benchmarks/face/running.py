"""A demo shop that runs, its pages, and a browser before it."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 900  # the first time it draws and embeds a catalogue
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--no-first-run"]


@dataclass(frozen=True)
class Shop:
    """Its address, the pages that are measured, and a session with something in the cart."""

    url: str
    pages: dict[str, str]
    session: str

    @classmethod
    def look_at(cls, url: str) -> Shop:
        """Finds a category and a product, and puts it into a cart."""
        kept = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(kept))
        results = "/search/?q=red+boots"

        def read(path: str, **form: str) -> str:
            data = urllib.parse.urlencode(form).encode() or None
            request = urllib.request.Request(url + path, data, {"Referer": url + path})
            with opener.open(request, timeout=60) as response:
                html: str = response.read().decode()
            return html

        product = _first(r'href="(/product/[\w-]+/)', read(results))
        page = read(product)
        read(
            "/cart/add/",
            csrfmiddlewaretoken=_first(r'name="csrfmiddlewaretoken" value="(\w+)"', page),
            variant=_first(r'name="variant" value="([^"]+)"', page),
            quantity="1",
        )
        pages = {
            "home": "/",
            "category": _first(r'href="(/category/[\w-]+/)', read("/")),
            "results": results,
            "product": product,
            "checkout": "/checkout/",
        }
        session = next(cookie.value or "" for cookie in kept if cookie.name == "sessionid")
        return cls(url, pages, session)

    @property
    def cookies(self) -> list[dict[str, str]]:
        return [{"name": "sessionid", "value": self.session, "url": self.url}]


def _first(pattern: str, html: str) -> str:
    found = re.search(pattern, html)
    if not found:
        raise SystemExit(f"The shop shows nothing like {pattern}: is its catalogue there?")
    return found[1]


@contextmanager
def running_shop(url: str | None) -> Iterator[str]:
    """The address of the shop: the given one, or that of the demo, started and stopped."""
    if url:
        yield url.rstrip("/")
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # What this process was given or has set is not the demo's.
    own = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    environ = {name: value for name, value in os.environ.items() if name not in own}
    throttles = {"THROTTLE_SEARCH": "100000/min", "THROTTLE_PHOTO": "100000/min"}
    process = subprocess.Popen(
        [sys.executable, "-m", "shop.demo"],
        cwd=ROOT,
        env={**environ, **throttles, "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, address)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demo shop did not start: `make demo` says why. Or name one by --url.")


def chromium() -> str:
    """The path of the browser."""
    for path in (os.environ.get("VITRINE_CHROMIUM"), shutil.which("chromium")):
        if path:
            return path
    found = subprocess.run([ROOT / ".ci" / "browser"], capture_output=True, text=True)
    if found.returncode:
        raise SystemExit(found.stderr.strip())
    return found.stdout.strip()


@contextmanager
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise SystemExit("This needs playwright: pip install -r requirements-dev.txt") from None
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()
