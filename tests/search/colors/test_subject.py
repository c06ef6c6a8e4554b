"""What a picture shows, against its ground."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from search.colors.lab import to_lab
from search.colors.subject import CENTRED, UNSURE, reduced, subject_in, subject_of
from tests.search.colors.pictures import boards, overlap, put, studio

BOX = (0.25, 0.2, 0.75, 0.8)


@pytest.mark.parametrize("color", ["crimson", "navy", "black", "#b0b0b0", "#f8f8f6", "#d8c09a"])
def test_on_a_studios_sheet_it_is_the_thing(color: str) -> None:
    subject = subject_of(put(studio(), color, BOX))

    assert overlap(subject.box, BOX) > 0.8
    assert subject.confidence > UNSURE
    assert subject.ground is not None
    assert subject.ground[0] == pytest.approx(92, abs=5)


@pytest.mark.parametrize("color", ["crimson", "navy", "#f4f4f0", "black"])
def test_on_boards_it_is_the_thing(color: str) -> None:
    subject = subject_of(put(boards(), color, BOX))

    assert overlap(subject.box, BOX) > 0.8
    assert subject.confidence > UNSURE


def test_a_thing_that_the_border_cuts_stays_whole() -> None:
    cut = (0.2, 0.3, 0.8, 1.0)

    subject = subject_of(put(studio(), "teal", cut, shape="square"))

    assert subject.mask[-2, subject.mask.shape[1] // 2]
    assert not subject.mask[5, 5]
    assert subject.mask.mean() == pytest.approx(0.6 * 0.7, abs=0.04)


def test_a_soft_shadow_is_ground() -> None:
    sheet = studio()
    shadow = Image.new("L", sheet.size)
    ImageDraw.Draw(shadow).ellipse((60, 220, 290, 290), fill=90)
    shadow = shadow.filter(ImageFilter.GaussianBlur(14))
    sheet.paste((0, 0, 0), mask=shadow)

    subject = subject_of(put(sheet, "crimson", BOX))

    assert subject.mask.mean() == pytest.approx(0.5 * 0.6, abs=0.04)


def test_through_a_ring_the_ground_is_seen() -> None:
    image = studio()
    ImageDraw.Draw(image).ellipse((60, 60, 260, 260), outline="goldenrod", width=24)

    mask = subject_of(image).mask

    height, width = mask.shape
    assert not mask[height // 2, width // 2]
    assert mask[height // 2, round(72 / 320 * width)]


def test_white_on_white_is_the_things_inside() -> None:
    image = studio(sheet=(250, 250, 250))
    ImageDraw.Draw(image).rectangle((80, 80, 240, 240), outline=(205, 205, 205), width=6)

    mask = subject_of(image).mask

    assert mask[mask.shape[0] // 2, mask.shape[1] // 2]


def test_of_noise_it_is_not_sure_and_proposes_the_middle() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (200, 200, 3)).astype(np.uint8)

    subject = subject_of(Image.fromarray(noise).filter(ImageFilter.GaussianBlur(4)))

    assert subject.confidence < UNSURE
    assert subject.box == CENTRED


def test_of_one_flat_colour_nothing_is_told() -> None:
    subject = subject_of(Image.new("RGB", (200, 100), "teal"))

    assert subject.mask.all()
    assert subject.confidence == 0
    assert subject.box == (0, 0, 1, 1)


@given(
    size=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    mode=st.sampled_from(["RGB", "L", "RGBA", "P", "CMYK"]),
    cells=st.integers(1, 9),
    seed=st.integers(0, 99),
)
@settings(max_examples=80, deadline=None)
def test_whatever_the_picture_it_is_a_mask_and_a_box(
    size: tuple[int, int], mode: str, cells: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    small = Image.fromarray(chance.integers(0, 256, (cells, cells, 3)).astype(np.uint8))
    image = small.resize(size, Image.Resampling.NEAREST).convert(mode)

    subject = subject_of(image)

    assert subject.mask.shape == (size[1], size[0])
    assert subject.mask.any()
    left, top, right, bottom = subject.box
    assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1
    assert 0 <= subject.confidence <= 1


def test_the_same_pixels_give_the_same_subject() -> None:
    lab = to_lab(reduced(put(boards(), "crimson")))

    first, second = subject_in(lab), subject_in(lab.copy())

    assert (first.mask == second.mask).all()
    assert (first.box, first.confidence) == (second.box, second.confidence)
