"""Each text that an export writes into a cell is read back as it was."""

from __future__ import annotations

import io

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from shop.catalog.exporting.texts import (
    as_html,
    description,
    description_for_excel,
    for_excel,
    joined,
    paired,
    short,
)
from shop.catalog.importing.texts import (
    described,
    exact_text,
    pairs_of,
    parts_of,
    plain_text,
    short_text,
)
from shop.spreadsheets import FORMULA, guarded, restored
from tests.shop.catalog.test_round_trips import NAMES, PARAGRAPHS, TEXTS


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("&#x20;")
@example("a&#xA;")
@example("&no t;")
def test_short_texts(text: str) -> None:
    assert short_text(short(text)) == exact_text(short(text)) == text
    assert "\n" not in short(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(NAMES, max_size=4))
def test_texts_in_one_cell(texts: list[str]) -> None:
    assert parts_of(joined(texts, "|"), "|") == texts
    assert parts_of(" > ".join(short(text, ">") for text in texts), ">") == texts


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), max_size=4))
def test_attributes_and_values(pairs: list[tuple[str, str]]) -> None:
    assert list(pairs_of(paired(pairs))) == pairs


@settings(max_examples=400, deadline=None)
@given(PARAGRAPHS)
@example("A\n\nB\n• one\n• two")
@example(" two  spaces\n\n\n\nand lines ")
@example("1 < 2 & 3 > 2, <b>not bold</b>")
def test_descriptions(text: str) -> None:
    assert plain_text(as_html(text)) == text
    assert described(description(text)) == text
    assert described(description_for_excel(text)) == text
    assert restored(guarded(description(text))) == description(text)


def test_a_usual_description_is_left_as_people_read_it() -> None:
    assert description("Warm.\n\nDry & light.\n• 2 pockets") == "Warm.\n\nDry & light.\n• 2 pockets"
    assert as_html("Warm.\n\nDry\nlight") == "<p>Warm.</p><p>Dry<br>light</p>"


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_formulas_are_guarded_and_restored(text: str) -> None:
    assert restored(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(TEXTS, PARAGRAPHS), min_size=1, max_size=5))
def test_cells_of_a_workbook(rows: list[tuple[str, str]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        cells = [WriteOnlyCell(sheet, for_excel(short(row[0])))]
        cells.append(WriteOnlyCell(sheet, description_for_excel(row[1])))
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)

    read = load_workbook(out, read_only=True, data_only=True).worksheets[0]
    read.reset_dimensions()
    found = [[*row, None, None][:2] for row in read.iter_rows(values_only=True)]
    found += [[None, None]] * (len(rows) - len(found))

    assert [(short_text(one or ""), described(two or "")) for one, two in found] == rows
