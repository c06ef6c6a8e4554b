"""The letters of an invoice, whatever a name is written in.

DejaVu Sans where the system has it (Latin, Greek, Cyrillic, Hebrew, Arabic and more), else the
Vera that comes with reportlab (western and central Europe). Chinese, Japanese and Korean are set in
the fonts that every reader of PDF has for them, which are not embedded. What none of them has is
left out if it is a picture or a mark, and is a question mark if it is a letter.

Hebrew and Arabic read from right to left as long as they fit in a line; Arabic letters are not
joined, which takes a shaping engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

NORMAL, BOLD = "Invoice", "Invoice-Bold"
# Where Debian, Fedora, Arch and Alpine put them.
FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/TTF",
    "/usr/share/fonts/dejavu",
)
# Words of Hebrew or Arabic letters, and what stands between them.
_RTL = "[\\u0590-\\u08ff\\ufb1d-\\ufefc]+"
RIGHT_TO_LEFT = re.compile(f"{_RTL}(?:[ ,.\"'-]+{_RTL})*")
CHINESE, JAPANESE, KOREAN = "STSong-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium"


@cache
def register() -> frozenset[int]:
    """Tell reportlab of the fonts, once a process; gives the code points that the main one has."""
    files = _dejavu() or ("Vera.ttf", "VeraBd.ttf")
    for name, file in zip((NORMAL, BOLD), files, strict=True):
        pdfmetrics.registerFont(TTFont(name, file))
    pdfmetrics.registerFontFamily(NORMAL, normal=NORMAL, bold=BOLD, italic=NORMAL, boldItalic=BOLD)
    for name in (CHINESE, JAPANESE, KOREAN):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return frozenset(pdfmetrics.getFont(NORMAL).face.charToGlyph)


def _dejavu() -> tuple[str, str] | None:
    for folder in map(Path, FOLDERS):
        files = folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf"
        if all(file.exists() for file in files):
            return str(files[0]), str(files[1])
    return None


def sans_file() -> str:
    """The file of the main font."""
    return (_dejavu() or (str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"),))[0]


def marked(text: str) -> str:
    """`text` as the XML of a reportlab paragraph, each part in a font that has its letters."""
    known = register()
    plain = "".join(_written(char, known) for char in unicodedata.normalize("NFC", text))
    plain = RIGHT_TO_LEFT.sub(lambda found: found[0][::-1], plain)
    east = _eastern(plain)
    parts = []
    for font, run in groupby(plain, key=lambda char: _font(char, known, east)):
        words = escape("".join(run))
        parts.append(f'<font name="{font}">{words}</font>' if font else words)
    return "".join(parts)


def _written(char: str, known: frozenset[int]) -> str:
    if ord(char) in known and unicodedata.category(char)[0] != "C":
        return char
    if char.isspace():
        return " "
    if _is_eastern(char):
        return char
    bare = "".join(c for c in unicodedata.normalize("NFKD", char) if ord(c) in known)
    if bare:
        return bare
    return "?" if unicodedata.category(char)[0] in "LN" else ""


def _font(char: str, known: frozenset[int], east: str) -> str:
    """The name of the font for the character; "" for the main one."""
    return east if _is_eastern(char) and ord(char) not in known else ""


def _is_eastern(char: str) -> bool:
    code = ord(char)
    return 0x3000 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3 or 0xFF00 <= code < 0xFFF0


def _eastern(text: str) -> str:
    """Whose letters: Chinese ones are in Japanese and Korean texts too, which the others tell."""
    tests: list[tuple[str, Callable[[int], bool]]] = [
        (KOREAN, lambda code: 0xAC00 <= code <= 0xD7A3),
        (JAPANESE, lambda code: 0x3040 <= code <= 0x30FF),
    ]
    for font, test in tests:
        if any(test(ord(char)) for char in text):
            return font
    return CHINESE
