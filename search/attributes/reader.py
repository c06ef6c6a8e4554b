"""What was learnt of a shop's attributes, in the form in which pictures are read with it.

Everything is folded into one matrix for each attribute, so that reading a picture is a product of
a matrix and a vector, and a softmax. A reader is kept in PostgreSQL as bytes, and needs neither the
encoder nor the examples any more.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from search.attributes.categories import softmax
from search.attributes.tree import Floats
from shop.catalog.models import Category

# A value that no product of a category has, and none near it, is not impossible.
PRIOR_LEAST = 1e-6
# An attribute is read from a photo that shows, as likely as this, what has it.
APPLIES_FROM = 0.5
# Prototypes are made of at least so many examples; of fewer, a reading is told to be by texts.
PROTOTYPE_EXAMPLES = 3

ARRAYS = ("directions", "offsets", "priors", "applies", "floors", "photo_floors", "examples")


@dataclass(frozen=True)
class AttributeReader:
    """One attribute of V values, in the N nodes of its reader.

    `directions`: (V, d); `offsets`: (V, N); `priors`: (V, N), how common a value is in a category,
    and 0 where it may not be; their logarithm counts `prior_weight` times. `applies`: (N,) bool.
    `floors`, `photo_floors`: (V,), from which confidence on a reading is sure where the category is
    known, and where it is guessed; infinite: never. `examples`: (V,), products with each value.
    """

    pk: int
    value_ids: list[int]
    directions: Floats
    offsets: Floats
    priors: Floats
    prior_weight: float
    applies: npt.NDArray[np.bool_]
    floors: Floats
    photo_floors: Floats
    margin: float
    examples: Floats
    from_prototypes: bool

    def confidences(self, vectors: Floats, nodes: Floats) -> Floats:
        """(n, V), rows of sum 1 or, where no value may be, 0.

        `vectors`: (n, d) of norm 1; `nodes`: (n, N), rows of sum 1, the categories they may be in.
        """
        priors = nodes @ self.priors.T
        logits = vectors @ self.directions.T - nodes @ self.offsets.T
        logits += self.prior_weight * np.log(np.maximum(priors, PRIOR_LEAST))
        return softmax(np.where(priors > 0, logits, -np.inf))


@dataclass(frozen=True)
class Found:
    """The likeliest value of an attribute. `margin`: ahead of the second; `prototypes`: whether
    there were examples of it, or wordings alone."""

    attribute_id: int
    value_id: int
    confidence: float
    margin: float
    sure: bool
    prototypes: bool


@dataclass(frozen=True)
class Reader:
    """All attributes that a shop reads from pictures under one model.

    `nodes`: the paths of N categories, parents first, "" being the whole shop. `directions`, (N,
    d), and `offsets`, (N,): of guessing a category (`Categories.directions`).
    """

    nodes: list[str]
    directions: Floats
    offsets: Floats
    attributes: list[AttributeReader]

    def guess(self, vectors: Floats) -> Floats:
        """(n, N), rows of sum 1: the categories that pictures, (n, d) of norm 1, may be in."""
        guesses = softmax(vectors @ self.directions.T + self.offsets)
        guesses[guesses.sum(axis=1) == 0, 0] = 1  # nothing is known of any category
        return guesses

    def known(self, paths: Sequence[str]) -> Floats:
        """(n, N): the categories at `paths`, or the next above that the reader knows."""
        numbers = {path: place for place, path in enumerate(self.nodes)}
        places = [
            next(
                numbers[path[:end]]
                for end in range(len(path), -1, -Category.steplen)
                if path[:end] in numbers
            )
            for path in paths
        ]
        nodes = np.zeros((len(paths), len(self.nodes)), np.float32)
        nodes[np.arange(len(paths)), places] = 1
        return nodes

    def read(self, vectors: Floats, nodes: Floats, *, guessed: bool) -> Iterator[tuple[int, Found]]:
        """What n pictures show, (n, d) of norm 1: the place of each and a finding, attribute by
        attribute. `nodes`: as of `known`, or `guessed`."""
        for attribute in self.attributes:
            yield from _read(attribute, vectors, nodes, guessed=guessed)

    def to_bytes(self) -> bytes:
        """Everything, in half precision where a vector is concerned."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "directions": self.directions.astype(np.float16),
            "offsets": self.offsets.astype(np.float32),
        }
        rest = []
        for place, attribute in enumerate(self.attributes):
            fields = dict(vars(attribute))
            for name in ARRAYS:
                narrow = np.float16 if name == "directions" else fields[name].dtype
                arrays[f"{place}.{name}"] = fields.pop(name).astype(narrow)
            rest.append(fields)
        kept = io.BytesIO()
        facts = json.dumps({"nodes": self.nodes, "attributes": rest})
        arrays["facts"] = np.array(facts)
        np.savez_compressed(kept, allow_pickle=False, **arrays)
        return kept.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Reader:
        """As `to_bytes` wrote it. Raises ValueError for anything else."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as kept:
                arrays = {name: kept[name] for name in kept.files}
            facts = json.loads(str(arrays.pop("facts")))
            for name, array in arrays.items():
                if array.dtype == np.float16:
                    arrays[name] = array.astype(np.float32)
            attributes = [
                AttributeReader(**fields, **{name: arrays[f"{place}.{name}"] for name in ARRAYS})
                for place, fields in enumerate(facts["attributes"])
            ]
            return cls(facts["nodes"], arrays["directions"], arrays["offsets"], attributes)
        except (KeyError, TypeError, OSError, EOFError, BadZipFile) as error:
            raise ValueError(f"This is no reader of this version: {error!r}") from error


def _read(
    attribute: AttributeReader, vectors: Floats, nodes: Floats, *, guessed: bool
) -> Iterator[tuple[int, Found]]:
    likely = nodes @ attribute.applies.astype(np.float32)
    confidences = attribute.confidences(vectors, nodes) * likely[:, None]
    floors = attribute.photo_floors if guessed else attribute.floors
    for place in np.flatnonzero(likely >= APPLIES_FROM):
        row = confidences[place]
        if (row > 0).sum() < 2:
            continue  # where there is nothing to choose from, a softmax says nothing
        best = int(row.argmax())
        confidence = float(row[best])
        margin = confidence - float(np.partition(row, -2)[-2])
        sure = confidence >= floors[best] and margin >= attribute.margin
        prototypes = attribute.from_prototypes and attribute.examples[best] >= PROTOTYPE_EXAMPLES
        yield (
            int(place),
            Found(
                attribute.pk,
                attribute.value_ids[best],
                confidence,
                margin,
                bool(sure),
                bool(prototypes),
            ),
        )
