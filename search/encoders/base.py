"""What every encoder offers, and how it says that it cannot."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from PIL import Image

Vectors = npt.NDArray[np.float32]

# Bounds on what is in memory at once, not on what a caller may pass.
IMAGE_BATCH = 64
TEXT_BATCH = 256


class EncoderUnavailable(Exception):
    """A model cannot be used; the message says why and what to do about it."""


class Encoder(Protocol):
    """Texts and pictures of one model, in one space.

    `reference`: the resolved reference. `dimension`: the length of a vector. `checksum`: SHA-256
    of the weights file, hex. `causal_text`: whether the text tower is run only as far as the
    longest text reaches.
    """

    reference: str
    dimension: int
    checksum: str
    causal_text: bool

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32, rows of length one, in the order given; (0, dimension) for
        none."""
        ...

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        """(n, dimension) float32, rows of length one, in the order given; (0, dimension) for
        none."""
        ...

    def preprocess(self, image: Image.Image) -> Vectors:
        """One picture as the (3, H, W) float32 array that `encode_pixels` stacks; needs no
        model, so it can run beside inference."""
        ...

    def encode_pixels(self, batch: Vectors) -> Vectors:
        """(n, 3, H, W) float32 from `preprocess` to (n, dimension) float32 unit rows."""
        ...


@runtime_checkable
class QueryEncoder(Protocol):
    """The side of an encoder that shoppers ask: one text or picture at a time, from many threads
    at once, and as fast as it goes without harm to the ranking.

    Its vectors are searched for among those of the `Encoder` methods, and need not equal them.
    `int8`: the towers, "text" and "image", that answer in int8.
    """

    int8: frozenset[str]

    def query_key(self, text: str) -> bytes:
        """The same for two texts exactly if they are the same to this encoder."""
        ...

    def encode_query_text(self, text: str) -> Vectors:
        """(dimension,) float32, length one."""
        ...

    def encode_query_image(self, image: Image.Image) -> Vectors:
        """(dimension,) float32, length one."""
        ...


class PlainQueries:
    """`QueryEncoder` over an encoder that has no query side of its own."""

    int8: frozenset[str] = frozenset()

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def query_key(self, text: str) -> bytes:
        return text.encode(errors="surrogatepass")

    def encode_query_text(self, text: str) -> Vectors:
        return np.asarray(self._encoder.encode_texts([text])[0])

    def encode_query_image(self, image: Image.Image) -> Vectors:
        return np.asarray(self._encoder.encode_images([image])[0])


def for_queries(encoder: Encoder) -> QueryEncoder:
    """The query side of any encoder."""
    return encoder if isinstance(encoder, QueryEncoder) else PlainQueries(encoder)


def logit_scale(encoder: Encoder) -> float | None:
    """By what the model multiplies cosines before a softmax, as it was trained (Radford et al.,
    2021, section 2.3): how sharply they tell texts apart. None where it is not known, as of a
    model server, or an export of an earlier version."""
    scale: float | None = getattr(encoder, "logit_scale", None)
    return scale


def token_counter(encoder: Encoder) -> Callable[[str], int] | None:
    """How many tokens a text is to the model: a word that it has often read is one, what nobody
    writes falls to pieces (Sennrich, Haddow and Birch, "Neural machine translation of rare words
    with subword units", 2016). None where it is not known, as of a model server."""
    counter: Callable[[str], int] | None = getattr(encoder, "count_tokens", None)
    return counter


def unit_rows(vectors: npt.NDArray[Any]) -> Vectors:
    """Rows scaled to length one, as float32.

    Raises `EncoderUnavailable` for a row that has no direction: NaN, infinite or zero. Such a
    vector would answer every search wrongly and silently.
    """
    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not (np.isfinite(lengths).all() and (lengths > 0).all()):
        raise EncoderUnavailable(
            "The model gave a vector that is zero or not a number: its weights are damaged, "
            "or do not belong to its architecture. Get the model anew."
        )
    return np.asarray(rows / lengths, dtype=np.float32)


def encode_image_batches(encoder: Encoder, images: Sequence[Image.Image], at_once: int) -> Vectors:
    """`encode_images` by way of `preprocess` and `encode_pixels`, so many pictures at once."""
    return in_batches(
        [
            encoder.encode_pixels(
                np.stack([encoder.preprocess(image) for image in images[at : at + at_once]])
            )
            for at in range(0, len(images), at_once)
        ],
        encoder.dimension,
    )


def in_batches(batches: list[Vectors], dimension: int) -> Vectors:
    """Batches of rows as one array; (0, dimension) for none."""
    if not batches:
        return np.zeros((0, dimension), dtype=np.float32)
    return np.concatenate(batches)


def checked_texts(texts: Sequence[str]) -> list[str]:
    """The texts as a list. A lone string is a mistake that would encode its letters."""
    if isinstance(texts, str):
        raise TypeError("encode_texts takes a sequence of texts, not one text.")
    return list(texts)
