"""What the name of a file says: which photos show one thing, and what that is called."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

# What cameras, phones and messengers call all that they take, and what is no more than a number.
_CAMERA = re.compile(
    r"(img|dsc[nf]?|dscf|pxl|p|mvimg|photo|foto|image|bild|picture|screenshot|pict|cimg|sam|gopr|"
    r"whatsapp image|unnamed|download|untitled|vid|scan)"
    r"[ _.\-–]*(\d[\d _.:-]*(wa\d+)?)?(at [\d.]+ ?([ap]m)?)?( ?\(\d+\))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d _.:-]*")
_TIME = re.compile(r"(19|20)\d\d([-._]?\d\d){2}[ _.\-T]+\d\d([.\-_:]?\d\d)+.*")
_COUNT = re.compile(r"\(?\d{1,3}\)?")
# What programs make up, and what stands behind it: 07bf93d6-850f-4309-ba86-52e2d1f5cce2_1.
_MADE_UP = re.compile(
    r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*\d)[0-9a-f]{16,128})"
    r"([ _\-(]+[0-9a-z]{1,4}\)?)*",
    re.IGNORECASE,
)
# Folders of cameras (their standard: 100CANON) and systems, which say nothing of what they hold.
_ANY_FOLDER = re.compile(
    r"dcim|(?-i:[1-9]\d\d[A-Z\d_]{5})|(camera|kamera)( roll)?|desktop|(up|down)loads?"
    r"|(my |meine )?(photos?|fotos?|images?|pictures?|pics|bild(er)?)"
    r"|(new|untitled) folder( ?\(?\d+\)?)?|neuer ordner( ?\(?\d+\)?)?",
    re.IGNORECASE,
)
# Words for how a thing is seen, at the end of a name; English and German.
_SHOT = re.compile(r"\(?\d{1,2}\)?|[a-d]")  # 2, (2), b
_VIEW = re.compile(
    r"""(?x) (front|back|side|left|right|top|bottom|details?|close|closeup|zoom|main|alt|view|inside
    |outside|sole|worn|model|flat|lay|packshot|rear|angle|above|below|large|small|big|hd|copy|kopie
    |final|web|edited|cropped|vorne|hinten|seite|links|rechts|oben|unten|innen|nah|gross|klein
    |vorderseite|rueckseite|rückseite|ansicht) \d*""",
)
_COPY = re.compile(r"\s*\(\d+\)$|\s+copy(\s\d+)?$|\s+-\s+kopie(\s\(\d+\))?$", re.IGNORECASE)
_PARTS = re.compile(r"[\s_.\-–]+")
LONGEST = 200


def stem_of(name: str) -> str:
    """A file's name without its ending: "red-boot-1.jpg" is "red-boot-1"."""
    composed = unicodedata.normalize("NFC", name)  # a Mac writes é as two characters
    return PurePosixPath(composed.replace("\\", "/")).stem.strip() or composed


def _words(stem: str) -> list[str]:
    return [part for part in _PARTS.split(_COPY.sub("", stem)) if part]


def is_by_machine(name: str) -> bool:
    """Whether a camera or program made the name, or it is a number; it says nothing of what is
    seen: IMG_2041.jpg, 07bf93d6-850f-4309-ba86-52e2d1f5cce2.jpg."""
    return _is_made(stem_of(name))


def _is_made(stem: str) -> bool:
    return any(one.fullmatch(stem) for one in (_CAMERA, _NUMBER, _TIME, _MADE_UP))


def is_named_by_folder(name: str, folder: str) -> bool:
    """Whether only its folder says what is seen: Straw hat/DSC_1010.jpg, Straw hat/back 2.jpg.

    Names of cameras and programs, counts up to 999 and words of views say nothing; a longer number
    may be an article's. Folders such as DCIM, 100CANON, Photos or 2024-05-01 do not say it either.
    """
    if not _says_something(folder):
        return False
    stem = stem_of(name)
    if any(one.fullmatch(stem) for one in (_CAMERA, _TIME, _MADE_UP, _COUNT)):
        return True
    words = [word.casefold() for word in _words(stem)]
    return all(_VIEW.fullmatch(word) or _SHOT.fullmatch(word) for word in words)


def _says_something(folder: str) -> bool:
    last = PurePosixPath(folder).name
    return bool(last) and not (_is_made(last) or _ANY_FOLDER.fullmatch(last))


def common_of(name: str) -> str:
    """What the names of photos of one thing share: "red boot" of red-boot-1.jpg, Red-Boot_back.jpg.

    One number of one or two digits, or one letter, goes from the end, then words of views; what
    then ends in a number keeps it: of shirt-1-front.jpg and shirt-2-front.jpg, or of shirt-1-1.jpg
    and shirt-2-1.jpg, it is the shirt's. A name that a camera made is taken whole, for its number
    is all that it has.
    """
    stem = stem_of(name)
    if _CAMERA.fullmatch(stem):
        return stem.casefold()[:LONGEST]
    all_words = _words(stem)
    words = _without_view(all_words)
    last = re.fullmatch(r"(\D{2,}?)\d{1,2}", words[-1]) if len(all_words) == 1 else None
    if last:  # boot1.jpg, boot2.jpg
        words[-1] = last[1]
    return " ".join(words).casefold()[:LONGEST] or stem.casefold()[:LONGEST]


def _without_view(words: list[str]) -> list[str]:
    end = len(words)
    if end > 1 and _SHOT.fullmatch(words[-1].casefold()):
        end -= 1
    while end > 1 and _VIEW.fullmatch(words[end - 1].casefold()):
        end -= 1
    return words[:end]


def title_of(name: str, folder: str = "") -> str:
    """What a product may be called by its photo: "Red boot" of red-boot-1.jpg; "" if by nothing.

    Where the name says nothing, the folder's is taken.
    """
    if is_named_by_folder(name, folder) or is_by_machine(name):
        return _as_title(_words(PurePosixPath(folder).name)) if _says_something(folder) else ""
    return _as_title(_without_view(_words(stem_of(name))))


def _as_title(words: list[str]) -> str:
    title = " ".join(words).strip()
    return (title[:1].upper() + title[1:])[:LONGEST]


def clean_name(name: str) -> str:
    """The last part of a name that somebody sent, without what no name has."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:255].strip() or "photo"


def clean_folder(folder: str) -> str:
    """A folder as it was dropped, only to be shown and compared: nothing is ever stored there."""
    parts = [
        "".join(c for c in part if c.isprintable()).strip()
        for part in folder.replace("\\", "/").split("/")
    ]
    return "/".join(part for part in parts if part not in ("", ".", ".."))[:500]


def is_hidden(path: str) -> bool:
    """Whether a file is one that systems leave in folders: .DS_Store, Thumbs.db, __MACOSX."""
    parts = [part for part in path.replace("\\", "/").split("/") if part.strip(".")]
    left = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return left or parts[-1:] in (["Thumbs.db"], ["thumbs.db"], ["desktop.ini"])
