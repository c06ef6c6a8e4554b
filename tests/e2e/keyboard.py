"""A shopper with eyes and a keyboard goes from stop to stop, and must see where the focus is."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page

# What has the focus: in words, where on the page, and what is wrong with how it shows.
_STOP = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return { name: "", flaws: ["the focus is nowhere"] };
    const flaws = [];
    const around = [one, one.parentElement, one.parentElement?.parentElement,
        one.parentElement?.parentElement?.parentElement, one.nextElementSibling,
        ...(one.labels ?? [])].filter(Boolean);
    const marked = ({ outlineStyle, outlineWidth, boxShadow }) =>
        (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    const rings = around.filter((near) => [null, "::before", "::after"].some(
        (part) => marked(getComputedStyle(near, part))));
    if (!rings.length) flaws.push("has no ring");
    // What is out of sight shows its focus at its label.
    const seen = [one, ...rings].find((near) => near.getBoundingClientRect().width > 4) ?? one;
    const { left, right, top, bottom, width, height } = seen.getBoundingClientRect();
    const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map(
        (y) => [left + x * width, top + y * height]));
    const within = ([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    if (!points.some(within)) flaws.push(`is out of the window at ${left}, ${top}`);
    else if (!points.filter(within).some(([x, y]) => {
        const there = document.elementFromPoint(x, y);
        return there && (seen.contains(there) || there.contains(seen));
    })) flaws.push("is hidden by something");
    const places = ["dialog", "main", "footer", "header", "nav", ".skip-link"];
    return {
        name: (one.ariaLabel || one.labels?.[0]?.textContent || one.textContent || one.name || "")
            .replace(/\\s+/g, " ").trim(),
        place: places.find((place) => one.closest(place)),
        flaws,
    };
}"""
MANY = 150


class Keyboard:
    """Presses keys on a page, and notes each stop at which the focus cannot be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.flaws: list[str] = []

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def stop(self) -> dict[str, Any]:
        """What has the focus; what is wrong with how it shows is noted."""
        stop: dict[str, Any] = self.page.evaluate(_STOP)
        address = re.sub(r"^https?://[^/]+", "", self.page.url)
        self.flaws += [f"{address}: “{stop['name'][:60]}” {flaw}" for flaw in stop["flaws"]]
        return stop

    def tab(self, *, back: bool = False) -> dict[str, Any]:
        self.press("Shift+Tab" if back else "Tab")
        return self.stop()

    def tab_to(self, target: Locator) -> None:
        """On to the target, past whatever comes before it."""
        target.wait_for(state="attached")
        self.page.wait_for_load_state()
        names = []
        for _ in range(MANY):
            names.append(self.tab()["name"])
            if target.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"The focus did not come to {target}, but to {names}")
