"""The colours of what a picture shows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from search.colors.extraction import SWATCHES, PictureColors, colors_of
from search.colors.names import INDEX, NAMED, NAMES
from tests.search.colors.pictures import boards, put, studio

SKIN = ["#e0b090", "#c68a66", "#8a5a44"]  # fair, medium, dark


def share(colors: PictureColors, name: str) -> float:
    return float(colors.shares[INDEX[name]])


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.name)
def test_a_thing_in_a_studio_has_its_colour(named: object) -> None:
    image = put(studio(), f"#{named.shades[0]}")  # type: ignore[attr-defined]

    colors = colors_of(image)

    assert share(colors, named.name) > 0.75  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["red", "blue", "white", "black", "green"])
def test_the_ground_is_none_of_it(name: str) -> None:
    shade = NAMED[INDEX[name]].shades[0]

    assert share(colors_of(put(boards(), f"#{shade}")), name) > 0.75


def test_two_colours_have_their_shares() -> None:
    image = put(studio(), "#c8232c", (0.25, 0.2, 0.75, 0.8), shape="square")
    image = put(image, "#1c2b54", (0.25, 0.5, 0.75, 0.8), shape="square")

    colors = colors_of(image)

    assert share(colors, "red") == pytest.approx(0.5, abs=0.08)
    assert share(colors, "navy") == pytest.approx(0.5, abs=0.08)
    assert len(colors.swatches) == 2


@pytest.mark.parametrize("skin", SKIN)
def test_skin_is_no_colour_of_what_is_worn(skin: str) -> None:
    """A head, arms and legs, and a shirt of a third of all that."""
    image = studio(sheet=(255, 255, 255))
    for box in ((0.42, 0.05, 0.58, 0.25), (0.2, 0.3, 0.8, 0.45), (0.35, 0.6, 0.65, 0.99)):
        image = put(image, skin, box)
    image = put(image, "#2a6cc8", (0.35, 0.28, 0.65, 0.62))

    assert share(colors_of(image), "blue") > 0.5


def test_a_thing_that_is_all_like_skin_has_that_colour() -> None:
    colors = colors_of(put(studio(), "#8a5a44"))

    assert share(colors, "brown") > 0.75


def test_a_dim_sheet_makes_nothing_grey() -> None:
    white = put(studio(sheet=(226, 221, 212)), "#ece8de")

    assert share(colors_of(white), "white") > 0.6


def test_of_a_thing_that_lets_the_ground_through_the_thing_counts() -> None:
    image = studio()
    draw = ImageDraw.Draw(image)
    for x in range(70, 260, 30):
        draw.rectangle((x, 60, x + 8, 260), fill="#1c1c1e")

    assert share(colors_of(image), "black") > 0.6


def test_swatches_are_what_is_seen() -> None:
    (largest, *_) = colors_of(put(studio(), "#2a6cc8")).swatches

    seen = np.array(list(bytes.fromhex(largest.hex[1:])), int)
    assert np.abs(seen - (0x2A, 0x6C, 0xC8)).max() < 24
    assert largest.share > 0.75


def test_the_same_pixels_give_the_same_colours() -> None:
    image = put(boards(), "#3a8a4c")

    first, second = colors_of(image), colors_of(image.copy())

    assert (first.shares == second.shares).all()
    assert first.swatches == second.swatches


@given(
    size=st.tuples(st.integers(1, 70), st.integers(1, 70)),
    mode=st.sampled_from(["RGB", "L", "RGBA", "1"]),
    cells=st.integers(1, 9),
    seed=st.integers(0, 99),
)
@settings(max_examples=80, deadline=None)
def test_whatever_the_picture_shares_are_shares(
    size: tuple[int, int], mode: str, cells: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    small = Image.fromarray(chance.integers(0, 256, (cells, cells, 3)).astype(np.uint8))

    colors = colors_of(small.resize(size, Image.Resampling.BICUBIC).convert(mode))

    assert colors.shares.shape == (len(NAMES),)
    assert np.isfinite(colors.shares).all() and (colors.shares >= 0).all()
    assert colors.shares.sum() == pytest.approx(1, abs=1e-3)
    assert len(colors.swatches) <= SWATCHES
    assert sum(swatch.share for swatch in colors.swatches) <= 1.001
    sizes = [swatch.share for swatch in colors.swatches]
    assert sizes == sorted(sizes, reverse=True)
