"""Plain text from the HTML of other shops."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from django.utils.html import strip_tags

PARAGRAPHS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol"}
    | {"p", "pre", "section", "table", "tr", "ul"}
)
UNSEEN = frozenset({"script", "style", "template", "title", "head"})


def plain_text(html: str) -> str:
    """The words of an HTML text: paragraphs with an empty line between, items after a bullet."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
        text = "".join(reader.parts)
    except AssertionError:  # the parser's word for markup declarations that it does not know
        text = strip_tags(html)
    lines = (re.sub(r"\s+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n• ")
        elif tag in PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # Line ends in the source are spaces to a reader of the page.
            self.parts.append(data.replace("\n", " "))
