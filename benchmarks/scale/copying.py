"""PostgreSQL's binary COPY format out of numpy arrays, whole columns at a time.

psycopg writes binary rows one at a time; a million products have twenty million rows. What is
sent for each field is its length and its bytes, big-endian, so a table of fields is a matrix of
bytes, out of which a mask takes what a row does not have: the ends of short texts, and nulls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"


@dataclass(frozen=True)
class Column:
    """A column's fields: `data`, uint8, (rows, widest); `length`, int, (rows,): bytes that count,
    or -1 for null."""

    data: np.ndarray
    length: np.ndarray


def integers(values: np.ndarray, size: int, *, null: int | None = None) -> Column:
    """int2, int4 or int8 (`size` bytes); `null` is the value that stands for none."""
    length = np.full(len(values), size)
    if null is not None:
        length[values == null] = -1
    return Column(_bytes(values.astype(f">i{size}")), length)


def booleans(values: np.ndarray) -> Column:
    return Column(_bytes(values.astype(np.uint8)), np.full(len(values), 1))


def texts(values: list[str] | np.ndarray) -> Column:
    """Text or varchar, of strings."""
    encoded = np.char.encode(np.asarray(values), "utf-8")
    return Column(_bytes(encoded), np.char.str_len(encoded))


def constant(text: str, rows: int) -> Column:
    """The same text in every row."""
    data = np.frombuffer(text.encode(), dtype=np.uint8)
    return Column(np.tile(data, (rows, 1)), np.full(rows, len(data)))


def cents(values: np.ndarray) -> Column:
    """numeric with two decimals, of whole cents (0 to 10 ** 10)."""
    fields = np.zeros((len(values), 7), dtype=">i2")
    # Three digits to the base 10,000, the last of which holds the decimals; weight; sign; scale.
    fields[:, :4] = [3, 1, 0, 2]
    whole = values.astype(np.int64) // 100
    fields[:, 4], fields[:, 5] = whole // 10_000, whole % 10_000
    fields[:, 6] = values % 100 * 100
    return Column(_bytes(fields), np.full(len(values), 14))


def halfvecs(vectors: np.ndarray) -> Column:
    """pgvector's halfvec, of float16 vectors (rows, dimension)."""
    rows, dimension = vectors.shape
    fields = np.zeros((rows, 2 + dimension), dtype=">i2")
    fields[:, 0] = dimension
    fields[:, 2:] = vectors.view(np.int16)
    return Column(_bytes(fields), np.full(rows, 4 + 2 * dimension))


def rows(columns: list[Column]) -> bytes:
    """What COPY takes between `HEADER` and `TRAILER`."""
    count = len(columns[0].length)
    parts = [_bytes(np.full(count, len(columns), dtype=">i2"))]
    kept = [np.ones((count, 2), dtype=bool)]
    for column in columns:
        parts += [_bytes(column.length.astype(">i4")), column.data]
        places = np.arange(column.data.shape[1])
        kept += [np.ones((count, 4), dtype=bool), places < column.length[:, None]]
    matrix = np.hstack(parts)
    mask = np.hstack(kept)
    return (matrix if mask.all() else matrix[mask]).tobytes()


def _bytes(values: np.ndarray) -> np.ndarray:
    """The bytes of `values`, uint8, one row for each."""
    return np.ascontiguousarray(values).view(np.uint8).reshape(len(values), -1)
