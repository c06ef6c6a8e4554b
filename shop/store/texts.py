"""The plain format of the merchant's texts, as HTML.

Paragraphs are parted by empty lines; a line that begins with `# ` (or `## `) is a heading, lines
that begin with `- ` or `* ` are items of a list; `[words](https://address)` is a link, and so is a
bare address. Everything else is what it is: no text can become markup.
"""

from __future__ import annotations

import re

from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe

HEADING = re.compile(r"(#{1,3})\s+(.+)")
ITEM = re.compile(r"[-*]\s+(.+)")
# Only where a browser goes to a page, writes a mail or dials.
LINK = re.compile(r"\[([^\]\n]+)\]\(((?:https?://|mailto:|tel:|/(?!/))[^\s()]+)\)")


def as_html(text: str) -> SafeString:
    """Headings (from `<h2>`, for the page has its own), paragraphs, lists and links."""
    blocks: list[SafeString] = []
    lines: list[str] = []
    items: list[str] = []

    def end() -> None:
        if lines:
            joined = format_html_join(mark_safe("<br>"), "{}", ((_inline(one),) for one in lines))
            blocks.append(format_html("<p>{}</p>", joined))
        if items:
            listed = format_html_join("", "<li>{}</li>", ((_inline(one),) for one in items))
            blocks.append(format_html("<ul>{}</ul>", listed))
        lines.clear()
        items.clear()

    for line in text.splitlines():
        line = line.strip()
        if heading := HEADING.fullmatch(line):
            end()
            level = len(heading[1]) + 1
            blocks.append(format_html("<h{0}>{1}</h{0}>", level, _inline(heading[2])))
        elif item := ITEM.fullmatch(line):
            if lines:
                end()
            items.append(item[1])
        elif not line:
            end()
        elif items:  # a long item goes on
            items[-1] += f" {line}"
        else:
            lines.append(line)
    end()
    return format_html_join("\n", "{}", ((block,) for block in blocks))


def _inline(text: str) -> SafeString:
    """Links, in words that are escaped."""
    parts: list[str] = []
    at = 0
    for link in LINK.finditer(text):
        parts.append(urlize(text[at : link.start()], autoescape=True))
        parts.append(format_html('<a href="{}">{}</a>', link[2], link[1]))
        at = link.end()
    parts.append(urlize(text[at:], autoescape=True))
    return mark_safe("".join(parts))  # noqa: S308  (each part was escaped)
