"""A shopper's photo: a proposal for the crop, and colours as chips."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from search.colors import photo as photos
from search.colors.photo import colors_of_photo, look_at
from shop.catalog.images import TakenImage, take_in
from tests.search.colors.pictures import boards, overlap, put

BOX = (0.3, 0.25, 0.7, 0.75)


def taken(image: Image.Image) -> TakenImage:
    out = io.BytesIO()
    image.save(out, "JPEG")
    return take_in(out.getvalue())


def test_the_box_is_the_things_and_the_chips_its_colours() -> None:
    look = look_at(taken(put(boards(), "#c8232c", BOX)))

    assert overlap(look.box, BOX) > 0.75
    assert [color.name for color in look.colors] == ["red"]
    (red,) = look.colors
    assert (red.label, red.hex) == ("red", "#c8232c")
    assert red.share > 0.75


def test_of_a_crop_the_colours_are_those_within() -> None:
    image = put(boards((400, 300)), "#c8232c", (0.05, 0.2, 0.45, 0.8))
    photo = taken(put(image, "#2a6cc8", (0.55, 0.2, 0.95, 0.8)))
    right = (0.5, 0.1, 1.0, 0.9)

    look = look_at(photo, right)

    assert look.colors[0].name == "blue"
    assert look.box[0] >= 0.5
    assert overlap(look.box, (0.55, 0.2, 0.95, 0.8)) > 0.7


@pytest.mark.parametrize("crop", [(0.5, 0, 0.5, 1), (0, 0, 1.1, 1), (0.9, 0, 0.1, 1)])
def test_a_bad_crop_is_an_error_that_says_so(crop: tuple[float, float, float, float]) -> None:
    photo = taken(boards())

    with pytest.raises(ValueError, match="left, top, right, bottom"):
        look_at(photo, crop)


def test_a_thin_crop_is_looked_at_all_the_same() -> None:
    assert look_at(taken(boards()), (0.5, 0.5, 0.501, 0.501)).colors


def test_a_photo_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = taken(put(boards(), "#3a8a4c"))
    first = look_at(photo)

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(photos, "_look", refuse)

    assert look_at(photo) == first
    assert colors_of_photo(photo) == first.colors
    with pytest.raises(AssertionError):
        look_at(photo, (0.0, 0.0, 0.5, 0.5))
