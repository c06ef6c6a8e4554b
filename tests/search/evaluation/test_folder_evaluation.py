"""Two labelled folders in, one report out; with an encoder that sees colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from search.evaluation.folder_evaluation import FolderReport, evaluate_folders
from search.evaluation.folders import LabelledFile, UnusableFolder, read_folder
from tests.factories import picture_bytes
from tests.search.evaluation.pictures import ColourEncoder, write_pictures

INDEX = {"red/1.jpg": "red", "red/2.png": "crimson", "a/lime/3.webp": "lime", "blue/4.gif": "blue"}
MEASURES = ["nearest_neighbour", "top_5", "p_at_10", "map", "zero_shot"]


def evaluate(index: Path, queries: Path, encoder: ColourEncoder | None = None) -> FolderReport:
    return evaluate_folders(
        encoder or ColourEncoder(), index=read_folder(index), queries=read_folder(queries)
    )


def test_a_model_that_sees_all_is_right_about_all(tmp_path: Path) -> None:
    index = write_pictures(tmp_path / "index", INDEX)
    queries = write_pictures(tmp_path / "queries", {"red/q.jpg": "firebrick", "blue/q.jpg": "navy"})

    report = evaluate(index, queries)

    assert list(report.figures) == list(report.intervals) == MEASURES
    assert [report.figures[name] for name in MEASURES] == pytest.approx([1, 1, 0.15, 1, 1])
    assert (report.queries, report.index, report.labels) == (2, 4, 3)
    assert (report.unseen, report.skipped) == (0, [])


def test_a_model_that_errs_is_wrong_where_it_errs(tmp_path: Path) -> None:
    # given a red thing that is called blue
    index = write_pictures(tmp_path / "index", INDEX)
    queries = write_pictures(tmp_path / "queries", {"blue/1.jpg": "blue", "blue/2.jpg": "red"})

    report = evaluate(index, queries)

    # then for that one the blue picture comes behind both red ones, level with the green one
    assert report.figures == pytest.approx(
        {"nearest_neighbour": 0.5, "top_5": 1, "p_at_10": 0.1, "map": (1 + 1 / 4) / 2}
        | {"zero_shot": 0.5},
        abs=0.05,
    )


def test_the_same_folder_twice_leaves_each_picture_out_of_its_own_search(tmp_path: Path) -> None:
    # given a label with two pictures, and one with a single one, which nothing else can find
    folder = write_pictures(
        tmp_path, {"red/1.jpg": "red", "red/2.jpg": "crimson", "blue/3.jpg": "blue"}
    )
    encoder = ColourEncoder()

    report = evaluate(folder, folder, encoder)

    assert report.figures["nearest_neighbour"] == pytest.approx(2 / 3)
    assert (report.unseen, report.unseen_labels) == (1, ["blue"])
    assert (report.queries, report.index) == (3, 3)
    # and each is encoded once
    assert encoder.batches == [3]


def test_a_query_that_is_a_link_to_a_picture_of_the_index_does_not_find_it(tmp_path: Path) -> None:
    index = write_pictures(tmp_path / "index", {"red/1.jpg": "red", "blue/2.jpg": "blue"})
    (tmp_path / "queries/red").mkdir(parents=True)
    (tmp_path / "queries/red/q.jpg").symlink_to(index / "red/1.jpg")

    report = evaluate(index, tmp_path / "queries")

    assert (report.figures["nearest_neighbour"], report.unseen) == (0, 1)


def test_a_copy_of_a_picture_of_the_index_finds_it(tmp_path: Path) -> None:
    index = write_pictures(tmp_path / "index", {"red/1.jpg": "red", "blue/2.jpg": "blue"})
    queries = write_pictures(tmp_path / "queries", {"red/1.jpg": "red"})

    assert evaluate(index, queries).figures["nearest_neighbour"] == 1


def test_labels_that_the_index_lacks_count_as_wrong_and_are_told(tmp_path: Path) -> None:
    index = write_pictures(tmp_path / "index", INDEX)
    queries = write_pictures(
        tmp_path / "queries", {"red/q.jpg": "red", "pink/q.jpg": "pink", "gold/q.jpg": "gold"}
    )

    report = evaluate(index, queries)

    assert report.figures["nearest_neighbour"] == pytest.approx(1 / 3)
    assert (report.unseen, report.unseen_labels) == (2, ["gold", "pink"])
    assert report.labels == 5


def test_labels_that_read_alike_are_one_text(tmp_path: Path) -> None:
    index = write_pictures(tmp_path / "index", {"Red_Thing/1.jpg": "red", "blue/2.jpg": "blue"})
    queries = write_pictures(tmp_path / "queries", {"red-thing/q.jpg": "red"})

    report = evaluate(index, queries)

    assert report.figures["zero_shot"] == 1
    assert (report.figures["nearest_neighbour"], report.unseen_labels) == (0, ["red-thing"])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "The file is empty"),
        (b"no picture at all", "This is a text file"),
        (picture_bytes()[:400], "damaged or incomplete"),
        (picture_bytes(format="TIFF"), "This is a TIFF"),
        (picture_bytes((8, 8)), "too small"),
    ],
)
def test_a_broken_picture_is_named_and_skipped(tmp_path: Path, data: bytes, reason: str) -> None:
    index = write_pictures(tmp_path / "index", INDEX)
    queries = write_pictures(tmp_path / "queries", {"red/q.jpg": "red"})
    (queries / "red/broken.jpg").write_bytes(data)
    (index / "blue/0.jpg").write_bytes(data)

    report = evaluate(index, queries)

    assert [skipped.path for skipped in report.skipped] == [
        index / "blue/0.jpg",
        queries / "red/broken.jpg",
    ]
    assert all(reason in skipped.reason for skipped in report.skipped)
    # and the others are as they would be without it
    assert (report.queries, report.index) == (1, 4)
    assert report.figures["nearest_neighbour"] == 1


def test_a_broken_picture_on_both_sides_is_named_once(tmp_path: Path) -> None:
    folder = write_pictures(tmp_path, {"red/1.jpg": "red", "cover.jpg": "red"})
    (folder / "red/2.jpg").write_bytes(b"no picture at all")

    report = evaluate(folder, folder)

    assert [skipped.path.name for skipped in report.skipped] == ["cover.jpg", "2.jpg"]


def test_a_folder_of_broken_pictures_is_no_use(tmp_path: Path) -> None:
    index = write_pictures(tmp_path / "index", INDEX)
    queries = tmp_path / "queries"
    (queries / "red").mkdir(parents=True)
    (queries / "red/q.jpg").write_bytes(b"no picture at all")

    with pytest.raises(UnusableFolder, match=r"None of the 1 pictures in .*queries .*q.jpg: This"):
        evaluate(index, queries)


def test_a_file_that_is_gone_when_its_turn_comes_is_skipped(tmp_path: Path) -> None:
    index = write_pictures(tmp_path / "index", INDEX)
    folder = read_folder(index)
    (index / "red/2.png").unlink()

    report = evaluate_folders(ColourEncoder(), index=folder, queries=folder)

    (skipped,) = report.skipped
    assert (skipped.path.name, report.index) == ("2.png", 3)
    assert "No such file" in skipped.reason


def test_pictures_are_encoded_in_batches_and_told_one_by_one(tmp_path: Path) -> None:
    # given more pictures than fit in a batch
    index = write_pictures(tmp_path, {f"red/{number}.png": "red" for number in range(70)})
    encoder = ColourEncoder()
    told: list[str] = []

    def progress(files: Sequence[LabelledFile]) -> Iterator[LabelledFile]:
        for file in files:
            told.append(file.path.name)
            yield file

    folder = read_folder(index)
    evaluate_folders(encoder, index=folder, queries=folder, progress=progress)

    assert encoder.batches == [64, 6]
    assert len(told) == 70
