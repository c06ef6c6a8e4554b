"""Charts as SVG that the server draws: columns, stacked or not, and bars beside a table's rows.

Only shapes are in the SVG, which is stretched to whatever room there is; what is to be read stands
around it as text of the page. Coordinates are strings: a template would write them as the reader's
language does, with a comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT, STEP, GAP = 100, 10, 1


@dataclass(frozen=True)
class Part:
    """A part of a column: where it begins and how high it is, from the top, of `HEIGHT`. `series`:
    its number, for the colour."""

    series: int
    y: str
    height: str


@dataclass(frozen=True)
class Column:
    """`told`: the label and what it has, for whoever points at it."""

    x: str
    told: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Columns:
    """A chart of columns. `ticks`: the top and the half of the scale, as text; `labels`: what some
    columns are called: the first, one in the middle, the last."""

    width: str
    bar: str
    columns: Sequence[Column]
    ticks: Sequence[str]
    labels: Sequence[str]


def columns(
    rows: Sequence[tuple[str, Sequence[float]]],
    *,
    told: Sequence[str],
    ticks: Sequence[str],
    top: float,
) -> Columns:
    """A column for each of `rows`: its label, and what each series has there, stacked from below.

    `top`: of the scale, as `nice_top` makes it, with `ticks` to say it and its half.
    """
    drawn = []
    for place, (_label, values) in enumerate(rows):
        parts, at = [], float(HEIGHT)
        for series, value in enumerate(values):
            height = HEIGHT * value / top
            at -= height
            if value:
                parts.append(Part(series, f"{at:.2f}", f"{height:.2f}"))
        drawn.append(Column(f"{place * STEP + GAP}", told[place], parts))
    labels = [rows[place][0] for place in _some(len(rows))]
    return Columns(f"{max(1, len(rows)) * STEP}", f"{STEP - 2 * GAP}", drawn, ticks, labels)


def nice_top(most: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10, 20 …, or the same below 1, that is not less than `most`: such
    as have a plain half."""
    if most <= 0:
        return 1.0
    scale = 1.0
    while scale * 10 <= most:
        scale *= 10
    while scale > most:
        scale /= 10
    return next(step * scale for step in (1, 2, 4, 6, 8, 10) if step * scale >= most * (1 - 1e-9))


def share(value: float, most: float) -> str:
    """The length of a bar, of 100."""
    return f"{100 * min(1.0, value / most):.2f}" if most else "0"


def _some(count: int) -> list[int]:
    if count <= 3:
        return list(range(count))
    return [0, count // 2, count - 1]
