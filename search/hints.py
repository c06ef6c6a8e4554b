"""Beside a name that is not there: the one that was meant, or some that are."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

# A longer list nobody reads.
MOST_NAMED = 5
# Of 100, how alike two spellings are: "catgory" and "category" 93, "purple" and "maple" 55.
ALIKE = 70


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
        return f" Did you mean “{meant}”?"
    if not names:
        return ""
    some = names if len(names) <= MOST_NAMED else [*names[:MOST_NAMED], "another"]
    return f" Choose {' or '.join(filter(None, (', '.join(some[:-1]), some[-1])))}."
