"""Whether a tower in int8 leaves the ranking unharmed, measured when a model is exported.

int8 moves every vector a little. What a shopper can notice is what is found and in what order, so
that is what is measured: some hundred texts and pictures, as alike as products in one shop are,
are the queries and what is searched. Each query is asked twice, by the float tower and by the
int8 one; what is searched is always float, as the index is (see `onnx.py`). *Unharmed* means,
against the texts and against the pictures, over all queries, that

- at least 95% of the first ten hits are the same, and of the first hits;
- what comes in place of the others is as good: measured by the float tower itself, the ten score
  less by at most 1% of the spread (one standard deviation) of that query's scores;
- no vector is further from its float self than a cosine of .98: averages hide one ruined query.

The first two need each other. Scores around the tenth place differ in the fourth decimal, so some
exchange of equals is no harm (the approximate indexes behind this change 2 to 4% of what they
find); but then what comes must be an equal. Measured: vitrine-mini's text tower keeps 99.3% and
loses .00005 of the spread. With random weights, whose vectors are far more alike than any trained
model's, ViT-B-32's keeps 97 to 99% and loses .0014.

The probes are worded and drawn here, the same on every machine.
"""

import itertools
import random
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from search.encoders.base import Vectors
from search.encoders.onnx import OnnxEncoder, int8_tower
from search.encoders.quantization import quantize_tower

LEAST_OVERLAP = 0.95
MOST_REGRET = 0.01
LEAST_COSINE = 0.98

HITS = 10
TEXTS = 240
PICTURES = 160
SIDE = 64

Figures = dict[str, float]

_COLOURS = [
    "red",
    "navy blue",
    "white",
    "black",
    "olive green",
    "beige",
    "pink",
    "striped",
    "silver",
]
_MATERIALS = ["", "leather", "cotton", "wooden", "wool", "steel", "ceramic", "denim"]
_KINDS = [
    "boots", "t-shirt", "long dress", "running shoes", "backpack", "coffee mug", "table lamp",
    "office chair", "headphones", "wrist watch", "garden hose", "tomato sauce", "dog bed",
    "winter jacket", "phone case", "cutting board", "earrings", "bath towel", "teddy bear",
    "bicycle helmet",
]  # fmt: skip
_ENDS = [
    "", "", "for women", "for children", "with a zip", "size 42", "without collar", "waterproof",
    "gift under 30", "with golden buttons and a round neck, machine washable", "XL", "on sale",
]  # fmt: skip


def add_int8(folder: Path) -> dict[str, dict[str, Any]]:
    """Writes the int8 towers that leave the ranking unharmed into an export's folder, and gives
    for "text" and for "image" what its manifest says of it: whether it is `used`, and why."""
    decisions: dict[str, dict[str, Any]] = {}
    asked = [
        tower
        for tower in ("text", "image")
        if quantize_tower(folder / f"{tower}.onnx", folder / f"{int8_tower(tower)}.onnx")
    ]
    searched = _Probes(OnnxEncoder(folder, int8=())) if asked else None
    for tower in ("text", "image"):
        if searched is None or tower not in asked:
            decisions[tower] = {"used": False, "why": "too few weights in matrix products"}
            continue
        figures = searched.compare(OnnxEncoder(folder, int8=(tower,)), tower)
        used = unharmed(figures)
        decisions[tower] = {"used": used, **{name: round(f, 5) for name, f in figures.items()}}
        if not used:
            (folder / f"{int8_tower(tower)}.onnx").unlink()
    return decisions


def unharmed(figures: Figures) -> bool:
    """Whether measured `figures` are within the limits (see the module's docstring)."""
    return figures["cosine_min"] >= LEAST_COSINE and all(
        figures[f"overlap_{searched}"] >= LEAST_OVERLAP
        and figures[f"first_{searched}"] >= LEAST_OVERLAP
        and figures[f"regret_{searched}"] <= MOST_REGRET
        for searched in ("texts", "pictures")
    )


