"""One and the same picture is told from others by pixels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance

from search.duplicates import pixels
from search.duplicates.finding import is_same
from search.duplicates.pixels import Placement, difference, screen, signature_of
from tests.search.duplicates.pictures import CHANGES, cropped, photo, saved


def same(one: Image.Image, other: Image.Image) -> bool:
    (placement,) = screen(signature_of(one), [signature_of(other)])
    return placement is not None and is_same(difference(one, other, placement))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_picture_that_was_changed_is_the_same(change: str, seed: int) -> None:
    one = photo(seed)
    assert same(one, CHANGES[change](one))
    assert same(CHANGES[change](one), one)


def test_another_picture_is_another() -> None:
    assert not same(photo(1), photo(2))


def test_another_colour_is_another() -> None:
    one = photo(1)
    red, green, blue = one.split()
    assert not same(one, Image.merge("RGB", (green, red, blue)))
    assert not same(one, ImageEnhance.Color(one).enhance(0.3))


def test_a_small_thing_more_makes_another_picture() -> None:
    one = photo(1)
    other = one.copy()
    ImageDraw.Draw(other).rectangle((300, 240, 344, 284), fill="white")
    ImageDraw.Draw(other).rectangle((310, 250, 334, 274), fill="black")
    assert not same(one, other)


def test_what_is_turned_or_mirrored_is_another() -> None:
    one = photo(1)
    assert not same(one, one.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    assert not same(one, one.rotate(8, expand=False, fillcolor="white"))


def test_two_blank_pictures_are_the_same() -> None:
    assert same(Image.new("RGB", (200, 200), "white"), Image.new("RGB", (100, 100), "white"))


def test_fine_stripes_are_found_after_a_crop() -> None:
    one = Image.new("RGB", (400, 400), "white")
    draw = ImageDraw.Draw(one)
    for top in range(60, 340, 22):
        draw.rectangle((90, top, 300, top + 10), fill="navy")
    draw.ellipse((40, 250, 160, 380), fill="darkred")
    assert same(one, saved(cropped(one, top=0.05)))
    assert same(one, saved(cropped(one, 0.05, 0.05, 0.05, 0.05)))


def test_where_a_crop_lies_is_found() -> None:
    one = photo(3)
    (placement,) = screen(signature_of(one), [signature_of(cropped(one, left=0.05))])
    assert placement is not None
    assert placement.scale_x == pytest.approx(0.95, abs=0.01)
    assert placement.shift_x == pytest.approx(0.05, abs=0.01)
    assert placement.scale_y == pytest.approx(1, abs=0.01)


def test_an_inverted_placement_leads_back() -> None:
    placement = Placement(0.95, 0.05, 0.9, -0.02)
    back = placement.inverted().inverted()
    assert back.scale_x == pytest.approx(placement.scale_x)
    assert back.shift_y == pytest.approx(placement.shift_y)


def test_a_signature_is_small_and_always_the_same() -> None:
    assert len(signature_of(photo(1))) == pixels.SIZE == 1152
    assert signature_of(photo(1)) == signature_of(photo(1))


@settings(max_examples=12, derandomize=True)
@given(
    seed=st.integers(1, 500),
    sides=st.tuples(*[st.floats(0, 0.05)] * 4),
    quality=st.integers(40, 95),
)
def test_crops_up_to_a_twentieth_are_the_same_both_ways_round(
    seed: int, sides: tuple[float, float, float, float], quality: int
) -> None:
    one = photo(seed)
    other = saved(cropped(one, *sides), quality=quality)
    assert same(one, other)
    assert same(other, one)
