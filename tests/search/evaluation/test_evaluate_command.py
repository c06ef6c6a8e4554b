"""`manage.py evaluate folder`, with the bundled model."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.management.commands import evaluate
from tests.search.evaluation.pictures import write_pictures

MEASURES = ["nearest_neighbour", "top_5", "p_at_10", "map", "zero_shot"]


def run(*arguments: str | Path, model: str = "vitrine-mini") -> tuple[str, str]:
    """What it writes to stdout and to stderr."""
    out, err = StringIO(), StringIO()
    texts = [str(argument) for argument in arguments]
    call_command("evaluate", "folder", *texts, "--model", model, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    names = {"red-mug/1.png": "red", "red-mug/2.png": "red", "blue-mug/1.png": "blue"}
    return write_pictures(tmp_path / "index", names)


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    folder = write_pictures(
        tmp_path / "queries", {"red-mug/q.png": "red", "green-mug/q.png": "green"}
    )
    (folder / "red-mug/broken.png").write_bytes(b"no picture at all")
    return folder


def test_json_is_one_object_with_all_that_was_measured(index: Path, queries: Path) -> None:
    out, err = run("--index", index, "--queries", queries, "--json")

    report = json.loads(out)
    assert list(report) == [
        *MEASURES, "intervals", "queries", "index", "labels", "unseen", "unseen_labels", "skipped",
        "model",
    ]  # fmt: skip
    assert report["nearest_neighbour"] == report["top_5"] == report["map"] == 0.5
    for measure in MEASURES:
        low, high = report["intervals"][measure]
        assert 0 <= low <= report[measure] <= high <= 1
    assert (report["queries"], report["index"], report["labels"]) == (2, 3, 3)
    assert (report["unseen"], report["unseen_labels"]) == (1, ["green-mug"])
    broken = str(queries / "red-mug/broken.png")
    assert [skipped["file"] for skipped in report["skipped"]] == [broken]
    assert "This is a text file" in report["skipped"][0]["reason"]
    assert report["model"] == "vitrine-mini"
    assert f"{broken}: This is a text file" in err


def test_without_json_it_is_a_table(
    index: Path, queries: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out, _ = run("--index", index, "--queries", queries)

    lines = out.splitlines()
    assert lines[1].split() == ["nearest", "neighbour", "0.500", "0.000", "to", "1.000"]
    assert len({line.index(".") for line in lines[1:6]}) == 1
    facts = dict(line.split(maxsplit=1) for line in lines[7:])
    assert facts.pop("unseen") == (
        "1 (counted as wrong: the index has no other picture of green-mug)"
    )
    assert facts == {
        "queries": "2",
        "index": "3",
        "labels": "3",
        "skipped": "1",
        "model": "vitrine-mini",
    }
    # and progress is not in what another program may read
    written = capfd.readouterr()
    assert "encoding" in written.err
    assert written.out == ""


def test_a_bad_folder_is_an_error_before_the_model_is_asked(index: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere does not exist\. Put each picture into"):
        run("--index", index, "--queries", tmp_path / "nowhere", model="no such model")


def test_an_unknown_model_is_an_error_that_lists_the_presets(index: Path) -> None:
    with pytest.raises(CommandError, match=r"no model named 'no such model'.*vitrine-mini"):
        run("--index", index, "--queries", index, model="no such model")


@pytest.mark.parametrize("missing", ["--index", "--queries"])
def test_both_folders_are_needed(index: Path, missing: str) -> None:
    given = {"--index": index, "--queries": index}
    del given[missing]

    with pytest.raises(CommandError, match=f"required: {missing}"):
        run(*(part for pair in given.items() for part in pair))


def test_an_interrupt_is_no_traceback(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(evaluate, "evaluate_folders", interrupted)

    with pytest.raises(CommandError, match="Interrupted") as raised:
        run("--index", index, "--queries", index)
    assert raised.value.returncode == 130
