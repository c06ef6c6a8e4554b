"""What is seen in a shopper's photo: its colours by pixels, and attributes that it surely shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from search.attributes.reading import Reading, read_photo
from search.colors.photo import PhotoColor, colors_of_photo
from search.encoders import EncoderUnavailable
from search.models import EmbeddingModel
from search.query_vectors import of_photo
from shop.catalog.images import TakenImage


@dataclass(frozen=True)
class Seen:
    """`colors`: most of it first. `readings`: the most confident first; none without an encoder."""

    colors: Sequence[PhotoColor] = ()
    readings: Sequence[Reading] = ()


def seen_in(photo: TakenImage) -> Seen:
    """What a photo shows, or a part of one."""
    model = EmbeddingModel.objects.live()
    readings: Sequence[Reading] = ()
    if model is not None:
        try:
            readings = read_photo(of_photo(photo, model), model)
        except EncoderUnavailable:
            pass  # the colours need none
    return Seen(colors_of_photo(photo), readings)


def traits_of(photo: TakenImage) -> dict[str, Any]:
    """What events keep of a photo (`LoggedQuery.traits`), by names: `colors`, most of it first, and
    `attributes`, with their values."""
    seen = seen_in(photo)
    return {
        "colors": [color.name for color in seen.colors],
        "attributes": {one.attribute.slug: one.value.slug for one in seen.readings},
    }
