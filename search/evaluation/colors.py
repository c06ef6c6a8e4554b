"""How well pixels tell what colour a thing is sold as: pictures of variants, judged by the colour
that the variant is said to have.

Unlike the rest of the lab it needs no model. A picture is judged whose variants all have one and
the same colour, a word that names a colour (`search.colors.words`); that of a variant without an
own picture tells nothing. The words are the shop's: where "blue" is the only word for teal, teal is
blue, so besides the named colours the shop's own words are ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.colors import upkeep
from search.colors.extraction import colors_of
from search.colors.names import INDEX, NAMES
from search.colors.words import Mention, color_of_value
from search.evaluation.measures import PerQuery, interval
from shop.catalog.models import ProductImage

DIGITS = 4
# What a word stands for: named colours from this weight on. Navy is sold as blue, and turquoise as
# blue or green where a shop has no word of its own for it.
ANSWERS = 0.5
COLOR = "color"  # the slug of the attribute


@dataclass(frozen=True)
class Judged:
    """A picture with the one colour that its variants have: the shop's word, and what it means."""

    name: str  # of the file in the storage
    value: str
    mention: Mention


@dataclass(frozen=True)
class Miss:
    """A picture whose dominant colour is another: its file, the shop's word, and the named colours
    that were found, the largest share first."""

    name: str
    value: str
    found: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ColorReport:
    """`measures`: a value in {0, 1} for each picture, by

    - `dominant`: the named colour with the largest share is one that the word stands for
    - `first_two`: it is among the two largest
    - `own_word`: among the shop's own words, the right one is answered best
    - `own_two`: it is among the two that are answered best

    `by_value`: for each of the shop's words, how often which named colour was dominant. `unnamed`:
    words that name no colour, or several, and on how many pictures. `unreadable`: files.
    """

    measures: dict[str, PerQuery]
    by_value: dict[str, Counter[str]]
    dominant_by_value: dict[str, float]
    misses: list[Miss]
    unnamed: dict[str, int]
    unreadable: list[str]

    @property
    def pictures(self) -> int:
        return len(self.measures["dominant"])

    def as_json(self) -> dict[str, Any]:
        """JSON's own types: figures, and intervals of 95%, as of the lab's other reports."""
        return {
            **{name: round(float(found.mean()), DIGITS) for name, found in self.measures.items()},
            "intervals": {
                name: [round(end, DIGITS) for end in interval(found)]
                for name, found in self.measures.items()
            },
            "pictures": self.pictures,
            "by_color": {
                value: {
                    "pictures": sum(found.values()),
                    "dominant": round(self.dominant_by_value[value], DIGITS),
                    "found": dict(found.most_common()),
                }
                for value, found in self.by_value.items()
            },
            "misses": [
                {"file": miss.name, "color": miss.value, "found": dict(miss.found)}
                for miss in self.misses
            ],
            "unnamed": self.unnamed,
            "unreadable": self.unreadable,
        }


class NothingJudged(Exception):
    """No picture belongs to variants of one colour. The message says what is needed."""


def judged_pictures() -> tuple[list[Judged], dict[str, int]]:
    """The pictures that can be judged, in their order; and the words that name no single colour,
    with how many pictures they are on."""
    rows = (
        ProductImage.objects.filter(variants__options__attribute__slug=COLOR)
        .order_by("pk")
        .values_list("pk", "image", "variants__options__value")
        .distinct()
    )
    by_picture: dict[int, tuple[str, set[str]]] = {}
    for pk, name, value in rows:
        by_picture.setdefault(pk, (name, set()))[1].add(value)
    judged, unnamed = [], Counter[str]()
    for name, values in by_picture.values():
        if len(values) > 1:
            continue  # shown for several colours
        (value,) = values
        mention = color_of_value(value)
        if mention is None:
            unnamed[value] += 1
        else:
            judged.append(Judged(name, value, mention))
    return judged, dict(unnamed.most_common())


def evaluate_colors(
    progress: Callable[[Sequence[Judged]], Iterable[Judged]] = iter,
) -> ColorReport:
    """Look at every picture that can be judged, anew; nothing is stored.

    Raises `NothingJudged`.
    """
    judged, unnamed = judged_pictures()
    if not judged:
        raise NothingJudged(
            "There is nothing to judge by: no variant with an option of the attribute "
            f"“{COLOR}” has a picture of its own."
        )
    words = {one.value: one.mention for one in judged}
    matrix = np.zeros((len(words), len(NAMES)))
    for row, mention in enumerate(words.values()):
        for name, weight in mention.weights.items():
            matrix[row, INDEX[name]] = weight
    storage = ProductImage._meta.get_field("image").storage
    measures: dict[str, list[bool]] = {
        "dominant": [], "first_two": [], "own_word": [], "own_two": [],
    }  # fmt: skip
    by_value: dict[str, Counter[str]] = {value: Counter() for value in sorted(words)}
    misses, unreadable = [], []
    for one in progress(judged):
        try:
            shares = colors_of(upkeep.read(storage, one.name)).shares
        except Exception:  # decoders raise what they like
            unreadable.append(one.name)
            continue
        order = [NAMES[index] for index in np.argsort(-shares, kind="stable")]
        right = {name for name, weight in one.mention.weights.items() if weight >= ANSWERS}
        # Among words that mean the same ("grey", "gray") each is right.
        answers = matrix @ shares
        of_word = float(shares @ [one.mention.weights.get(name, 0.0) for name in NAMES])
        better = len({round(float(score), 6) for score in answers if score > of_word + 1e-6})
        measures["dominant"].append(order[0] in right)
        measures["first_two"].append(not right.isdisjoint(order[:2]))
        measures["own_word"].append(better == 0)
        measures["own_two"].append(better <= 1)
        by_value[one.value][order[0]] += 1
        if order[0] not in right:
            found = tuple((name, round(float(shares[INDEX[name]]), 2)) for name in order[:3])
            misses.append(Miss(one.name, one.value, found))
    return ColorReport(
        {name: np.array(found, np.float64) for name, found in measures.items()},
        {value: found for value, found in by_value.items() if found},
        {
            value: sum(
                count for name, count in found.items()
                if words[value].weights.get(name, 0.0) >= ANSWERS
            )
            / sum(found.values())
            for value, found in by_value.items()
            if found
        },
        misses,
        unnamed,
        unreadable,
    )  # fmt: skip
