"""Judgements: which products are right for a query, and how right. A CSV or TSV file, a row each.

    query,picture,product,grade,kind
    red boots,,alder-leather-boots,3,colour kind
    red boots,,BOO0012-38-RED,1,colour kind
    in red,photos/mug.jpg,kiln-mug,3,

- `query`: the words; may be empty beside a picture
- `picture`: a file beside this one, or a picture of the shop (`search.evaluation.pictures`); may be
  empty or left out
- `product`: a handle, or the SKU of any of its variants; in any case, where only one is meant
- `grade`: 3 exactly what was asked for, 2 right, 1 related, 0 wrong. What a query has no row for is
  wrong, too
- `kind`: of query, for figures by kind; may be empty or left out

Rows of one query are those with the same words and picture, wherever they stand. Each query has at
least one product that is right (grade 2 or 3), or there would be nothing to measure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.evaluation.asking import NotAsked, require_askable
from search.evaluation.catalogue import Catalogue
from search.evaluation.pictures import UnusablePicture, open_picture
from shop.catalog.images import TakenImage

HIGHEST, RIGHT = 3, 2
COLUMNS = ("query", "picture", "product", "grade", "kind")
NEEDED = ("query", "product", "grade")
ERRORS_SHOWN = 10
DELIMITERS = {".csv": ",", ".tsv": "\t"}


class UnusableJudgements(Exception):
    """A file of judgements cannot be used; the message says by line what is wrong."""


@dataclass(frozen=True)
class JudgedQuery:
    """A query with the grade of each product (by handle) that is not wrong; 1 to 3.

    `picture`: as `search.evaluation.pictures` reads it, or empty; a file is in `folder`.
    """

    words: str
    grades: dict[str, int]
    picture: str = ""
    kind: str = ""
    folder: Path = Path()

    @property
    def form(self) -> str:
        """What is asked with: "words", "photo" or "photo and words"."""
        if not self.picture:
            return "words"
        return "photo and words" if self.words else "photo"

    def photo(self, catalogue: Catalogue) -> TakenImage | None:
        """What it is asked with besides words. Raises `UnusablePicture`."""
        return open_picture(self.picture, self.folder, catalogue) if self.picture else None

    def __str__(self) -> str:
        return " ".join(filter(None, [self.words, f"[{self.picture}]" if self.picture else ""]))


def read_judgements(path: Path, catalogue: Catalogue) -> list[JudgedQuery]:
    """The queries of a file, in the order of their first rows. Raises `UnusableJudgements`.

    Every row is checked before anything is measured: words that the search refuses, a picture that
    cannot be used, a product that the shop does not sell, a grade out of range, a product graded
    twice for one query, a query with nothing right.
    """
    rows, errors = _rows(path)
    checks = _Checks(path.parent, catalogue)
    found: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    kinds: dict[tuple[str, str], str] = {}
    first: dict[tuple[str, str], int] = {}
    for line, row in rows:
        words, picture = " ".join(row["query"].split()), row["picture"].strip()
        name, kind = row["product"].strip(), row["kind"].strip()
        handles = catalogue.handles_named(name)
        errors += [f"line {line}: {reason}" for reason in checks.reasons(words, picture)]
        if not words and not picture:
            errors.append(f"line {line}: a query needs words or a picture.")
        elif not handles:
            missing = f"no product with the handle or SKU “{name}” is on sale"
            errors.append(f"line {line}: {missing if name else 'no product is named'}.")
        elif len(handles) > 1:
            errors.append(
                f"line {line}: “{name}” may be {' or '.join(f'“{handle}”' for handle in handles)}: "
                "write the handle, or the SKU in its own case."
            )
        elif row["grade"].strip() not in {str(grade) for grade in range(HIGHEST + 1)}:
            errors.append(f"line {line}: a grade is 0, 1, 2 or 3, not “{row['grade']}”.")
        else:
            key = (words, picture)
            handle = handles[0]
            grades = found.setdefault(key, {})
            first.setdefault(key, line)
            if handle in grades:
                errors.append(
                    f"line {line}: “{handle}” is graded for this query in line "
                    f"{grades[handle][1]} already."
                )
            elif kinds.setdefault(key, kind) != kind:
                errors.append(
                    f"line {line}: the kind of this query is “{kinds[key]}” in line {first[key]}, "
                    f"and “{kind}” here."
                )
            else:
                grades[handle] = (int(row["grade"]), line)
    queries = []
    for (words, picture), grades in found.items():
        kept = {handle: grade for handle, (grade, _) in grades.items() if grade}
        if max(kept.values(), default=0) < RIGHT and not errors:
            errors.append(
                f"line {first[words, picture]}: “{words or picture}” has no product with grade "
                f"{RIGHT} or {HIGHEST}, so nothing that is found can be right."
            )
        queries.append(JudgedQuery(words, kept, picture, kinds[words, picture], path.parent))
    if errors:
        raise UnusableJudgements(_told(path, errors))
    if not queries:
        raise UnusableJudgements(f"{path}: there are no rows below the heading.")
    return queries


class _Checks:
    """What is wrong with words and pictures, each looked at once and told once."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
        self.catalogue = catalogue
        self.seen: set[tuple[str, str]] = set()

    def reasons(self, words: str, picture: str) -> list[str]:
        """Of a query; nothing of one that was asked about before."""
        found = []
        if words and not self._again("words", words):
            try:
                require_askable(words)
            except NotAsked as error:
                found.append(str(error))
        if picture and not self._again("picture", picture):
            try:
                open_picture(picture, self.folder, self.catalogue)
            except UnusablePicture as error:
                found.append(str(error))
        return found

    def _again(self, kind: str, name: str) -> bool:
        again = (kind, name) in self.seen
        self.seen.add((kind, name))
        return again


