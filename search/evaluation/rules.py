"""Judgements made by rule from what a shop says of its products: no labels, any shop.

    a product's noun, categories, colours, brand, attributes -> a query -> every product's grade

What a product is, its *noun*, is the last word of its title where at least `SHARED` products of
related categories share it: "Alder Striped T-shirt" is a t-shirt. How far another is that, too:
3 by its own noun; 2 where a category above it is called that ("Shoes" for a loafer); 1 where it
lies in a category in which many of them lie; else 0.

A query that asks for a noun with properties (colour, material, pattern, whatever attributes there
are) gives a product that is it with all of them its own grade; with one of several missing, 2; with
none, 1. Colour is that of any published variant. One that asks for properties alone: 3 with all.

Rules know only what the shop says. A red boot that nobody called red is wrong here, whatever its
picture shows, so figures compare ways to search one shop, not shops.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from search.evaluation.catalogue import (
    COLOURS,
    SIZES,
    Catalogue,
    Item,
    singular,
    title_words,
    words_of,
)
from search.evaluation.judgements import HIGHEST, RIGHT, JudgedQuery
from search.evaluation.pictures import CHANGES, shop_reference

# Products that share a noun, before it is a kind of product.
SHARED = 3
# A category in which this share of a noun's products lie is related to it.
RELATED = 1 / 3
# Titles of a noun that share the word before it, before that belongs to its name.
SAME = 0.8
# What more of a noun's products have says nothing: "indoor tee".
TELLING = 0.6
# Queries of each kind, unless told otherwise.
LIMIT = 40

_PLAIN = re.compile(r"[^\W\d_][^\W\d_ '-]+(?:[ '-][^\W\d_]+){0,2}")
_COMPOUND = re.compile(r"[&,/+]|\band\b")

Grades = dict[str, int]


@dataclass(frozen=True)
class Property:
    """A value of an attribute: ("color", "red")."""

    attribute: str
    value: str

    @property
    def is_colour(self) -> bool:
        return self.attribute in COLOURS

    def held_by(self, item: Item) -> bool:
        return self.value in item.values.get(self.attribute, frozenset())


@dataclass(frozen=True)
class Brand:
    """A maker's name."""

    name: str

    def held_by(self, item: Item) -> bool:
        return item.brand == self.name


Trait = Property | Brand


