"""What pages weigh as they are sent: compressed, for a browser that has nothing yet."""

from __future__ import annotations

import urllib.request
from typing import Any

from playwright.sync_api import Browser, Response

from benchmarks.face.running import ROOT, Shop, browser

PHONE: Any = {"width": 390, "height": 844}
JAVASCRIPT, CSS = 40, 25  # KB, the most there may be
KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "JavaScript", "image": "pictures"}
OF_THE_ADMIN = {"print.js", "spot-editor.js"}


def measure(shop: Shop, **_options: Any) -> dict[str, Any]:
    with browser() as started:
        pages = {name: _page(started, shop, path) for name, path in shop.pages.items()}
    columns = list(KINDS.values())
    print(f"  {'KB':<12}" + "".join(f"{column:>12}" for column in columns))
    for name, sizes in pages.items():
        print(f"  {name:<12}" + "".join(f"{sizes[column] / 1000:>12.1f}" for column in columns))
    scripts = _scripts(shop)
    css = max(sizes["CSS"] for sizes in pages.values())
    print(f"  JavaScript in all, with htmx: {scripts / 1000:.1f} KB (under {JAVASCRIPT})")
    print(f"  CSS: {css / 1000:.1f} KB (under {CSS})", flush=True)
    return {"pages": pages, "javascript": scripts, "css": css}


def _page(started: Browser, shop: Shop, path: str) -> dict[str, int]:
    """Bytes by kind until the page is quiet; pictures below the fold are not asked for."""
    sizes = dict.fromkeys(KINDS.values(), 0)
    found: dict[str, str] = {}

    def note(response: Response) -> None:
        kind = KINDS.get(response.request.resource_type)
        if kind and response.url.startswith(shop.url):
            found[response.url] = kind

    context = started.new_context(
        base_url=shop.url, viewport=PHONE, device_scale_factor=2, service_workers="block"
    )
    context.add_cookies(shop.cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("response", note)
    page.goto(path, wait_until="networkidle")
    context.close()
    for url, kind in found.items():
        sizes[kind] += _bytes(shop, url)
    return sizes


def _scripts(shop: Shop) -> int:
    """Every script of the storefront and htmx, as they are sent."""
    ours = {path.name for path in (ROOT / "static" / "js").glob("*.js")} - OF_THE_ADMIN
    paths = [*(f"js/{name}" for name in sorted(ours)), "django_htmx/htmx-2.min.js"]
    return sum(_bytes(shop, f"{shop.url}/static/{path}") for path in paths)


def _bytes(shop: Shop, url: str) -> int:
    headers = {"Accept-Encoding": "gzip", "Cookie": f"sessionid={shop.session}"}
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return len(response.read())