def _rows(path: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Rows by line, and what is wrong with their form."""
    delimiter = DELIMITERS.get(path.suffix.lower())
    if delimiter is None:
        raise UnusableJudgements(f"{path}: judgements are a .csv or a .tsv file.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UnusableJudgements(f"{path} cannot be read: {reason}.") from error
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    rows, errors = [], []
    try:
        heading = [name.strip() for name in next(reader, [])]
        missing = [name for name in NEEDED if name not in heading]
        unknown = [name for name in heading if name not in COLUMNS]
        if missing or unknown or len(set(heading)) < len(heading):
            what = f"lacks “{missing[0]}”" if missing else "has a column unknown or twice"
            raise UnusableJudgements(
                f"{path}, line 1: the heading {what}. Columns are {', '.join(COLUMNS)} "
                f"({', '.join(NEEDED)} must be there)."
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(heading):
                errors.append(
                    f"line {reader.line_num}: {len(cells)} cells under {len(heading)} headings."
                )
                continue
            row = dict.fromkeys(COLUMNS, "") | dict(zip(heading, cells, strict=True))
            rows.append((reader.line_num, row))
    except csv.Error as error:
        raise UnusableJudgements(f"{path}, line {reader.line_num}: {error}.") from error
    return rows, errors


def _told(path: Path, errors: Sequence[str]) -> str:
    shown = "\n".join(f"  {error}" for error in errors[:ERRORS_SHOWN])
    more = len(errors) - ERRORS_SHOWN
    return f"{path}:\n{shown}" + (f"\n  ... and {more} more." if more > 0 else "")


def write_judgements(path: Path, queries: Iterable[JudgedQuery]) -> int:
    """Write `queries` as `read_judgements` reads them, best grades first; how many rows. Raises
    OSError, and `UnusableJudgements` for a name that says no format."""
    delimiter = DELIMITERS.get(path.suffix.lower())
    if delimiter is None:
        raise UnusableJudgements(f"{path}: judgements are a .csv or a .tsv file.")
    count = 0
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(COLUMNS)
        for query in queries:
            for handle, grade in sorted(query.grades.items(), key=lambda pair: (-pair[1], pair[0])):
                writer.writerow([query.words, query.picture, handle, grade, query.kind])
                count += 1
    return count
