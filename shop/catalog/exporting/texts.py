"""Writes texts so that an import reads back each as it was (`shop.catalog.importing.texts`)."""

from __future__ import annotations

import html
import re

from shop.catalog.importing.texts import described, reference, unescaped

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
CONTROLS_IN_LINES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
# What Excel and its libraries take for an escaped character, `_x0041_`.
EXCEL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|(?<=x005F)_")


def short(text: str, separators: str = "") -> str:
    """A text on one line; `separators` are those that part it from others in its cell."""
    if "&" in text and unescaped(text) != text:
        text = text.replace("&", "&amp;")
    text = _keeping_spaces(text, {})
    text = CONTROLS.sub(_reference, text)
    for separator in separators:
        text = text.replace(separator, reference(separator))
    return text


def joined(texts: list[str], separator: str) -> str:
    """Several texts in one cell."""
    return separator.join(short(text, separator) for text in texts)


def paired(pairs: list[tuple[str, str]]) -> str:
    """Attributes and their values, as tags: `material:Wool, climate:Cool`."""
    return ", ".join(f"{short(name, ',:')}:{short(value, ',:')}" for name, value in pairs)


def as_html(text: str) -> str:
    """A description as HTML: paragraphs, and lines within them."""
    if not text:
        return ""
    body = _keeping_spaces(html.escape(text, quote=False), {"\n\n": "</p><p>", "\n": "<br>"})
    return f"<p>{CONTROLS.sub(_reference, body)}</p>"


def description(text: str) -> str:
    """A description as it is, or as HTML if it would not be read back so."""
    if CONTROLS_IN_LINES.search(text) or described(text) != text:
        return as_html(text)
    return text


def for_excel(text: str) -> str:
    """A text that is no description, without what a workbook takes for an escape of its own."""
    return EXCEL_ESCAPE.sub(reference("_"), text)


def description_for_excel(text: str) -> str:
    return for_excel(as_html(text)) if EXCEL_ESCAPE.search(text) else description(text)


def _keeping_spaces(text: str, lines: dict[str, str]) -> str:
    """The spaces that an import would collapse or cut off, as references."""

    def kept(found: re.Match[str]) -> str:
        run = found[0]
        within = found.start() > 0 and found.end() < len(text)
        if within and run in lines:
            return lines[run]
        if within and run == " ":
            return run
        return "".join(map(reference, run))

    return re.sub(r"\s+", kept, text)


def _reference(found: re.Match[str]) -> str:
    return reference(found[0])
