"""Texts of other shops' files, and of our own: plain text from HTML, and what is meant literally.

A cell can hold more than it shows: an import takes HTML's character references for what they stand
for, makes one space of several, and cuts at separators such as `,` or `>`. Where a text of ours
needs such a character as it is, the export writes it as a reference in upper-case hexadecimal
(`&#x2C;` for a comma within a tag), and here it is kept, whatever is cut or collapsed around it.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser

from django.utils.html import strip_tags

PARAGRAPHS = frozenset(
    {"address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol"}
    | {"p", "pre", "section", "table", "tr", "ul"}
)
UNSEEN = frozenset({"script", "style", "template", "title", "head"})
LOOKS_LIKE_HTML = re.compile(r"<[a-zA-Z/!][^<>]*>|&(#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);")

SEPARATORS = ">|,:"
# What a reference keeps: spaces of all kinds, controls, what cuts a cell, what Excel escapes with,
# and what no XML may hold. NUL is not among them: no database takes it.
KEPT = [
    chr(code)
    for code in (*range(1, 0x3001), 0xFFFE, 0xFFFF)
    if chr(code).isspace()
    or unicodedata.category(chr(code)) == "Cc"
    or chr(code) in SEPARATORS + "_"
    or code > 0x3000
]
# Lone surrogates stand for them meanwhile: no text of a file has those.
_HOLDERS = {character: chr(0xD800 + n) for n, character in enumerate(KEPT)}
_RELEASED = {ord(holder): character for character, holder in _HOLDERS.items()}
_REFERENCE = re.compile(r"&#x([0-9A-F]{1,6});")


def reference(character: str) -> str:
    """What keeps a character that an import would cut at, collapse or lose."""
    return f"&#x{ord(character):X};"


def _hold(text: str) -> str:
    return _REFERENCE.sub(_holder, text) if "&#x" in text else text


def _holder(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return _HOLDERS.get(chr(code), found[0]) if code <= sys.maxunicode else found[0]


def _release(text: str) -> str:
    return text if text.isascii() else text.translate(_RELEASED)


def short_text(cell: str) -> str:
    """The text of a cell, on one line: shops keep “CoolTech&trade;” in short texts too."""
    return _release(re.sub(r"\s+", " ", unescaped(cell)).strip())


def exact_text(cell: str) -> str:
    """The text of a cell with the spaces that it has within, such as a path."""
    return _release(unescaped(cell).strip())


def parts_of(cell: str, separator: str) -> list[str]:
    """The texts between the separators, those that say something."""
    pieces = (piece.strip() for piece in unescaped(cell).split(separator))
    return [_release(piece) for piece in pieces if piece]


def slots_of(cell: str, separator: str) -> list[str]:
    """The texts between the separators, also those that say nothing; none of an empty cell."""
    text = unescaped(cell).strip()
    return [_release(piece.strip()) for piece in text.split(separator)] if text else []


def pairs_of(cell: str) -> Iterator[tuple[str, str]]:
    """`name:value, name:value`; several values of a name may stand on lines of their own."""
    for pair in unescaped(cell).split(","):
        name, colon, values = pair.strip().partition(":")
        for value in values.split("\n") if colon else ():
            if name.strip() and value.strip():
                yield _release(name.strip()), _release(value.strip())


def unescaped(cell: str) -> str:
    """The cell with its references resolved; what was meant literally is still held apart."""
    return html.unescape(_hold(cell)) if "&" in cell else cell


def plain_text(markup: str) -> str:
    """The words of an HTML text: paragraphs with an empty line between, items after a bullet."""
    markup = _hold(markup)
    reader = _Reader()
    try:
        reader.feed(markup)
        reader.close()
        text = "".join(reader.parts)
    except AssertionError:  # the parser's word for markup declarations that it does not know
        text = strip_tags(markup)
    return _release(_tidied(text))


def described(text: str) -> str:
    """A description that may be HTML or plain text, as people write it: plain text."""
    return plain_text(text) if LOOKS_LIKE_HTML.search(text) else _tidied(text)


def _tidied(text: str) -> str:
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
