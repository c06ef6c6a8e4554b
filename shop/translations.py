"""The catalogues of texts, `locale/*/LC_MESSAGES/django.po`; `python -m shop.translations`.

It reads what the code and the templates say, adds what a catalogue lacks, drops what nobody says
any more, and writes what Django reads (.mo). All of it by Babel: nobody needs the gettext tools.
`docs/translations.md` says how texts and languages are added.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
CODE = ("shop", "search")
TEMPLATES = "templates"
# The report of the lab is for developers, and stays English.
LEFT_OUT = ("templates/evaluation/",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
WIDTH = 100


def extracted() -> Catalog:
    """All texts of the code and the templates, untranslated."""
    catalog = Catalog(project="Vitrine", charset="utf-8")
    for source in _sources():
        for _line, said, _comments, context in extract(
            "python", io.BytesIO(source.encode()), keywords=KEYWORDS
        ):
            catalog.add(said, context=context)
    return catalog


def languages() -> list[str]:
    """Those that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    path = _path(language)
    if not path.exists():
        return Catalog(
            locale=language,
            project="Vitrine",
            version="1",
            header_comment="# Vitrine's texts: docs/translations.md says how to add some.",
            msgid_bugs_address="",
            last_translator="",
            language_team="",
            charset="utf-8",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue of a language with every text there is, those that are new empty."""
    catalog, texts = read(language), extracted()
    # A date would change with every run, and say nothing.
    texts.creation_date = catalog.creation_date
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as Django reads it (.mo)."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def write(language: str) -> list[Message]:
    """Bring a catalogue up to date, on disk; the texts that it still lacks."""
    catalog = updated(language)
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, no_location=True, sort_output=True)
    path.with_suffix(".mo").write_bytes(compiled(catalog))
    return missing(catalog)


def missing(catalog: Catalog) -> list[Message]:
    """Texts without a translation, in full (each plural form), or with one that is only guessed."""
    return [
        message
        for message in catalog
        if message.id and (message.fuzzy or not all(_strings(message)))
    ]


def _strings(message: Message) -> Sequence[str]:
    """The translation of a text, or of each of its plural forms."""
    return [message.string or ""] if isinstance(message.string, str | None) else message.string


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _sources() -> Iterator[str]:
    """The text of each file, as Python."""
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "evaluation" not in path.parts:
                yield path.read_text()
    templates = [
        path
        for path in sorted((ROOT / TEMPLATES).rglob("*"))
        if path.suffix in (".html", ".txt") and not str(path.relative_to(ROOT)).startswith(LEFT_OUT)
    ]
    for path in templates:
        # What Django makes of a template is Python but for the blanks at the beginning of lines.
        yield re.sub(r"^[ \t]+", "", templatize(path.read_text()), flags=re.MULTILINE)


def main() -> None:
    for language in sys.argv[1:] or languages():
        lacking = write(language)
        print(f"{language}: {len(lacking)} texts to translate")  # noqa: T201
        for message in lacking:
            said = message.id if isinstance(message.id, str) else message.id[0]
            print(f"  {said}")  # noqa: T201


if __name__ == "__main__":
    main()
