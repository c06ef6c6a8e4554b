"""Changed pictures of the shop are named, made again from their names, and still pictures."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from search.evaluation.catalogue import read_catalogue
from search.evaluation.pictures import (
    CHANGES,
    UnusablePicture,
    changed,
    open_picture,
    shop_reference,
)
from tests.factories import ProductFactory, picture_bytes


def on_white() -> Image.Image:
    image = Image.new("RGB", (200, 240), "white")
    ImageDraw.Draw(image).ellipse((60, 60, 140, 180), fill=(200, 30, 30))
    return image


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_the_same_for_its_seed_and_changes_something(change: str) -> None:
    image = on_white()

    once, again, other = (changed(image, change, seed) for seed in (1, 1, 2))

    assert once.data == again.data != other.data
    assert once.data != changed(image, "jpeg" if change != "jpeg" else "crop", 1).data


def test_another_background_leaves_the_product() -> None:
    made = np.asarray(CHANGES["background"](on_white(), random.Random(1)))

    assert np.abs(made[120, 100].astype(int) - (200, 30, 30)).max() < 5
    assert np.abs(made[5, 5].astype(int) - 255).max() > 30


def test_a_crop_is_a_part_and_a_turn_loses_nothing() -> None:
    chance = random.Random(2)

    cropped = CHANGES["crop"](on_white(), chance)
    turned = CHANGES["rotate"](on_white(), chance)

    assert 0.45 < cropped.width * cropped.height / (200 * 240) < 0.85
    assert turned.width > 200
    assert turned.height > 240


@pytest.mark.django_db
def test_a_picture_of_the_shop_is_found_by_its_name() -> None:
    product = ProductFactory(images=2)
    catalogue = read_catalogue()

    taken = open_picture(shop_reference(product.slug, 2, "crop", 7), Path(), catalogue)

    with product.images.all()[1].image.open("rb") as stream:
        assert taken == changed(Image.open(stream), "crop", 7)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("catalogue:product/1?melt=3", "with a change of crop, rotate, jpeg, background"),
        ("catalogue:product", "names no picture"),
        ("catalogue:product/3?crop=1", "has no picture 3"),
        ("catalogue:product/0?crop=1", "has no picture 0"),
        ("catalogue:other/1?crop=1", "“other” has no picture 1"),
        (f"catalogue:product/1?crop={'9' * 5000}", "names no picture"),
        ("nowhere.jpg", "nowhere.jpg cannot be read: No such file"),
        ("text.jpg", r"text.jpg: This is a text file"),
        (".", "cannot be read: Is a directory"),
        ("a\0b.jpg", r"'a\\x00b.jpg' is no file's name"),
    ],
)
def test_a_picture_that_is_not_there_is_a_clear_error(
    tmp_path: Path, name: str, error: str
) -> None:
    ProductFactory(slug="product", images=1)
    (tmp_path / "text.jpg").write_text("no picture at all")

    with pytest.raises(UnusablePicture, match=error):
        open_picture(name, tmp_path, read_catalogue())


@pytest.mark.django_db
def test_a_picture_of_the_shop_whose_file_is_gone_is_a_clear_error() -> None:
    product = ProductFactory(slug="product", images=1)
    image = product.images.get().image
    image.storage.delete(image.name)

    with pytest.raises(UnusablePicture, match=r"“catalogue:product/1\?crop=1” cannot be read: No"):
        open_picture("catalogue:product/1?crop=1", Path(), read_catalogue())


@pytest.mark.django_db
def test_a_file_lies_beside_the_judgements(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(picture_bytes(seed=5))

    taken = open_picture("photo.jpg", tmp_path, read_catalogue())

    assert (taken.width, taken.height) == (96, 64)