class _Probes:
    """The probes as a float encoder sees them."""

    def __init__(self, encoder: OnnxEncoder) -> None:
        self.texts, self.pictures = probe_texts(), probe_pictures()
        self.text_rows = encoder.encode_texts(self.texts)
        self.picture_rows = encoder.encode_images(self.pictures)

    def compare(self, encoder: OnnxEncoder, tower: str) -> Figures:
        """What changes where the queries are asked by this encoder's `tower`."""
        if tower == "text":
            exact = self.text_rows
            moved = np.stack([encoder.encode_query_text(text) for text in self.texts])
        else:
            exact = self.picture_rows
            moved = np.stack([encoder.encode_query_image(picture) for picture in self.pictures])
        figures = {"cosine_min": float(np.sum(exact * moved, axis=1).min())}
        for name, rows in (("texts", self.text_rows), ("pictures", self.picture_rows)):
            compared = compare_rankings(exact, moved, rows)
            figures |= {f"{measure}_{name}": value for measure, value in compared.items()}
        return figures


def compare_rankings(exact: Vectors, moved: Vectors, searched: Vectors) -> Figures:
    """How the first ten of `searched` (m, d) differ for queries `exact` and `moved`, both (n, d).

    `overlap`: the share of the ten that both find; `first`: the share of queries whose first hit
    is the same; `regret`: how much less the ten of `moved` score for `exact`, in standard
    deviations of all scores of that query. Means over the queries. A query that is itself among
    those searched (`exact is searched`) does not find itself.
    """
    scores, guesses = exact @ searched.T, moved @ searched.T
    spread = np.maximum(np.std(scores, axis=1), np.finfo(np.float32).tiny)
    if exact is searched:
        np.fill_diagonal(scores, -1)
        np.fill_diagonal(guesses, -1)
    best, found = (np.argsort(-s, axis=1, kind="stable")[:, :HITS] for s in (scores, guesses))
    totals = [np.take_along_axis(scores, hits, axis=1).mean(axis=1) for hits in (best, found)]
    return {
        "overlap": float(np.mean([np.isin(f, b) for f, b in zip(found, best, strict=True)])),
        "first": float(np.mean(best[:, 0] == found[:, 0])),
        "regret": float(np.mean((totals[0] - totals[1]) / spread)),
    }


def probe_texts() -> list[str]:
    """Queries and titles, different ones, from two words to a dozen; always the same."""
    wordings = [
        " ".join(" ".join(words).split())
        for words in itertools.product(_COLOURS, _MATERIALS, _KINDS, dict.fromkeys(_ENDS))
    ]
    return random.Random(0).sample(wordings, TEXTS)  # noqa: S311 (probes, not secrets)


def probe_pictures() -> list[Image.Image]:
    """Square drawings of shapes on plain, shaded and noisy grounds, some of them crops of the one
    before; always the same."""
    chance = np.random.default_rng(0)
    pictures: list[Image.Image] = []
    while len(pictures) < PICTURES:
        picture = _ground(chance)
        pen = ImageDraw.Draw(picture)
        for _ in range(chance.integers(1, 4)):
            (left, top), (width, height) = chance.integers(0, 40, 2), chance.integers(8, 48, 2)
            box = (int(left), int(top), int(left + width), int(top + height))
            draw = (pen.rectangle, pen.ellipse, pen.line)[chance.integers(3)]
            draw(box, fill=_colour(chance), width=int(chance.integers(1, 5)))
        corner = int(chance.integers(0, 16))
        crop = picture.crop((corner, corner, corner + 44, corner + 44)).resize((SIDE, SIDE))
        pictures += [picture, crop]
    return pictures[:PICTURES]


def _ground(chance: np.random.Generator) -> Image.Image:
    kind = chance.integers(3)
    if kind == 0:
        return Image.new("RGB", (SIDE, SIDE), _colour(chance))
    if kind == 1:
        ramp = Image.linear_gradient("L").resize((SIDE, SIDE)).rotate(90 * int(chance.integers(4)))
        return Image.composite(
            Image.new("RGB", ramp.size, _colour(chance)),
            Image.new("RGB", ramp.size, _colour(chance)),
            ramp,
        )
    coarse = chance.integers(0, 256, (8, 8, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((SIDE, SIDE))


def _colour(chance: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = chance.integers(0, 256, 3)
    return int(red), int(green), int(blue)
