"""What a shopper takes for granted, measured: the SKU first, the colour true, a typo forgiven,
"without" understood. Of any shop, by the data of its own products.

Each measure has a figure for each query and a line that says what it is (`MEASURES`). Where a shop
has nothing to ask about (no colours, say), a measure has no queries and is left out.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from search import query_vectors
from search.evaluation import graded
from search.evaluation.asking import Answer, ask, unsampled
from search.evaluation.catalogue import COLOURS, Catalogue, Item
from search.evaluation.catalogue_evaluation import DIGITS, Progress
from search.evaluation.combining import ranked
from search.evaluation.judgements import RIGHT, JudgedQuery
from search.evaluation.measures import PerQuery, interval
from search.evaluation.rules import LIMIT, Property, Rules
from search.evaluation.stored import Scores, Stored
from search.evaluation.typos import Slip, with_typo
from search.models import EmbeddingModel

FIRST = 10
SHORTEST_PREFIX = 4  # letters and digits of a SKU
MEASURES = {
    "sku": "an exact SKU: its product is the first",
    "sku_prefix": "the beginning of a SKU: the first product has one that begins so",
    "colour": "“red”: of the first ten, those in that colour",
    "colour_of_kind": "“red boots”: of the first ten (or as many as there are red boots), those in "
    "that colour",
    "colour_by_looks": "“red”, by pictures alone (no text is read): of the first ten, those in "
    "that colour",
    "colour_of_kind_by_looks": "“red boots”, likewise",
    "photo_in_colour": "a photo and “in red”: of the first ten (or as many as there are), those of "
    "its kind and in that colour",
    "clean_ndcg": "queries of words, as judged by rule: nDCG@10",
    "typo_ndcg": "the same queries with one typo: nDCG@10",
    "without": "“boots without leather”: the first boots have none",
    "with": "“leather boots”: the first boots have it",
}
# What shoppers say that they do not want, where a shop has it: nobody asks for "not windy".
UNWANTED = (*COLOURS, "material", "pattern")
# Ways to say so.
NEGATIONS = ("{kind} without {value}", "{kind} not {value}", "{kind} no {value}", "{kind} -{value}")


@dataclass(frozen=True)
class Looks:
    """What sees and reads nothing: scores of products, (products,) float64, for the vector of a
    query. A leg of colours by pixels joins here, by name."""

    stored: Stored
    others: Mapping[str, Callable[[str], Scores]] = field(default_factory=dict)

    def scores(self, words: str, vector: np.ndarray) -> Scores:
        total = self.stored.best((self.stored.pictures @ vector).astype(np.float64))
        for scores_of in self.others.values():
            total = total + scores_of(words)
        return total


@dataclass(frozen=True)
class BehaviourReport:
    """`values`: by measure, a figure for each query, (queries,) float64. `examples`: by measure,
    queries that went wrong, with what was found first."""

    values: Mapping[str, PerQuery]
    examples: Mapping[str, Sequence[tuple[str, str]]]
    model: str
    seed: int

    def as_json(self) -> dict[str, Any]:
        """As `manage.py evaluate behaviour --json` prints it."""
        figures = {name: float(each.mean()) for name, each in self.values.items()}
        kept = {}
        if figures.get("clean_ndcg"):
            kept = {"typo_kept": round(figures["typo_ndcg"] / figures["clean_ndcg"], DIGITS)}
        return {
            **{name: round(figure, DIGITS) for name, figure in figures.items()},
            **kept,
            "intervals": {
                name: [round(end, DIGITS) for end in interval(each, seed=self.seed)]
                for name, each in self.values.items()
            },
            "queries": {name: len(each) for name, each in self.values.items()},
            "wrong": {
                name: [{"query": query, "first": found} for query, found in examples]
                for name, examples in self.examples.items()
            },
            "model": self.model,
            "seed": self.seed,
        }


class Behaviour:
    """The measures of one shop, at most `limit` queries each, drawn with `seed`."""

    def __init__(
        self,
        catalogue: Catalogue,
        stored: Stored,
        model: EmbeddingModel,
        *,
        seed: int = 0,
        limit: int = LIMIT,
        progress: Progress,
    ) -> None:
        self.catalogue, self.model, self.progress = catalogue, model, progress
        self.seed, self.limit = seed, limit
        self.rules = Rules(catalogue, seed=seed, limit=limit)
        self.looks = Looks(stored)
        self.values: dict[str, list[float]] = {name: [] for name in MEASURES}
        self.examples: dict[str, list[tuple[str, str]]] = {name: [] for name in MEASURES}

    def evaluate(self) -> BehaviourReport:
        """All of them. Raises `LibraryMissing`, `EncoderUnavailable` and `SearchUnavailable`."""
        graded.require_library()
        with unsampled():
            self._skus()
            self._colours()
            self._photos_in_colours()
            self._typos()
            self._negations()
        return BehaviourReport(
            {name: np.array(found) for name, found in self.values.items() if found},
            {name: found for name, found in self.examples.items() if found},
            self.model.name,
            self.seed,
        )

    def _skus(self) -> None:
        chance = random.Random(f"skus/{self.seed}")  # noqa: S311
        skus = sorted(self.catalogue.handle_of_sku)
        chance.shuffle(skus)
        for sku in self.progress(skus[: self.limit], "SKUs"):
            answer = ask(sku)
            self._note("sku", sku, answer, answer.handles[:1] == [self._owner(sku)])
            prefix = _prefix(sku, chance)
            if prefix:
                answer = ask(prefix)
                own = answer.handles[:1] and self._item(answer.handles[0]).variants
                right = any(v.sku.lower().startswith(prefix.lower()) for v in own or ())
                self._note("sku_prefix", prefix, answer, right)

    def _colours(self) -> None:
        queries = [
            query
            for query in self.rules.words()
            if query.kind in ("colour", "colour and kind", "kind in colour")
        ]
        for query in self.progress(queries, "colours"):
            colour = self._colour_in(query.words)
            if colour is None:
                continue
            alone = query.kind == "colour"
            wanted = sum(grade == max(query.grades.values()) for grade in query.grades.values())
            depth = min(FIRST, wanted)
            if alone and wanted < FIRST:
                continue  # ten of a colour of which there are three: no order can have that
            answer = ask(query.words)
            name = "colour" if alone else "colour_of_kind"
            self._note(name, query.words, answer, self._in_colour(answer.handles, depth, colour))
            vector = query_vectors.of_text(query.words, self.model)
            rows = ranked(self.looks.scores(query.words, vector))[:depth].tolist()
            seen = [self.catalogue.items[row].handle for row in rows]
            self.values[f"{name}_by_looks"].append(self._in_colour(seen, depth, colour))

    def _photos_in_colours(self) -> None:
        for query in self.progress(self.rules.photos_in_colours(), "photos in colours"):
            right = {handle for handle, grade in query.grades.items() if grade >= RIGHT}
            answer = ask(query.words, query.photo(self.catalogue))
            depth = min(FIRST, len(right))
            share = len(right & set(answer.handles[:depth])) / depth
            self._note("photo_in_colour", str(query), answer, share)

    def _typos(self) -> None:
        chance = random.Random(f"typos/{self.seed}")  # noqa: S311
        slips = list(Slip)
        clean: list[JudgedQuery] = []
        slipped: list[str] = []
        for query in self.rules.words():
            words = with_typo(query.words, slips[len(clean) % len(slips)], chance)
            if words is not None:
                clean.append(query)
                slipped.append(words)
        chosen = sorted(chance.sample(range(len(clean)), min(len(clean), 4 * self.limit)))
        clean, slipped = [clean[n] for n in chosen], [slipped[n] for n in chosen]
        if not clean:
            return
        pairs = list(zip(clean, slipped, strict=True))
        answers = [(ask(query.words), ask(words)) for query, words in self.progress(pairs, "typos")]
        before = graded.measure(clean, [one.handles for one, _ in answers])["ndcg_at_10"]
        after = graded.measure(clean, [other.handles for _, other in answers])["ndcg_at_10"]
        self.values["clean_ndcg"] = before.tolist()
        self.values["typo_ndcg"] = after.tolist()
        lost = np.argsort(after - before, kind="stable")[:10].tolist()
        self.examples["typo_ndcg"] = [
            (slipped[n], _title(answers[n][1])) for n in lost if after[n] < before[n]
        ]

    def _negations(self) -> None:
        chance = random.Random(f"negations/{self.seed}")  # noqa: S311
        vocabulary = self.rules.vocabulary
        pairs = [
            (noun, each)
            for noun in vocabulary.nouns
            for each in vocabulary.telling(noun)
            if each.attribute in UNWANTED
        ]
        chance.shuffle(pairs)
        for number, (noun, each) in enumerate(self.progress(pairs[: self.limit], "negations")):
            kind = vocabulary.word(noun)
            phrase = NEGATIONS[number % len(NEGATIONS)].format(kind=kind, value=each.value)
            for name, words, wanted in (
                ("without", phrase, False),
                ("with", f"{each.value} {kind}", True),
            ):
                answer = ask(words)
                first = self._first_of(noun, answer)
                right = first is not None and each.held_by(first) == wanted
                self._note(name, words, answer, right)

    def _first_of(self, noun: str, answer: Answer) -> Item | None:
        items = map(self._item, answer.handles)
        return next((item for item in items if item.noun == noun), None)

    def _colour_in(self, words: str) -> str | None:
        """The longest colour of the shop that the words name: "navy blue" rather than "blue"."""
        named: list[Property] = [
            each
            for each in self.rules.vocabulary.properties
            if each.is_colour and f" {each.value} " in f" {words} "
        ]
        return max((each.value for each in named), key=len, default=None)

    def _in_colour(self, handles: Sequence[str], depth: int, colour: str) -> float:
        """The share of the first `depth` of which a published variant has the colour."""
        return sum(colour in self._item(handle).colours for handle in handles[:depth]) / depth

    def _note(self, name: str, words: str, answer: Answer, figure: float | bool) -> None:
        self.values[name].append(float(figure))
        if figure < 0.5:
            self.examples[name].append((words, _title(answer)))

    def _owner(self, sku: str) -> str:
        return self.catalogue.handle_of_sku[sku]

    def _item(self, handle: str) -> Item:
        return self.catalogue.items[self.catalogue.rows[handle]]


def _prefix(sku: str, chance: random.Random) -> str:
    """The beginning of a SKU, at least `SHORTEST_PREFIX` long and shorter than it: its first part
    ("MH01"), its first two, or cut anywhere; empty where there is no such."""
    parts = sku.split("-")
    able = {"-".join(parts[:n]) for n in range(1, len(parts))}
    if len(sku) > SHORTEST_PREFIX + 1:
        able.add(sku[: chance.randrange(SHORTEST_PREFIX, len(sku))])
    usable = sorted(each for each in able if len(each) >= SHORTEST_PREFIX)
    return chance.choice(usable) if usable else ""


def _title(answer: Answer) -> str:
    return answer.results[0].product.title if answer.results else ""
