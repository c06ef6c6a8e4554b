"""How much moves under a shopper's eyes while pages come, over a slow network.

The figure is the browser's own (Cumulative Layout Shift): the share of the window that moved, times
how far, in the worst five seconds. What moves within half a second of an act of the shopper does
not count; it is in the column beside, which counts all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page

from benchmarks.face.running import Shop, browser

MOST = 0.02
WINDOWS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
}
# Lighthouse's "slow 4G": bytes a second, milliseconds.
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
OBSERVE = """
window.shifts = [];
new PerformanceObserver((list) => {
    for (const { value, startTime, hadRecentInput, sources } of list.getEntries()) {
        const what = sources[0]?.node;
        window.shifts.push([startTime, value, hadRecentInput,
            what?.className || what?.nodeName || ""]);
    }
}).observe({ type: "layout-shift", buffered: true });
"""
Shift = tuple[float, float, bool, str]


def measure(shop: Shop, **_options: Any) -> dict[str, Any]:
    rows: dict[str, dict[str, Any]] = {}
    acts = {name: (path, _scroll) for name, path in shop.pages.items()}
    acts["results, filtered"] = (shop.pages["results"], _filter)
    acts["results, scrolled on"] = ("/search/?price_min=1", _scroll_on)
    print(f"  {'':<34}{'shift':>8}{'all':>8}  (under {MOST})")
    with browser() as started:
        for window, options in WINDOWS.items():
            for name, (path, act) in acts.items():
                context = started.new_context(base_url=shop.url, **options)
                context.add_cookies(shop.cookies)  # type: ignore[arg-type]
                shifts = _shifts(context, path, act)
                context.close()
                row = _figures(shifts)
                rows[f"{name}, {window}"] = row
                print(
                    f"  {name + ', ' + window:<34}{row['shift']:>8.4f}{row['all']:>8.4f}"
                    f"  {row['most'] if row['shift'] >= MOST / 4 else ''}",
                    flush=True,
                )
    return rows


def _shifts(context: BrowserContext, path: str, act: Callable[[Page], None]) -> list[Shift]:
    context.add_init_script(OBSERVE)
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", NETWORK)
    page.goto(path, wait_until="load", timeout=60_000)
    act(page)
    with suppress(Error):
        page.wait_for_load_state("networkidle", timeout=10_000)
    found: list[Shift] = [(*one,) for one in page.evaluate("window.shifts")]  # type: ignore[misc]
    return found


def _scroll(page: Page, windows: int = 6) -> None:
    """Down the page, a window at a time, as pictures come."""
    for _ in range(windows):
        page.mouse.wheel(0, page.viewport_size["height"])  # type: ignore[index]
        page.wait_for_timeout(400)


def _filter(page: Page) -> None:
    """Choose a category beside the results, in the drawer on a phone."""
    opener = page.locator(".filters-open")
    if opener.is_visible():
        opener.click()
    page.locator(".filters input[type=radio]:not(:checked)").locator("visible=true").first.check()
    page.wait_for_timeout(3000)


def _scroll_on(page: Page) -> None:
    """To where the next pages of results come by themselves."""
    _scroll(page, windows=20)


def _figures(shifts: list[Shift]) -> dict[str, Any]:
    counted = [one for one in shifts if not one[2]]
    most = max(counted, key=lambda one: one[1], default=(0, 0, False, ""))
    return {"shift": worst(counted), "all": worst(shifts), "most": most[3]}


def worst(shifts: list[Shift]) -> float:
    """The largest sum of shifts in five seconds without a pause of one."""
    largest = total = begun = last = 0.0
    for at, value, *_rest in sorted(shifts):
        if at - last > 1000 or at - begun > 5000:
            total, begun = 0.0, at
        total, last = total + value, at
        largest = max(largest, total)
    return largest
