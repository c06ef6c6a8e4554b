"""What a picture shows: `read` for any picture, `read_photo` for what a shopper's photo may say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.attributes import stored
from search.attributes.models import AttributeSuggestion
from search.attributes.reader import Found
from search.models import EmbeddingModel
from shop.catalog.models import Attribute, AttributeValue, Category


@dataclass(frozen=True)
class Reading:
    """The likeliest value of an attribute in a picture.

    `confidence`: in [0, 1], among the values of this attribute; `margin`: ahead of the second;
    `sure`: whether it is as sure as the shop asks for; `source`: of `AttributeSuggestion.Source`.
    """

    value: AttributeValue
    confidence: float
    margin: float
    sure: bool
    source: str

    @property
    def attribute(self) -> Attribute:
        return self.value.attribute

    @property
    def label(self) -> str:
        """The value's name, for a chip."""
        return self.value.value


def read(
    vector: npt.NDArray[np.float32], model: EmbeddingModel, category: Category | None = None
) -> list[Reading]:
    """Each attribute that the picture may have, most confident first; sure or not.

    `vector`: (d,) float32, norm 1, made by `model`. Without a `category` the picture tells, and
    none is ruled out. Nothing is read before the first reader is learnt (`upkeep`). Raises
    ValueError for a vector that is not the model's.
    """
    if vector.shape != (model.dimension,):
        raise ValueError(
            f"A vector of {model} has the shape ({model.dimension},), this one {vector.shape}."
        )
    loaded = stored.load(model)
    if loaded is None:
        return []
    row = np.asarray(vector, np.float32)[None]
    nodes = loaded.reader.guess(row) if category is None else loaded.reader.known([category.path])
    found = [one for _, one in loaded.reader.read(row, nodes, guessed=category is None)]
    readings = [
        Reading(
            value=loaded.values[one.value_id],
            confidence=one.confidence,
            margin=one.margin,
            sure=one.sure,
            source=str(source_of(one)),
        )
        for one in found
        if one.value_id in loaded.values  # else deleted since the reader was learnt
    ]
    return sorted(readings, key=lambda reading: -reading.confidence)


def read_photo(
    vector: npt.NDArray[np.float32], model: EmbeddingModel, limit: int = 4
) -> list[Reading]:
    """What may be said of a shopper's photo: the sure readings, at most `limit`, most confident
    first. As `read` without a category."""
    return [reading for reading in read(vector, model) if reading.sure][:limit]


def source_of(found: Found) -> AttributeSuggestion.Source:
    """How a finding came about."""
    sources = AttributeSuggestion.Source
    return sources.PROTOTYPES if found.prototypes else sources.TEXTS
