"""What pages weigh as they are sent: compressed, for a browser that has nothing yet."""

from __future__ import annotations

import gzip
import urllib.request
from pathlib import Path
from typing import Any

import django_htmx
from playwright.sync_api import Response

from benchmarks.face.running import ROOT, Shop, browser

PHONE = {"width": 390, "height": 844}
JAVASCRIPT, CSS = 40, 25  # KB, the most there may be
KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "JavaScript", "image": "pictures"}
OF_THE_ADMIN = {"print.js"}


def measure(shop: Shop, **_options: Any) -> dict[str, Any]:
    pages = {name: _page(shop, path) for name, path in shop.pages.items()}
    columns = list(KINDS.values())
    print(f"  {'KB':<12}" + "".join(f"{column:>12}" for column in columns))
    for name, sizes in pages.items():
        print(f"  {name:<12}" + "".join(f"{sizes[column] / 1000:>12.1f}" for column in columns))
    scripts = _scripts()
    css = max(sizes["CSS"] for sizes in pages.values())
    print(f"  JavaScript in all, with htmx: {scripts / 1000:.1f} KB (under {JAVASCRIPT})")
    print(f"  CSS: {css / 1000:.1f} KB (under {CSS})", flush=True)
    return {"pages": pages, "javascript": scripts, "css": css}


def _page(shop: Shop, path: str) -> dict[str, int]:
    """Bytes by kind until the page is quiet; pictures below the fold are not asked for."""
    sizes = dict.fromkeys(KINDS.values(), 0)
    found: dict[str, str] = {}

    def note(response: Response) -> None:
        kind = KINDS.get(response.request.resource_type)
        if kind and response.url.startswith(shop.url):
            found[response.url] = kind

    with browser() as started:
        context = started.new_context(
            base_url=shop.url, viewport=PHONE, device_scale_factor=2, service_workers="block"
        )
        context.add_cookies(shop.cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("response", note)
        page.goto(path, wait_until="networkidle")
    for url, kind in found.items():
        headers = {"Accept-Encoding": "gzip", "Cookie": f"sessionid={shop.session}"}
        request = urllib.request.Request(url, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as response:
            sizes[kind] += len(response.read())
    return sizes


def _scripts() -> int:
    """Every script of the storefront and htmx, each compressed by itself."""
    files = [
        path for path in (ROOT / "static" / "js").glob("*.js") if path.name not in OF_THE_ADMIN
    ]
    files.append(Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js")
    return sum(len(gzip.compress(path.read_bytes())) for path in files)
