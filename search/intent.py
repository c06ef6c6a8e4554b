"""What a shopper's text asks for, and what it asks not to have.

Vectors know no negation: "boots without laces" lies beside boots with laces (Radford et al., 2021,
say so of CLIP; every model since has it). So what follows "without", "no", "not" or a minus is
taken out of the text, and counts against what has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Up to where what is not wanted reaches: the next word that joins something else.
JOINS = frozenset(
    (
        *("and", "or", "but", "with", "in", "for", "of", "from", "by", "to", "under", "over"),
        *("that", "which", "plus", "und", "oder", "aber", "mit", "für", "aus", "von", "zu"),
    )
)
# Each with how many words it takes at most: "not black boots" is about boots, "without a shoulder
# strap" about all of it.
_DENIES = {
    "without": 3, "w/o": 3, "no": 1, "not": 1, "non": 1, "except": 2, "minus": 1,
    "ohne": 3, "kein": 1, "keine": 1, "keinen": 1, "nicht": 1,
    "sans": 2, "sin": 2, "senza": 2, "zonder": 2,
}  # fmt: skip
_ARTICLES = frozenset(
    [
        "a",
        "an",
        "the",
        "any",
        "some",
        "ein",
        "eine",
        "einen",
        "un",
        "une",
        "le",
        "la",
        "les",
        "el",
        "los",
    ]
)
# Each is compared with pictures by itself; nobody denies more.
MOST_DENIED = 6
_QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True)
class Intent:
    """`wanted`: the text without what is denied. `unwanted`: what must not be there, each a word or
    a few. `said` is the text as it came."""

    said: str = ""
    wanted: str = ""
    unwanted: tuple[str, ...] = ()


def understand(text: str) -> Intent:
    """Any text has one; what stands in "double quotes" is taken word by word."""
    wanted: list[str] = []
    unwanted: list[str] = []
    words, n = _words(text), 0
    while n < len(words):
        word, quoted = words[n]
        n += 1
        if quoted:
            wanted.append(word)
            continue
        small = word.casefold().strip(",;.!?")
        if len(word) > 1 and word[0] in "-−–" and word[1].isalnum():
            unwanted.append(word[1:].strip(",;.!?"))
            continue
        most = _DENIES.get(small)
        if most is None:
            wanted.append(word)
            continue
        taken: list[str] = []
        while n < len(words) and len(taken) < most:
            following, is_quoted = words[n]
            bare = following.casefold().strip(",;.!?")
            if not is_quoted and (bare in _DENIES or following[0] in "-−–"):
                break
            if not is_quoted and bare in JOINS and taken:
                break
            n += 1
            if bare not in _ARTICLES:
                taken.append(following.strip(",;.!?"))
            if following.endswith((",", ";", ".")):
                break
        if taken:
            unwanted.append(" ".join(taken))
            n = _list_goes_on(words, n, unwanted)
        else:
            wanted.append(word)  # a last "no" denies nothing
    return Intent(text, " ".join(wanted), tuple(dict.fromkeys(unwanted))[:MOST_DENIED])


def _list_goes_on(words: list[tuple[str, bool]], n: int, unwanted: list[str]) -> int:
    """ "without laces or heels": what "or" adds is denied, too. Gives where to go on."""
    while n + 1 < len(words) and words[n][0].casefold() in ("or", "nor", "oder", "noch"):
        unwanted.append(words[n + 1][0].strip(",;.!?"))
        n += 2
    return n


def _words(text: str) -> list[tuple[str, bool]]:
    """Each word, or quoted phrase, and whether it was quoted."""
    found: list[tuple[str, bool]] = []
    last = 0
    for quoted in _QUOTED.finditer(text):
        found += [(word, False) for word in text[last : quoted.start()].split()]
        phrase = " ".join(quoted[1].split())
        found += [(phrase, True)] if phrase else []
        last = quoted.end()
    return found + [(word, False) for word in text[last:].split()]
