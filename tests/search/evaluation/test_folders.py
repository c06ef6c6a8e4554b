"""Labelled folders: what is a picture, what its label is, and what is no folder to evaluate."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.evaluation.folders import UnusableFolder, read_folder
from tests.search.evaluation.pictures import write_pictures


def labels(root: Path) -> dict[str, str]:
    """The label of each picture that is found, by its path below `root`."""
    return {str(file.path.relative_to(root)): file.label for file in read_folder(root).files}


def test_the_folder_that_holds_a_picture_is_its_label_at_any_depth(tmp_path: Path) -> None:
    names = ["dress/x.jpg", "Fruit/Apple/Golden-Delicious/y.jpg", "Fruit/Apple/z.jpg"]
    write_pictures(tmp_path, dict.fromkeys(names, "red"))

    assert labels(tmp_path) == {
        "dress/x.jpg": "dress",
        "Fruit/Apple/Golden-Delicious/y.jpg": "Golden-Delicious",
        "Fruit/Apple/z.jpg": "Apple",
    }


@pytest.mark.parametrize(
    "name", ["x.jpg", "x.JPG", "x.png", "x.webp", "x.avif", "x.gif", "x.heic", "no-suffix"]
)
def test_every_format_that_the_shop_takes_is_found(tmp_path: Path, name: str) -> None:
    write_pictures(tmp_path, {f"dress/{name}": "red"})

    assert labels(tmp_path) == {f"dress/{name}": "dress"}


def test_what_lies_beside_the_pictures_is_left_alone(tmp_path: Path) -> None:
    write_pictures(tmp_path, {"dress/x.jpg": "red", ".cache/x.jpg": "red"})
    (tmp_path / "dress/._x.jpg").write_bytes(b"what macOS leaves")
    (tmp_path / "dress/about.txt").write_text("A dress.")
    (tmp_path / "empty").mkdir()

    folder = read_folder(tmp_path)

    assert [file.path.name for file in folder.files] == ["x.jpg"]
    assert folder.skipped == []


def test_a_picture_without_a_label_is_skipped_by_name(tmp_path: Path) -> None:
    write_pictures(tmp_path, {"dress/x.jpg": "red", "cover.jpg": "red"})

    folder = read_folder(tmp_path)

    (skipped,) = folder.skipped
    assert (len(folder.files), skipped.path) == (1, tmp_path / "cover.jpg")
    assert "has no label" in skipped.reason


def test_a_link_that_leads_nowhere_is_skipped_by_name(tmp_path: Path) -> None:
    write_pictures(tmp_path, {"dress/x.jpg": "red"})
    (tmp_path / "dress/y.jpg").symlink_to(tmp_path / "gone.jpg")

    (skipped,) = read_folder(tmp_path).skipped

    assert (skipped.path.name, skipped.reason) == (
        "y.jpg",
        "It cannot be read: No such file or directory.",
    )


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    # given a link to a folder elsewhere, and one back up
    write_pictures(tmp_path / "elsewhere", {"x.jpg": "red"})
    root = tmp_path / "root"
    root.mkdir()
    (root / "dress").symlink_to(tmp_path / "elsewhere")
    (root / "back").symlink_to(root)

    assert labels(root) == {"dress/x.jpg": "dress"}


def test_one_file_by_two_paths_is_one(tmp_path: Path) -> None:
    # given a picture, a hard link and a symbolic link to it, and a copy of it
    write_pictures(tmp_path, {"dress/a.jpg": "red", "dress/copy.jpg": "red"})
    (tmp_path / "dress/hard.jpg").hardlink_to(tmp_path / "dress/a.jpg")
    (tmp_path / "dress/soft.jpg").symlink_to(tmp_path / "dress/a.jpg")

    original, copy, hard, soft = read_folder(tmp_path).files

    assert original.identity == hard.identity == soft.identity != copy.identity


def missing(root: Path) -> Path:
    return root / "nowhere"


def a_file(root: Path) -> Path:
    (root / "list.txt").write_text("dress/x.jpg")
    return root / "list.txt"


def empty(root: Path) -> Path:
    return root


def without_pictures(root: Path) -> Path:
    (root / "dress").mkdir()
    (root / "dress/about.txt").write_text("A dress.")
    return root


def without_labels(root: Path) -> Path:
    return write_pictures(root, {"x.jpg": "red", "y.jpg": "red"})


def without_what_links_lead_to(root: Path) -> Path:
    (root / "dress").mkdir()
    (root / "dress/x.jpg").symlink_to(root / "gone.jpg")
    return root


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (missing, "nowhere does not exist"),
        (a_file, "list.txt is not a folder"),
        (empty, "There are no pictures in"),
        (without_pictures, "There are no pictures in"),
        (without_labels, "its 2 pictures lie directly in it, so they have no label"),
        (without_what_links_lead_to, "can be read (.*x.jpg: It cannot be read: No such file"),
    ],
)
def test_a_folder_that_is_no_use_says_what_would_be(tmp_path: Path, make, words: str) -> None:
    root = make(tmp_path)

    with pytest.raises(UnusableFolder) as raised:
        read_folder(root)

    message = str(raised.value)
    assert all(part in message for part in words.split(".*"))
    assert f"Put each picture into a folder named after its label, such as {root}/" in message
