"""A part of a photo: what an address may say, and what is cut out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from search import crops
from search.colors.subject import Box
from shop.catalog.images import MIN_SIDE, take_in
from tests.factories import picture_bytes


def test_the_part_is_cut_out() -> None:
    photo = take_in(picture_bytes((200, 100)))

    part = crops.cut(photo, (0.5, 0.2, 1.0, 0.8))

    assert (part.width, part.height) == (100, 60)
    assert part.content_hash != photo.content_hash
    assert part.source_hash == photo.source_hash
    assert isinstance(part.open(), Image.Image)


def test_a_small_part_is_no_smaller_than_a_picture_may_be() -> None:
    photo = take_in(picture_bytes((100, 100)))

    part = crops.cut(photo, (0.95, 0.0, 1.0, 1.0))

    assert (part.width, part.height) == (MIN_SIDE, 100)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "left, top, right and bottom"),
        ("0.1,0.2,0.9", "left, top, right and bottom"),
        ("a,b,c,d", "left, top, right and bottom"),
        ("0.1,0.2,0.9,1.5", "from 0 to 1"),
        ("nan,0,1,1", "from 0 to 1"),
        ("0.9,0.1,0.2,0.8", "left before right"),
        ("0.5,0.5,0.51,0.9", "at least 5%"),
    ],
)
def test_what_is_no_part_is_refused_with_what_would_be(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        crops.read(text)


@pytest.mark.parametrize(
    "text",
    ["0.15,0.15,0.2,0.2", "0.25,0.25,0.3,0.3", "0.3,0.3,0.35,0.35", "0.123,0.123,0.173,0.173"],
)
def test_the_smallest_part_is_read_wherever_it_lies(text: str) -> None:
    assert crops.written(crops.read(text)) == text


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    left, top = draw(st.floats(0, 1 - crops.LEAST)), draw(st.floats(0, 1 - crops.LEAST))
    return (
        left,
        top,
        draw(st.floats(left + crops.LEAST, 1)),
        draw(st.floats(top + crops.LEAST, 1)),
    )


@given(boxes())
def test_whatever_part_is_written_is_read_again(box: Box) -> None:
    assert crops.read(crops.written(box)) == pytest.approx(box, abs=0.001)
