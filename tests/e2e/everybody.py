"""What a page must be for everybody: what axe-core looks for, and what it does not."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
NARROWEST = 320

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
_RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# What is no matter of colour is in the dark as it is in the light.
_RULES_OF_COLOR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_RUN_AXE = """async (runOnly) => {
    // Not in frames: axe is not in them, and those of other origins complain of its messages.
    const { violations } = await axe.run(
        document, { runOnly, resultTypes: ["violations"], iframes: false });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(
        ({ target, any, all, none }) =>
            `${id} (${help}): ${target.join(" ")}: `
            + [...any, ...all, ...none].map(({ message }) => message).join("; ")));
}"""
_LOOK = """() => {
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) {
        const wide = [...document.querySelectorAll("body *")].find(
            (one) => one.getBoundingClientRect().right > innerWidth + 1
                && !one.closest("[hidden], .visually-hidden"));
        found.push(`wider than the window, by ${wide?.className || wide?.tagName}`);
    }
    if (!document.documentElement.lang) found.push("no language");
    const titles = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
    if (titles.length !== 1) found.push(`${titles.length} headings of the first level`);
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const twice = new Set(ids.filter((id, place) => ids.indexOf(id) !== place));
    for (const id of twice) found.push(`the id ${id} twice`);
    for (const image of document.images) {
        const { position } = getComputedStyle(image); // "absolute": it takes no place
        const reserved = image.hasAttribute("width") && image.hasAttribute("height");
        if (reserved || position === "absolute" || !image.checkVisibility()) continue;
        found.push(`no dimensions: ${image.className} ${image.alt} ${image.src.slice(0, 60)}`);
    }
    return found;
}"""
# Whether something changes, on it or beside it, when it has the focus. Chromium shows the ring for
# a script's `focus()` after a key was pressed.
_FOCUS = """() => {
    const before = document.activeElement;
    const look = (one, part) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, clipPath,
            backgroundColor, transform, opacity } = getComputedStyle(one, part);
        const outline = outlineStyle === "none" ? "" : outlineWidth + outlineColor;
        return [outline, boxShadow, borderColor, clipPath, backgroundColor, transform,
            opacity].join();
    };
    const around = (one) => [one, one.parentElement, one.parentElement?.parentElement,
        one.parentElement?.parentElement?.parentElement, one.nextElementSibling,
        ...(one.labels ?? []), ...[...one.children].slice(0, 5)].filter(Boolean);
    const all = (one) => around(one).flatMap(
        (near) => [look(near), look(near, "::before"), look(near, "::after")]).join("|");
    const found = [];
    const query = "a[href], button, input, select, textarea, summary, [tabindex], dialog";
    for (const one of document.querySelectorAll(query)) {
        if (one.tabIndex < 0 || one.disabled || !one.checkVisibility()) continue;
        document.activeElement?.blur();
        const without = all(one);
        one.focus({ preventScroll: true });
        if (document.activeElement === one && all(one) === without) {
            found.push(`focus does not show on ${one.outerHTML.slice(0, 120)}`);
        }
    }
    before?.focus({ preventScroll: true });
    return found;
}"""


def flaws(page: Page, *, only: dict[str, int] | None = None) -> list[str]:
    """What is wrong with the page as it stands, wide and narrow (or `only` so), light and dark."""
    found: dict[str, list[str]] = {}
    before = page.viewport_size or WIDE
    page.emulate_media(reduced_motion="reduce")  # what changes has changed at once
    page.evaluate(_AXE)
    for size in [only] if only else [WIDE, NARROW]:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="dark")
        _note(found, page.evaluate(_RUN_AXE, _RULES_OF_COLOR), f"{size['width']} dark")
        page.emulate_media(color_scheme="light")
        _note(found, page.evaluate(_RUN_AXE, _RULES), f"{size['width']} light")
        _note(found, page.evaluate(_LOOK), str(size["width"]))
        page.keyboard.press("Shift")
        _note(found, page.evaluate(_FOCUS), str(size["width"]))
    if only is None or only == NARROW:
        page.set_viewport_size({**NARROW, "width": NARROWEST})  # type: ignore[arg-type]
        _note(found, page.evaluate(_LOOK), str(NARROWEST))
    page.set_viewport_size(before)
    return [f"{flaw} ({', '.join(where)})" for flaw, where in found.items()]


def _note(found: dict[str, list[str]], flaws: list[str], where: str) -> None:
    for flaw in flaws:
        found.setdefault(flaw, []).append(where)
