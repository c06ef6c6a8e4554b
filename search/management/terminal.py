"""What commands share: arguments that are checked as they are read, and tables."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Sequence
from pathlib import Path


def positive(text: str) -> int:
    """A number of at least 1, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"“{text}” is no number of at least 1.")
    return int(text)


def share(text: str) -> float:
    """A number from 0 to 1, for argparse. "nan" is none: nothing is below it."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise ArgumentTypeError(f"“{text}” is no number from 0 to 1.")
    return number


def writable(text: str) -> Path:
    """A file that can be written, for argparse: known before the work, and not after it. What is
    in the file stays, and a file that is not there is not made."""
    path = Path(text)
    new = not path.exists()
    try:
        with path.open("a"):
            pass
    except OSError as error:
        raise ArgumentTypeError(f"{path} cannot be written: {error.strerror}.") from error
    if new:
        path.unlink()
    return path


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines in columns: the first to the left, the others to the right. The first row heads it."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
