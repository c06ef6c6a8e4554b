"""What is served is what open_clip computes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from search.encoders.base import token_counter
from search.encoders.onnx import TOKENS_OF_A_RUN, OnnxEncoder, _of_like_length

from .conftest import Pair
from .tiny import CONTEXT

TEXTS = [
    "red boots",
    "",
    "   \n",
    "a",
    "Blue & green: striped T-SHIRT, 100% cotton! It's café crème",
    "a very long description " * 400,
    "<end_of_text> red",
    "\U0001f462\U0001f3fd 赤い靴 сапоги",
]


def pictures() -> list[Image.Image]:
    random = np.random.default_rng(7)
    sizes = [(32, 32), (64, 64), (201, 87), (87, 201), (1, 1), (1, 9), (640, 480), (500, 30)]
    noise = [
        Image.fromarray(random.integers(0, 256, (height, width, 3), dtype=np.uint8))
        for width, height in sizes
    ]
    smooth = Image.linear_gradient("L").resize((150, 100))
    return [*noise, smooth, Image.merge("RGBA", [smooth] * 4), smooth.convert("P")]


def test_texts_have_the_vectors_of_open_clip(pair: Pair) -> None:
    served = pair.served.encode_texts(TEXTS)

    assert served.dtype == np.float32
    assert served.shape == (len(TEXTS), pair.served.dimension)
    np.testing.assert_allclose(served, pair.torch.encode_texts(TEXTS), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(served, axis=1), 1, atol=1e-6)


def test_pictures_have_the_vectors_of_open_clip(pair: Pair) -> None:
    images = pictures()

    served, reference = pair.served.encode_images(images), pair.torch.encode_images(images)

    assert served.dtype == np.float32
    assert (np.sum(served * reference, axis=1) > 0.9999).all()
    np.testing.assert_allclose(np.linalg.norm(served, axis=1), 1, atol=1e-6)


def test_pixels_prepared_apart_give_the_same_vectors(pair: Pair) -> None:
    images = pictures()

    pixels = np.stack([pair.served.preprocess(image) for image in images])

    assert pixels.dtype == np.float32
    np.testing.assert_array_equal(
        pair.served.encode_pixels(pixels), pair.served.encode_images(images)
    )


def test_nothing_gives_no_rows(pair: Pair) -> None:
    none = (0, pair.served.dimension)
    for encoder in (pair.served, pair.torch):
        assert encoder.encode_texts([]).shape == none
        assert encoder.encode_images([]).shape == none
        assert encoder.encode_pixels(np.zeros((0, 3, 32, 32), np.float32)).shape == none


def test_both_name_the_same_model(pair: Pair) -> None:
    for field in ("reference", "dimension", "checksum", "causal_text"):
        assert getattr(pair.served, field) == getattr(pair.torch, field)
    assert len(pair.served.checksum) == 64


@pytest.mark.parametrize(
    ("kind", "longest"), [("causal", 5), ("timm", 5), ("bidirectional", CONTEXT)]
)
def test_only_a_causal_tower_is_cut_to_its_texts(
    pairs: Callable[[str], Pair], monkeypatch: pytest.MonkeyPatch, kind: str, longest: int
) -> None:
    # given an encoder that tells what its towers are run on
    pair = pairs(kind)
    seen: list[tuple[int, ...]] = []
    run = OnnxEncoder._run

    def watched(self: OnnxEncoder, tower: str, inputs: np.ndarray) -> np.ndarray:
        seen.append(inputs.shape)
        return run(self, tower, inputs)

    monkeypatch.setattr(OnnxEncoder, "_run", watched)
    texts = ["red boots", "boots", "one two three"]

    # when
    served = pair.served.encode_texts(texts)

    # then it saw start, three words and end, or the whole context, and the result is the same
    assert seen == [(3, longest)]
    np.testing.assert_allclose(served, pair.torch.encode_texts(texts), atol=1e-5)


def test_many_texts_come_back_in_order(pair: Pair) -> None:
    # given more than fit in one batch, of mixed lengths
    texts = [f"boots {'red ' * (number % 9)}{number}" for number in range(150)]

    served = pair.served.encode_texts(texts)

    for number in (0, 1, 63, 64, 149):
        np.testing.assert_allclose(
            served[number], pair.served.encode_texts([texts[number]])[0], atol=1e-5
        )


def test_many_pictures_come_back_in_order(causal: Pair) -> None:
    images = [Image.new("RGB", (40, 30), (number * 5, 255 - number, 0)) for number in range(40)]

    served = causal.served.encode_images(images)

    np.testing.assert_allclose(served[33], causal.served.encode_images([images[33]])[0], atol=1e-5)


def test_threads_share_an_encoder(causal: Pair) -> None:
    # given an encoder that has not opened its towers
    encoder = OnnxEncoder(causal.served.folder, 1)
    image = pictures()[2]

    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(encoder.encode_texts, [TEXTS] * 16))
        images = list(pool.map(encoder.encode_images, [[image]] * 16))

    for rows in texts:
        np.testing.assert_array_equal(rows, texts[0])
    for rows in images:
        np.testing.assert_array_equal(rows, images[0])


def test_one_text_is_not_a_list_of_letters(pair: Pair) -> None:
    for encoder in (pair.served, pair.torch):
        with pytest.raises(TypeError, match="sequence"):
            encoder.encode_texts("red boots")


def test_a_query_has_the_vector_of_the_index_whatever_is_asked_beside_it(pair: Pair) -> None:
    # given float towers, and threads whose queries share runs
    encoder = OnnxEncoder(pair.served.folder, 1)
    texts, images = TEXTS * 4, pictures()

    with ThreadPoolExecutor(12) as pool:
        words = list(pool.map(encoder.encode_query_text, texts))
        photos = list(pool.map(encoder.encode_query_image, images))

    assert encoder.int8 == frozenset()
    np.testing.assert_allclose(words, encoder.encode_texts(texts), atol=1e-5)
    np.testing.assert_allclose(photos, encoder.encode_images(images), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm([*words, *photos], axis=1), 1, atol=1e-6)


def test_texts_have_one_key_if_they_are_the_same_tokens(pair: Pair) -> None:
    key = pair.served.query_key

    assert key("red boots") == key("  red \n boots ")
    assert key("red boots") != key("red boot")
    assert key("red boots") != key("boots red")
    assert (key("Red Boots") == key("red boots")) == np.array_equal(
        pair.torch.tokenizer(["Red Boots"]), pair.torch.tokenizer(["red boots"])
    )


def test_a_served_model_says_how_many_tokens_a_text_is(pair: Pair) -> None:
    count = token_counter(pair.served)

    assert [count(text) for text in ("", "boots", "red boots", "red " * 400)] == [
        0,
        1,
        2,
        CONTEXT - 2,
    ]
    assert count("jlasdqx") > 1


@given(st.lists(st.integers(1, 77), min_size=1, max_size=16))
def test_every_text_is_in_one_run_and_little_of_a_run_is_filling(lengths: list[int]) -> None:
    groups = _of_like_length(lengths)

    assert sorted(place for group in groups for place in group) == list(range(len(lengths)))
    for group in groups:
        filling = sum(max(lengths[place] for place in group) - lengths[place] for place in group)
        assert filling <= TOKENS_OF_A_RUN * (len(group) - 1)
