"""How well a model knows the demo's world, measured on drawings it was never trained on.

`manage.py evaluate demo` is its face. The combinations of kind, colour and pattern that it draws
are kept from training (`demo.training.drawings.held_out`). The model alone is measured, by exact
cosines: no index, no full-text search.
"""

import io
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageFilter

from demo.assortment import KINDS
from demo.captions import DETAILED, caption, kinds_called
from demo.catalogue import build_catalogue
from demo.draw.studio import draw, front_view
from demo.facts import Codes, Facts, agreement, facts_of
from demo.looks import COLOURS, Look
from demo.products import PRODUCTS, plan_products
from demo.training.drawings import held_out, random_look
from demo.words import COLOUR_WORDS, PATTERN_TAILS, PATTERN_WORDS

GALLERY = 800
FIRST, OF_A_KIND = 10, 60
KINDS_IN_POOL = 24
SIZE = 256
ATTRIBUTES = ("colour", "pattern", "collar", "sleeve")
TRIES = 400
Vectors = NDArray[np.float32]
PerQuery = NDArray[np.float64]
# Shows how far it is: gives back what it gets, one by one; the second argument names it.
Progress = Callable[[Sequence[int], str], Iterable[int]]


class Encoder(Protocol):
    """What is measured; `search.encoders.Encoder` is one."""

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (N, D) float32."""

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        """Unit vectors (N, D) float32."""


@dataclass(frozen=True)
class Pool:
    """Held-out drawings: their looks, and a vector for each, (N, D)."""

    looks: list[Look]
    vectors: Vectors


def evaluate_demo(
    encoder: Encoder,
    catalogue: Path,
    *,
    progress: Progress,
    gallery: int = GALLERY,
    of_a_kind: int = OF_A_KIND,
    products: int = PRODUCTS,
) -> dict[str, PerQuery]:
    """A figure (0 to 1) for each query of each measure; their means are the measures.

    `r_at_1`, `r_at_5`: the first, any of the first five of `gallery` drawings shows all that a
    detailed description claims. `colour`, `pattern`, `collar`, `sleeve`: the share of the first
    ten that has the attribute which a short query asks for, among `of_a_kind` drawings of each of
    some kinds; `kind`: that is of the kind it asks for. `changed_colour`: the same for a drawing
    and "in red". `augmented_r_at_1`: a picture of the catalogue in `catalogue` (drawn there if it
    is not yet), as a phone would take it, finds a picture of its own product first.
    """
    # First, because it may refuse.
    build_catalogue(catalogue, products=products)
    everything = _pool(encoder, list(KINDS), gallery, "held-out drawings", progress)
    results = describe(encoder, everything)
    names = _kinds_to_compare()
    some = _pool(encoder, names, of_a_kind * len(names), "attributes", progress)
    return (
        results
        | ask_for_attributes(encoder, some)
        | change_colours(encoder, some)
        | photograph(encoder, catalogue, products, progress)
    )


def describe(encoder: Encoder, pool: Pool) -> dict[str, PerQuery]:
    """Each drawing's detailed description against all drawings."""
    codes = Codes()
    view = front_view(random.Random(0))
    pairs = [
        caption(random.Random(f"describe/{n}"), look, view, DETAILED)
        for n, look in enumerate(pool.looks)
    ]
    right, _ = agreement(
        codes,
        codes.claimed([claim for _, claim in pairs]),
        codes.shown([facts_of(look, view) for look in pool.looks]),
    )
    order = np.argsort(-(encoder.encode_texts([text for text, _ in pairs]) @ pool.vectors.T), 1)
    hits = np.take_along_axis(right, order[:, :5], axis=1)
    return {
        "r_at_1": hits[:, 0].astype(np.float64),
        "r_at_5": np.asarray(hits.any(axis=1), np.float64),
    }


def ask_for_attributes(encoder: Encoder, pool: Pool) -> dict[str, PerQuery]:
    """Short queries, "red mug" or "shirt without a collar", against all drawings of the pool.

    Asked is for what at least ten drawings have.
    """
    view = front_view(random.Random(0))
    facts = [facts_of(look, view) for look in pool.looks]
    asked: list[tuple[str, str, str, str]] = []
    for name in dict.fromkeys(look.kind for look in pool.looks):
        for attribute in ATTRIBUTES:
            counts: dict[str, int] = {}
            for fact in facts:
                if fact["kind"] == name:
                    counts[fact[attribute]] = counts.get(fact[attribute], 0) + 1
            for value, count in sorted(counts.items()):
                if count >= FIRST:
                    asked += [
                        (text, attribute, value, name)
                        for text in _questions(name, attribute, value)
                    ]
    results: dict[str, list[float]] = {name: [] for name in (*ATTRIBUTES, "kind")}
    for text, attribute, value, name in asked:
        rows = np.argsort(-(pool.vectors @ encoder.encode_texts([text])[0]))[:FIRST]
        kinds = kinds_called(KINDS[name].one)
        results[attribute].append(
            float(np.mean([_has(pool.looks[r], facts[r], attribute, value) for r in rows]))
        )
        results["kind"].append(float(np.mean([facts[r]["kind"] in kinds for r in rows])))
    return {name: np.array(values) for name, values in results.items()}


def change_colours(encoder: Encoder, pool: Pool) -> dict[str, PerQuery]:
    """A drawing and "in red": the share of the first ten others of its kind and in that colour.

    Sources are the first three of each kind in another colour; asked is for what at least ten
    drawings of the kind are. Composed as the search does it, half and half.
    """
    kinds = np.array([look.kind for look in pool.looks])
    colours = np.array([look.colour for look in pool.looks])
    results: list[float] = []
    for name in dict.fromkeys(look.kind for look in pool.looks):
        for colour in COLOURS:
            right = (kinds == name) & (colours == colour)
            if right.sum() < FIRST:
                continue
            text = encoder.encode_texts([f"in {colour}"])[0]
            for source in np.flatnonzero((kinds == name) & (colours != colour))[:3]:
                scores = pool.vectors @ (pool.vectors[source] + text)
                scores[source] = -np.inf
                results.append(float(right[np.argsort(-scores)[:FIRST]].mean()))
    return {"changed_colour": np.array(results)}


