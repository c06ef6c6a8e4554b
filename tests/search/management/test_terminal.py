"""Arguments are checked as they are read; tables have columns."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from search.management.terminal import positive, share, table, writable


def test_what_is_in_a_writable_file_stays_and_none_is_made(tmp_path: Path) -> None:
    kept, new = tmp_path / "kept.txt", tmp_path / "new.txt"
    kept.write_text("mine")

    assert (writable(str(kept)), writable(str(new))) == (kept, new)

    assert kept.read_text() == "mine"
    assert not new.exists()


@pytest.mark.parametrize(("name", "error"), [("no/x.txt", "No such file"), (".", "Is a directory")])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, error: str) -> None:
    with pytest.raises(ArgumentTypeError, match=f"cannot be written: {error}"):
        writable(str(tmp_path / name))


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "many"])
def test_a_count_is_at_least_one(text: str) -> None:
    assert positive("12") == 12
    with pytest.raises(ArgumentTypeError, match="no number of at least 1"):
        positive(text)


@pytest.mark.parametrize("text", ["nan", "inf", "-0.01", "1.01", "", "half"])
def test_a_share_is_from_zero_to_one(text: str) -> None:
    assert (share("0"), share("0.62"), share("1")) == (0, 0.62, 1)
    with pytest.raises(ArgumentTypeError, match="no number from 0 to 1"):
        share(text)


def test_a_table_has_columns() -> None:
    assert table([["kind", "n"], ["words", "12"], ["photo", ""]]) == [
        "kind    n",
        "words  12",
        "photo",
    ]
