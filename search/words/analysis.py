"""What a text asks for, word by word: a text -> terms.

A term is one word that was said, and all that may stand for it in the shop's texts: its stem, what
synonyms say, the word that it is a mistyped form of, its parts. Each is worth less the less sure it
is; the term itself is worth more the fewer products have it (the inverse document frequency of
BM25: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.1).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from search.models import Synonyms
from search.words import language, lexicon
from search.words.lexicon import Counted

# What an alternative is worth beside the word itself.
SYNONYM = 0.9
PARTS = 0.9
CORRECTED = 0.8
BEGINNING = 0.6
# A word that names a category says what the thing is: of red boots and red mugs, boots come closer
# to "red boots" than mugs, be red as rare as it may.
KIND = 2.0
# Nobody says more, and each costs.
MOST_TERMS = 12

# What asks, and says nothing of what is asked for; PostgreSQL's lists of stop words have others.
_ASKING = frozenset(
    (
        *("something", "anything", "thing", "things", "stuff", "someone", "please", "looking"),
        *("want", "wanted", "need", "find", "show", "search", "buy", "like", "would", "could"),
        *("cheap", "cheaper", "affordable", "günstig", "günstige", "günstiger", "billig"),
        *("etwas", "was", "suche", "zeige", "bitte", "kaufen", "möchte", "brauche"),
    )
)

_TOKEN = re.compile(r"\w+(?:[-’'.]\w+)*")


@dataclass(frozen=True)
class Alternative:
    """`stems`: all of them must stand in a document. `worth`: beside the word itself, in (0, 1].
    `beginning`: whether words that begin so will do. `word`: what to call it."""

    word: str
    stems: tuple[str, ...]
    worth: float = 1.0
    beginning: bool = False

    def tsquery(self, place: str = "") -> str:
        """As PostgreSQL writes it. `place`: the label of where each stem must stand."""
        ending = f":{'*' if self.beginning else ''}{place}".rstrip(":")
        return " & ".join(f"{quoted(stem)}{ending}" for stem in self.stems)


@dataclass(frozen=True)
class Term:
    """A word that was said. `weight`: what it is worth, by how few `products` have it (at most).
    `names_kind`: whether a category is called so, so that it says what a thing is."""

    said: str
    alternatives: tuple[Alternative, ...]
    products: int
    weight: float
    names_kind: bool = False

    def tsquery(self) -> str:
        return " | ".join(f"({one.tsquery()})" for one in self.alternatives)


@dataclass(frozen=True)
class Words:
    """The terms of a text, in its order, without words that say nothing ("the", "for").

    `corrected`: what was taken for what, of words that no product has. `unknown`: words that no
    product has, and none is near; they are terms, too, with no alternative.
    """

    terms: tuple[Term, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def unknown(self) -> list[str]:
        return [term.said for term in self.terms if not term.alternatives]

    @property
    def held(self) -> tuple[Term, ...]:
        """The terms that any product can hold."""
        return tuple(term for term in self.terms if term.alternatives)

    @property
    def name_a_kind(self) -> bool:
        """Whether they say what a thing is, and not only how it is."""
        return any(term.names_kind for term in self.terms)

    def uncorrected(self, said: str) -> Words:
        """The same, but for a word that was meant as it was said: no product has it, though some
        may have words that begin so."""
        terms = tuple(
            Term(
                said,
                tuple(one for one in term.alternatives if one.beginning),
                0,
                _weight(0, documents()),
            )
            if term.said == said
            else term
            for term in self.terms
        )
        corrected = {word: meant for word, meant in self.corrected.items() if word != said}
        return Words(terms, corrected)

    @property
    def weight(self) -> float:
        """Of all terms: what a product that holds each of them in its title has."""
        return sum(term.weight for term in self.terms)


def tokens(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [token.casefold() for token in _TOKEN.findall(text)]


def analyse(text: str) -> Words:
    """The terms of `text`, `MOST_TERMS` at most. Raises nothing: of any text something is left, or
    nothing."""
    said = tokens(text)[: 2 * MOST_TERMS]
    said = [word for word in said if word not in _ASKING] or said
    phrases = _synonyms(said)
    joined = {(n, n + 1): said[n] + said[n + 1] for n in range(len(said) - 1)}
    needed = [*said, *joined.values()]
    needed += [form for word in said for form in _forms(word)]
    needed += [part for several in phrases.values() for phrase in several for part in phrase]
    stems = stems_of(needed)
    counts = lexicon.frequencies({stem for several in stems.values() for stem in several})
    shop = documents()
    corrected: dict[str, str] = {}
    terms: list[Term] = []
    for n, word in enumerate(said):
        if not stems[word]:
            continue
        # As it is; written together with the word beside it; as synonyms say it.
        ways = [(word, _all(_forms(word), stems), 1.0)] if "-" in word else []
        ways += [(word, tuple(stems[form]), 1.0) for form in (word.replace("-", ""),)]
        ways += [(other, tuple(stems[other]), 1.0) for pair, other in joined.items() if n in pair]
        ways += [(" ".join(phrase), _all(phrase, stems), SYNONYM) for phrase in phrases.get(n, ())]
        alternatives = [
            Alternative(name, way, worth)
            for name, way, worth in ways
            if way and _rarest(way, counts)
        ]
        last, known = n == len(said) - 1, bool(alternatives)
        if (last or not known) and lexicon.begins_others(word):
            alternatives.append(Alternative(f"{word}…", (word,), BEGINNING, beginning=True))
        if known and language.joins_nouns(settings.SHOP_LANGUAGE):
            # Some boots are called "Lederstiefel", others are "Stiefel" and of leather.
            alternatives += _in_parts(word)
        if not alternatives and _is_number(word) and not all(map(_is_number, said)):
            continue  # how many, how large or what year: not what
        if not known:
            mended, instead = _mended(word)
            alternatives += mended
            if instead:
                corrected[word] = instead
            counts |= lexicon.frequencies({stem for one in alternatives for stem in one.stems})
        products = max((_rarest(one.stems, counts) for one in alternatives), default=0)
        weight = _weight(products, shop)
        kind = any(
            counts[stem].kind for one in alternatives for stem in one.stems if stem in counts
        )
        if kind:
            weight *= KIND
        terms.append(Term(word, tuple(alternatives), products, weight, kind))
    return Words(tuple(terms[:MOST_TERMS]), corrected)


def _is_number(word: str) -> bool:
    return not any(letter.isalpha() for letter in word)


def _forms(word: str) -> list[str]:
    """What hyphens join, and what they make together: t, shirt and tshirt of "t-shirt"."""
    return [*word.split("-"), word.replace("-", "")] if "-" in word else []


def _all(words: Sequence[str], stems: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem for word in words for stem in stems[word]))


def _in_parts(word: str) -> list[Alternative]:
    """The words that it is written together of, if it is and the shop has them."""
    split = lexicon.parts(word)
    stems = stems_of(split) if split else {}
    needed = tuple(stem for part in split or () for stem in stems[part])
    return [Alternative(" ".join(split), needed, PARTS)] if split and needed else []


def _mended(word: str) -> tuple[list[Alternative], str]:
    """What a word that no product has may mean, and what it was taken for: "sirt" is a shirt or a
    skirt, and the other words, or the looks, tell which."""
    if parts := _in_parts(word):
        return parts, ""
    near = lexicon.corrections(word)
    stems = stems_of(near)
    found = [Alternative(other, tuple(stems[other]), CORRECTED) for other in near if stems[other]]
    return found, found[0].word if found else ""


def _synonyms(said: Sequence[str]) -> dict[int, list[list[str]]]:
    """For each place in what was said, the words of each phrase that means the same as the phrase
    that stands there."""
    found: dict[int, list[list[str]]] = {}
    for synonyms in Synonyms.objects.all():
        phrases = [_TOKEN.findall(phrase) for phrase in synonyms.phrases()]
        for phrase in phrases:
            for start in range(len(said) - len(phrase) + 1):
                if list(said[start : start + len(phrase)]) == phrase:
                    others = [other for other in phrases if other != phrase]
                    for n in range(start, start + len(phrase)):
                        found.setdefault(n, []).extend(others)
    return found


def stems_of(words: Iterable[str]) -> dict[str, list[str]]:
    """The stems of each word, as documents have them; none for a word that says nothing."""
    asked = list(dict.fromkeys(words))
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, tsvector_to_array(search_words(word)) FROM unnest(%s::text[]) word",
            [asked],
        )
        return dict(cursor.fetchall())


def documents() -> int:
    """How many products are on sale, near enough."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT CASE WHEN reltuples >= 10000 THEN reltuples::bigint
                        ELSE (SELECT count(*) FROM search_document) END
              FROM pg_class WHERE oid = 'search_document'::regclass
            """
        )
        return int(cursor.fetchone()[0])


def _rarest(stems: Sequence[str], counts: Mapping[str, Counted]) -> int:
    return min((counts[stem].products if stem in counts else 0 for stem in stems), default=0)


def _weight(products: int, documents: int) -> float:
    """Robertson's and Zaragoza's formula (3), kept above 0 by Lucene's 1 +."""
    products = min(products, documents)
    return math.log(1 + (documents - products + 0.5) / (products + 0.5))


def quoted(stem: str) -> str:
    """A stem as a tsquery has it."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"
