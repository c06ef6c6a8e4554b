"""Queries that no shop has an answer to: gibberish, and what other trades sell."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from search.evaluation.catalogue import Catalogue, words_of

DATA = Path(__file__).resolve().parent / "data"
# For shops of clothes, the home, toys and the garden; another trade needs a list of its own.
ELSEWHERE = DATA / "elsewhere.txt"

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
ONSETS = ("b", "br", "d", "dr", "f", "fl", "g", "gl", "k", "kr", "l", "m", "n", "p", "pl", "sk",
          "sn", "st", "t", "tr", "v", "vr", "w", "z", "zh")  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "ae", "oo", "ui")
CODAS = ("", "", "b", "ck", "g", "lm", "n", "nk", "p", "rd", "sk", "t", "x", "zz")


class UnusableList(Exception):
    """A list of queries cannot be used; the message says why."""


def gibberish(count: int, catalogue: Catalogue, *, seed: int = 0) -> list[str]:
    """`count` different queries of one to three words that mean nothing, the same for a seed: in
    turn random letters ("xqvtrw"), a hand on the keyboard ("sdfkjgh"), and syllables that can be
    said ("brook vuisk", "flaelm"). None holds a word of the shop."""
    chance = random.Random(f"gibberish/{seed}")  # noqa: S311
    makers: list[Callable[[random.Random], str]] = [_letters, _mashed, _syllables]
    found: dict[str, None] = {}
    while len(found) < count:
        make = makers[len(found) % len(makers)]
        words = [make(chance) for _ in range(chance.choice((1, 1, 2, 3)))]
        if not any(word in catalogue.words for word in words_of(" ".join(words))):
            found[" ".join(words)] = None
    return list(found)


def elsewhere(path: Path, catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """The queries of a list, a line each (`#` begins a remark), that hold no word of the shop's
    texts; and those that do, which may have an answer here. Raises `UnusableList`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableList(f"{path} cannot be read: {error}.") from error
    queries = [" ".join(line.split()) for line in lines if line.strip() and line[0] != "#"]
    used: list[str] = []
    left: list[str] = []
    for query in dict.fromkeys(queries):
        known = any(word in catalogue.words for word in words_of(query) if len(word) > 2)
        (left if known else used).append(query)
    if not used:
        raise UnusableList(
            f"{path} has no query that holds no word of this shop: give a list of what it does not "
            "sell, a query a line."
        )
    return used, left


def _letters(chance: random.Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(5, 10)))


def _mashed(chance: random.Random) -> str:
    """Keys that lie beside each other, mostly of one row."""
    row = chance.choice(ROWS)
    at = chance.randrange(len(row))
    word = ""
    for _ in range(chance.randint(5, 9)):
        word += row[at % len(row)]
        at += chance.choice((-2, -1, 1, 1, 2, 3))
        if chance.random() < 0.1:
            row = chance.choice(ROWS)
    return word


def _syllables(chance: random.Random) -> str:
    return "".join(
        chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS)
        for _ in range(chance.randint(2, 3))
    )
