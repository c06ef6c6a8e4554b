"""Labels as texts, and the vector of each: what a picture is compared with to name it.

A label's vector is the normalised mean over several wordings, which is steadier than any one of
them (Radford et al., "Learning Transferable Visual Models From Natural Language Supervision",
2021, section 3.1.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.encoders import Encoder
from search.encoders.base import Vectors, unit_rows

TEMPLATES = (
    "{}",
    "a {}",
    "a photo of a {}",
    "a photo of the {}",
    "a picture of {}",
    "a product photo of {}",
)

# Words that are written with a hyphen, and known to models that way; also in the plural.
HYPHENATED = (
    "t-shirt", "v-neck", "flip-flop", "slip-on", "lace-up", "zip-up", "make-up", "pop-up",
    "yo-yo", "hi-fi", "e-reader", "e-bike", "x-ray", "sugar-free", "gluten-free", "semi-skimmed",
)  # fmt: skip
_HYPHENATED = re.compile(
    r"\b(?:" + "|".join(word.replace("-", " ") for word in HYPHENATED) + r")s?\b"
)


def label_text(label: str) -> str:
    """A label as a person would write it: `"Golden-Delicious"` -> `"golden delicious"`,
    `"T_Shirts"` -> `"t-shirts"`. Never empty for a label that is not."""
    words = " ".join(re.split(r"[-_\s]+", label.lower())).strip()
    return _HYPHENATED.sub(lambda found: found[0].replace(" ", "-"), words) or label


def text_vectors(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """(n, dimension) float32, rows of length one: the mean of each text's vectors in all
    `TEMPLATES`. Raises `EncoderUnavailable`."""
    wordings = [template.format(text) for text in texts for template in TEMPLATES]
    vectors = encoder.encode_texts(wordings)
    return unit_rows(vectors.reshape(len(texts), len(TEMPLATES), -1).mean(axis=1))