def photograph(
    encoder: Encoder, catalogue: Path, products: int, progress: Progress
) -> dict[str, PerQuery]:
    """Every picture of the catalogue, as a phone would take it, against all of them."""
    plan = plan_products(1, products)
    shots = [(n, shot.file) for n, product in enumerate(plan) for shot in product.shots]
    owners = np.array([number for number, _ in shots])
    files = [catalogue / "images" / file for _, file in shots]

    def vectors(title: str, taken: bool) -> Vectors:
        batches = []
        for start in progress(range(0, len(files), 32), title):
            pictures = [Image.open(file).convert("RGB") for file in files[start : start + 32]]
            if taken:
                pictures = [
                    as_phone_photo(picture, random.Random(f"phone/{start + n}"))
                    for n, picture in enumerate(pictures)
                ]
            batches.append(encoder.encode_images(pictures))
        return np.concatenate(batches)

    known, asked = vectors("catalogue", False), vectors("phone photos", True)
    nearest = (asked @ known.T).argmax(1)
    return {"augmented_r_at_1": (owners[nearest] == owners).astype(np.float64)}


def as_phone_photo(picture: Image.Image, rng: random.Random) -> Image.Image:
    """The picture on a screen or a print, taken by a hand-held phone and sent as a poor JPEG.

    Turned by up to 10 degrees, seen at a slight angle, a part of 70 to 100% of it, in another
    light, a little out of focus, JPEG 45 to 70.
    """
    side = picture.width
    ground = tuple(rng.randint(60, 220) for _ in range(3))
    turned = picture.rotate(rng.uniform(-10, 10), Image.Resampling.BICUBIC, fillcolor=ground)
    edge = rng.uniform(0.7, 1.0) ** 0.5 * side
    left, top = (rng.uniform(0, side - edge) for _ in range(2))
    corners = ((left, top), (left, top + edge), (left + edge, top + edge), (left + edge, top))
    quad = [at + rng.uniform(-0.05, 0.05) * side for corner in corners for at in corner]
    taken = turned.transform(
        (384, 384), Image.Transform.QUAD, quad, Image.Resampling.BICUBIC, fillcolor=ground
    )
    taken = ImageEnhance.Brightness(taken).enhance(rng.uniform(0.75, 1.2))
    taken = ImageEnhance.Contrast(taken).enhance(rng.uniform(0.8, 1.15))
    taken = taken.filter(ImageFilter.GaussianBlur(rng.uniform(0, 1.6)))
    packed = io.BytesIO()
    taken.save(packed, "JPEG", quality=rng.randint(45, 70))
    return Image.open(packed).convert("RGB")


def _has(look: Look, facts: Facts, attribute: str, value: str) -> bool:
    """Whether a drawing has it; what a kind cannot have, such as a bowl a collar, it has not got
    "without" either."""
    whole = attribute in ("colour", "pattern") or KINDS[look.kind].part(attribute) is not None
    return whole and facts[attribute] == value


def _questions(name: str, attribute: str, value: str) -> list[str]:
    """Queries for products of a kind with an attribute, in every wording that there is."""
    kind = KINDS[name]
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    if attribute == "colour":
        before = tuple(dict.fromkeys(COLOUR_WORDS[value]))
        after = (f"in {value}",)
    elif attribute == "pattern":
        before = tuple(dict.fromkeys(PATTERN_WORDS[value]))
        after = PATTERN_TAILS[value]
    elif part := kind.part(attribute):
        before, after = part.choice(value).before, part.choice(value).after
    return [f"{word} {kind.one}" for word in before] + [f"{kind.one} {tail}" for tail in after]


def _kinds_to_compare() -> list[str]:
    """Kinds with collars or sleeves, and others from everywhere in the assortment."""
    dressed = [k for k, kind in KINDS.items() if kind.part("collar") or kind.part("sleeve")]
    others = [k for k, kind in KINDS.items() if k not in dressed and len(set(kind.patterns)) > 2]
    step = max(1, len(others) // max(1, KINDS_IN_POOL - len(dressed)))
    return [*dressed, *others[::step]]


def _pool(encoder: Encoder, names: list[str], count: int, title: str, progress: Progress) -> Pool:
    """`count` held-out drawings of the kinds in turn, from the front.

    Kinds that come in so few colours and patterns that none was kept from training are left out.
    """
    names = [name for name in names if _held_out_look(random.Random(name), name)]
    looks: list[Look] = []
    batches: list[Vectors] = []
    pictures: list[Image.Image] = []
    for index in progress(range(count), title):
        rng = random.Random(f"held out/{title}/{index}")
        look = _held_out_look(rng, names[index % len(names)])
        if look is None:  # hardly: the kind has one, as was just seen
            continue
        looks.append(look)
        pictures.append(draw(look, front_view(rng), SIZE))
        if len(pictures) == 32:
            batches.append(encoder.encode_images(pictures))
            pictures = []
    if pictures:
        batches.append(encoder.encode_images(pictures))
    return Pool(looks, np.concatenate(batches))


def _held_out_look(rng: random.Random, name: str) -> Look | None:
    """A look whose combination was never trained on; None for a kind that has hardly any."""
    for _ in range(TRIES):
        look = random_look(rng, name)
        if held_out(look.kind, look.colour, look.pattern):
            return look
    return None
