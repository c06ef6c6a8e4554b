"""`manage.py evaluate demo` counts right answers as right and wrong ones as wrong."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from demo import evaluation
from demo.assortment import KINDS
from demo.catalogue import build_catalogue
from demo.evaluation import (
    Pool,
    as_phone_photo,
    ask_for_attributes,
    change_colours,
    describe,
    photograph,
)
from demo.looks import COLOURS, Look, make_look
from demo.words import COLOUR_WORDS

Vectors = NDArray[np.float32]


class ByColour:
    """An encoder that knows colours and nothing else: pictures by their mean, texts by a word."""

    def __init__(self, lie: bool = False) -> None:
        self.lie = lie

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """The direction of the colour that a text names."""
        return np.stack([self._direction(self._colour(text)) for text in texts])

    def encode_images(self, images: Sequence[Image.Image]) -> Vectors:
        """The picture in 6 by 6 pixels, which is enough to tell one from another."""
        rows = [np.asarray(image.resize((6, 6)), np.float32).ravel() - 128 for image in images]
        return np.stack([row / np.linalg.norm(row) for row in rows])

    def of_looks(self, looks: Sequence[Look]) -> Vectors:
        """What a perfect eye for colours would see."""
        return np.stack([self._direction(look.colour) for look in looks])

    def _colour(self, text: str) -> str:
        # A text without a colour is taken for one that is never there.
        named = [c for c, words in COLOUR_WORDS.items() if any(w in text for w in words)]
        if not named:
            return "purple"
        longest = max(named, key=lambda c: max(len(w) for w in COLOUR_WORDS[c] if w in text))
        names = list(COLOURS)
        return names[names.index(longest) - 1] if self.lie else longest

    def _direction(self, colour: str) -> Vectors:
        return np.eye(len(COLOURS), dtype=np.float32)[list(COLOURS).index(colour)]


def _pool(encoder: ByColour, colours: Iterable[str], each: int, kind: str = "mug") -> Pool:
    looks = [
        make_look(random.Random(f"{colour}/{n}"), KINDS[kind], colour=colour, material="stoneware")
        for colour in colours
        for n in range(each)
    ]
    return Pool(looks, encoder.of_looks(looks))


def _no_progress(steps: Sequence[int], title: str) -> Iterable[int]:
    return steps


def test_colours_that_are_seen_count_as_right() -> None:
    encoder = ByColour()

    results = ask_for_attributes(encoder, _pool(encoder, ("red", "blue", "green"), 12))

    assert results["colour"].mean() == 1
    assert results["kind"].mean() == 1


def test_colours_that_are_mistaken_count_as_wrong() -> None:
    encoder = ByColour(lie=True)

    # Each colour's neighbour is there, and is what this encoder takes it for.
    results = ask_for_attributes(encoder, _pool(encoder, ("red", "orange", "grey"), 12))

    assert results["colour"].mean() < 0.5


def test_a_drawing_in_another_colour_finds_those_in_it() -> None:
    encoder = ByColour()
    drawn = _pool(encoder, ("red", "blue", "green"), 12)
    # Words weigh a little more than the picture, so that neither is a tie.
    pool = Pool(drawn.looks, drawn.vectors * np.float32(0.9))

    right = change_colours(encoder, pool)["changed_colour"]
    wrong = change_colours(ByColour(lie=True), pool)["changed_colour"]

    assert len(right) == len(wrong) == 9
    assert right.mean() == 1
    assert wrong.mean() == 0


def test_what_fewer_than_ten_have_is_not_asked_for() -> None:
    encoder = ByColour()

    results = ask_for_attributes(encoder, _pool(encoder, ("red",), 12))
    fewer = ask_for_attributes(encoder, _pool(encoder, ("red", "blue"), 9))

    assert len(results["colour"]) > 0
    assert len(fewer["colour"]) == 0


def test_a_description_is_right_for_every_drawing_that_shows_it() -> None:
    encoder = ByColour()

    results = describe(encoder, _pool(encoder, ("red", "blue", "green"), 1))

    assert results["r_at_1"].tolist() == [1, 1, 1]
    assert results["r_at_5"].tolist() == [1, 1, 1]


def test_a_picture_finds_its_product_and_a_blind_encoder_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_catalogue(tmp_path, products=12, quiet=True)
    encoder = ByColour()
    with_eyes = photograph(encoder, tmp_path, 12, _no_progress)["augmented_r_at_1"]
    monkeypatch.setattr(
        encoder, "encode_images", lambda images: np.ones((len(images), 2), np.float32) / 2**0.5
    )

    blind = photograph(encoder, tmp_path, 12, _no_progress)["augmented_r_at_1"]

    assert with_eyes.mean() > 0.3 > blind.mean()
    assert set(with_eyes) <= {0.0, 1.0}


def test_a_phone_photo_differs_from_its_picture_and_is_the_same_for_the_same_seed() -> None:
    picture = Image.radial_gradient("L").convert("RGB")

    photos = [as_phone_photo(picture, random.Random(7)) for _ in range(2)]

    assert photos[0].size == (384, 384)
    assert np.array_equal(*map(np.asarray, photos))


def test_held_out_drawings_are_of_combinations_that_training_never_draws() -> None:
    pool = evaluation._pool(ByColour(), ["mug", "dress"], 8, "some", _no_progress)

    assert len(pool.looks) == len(pool.vectors) == 8
    assert all(evaluation.held_out(k.kind, k.colour, k.pattern) for k in pool.looks)


def test_kinds_to_compare_have_every_attribute() -> None:
    kinds = evaluation._kinds_to_compare()

    assert any(KINDS[kind].part("collar") for kind in kinds)
    assert any(KINDS[kind].part("sleeve") for kind in kinds)
    assert any(KINDS[kind].group == "kitchen" for kind in kinds)
