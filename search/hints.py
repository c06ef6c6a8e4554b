"""Beside a name that is not there: the one that was meant, or some that are; names in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext
from rapidfuzz import fuzz, process, utils

# A longer list nobody reads.
MOST_NAMED = 5
# Of 100, how alike two spellings are: "catgory" and "category" 93, "purple" and "maple" 55.
ALIKE = 70
# Languages that write every noun with a capital.
CAPITAL_NOUNS = frozenset({"de", "lb"})


def closest(said: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is spelt most like what was said, upper case or lower; None if none
    is."""
    names = list(known)
    found = process.extractOne(
        said, names, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=ALIKE
    )
    return names[found[2]] if found else None


def instead(said: str, known: Iterable[str]) -> str:
    """A sentence after "There is no ...": what was meant, or else the first few of `known`. Empty
    where nothing is known."""
    names = list(dict.fromkeys(known))
    if meant := closest(said, names):
        return f" {did_you_mean(meant)}"
    if not names:
        return ""
    some = names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], gettext("another")]
    return " " + gettext("Choose %(names)s.") % {"names": get_text_list(some, gettext("or"))}


def did_you_mean(name: str) -> str:
    """A sentence that asks."""
    return gettext("Did you mean “%(name)s”?") % {"name": name}


def within_a_sentence(words: str) -> str:
    """Without the capital of a sentence's first word; names and abbreviations keep theirs, and
    nouns where a language, the page's or the shop's, writes all of them so."""
    spoken = {(get_language() or "en")[:2], settings.SHOP_LANGUAGE[:2]}
    if spoken & CAPITAL_NOUNS or words != words.capitalize():
        return words
    return words.lower()
