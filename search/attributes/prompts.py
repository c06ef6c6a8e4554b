"""The wordings of values as text vectors (a prompt ensemble)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.attributes.terms import AttributeTerms
from search.attributes.tree import Floats
from search.encoders import Encoder
from search.encoders.base import unit_rows

# A mean over several is steadier than any one (Radford et al., 2021, section 3.1.4). Without the
# category: that would take a vector for each value in each category, and told no better (demo:
# patterns .78 with and without).
TEMPLATES = ("{wording}", "{wording} {attribute}", "a photo of something {wording}")


def text_vectors(encoder: Encoder, attribute: AttributeTerms) -> Floats:
    """(V, d) float32, rows of norm 1: the mean of each value's wordings in all `TEMPLATES`.

    Raises `EncoderUnavailable`.
    """
    rows: list[Floats] = []
    texts = [prompts(attribute, value.wordings) for value in attribute.values]
    vectors = encoder.encode_texts([text for each in texts for text in each])
    ends = np.cumsum([len(each) for each in texts])
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        rows.append(vectors[start:end].mean(axis=0))
    return unit_rows(np.array(rows))


def prompts(attribute: AttributeTerms, wordings: Sequence[str]) -> list[str]:
    """What the encoder is asked for a value, without doubles."""
    asked = [
        template.format(wording=wording.lower(), attribute=attribute.name.lower())
        for wording in wordings
        for template in TEMPLATES
    ]
    return list(dict.fromkeys(asked))
