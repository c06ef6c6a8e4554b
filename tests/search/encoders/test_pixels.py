"""Preprocessing gives open_clip's pixels."""

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from search.encoders.pixels import Preprocessing
from search.encoders.torch_clip import import_open_clip

transform = import_open_clip().transform

CONFIGURATIONS: list[dict[str, Any]] = [
    {"size": 32},
    {"size": 33, "interpolation": "bilinear"},
    {"size": (24, 40)},
    {"size": (24, 40), "interpolation": "bilinear"},
    {"size": 32, "resize_mode": "squash", "interpolation": "bilinear"},
    {"size": (24, 40), "resize_mode": "squash", "mean": (0.5, 0.5, 0.5), "std": (0.5, 0.5, 0.5)},
    {"size": 32, "resize_mode": "longest", "fill_color": 255},
    {"size": (24, 40), "resize_mode": "longest"},
]
SIDES = st.integers(1, 120)


def picture(width: int, height: int, mode: str) -> Image.Image:
    noise = np.random.default_rng(width * 1_000 + height).integers(0, 256, (height, width, 4))
    image = Image.fromarray(noise.astype(np.uint8), "RGBA")
    return image if mode == "RGBA" else image.convert("RGB").convert(mode)


@pytest.mark.parametrize("config", CONFIGURATIONS, ids=str)
@settings(max_examples=60, deadline=None)
@given(width=SIDES, height=SIDES, mode=st.sampled_from(["RGB", "L", "RGBA", "P", "CMYK"]))
@example(width=32, height=32, mode="RGB")
@example(width=40, height=24, mode="RGB")
@example(width=1, height=1, mode="RGB")
@example(width=60, height=1, mode="RGB")
def test_pixels_are_those_of_open_clip(
    config: dict[str, Any], width: int, height: int, mode: str
) -> None:
    # a palette or CMYK picture is padded with what those numbers mean there: any colour
    longest = config.get("resize_mode") == "longest"
    assume(not longest or mode in {"RGB", "L", "RGBA"})
    settings_of_model = transform.PreprocessCfg(**config)
    image = picture(width, height, mode)

    ours = Preprocessing.from_config(vars(settings_of_model))(image)
    try:
        theirs = transform.image_transform_v2(settings_of_model, is_train=False)(image).numpy()
    except ValueError:
        # open_clip cannot shrink a side to less than half a pixel; a shop's photo must not fail
        assert longest
        assert ours.shape[0] == 3
        return

    assert ours.dtype == np.float32
    assert ours.shape == theirs.shape
    np.testing.assert_allclose(ours, theirs, atol=1e-5)


@pytest.mark.parametrize("size", [(1, 297), (4_000, 33), (30, 8_001), (2, 4_001)], ids=str)
@pytest.mark.parametrize("config", CONFIGURATIONS[:4], ids=str)
def test_the_middle_of_a_long_picture_is_that_of_open_clip(
    config: dict[str, Any], size: tuple[int, int]
) -> None:
    settings_of_model = transform.PreprocessCfg(**config)
    image = picture(*size, "RGB").filter(ImageFilter.GaussianBlur(5))

    ours = Preprocessing.from_config(vars(settings_of_model))(image)

    # one level of 8 bits is some 0.015, and Pillow rounds between its two passes
    theirs = transform.image_transform_v2(settings_of_model, is_train=False)(image).numpy()
    difference = np.abs(ours - theirs)
    assert difference.max() < 0.05
    assert difference.mean() < 0.005


def test_a_very_long_picture_is_not_blown_up() -> None:
    # given a picture that fitting its short side to 224 would make 500 million pixels
    image = Image.linear_gradient("L").convert("RGB").resize((10_000, 1))
    preprocessing = Preprocessing.from_config(vars(transform.PreprocessCfg(size=224)))

    tracemalloc.start()
    pixels = preprocessing(image)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert pixels.shape == (3, 224, 224)
    assert peak < 20_000_000


def test_an_unknown_way_to_resize_is_refused() -> None:
    with pytest.raises(ValueError, match="resize mode"):
        Preprocessing.from_config(vars(transform.PreprocessCfg()) | {"resize_mode": "fold"})