class Vocabulary:
    """What a shop sells and in which properties, as its own products tell."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        by_noun: dict[str, list[Item]] = defaultdict(list)
        for item in catalogue.items:
            if item.noun:
                by_noun[item.noun].append(item)
        # "Tank Top" and "Spinning Top" share a word and nothing else.
        self.nouns: dict[str, list[Item]] = {
            noun: items
            for noun, items in sorted(by_noun.items())
            if len(items) >= SHARED
            and frozenset.intersection(*(frozenset(item.categories) for item in items))
        }

    def kind_grades(self, noun: str) -> Grades:
        """How far each product is that, by handle; 1 to 3."""
        own = self.nouns[noun]
        places = Counter(item.categories for item in own)
        related = {place for place, n in places.items() if n >= RELATED * len(own)}
        grades: Grades = {}
        for item in self.catalogue.items:
            if item.noun == noun:
                grades[item.handle] = HIGHEST
            elif any(noun == name for name in self._simple_names(item)):
                grades[item.handle] = RIGHT
            elif item.categories in related:
                grades[item.handle] = 1
        return grades

    @cached_property
    def properties(self) -> list[Property]:
        """Those worth asking for: plain words, of any attribute but sizes."""
        found = {
            Property(slug, value)
            for item in self.catalogue.items
            for slug, values in item.values.items()
            for value in values
            if slug not in SIZES and _PLAIN.fullmatch(value)
        }
        return sorted(found, key=lambda each: (each.attribute, each.value))

    def telling(self, noun: str) -> list[Property]:
        """The properties that some products of the noun have, and most have not."""
        items = self.nouns[noun]
        counts = {each: sum(map(each.held_by, items)) for each in self.properties}
        said = set(words_of(noun))
        return [
            each
            for each, n in counts.items()
            if 0 < n <= TELLING * len(items) and not said & set(words_of(each.value))
        ]

    def word(self, noun: str) -> str:
        """What shoppers call it: the end of the titles that nearly all of its products share, as
        most of them write it: "boots", "watering can"."""
        titles = [title_words(item.title) for item in self.nouns[noun]]
        ends = Counter(words[-1] for words in titles)
        phrase = [min(ends, key=lambda word: (-ends[word], word))]
        while True:
            before = Counter(
                words[-len(phrase) - 1] for words in titles if len(words) > len(phrase)
            )
            word, n = min(before.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
            if n < SAME * len(titles):
                return " ".join(phrase)
            phrase.insert(0, word)

    @staticmethod
    def _simple_names(item: Item) -> Iterator[str]:
        """The names of its categories that name one thing, in the singular."""
        for name in item.categories:
            if not _COMPOUND.search(name):
                yield singular(name.lower())


def asked_for(kind: Mapping[str, int], catalogue: Catalogue, *wanted: Trait) -> Grades:
    """Grades for a noun (`kind`, by handle) of which some traits are asked for as well."""
    grades: Grades = {}
    for handle, grade in kind.items():
        item = catalogue.items[catalogue.rows[handle]]
        held = sum(trait.held_by(item) for trait in wanted)
        if held == len(wanted):
            grades[handle] = grade
        elif grade >= RIGHT:
            # Of two traits one is something; of one none is only the right kind of thing.
            grades[handle] = RIGHT if held and held == len(wanted) - 1 else 1
    return grades


class Rules:
    """Queries and their judgements, at most `limit` of each kind, drawn with `seed`."""

    def __init__(self, catalogue: Catalogue, *, seed: int = 0, limit: int = LIMIT) -> None:
        self.catalogue = catalogue
        self.vocabulary = Vocabulary(catalogue)
        self.seed, self.limit = seed, limit

    def words(self) -> list[JudgedQuery]:
        """Queries of words alone."""
        rules: dict[str, Iterator[tuple[str, Grades]]] = {
            "kind": self._kinds(),
            "category": self._categories(),
            "brand and kind": self._brands(),
            "colour": self._colours(),
        }
        queries = [
            query for kind, found in rules.items() for query in self._drawn({kind: list(found)})
        ]
        queries += self._drawn(self._one_property())
        queries += self._drawn({"two properties and kind": list(self._two_properties())})
        return queries

    def photos(self) -> list[JudgedQuery]:
        """Pictures of the shop as shoppers would take them: their own product is wanted, and what
        is of its kind and colour is related."""
        chance = self._chance("photo")
        items = [item for item in self.catalogue.items if item.images]
        chance.shuffle(items)
        queries = []
        for number, item in enumerate(items[: self.limit]):
            change = list(CHANGES)[number % len(CHANGES)]
            place = chance.randrange(len(item.images)) + 1
            alike = self._of_the_kind(item)
            grades = {
                other.handle: 1
                for other in alike
                if other.colours & item.colours or not item.colours
            }
            grades[item.handle] = HIGHEST
            picture = shop_reference(item.handle, place, change, chance.randrange(1000))
            queries.append(JudgedQuery("", grades, picture, "photo"))
        return queries

    def photos_in_colours(self) -> list[JudgedQuery]:
        """A picture of a product and "in red": what is of its kind, in red."""
        chance = self._chance("photo in colour")
        items = [item for item in self.catalogue.items if item.images and item.colours]
        chance.shuffle(items)
        queries: list[JudgedQuery] = []
        for item in items:
            alike = self._of_the_kind(item)
            counts = Counter(colour for other in alike for colour in other.colours)
            wanted = sorted(
                colour
                for colour, n in counts.items()
                if n >= SHARED and colour not in item.colours and _PLAIN.fullmatch(colour)
            )
            if not wanted:
                continue
            colour = chance.choice(wanted)
            grades = {other.handle: HIGHEST if colour in other.colours else 1 for other in alike}
            picture = shop_reference(item.handle, 1, "jpeg", chance.randrange(1000))
            queries.append(JudgedQuery(f"in {colour}", grades, picture, "photo in colour"))
            if len(queries) == self.limit:
                break
        return queries

    def _kinds(self) -> Iterator[tuple[str, Grades]]:
        for noun in self.vocabulary.nouns:
            yield self.vocabulary.word(noun), self.vocabulary.kind_grades(noun)

    def _categories(self) -> Iterator[tuple[str, Grades]]:
        """By its name, and by that of the one at the top before it: "women jackets"."""
        items = self.catalogue.items
        for name in sorted({item.categories[-1] for item in items}):
            tops = sorted({item.categories[0] for item in items if item.categories[-1] == name})
            inside = {item.handle: HIGHEST for item in items if name in item.categories}
            yield name.lower(), inside
            for top in tops if len(tops) > 1 else ():
                yield (
                    f"{top} {name}".lower(),
                    {
                        item.handle: HIGHEST if item.categories[0] == top else 1
                        for item in items
                        if name in item.categories
                    },
                )

    def _brands(self) -> Iterator[tuple[str, Grades]]:
        """Where brands tell something: a shop of its own brand has none to ask for."""
        for noun, items in self.vocabulary.nouns.items():
            counts = Counter(item.brand for item in items if item.brand)
            kind = self.vocabulary.kind_grades(noun)
            for brand, n in sorted(counts.items()):
                if n <= TELLING * len(items):
                    yield (
                        f"{brand} {self.vocabulary.word(noun)}".lower(),
                        asked_for(kind, self.catalogue, Brand(brand)),
                    )

    def _colours(self) -> Iterator[tuple[str, Grades]]:
        for each in self.vocabulary.properties:
            if each.is_colour:
                yield each.value, self._having(each)

    def _one_property(self) -> dict[str, list[tuple[str, Grades]]]:
        """By kind of query: "red boots" and "boots in red"; "leather boots"; "leather"."""
        found: dict[str, list[tuple[str, Grades]]] = defaultdict(list)
        for noun in self.vocabulary.nouns:
            word, kind = self.vocabulary.word(noun), self.vocabulary.kind_grades(noun)
            for each in self.vocabulary.telling(noun):
                grades = asked_for(kind, self.catalogue, each)
                if each.is_colour:
                    found["colour and kind"].append((f"{each.value} {word}", grades))
                    found["kind in colour"].append((f"{word} in {each.value}", grades))
                else:
                    name = f"{each.attribute.replace('_', ' ').replace('-', ' ')} and kind"
                    found[name].append((f"{each.value} {word}", grades))
        for each in self.vocabulary.properties:
            grades = self._having(each)
            if not each.is_colour and SHARED <= len(grades) <= TELLING * len(self.catalogue):
                found["property"].append((each.value, grades))
        return found

    def _two_properties(self) -> Iterator[tuple[str, Grades]]:
        """ "red striped t-shirt": a colour and something else, that a product has together."""
        for noun, items in self.vocabulary.nouns.items():
            word, kind = self.vocabulary.word(noun), self.vocabulary.kind_grades(noun)
            telling = self.vocabulary.telling(noun)
            for colour in filter(lambda each: each.is_colour, telling):
                for other in filter(lambda each: not each.is_colour, telling):
                    if any(colour.held_by(item) and other.held_by(item) for item in items):
                        yield (
                            f"{colour.value} {other.value} {word}",
                            asked_for(kind, self.catalogue, colour, other),
                        )

    def _having(self, each: Property) -> Grades:
        return {item.handle: HIGHEST for item in self.catalogue.items if each.held_by(item)}

    def _of_the_kind(self, item: Item) -> list[Item]:
        """Those of its noun, or else of its category; itself among them."""
        if item.noun in self.vocabulary.nouns:
            return self.vocabulary.nouns[item.noun]
        return [other for other in self.catalogue.items if other.categories == item.categories]

    def _drawn(self, found: Mapping[str, list[tuple[str, Grades]]]) -> list[JudgedQuery]:
        """At most `limit` of each kind of query, those with something right, in the order drawn."""
        queries = []
        for kind, pairs in found.items():
            usable = {
                words: grades for words, grades in pairs if max(grades.values(), default=0) >= RIGHT
            }
            chosen = sorted(usable)
            self._chance(kind).shuffle(chosen)
            queries += [
                JudgedQuery(words, usable[words], kind=kind) for words in chosen[: self.limit]
            ]
        return queries

    def _chance(self, name: str) -> random.Random:
        return random.Random(f"{self.seed}/{name}")  # noqa: S311


def judge_by_rule(
    catalogue: Catalogue, *, seed: int = 0, limit: int = LIMIT, photos: bool = True
) -> list[JudgedQuery]:
    """Queries of every kind that the shop's data can judge, the same for the same shop, seed and
    limit (queries of each kind). No two have the same words and picture."""
    rules = Rules(catalogue, seed=seed, limit=limit)
    queries = rules.words()
    if photos:
        queries += rules.photos() + rules.photos_in_colours()
    return list({(query.words, query.picture): query for query in reversed(queries)}.values())[::-1]
