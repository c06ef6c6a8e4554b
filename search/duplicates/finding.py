"""Which pictures show the same as a new one.

Candidates are what the search finds most alike (and whatever has one and the same file); pixels
decide (`search.duplicates.pixels`). Nothing here depends on which of two is asked about, but for
the candidates.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from django.core.files.storage import Storage
from PIL import Image

from search import retrieval
from search.duplicates import pixels
from search.duplicates.models import DuplicatePair, PictureSignature
from search.duplicates.pixels import Difference, Placement
from search.filters import Filters
from search.models import Embedding, EmbeddingModel
from search.retrieval import Target
from shop.catalog.models import ProductImage

# Pictures that are looked at for one: on sale, and of drafts. A crop by a twentieth was among the
# first 17 of 723 photographs, and among the first 3 of 2,470 drawings, by the bundled model.
CANDIDATES, DRAFTS = 40, 20
# ... of the newest so many.
AMONG_DRAFTS = 20_000
# What is less alike shows something else; crops by a twentieth had .91 and more.
ALIKE = 0.85
# Shots of one product on one backdrop. Of the demo's pictures 262 pairs have as much, of which 230
# are of one product.
SHOT = 0.97
# How many files are opened for one picture, and how many pairs it may have.
CONFIRMED = 12
PAIRS = 20

# Two files show the same where no more than this is left (`pixels.Difference`). Of the demo's
# pictures, changed, .005, .008 and .010 were left at most; other shots of one thing come as near as
# .007, .025 and .005, never under all three (`python -m benchmarks duplicates`).
BRIGHTNESS, SPOT, COLOR = 0.008, 0.022, 0.035


_PAIR = ("image", "other", "similarity", "state")


@dataclass(frozen=True)
class Pictured:
    """A picture as it is compared: its key, its file, and its signature."""

    image_id: int
    name: str  # of the file in the storage
    content_hash: str
    signature: bytes


@dataclass(frozen=True)
class Found:
    """A picture that shows the same. `similarity`: in [0, 1], 1 for one and the same file."""

    image_id: int
    content_hash: str
    similarity: float
    exact: bool


def read(storage: Storage, name: str) -> Image.Image:
    """The stored file, RGB, at least `pixels.READ_SIDE` a side if it has so many.

    Raises OSError, or what the decoder does, for a file that cannot be read.
    """
    with storage.open(name) as file, Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as image:
        image.draft("RGB", (pixels.READ_SIDE, pixels.READ_SIDE))
        return image.convert("RGB")


def candidates(picture: Pictured, vector: np.ndarray | None, model: EmbeddingModel) -> list[int]:
    """Keys of pictures that might show the same; those of the same file first.

    `vector`: the picture's own under `model`, (dimension,) float32 of norm 1.
    """
    same = ProductImage.objects.filter(content_hash=picture.content_hash).order_by("-pk")
    same = same.exclude(content_hash="")
    found = list(same.values_list("pk", flat=True)[: PAIRS + 1])
    paired = DuplicatePair.objects.filter(image=picture.image_id)[:PAIRS]
    found += paired.values_list("other", flat=True)
    paired = DuplicatePair.objects.filter(other=picture.image_id)[:PAIRS]
    found += paired.values_list("image", flat=True)
    if vector is not None:
        target = Target(vector, Embedding.Kind.IMAGE, model)
        hits = retrieval.by_graph(target, Filters(), candidates=CANDIDATES, breadth=2 * CANDIDATES)
        hits += retrieval.exact_of_drafts(target, among=AMONG_DRAFTS, limit=DRAFTS)
        found += [hit.image_id for hit in hits if hit.image_id and hit.score >= ALIKE]
    return [key for key in dict.fromkeys(found) if key != picture.image_id]


def pictured(images: Collection[int]) -> dict[int, Pictured]:
    """Those of `images` (keys) whose signatures are made; a signature may be that of the file
    before, until the picture is compared anew."""
    rows = PictureSignature.objects.filter(image__in=images, version=pixels.VERSION).values_list(
        "image", "image__image", "image__content_hash", "signature"
    )
    return {
        key: Pictured(key, name, digest, bytes(made))
        for key, name, digest, made in rows
        if made is not None
    }


def duplicates_of(
    picture: Pictured, others: Sequence[Pictured], *, storage: Storage
) -> list[Found]:
    """Those of `others` that show the same, at most `PAIRS`; the surest first."""
    exact = [one for one in others if one.content_hash == picture.content_hash != ""]
    found = [Found(one.image_id, one.content_hash, 1.0, True) for one in exact][:PAIRS]
    rest = [one for one in others if one not in exact]
    placed = pixels.screen(picture.signature, [one.signature for one in rest])
    near = [(one, place) for one, place in zip(rest, placed, strict=True) if place][:CONFIRMED]
    if near:
        opened = read(storage, picture.name)
        for other, placement in near:
            left = _difference(picture, opened, other, placement, storage)
            if left is not None and is_same(left):
                similarity = 1.0 - max(left.brightness, left.spot, left.color)
                found.append(Found(other.image_id, other.content_hash, similarity, False))
    return sorted(found, key=lambda one: -one.similarity)[:PAIRS]


def is_same(left: Difference) -> bool:
    """Whether so little is left that both show the same picture."""
    return left.brightness <= BRIGHTNESS and left.spot <= SPOT and left.color <= COLOR


def _difference(
    picture: Pictured,
    opened: Image.Image,
    other: Pictured,
    placement: Placement,
    storage: Storage,
) -> Difference | None:
    """None where the other file cannot be read: it is another picture's trouble, and told there.

    The lower key is always the first, so that both ways round the same is found.
    """
    try:
        second = read(storage, other.name)
    except Exception:  # decoders raise what they like
        return None
    if other.image_id < picture.image_id:
        return pixels.difference(second, opened, placement.inverted())
    return pixels.difference(opened, second, placement)


def near_equal(images: Sequence[int]) -> list[tuple[int, int, float]]:
    """Pairs among `images` (keys) that show one thing nearly from one side, each once, the lower
    key first, with their similarity in [0, 1]: copies and crops that comparing has found, and shots
    that the live model finds alike; without those that were found not to be the same.

    No file is opened: 500 pictures take some milliseconds.
    """
    asked = sorted(set(images))
    pairs = DuplicatePair.objects.filter(image__in=asked, other__in=asked)
    known = {(one, other): rest for one, other, *rest in pairs.values_list(*_PAIR)}
    near = {
        pair: similarity
        for pair, (similarity, state) in known.items()
        if state != DuplicatePair.State.DIFFERENT
    }
    model = EmbeddingModel.objects.live()
    if model is not None:
        found, vectors = retrieval.vectors_of_images(asked, model)
        likeness = np.triu(vectors @ vectors.T, k=1)
        for row, column in np.argwhere(likeness >= SHOT):
            one, other = sorted((found[row], found[column]))
            if (one, other) not in known:
                near[one, other] = float(min(1.0, likeness[row, column]))
    return [(one, other, similarity) for (one, other), similarity in near.items()]
