"""Altered views of photographs, and their shards."""

import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from demo.training.photos import CLOTHING, find_photos, words_of
from demo.training.views import SIDE, altered, make_shards, open_shards, shard_folders


def photo_folder(root: Path, labels: tuple[str, ...] = ("dress", "hat"), each: int = 2) -> Path:
    """A folder as `find_photos` reads it, of small noisy photos."""
    rng = np.random.default_rng(1)
    for label in labels:
        folder = root / "clothing" / "train" / label
        folder.mkdir(parents=True)
        for number in range(each):
            pixels = rng.integers(0, 255, (60, 40, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / f"{number}.jpg")
    return root


def test_photos_have_their_folders_label(tmp_path: Path) -> None:
    photos = find_photos(photo_folder(tmp_path))

    assert [photo.labels for photo in photos] == [("clothing/dress",)] * 2 + [("clothing/hat",)] * 2
    assert words_of("clothing/hat")[0] == "hat"
    assert words_of("grocery/Golden-Delicious")[0] == "golden delicious"
    assert all(words_of(f"clothing/{label}")[0] == label for label in CLOTHING)


def test_a_folder_without_photos_is_refused_with_what_it_should_hold(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"clothing/train/LABEL.*train\.txt"):
        find_photos(tmp_path)


def test_a_view_is_a_square_and_the_same_for_the_same_seed() -> None:
    photo = Image.radial_gradient("L").convert("RGB").resize((90, 200))

    views = [altered(photo, random.Random(5), 64) for _ in range(2)]

    assert views[0].size == (64, 64)
    assert np.array_equal(*map(np.asarray, views))


def test_whatever_the_seed_a_view_is_made() -> None:
    photo = Image.radial_gradient("L").convert("RGB").resize((300, 40))

    for seed in range(120):
        assert altered(photo, random.Random(seed), 48).size == (48, 48)


def test_shards_are_made_once_and_one_that_was_interrupted_anew(tmp_path: Path) -> None:
    photos, cache = find_photos(photo_folder(tmp_path)), tmp_path / "cache"
    folders = shard_folders(photos, None, cache, 2)
    interrupted = folders[1].with_name(f"{folders[1].name}.part")
    interrupted.mkdir(parents=True)
    (interrupted / "pixels.npy").write_bytes(b"half")

    make_shards(photos, None, cache, 2, 1)
    first = [folder.stat().st_mtime_ns for folder in sorted(cache.iterdir())]
    make_shards(photos, None, cache, 2, 1)

    shards = open_shards(folders)
    assert [folder.stat().st_mtime_ns for folder in sorted(cache.iterdir())] == first
    assert len(shards) == 2
    assert shards[0].pixels.shape == (4, SIDE, SIDE, 3)
    assert not shards[0].features.any()
    assert not np.array_equal(shards[0].pixels, shards[1].pixels)


def test_other_photos_of_the_same_number_have_views_of_their_own(tmp_path: Path) -> None:
    first = find_photos(photo_folder(tmp_path / "a"))
    second = find_photos(photo_folder(tmp_path / "b", labels=("pants", "shoes")))
    teacher = tmp_path / "teacher.tflite"
    teacher.write_bytes(b"a teacher")

    folders = {
        shard_folders(photos, told, tmp_path, 1)[0]
        for photos in (first, second)
        for told in (None, teacher)
    }

    assert len(folders) == 4


def test_a_broken_photo_is_named(tmp_path: Path) -> None:
    photos = find_photos(photo_folder(tmp_path))
    photos[2].file.write_bytes(b"no picture")

    with pytest.raises(ValueError, match=r"0\.jpg is no picture.*remove it"):
        make_shards(photos, None, tmp_path / "cache", 1, 1)
