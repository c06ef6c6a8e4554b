"""Importing what is wrong in part or in whole: reported by line, and never a crash."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.catalog.importing import ImportBusy, UnreadableFile, import_catalog
from shop.catalog.importing.texts import plain_text
from shop.catalog.models import Product, ProductImage, Variant
from tests.factories import ProductFactory, picture_bytes
from tests.shop.catalog.shopify_files import BOOT, MUG, SECOND, as_csv, problems, run

pytestmark = pytest.mark.django_db

# --- What is wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Variant Price": ""}, "the price is missing"),
        ({"Variant Price": "12,50"}, "the price '12,50' is no number"),
        ({"Variant Price": "NaN"}, "no number"),
        ({"Variant Price": "-3"}, "the price -3 is negative"),
        ({"Title": ""}, "the product has no title"),
        ({"Handle": ""}, "the handle is missing"),
        ({"Variant SKU": "x" * 101}, "the SKU has more than 100 characters"),
        ({"Title": "a\0b"}, "NUL"),
        ({"Variant SKU": "TAKEN"}, "the SKU TAKEN belongs to the product other"),
    ],
)
def test_a_bad_row_is_skipped_with_its_line(
    folder: Path, change: dict[str, str], message: str
) -> None:
    ProductFactory(slug="other", variants=[{"sku": "TAKEN"}])

    report = run(folder, BOOT, {**MUG, **change})

    assert report.products_created == 1
    assert report.skipped == 1
    assert problems(report)[0].startswith("line 3") and message in problems(report)[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"Image Src": "pictures/none.jpg"}, "there is no picture 'pictures/none.jpg'"),
        ({"Image Src": "../secret.jpg"}, "leads out of the folder"),
        ({"Image Src": "/etc/passwd"}, "leads out of the folder"),
        ({"Image Src": "pictures/link.jpg"}, "leads out of the folder"),
        ({"Image Src": "..\\secret.jpg"}, "leads out of the folder"),
        ({"Image Src": "https://example.com/a.jpg"}, "not fetched from the net"),
        ({"Image Src": "pictures/text.jpg"}, "This is a text file, not a picture"),
        ({"Image Src": "pictures"}, "there is no picture"),
        ({"Image Src": "."}, "there is no picture"),
        ({"Image Src": "C:\\a.jpg"}, "leads out of the folder"),
        ({"Image Src": "x" * 5000}, "cannot be read"),
    ],
)
def test_a_bad_picture_is_reported_and_its_variant_comes_in(
    folder: Path, change: dict[str, str], message: str
) -> None:
    (folder / "pictures/text.jpg").write_text("hello")
    (folder / "pictures/link.jpg").symlink_to("/etc/hostname")

    report = run(folder, {**MUG, **change})

    assert report.products_created == 1
    assert not ProductImage.objects.exists()
    assert len(report.problems) == 1 and message in problems(report)[0]


def test_a_good_row_is_not_lost_with_a_bad_one(folder: Path) -> None:
    report = run(folder, {**BOOT, "Variant Price": "?"}, SECOND, {**SECOND, "Image Src": ""})

    assert Variant.objects.get().sku == "BOOT-39"
    assert Product.objects.get().title == "Red boot"
    assert [problem.line for problem in report.problems] == [2, 4]
    assert "stands in the file before" in problems(report)[1]


def test_what_can_be_mended_is_mended_with_a_warning(folder: Path) -> None:
    change = {
        "Variant Compare At Price": "5",
        "Variant Inventory Qty": "-2",
        "Title": "m" * 300,
        "Variant Grams": "two pounds",
        "Variant Weight Unit": "stone",
        "Variant Taxable": "perhaps",
    }

    report = run(folder, {**MUG, **change})

    assert report.products_created == 1 and report.skipped == 0
    assert all(problem.warning for problem in report.problems) and len(report.problems) == 6
    said = " ".join(problems(report))
    assert "'two pounds' is left out: it is no number of grams such as 1250" in said
    assert "'stone' is none of g, kg, oz, lb" in said
    assert "'perhaps' is left out: it is neither TRUE nor FALSE" in said
    variant = Variant.objects.get()
    assert (variant.compare_at_price, variant.stock) == (None, 0)


@pytest.mark.parametrize("code", ["0", "00", "D800", "DFFF", "110000"])
def test_a_reference_to_what_is_no_character_costs_nothing(folder: Path, code: str) -> None:
    cell = f"A&#x{code};B"
    change = dict.fromkeys(("Title", "Body (HTML)", "Vendor", "Type", "Variant SKU"), cell)

    report = run(folder, {**MUG, **change, "Tags": f"{cell}:{cell}"}, BOOT)

    assert (report.products_created, problems(report)) == (2, [])
    assert Product.objects.get(slug="mug").title == "A\ufffdB"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b"Handle,Variant SKU\na,b\n", "no column Title, Variant Price"),
        (b"Name,Shoe size\na,b\n", "names these columns: Name, Shoe size.*What can be imported"),
        (picture_bytes(), "This is a JPEG.*What can be imported"),
        ("Handle,Title,Variant Price\na,é,1\n".encode("latin-1"), "Line 2 is not UTF-8"),
        ("Handle,Title,Variant Price\n".encode("utf-16"), "not UTF-8"),
        (b'Handle,Title,Variant Price\na,"' + b"x\n" * 90_000, "quotation mark"),
        (b"Handle,Title,Variant Price\n" + b"x" * 5_000_000, "more than 4 MB"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel .*Save it as .xlsx"),
    ],
)
def test_an_unreadable_file_is_refused_before_anything_is_written(
    tmp_path: Path, data: bytes, message: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(data)

    with pytest.raises(UnreadableFile, match=message):
        import_catalog(file)
    with pytest.raises(UnreadableFile, match="There is no file"):
        import_catalog(tmp_path / "b.csv")
    with pytest.raises(UnreadableFile, match="is a folder"):
        import_catalog(tmp_path)


@pytest.mark.parametrize("end", ["", "\n", '"" and\n'])
def test_a_quotation_mark_that_is_not_closed_is_named(tmp_path: Path, end: str) -> None:
    file = tmp_path / "a.csv"
    rows = 'Handle,Title,Variant Price\na,"A\nB",1\n\nb,"5"" disk",1\nc,"Cup,1\nd,Dish,1'
    file.write_text(rows + end)

    with pytest.raises(UnreadableFile, match="Line 5 has a quotation mark that is not closed"):
        import_catalog(file)
    assert not Product.objects.exists()

    file.write_text(rows.replace('"Cup', '"Cup"').replace("Dish", '"Dish"'))
    assert import_catalog(file).products_created == 4


def test_a_zip_without_one_csv_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a.jpg", "")

    with pytest.raises(UnreadableFile, match="tables found: none"):
        import_catalog(archive)


PACKINGS = [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def broken(archive: Path, member: str) -> None:
    """Overwrite what is packed of a member."""
    with zipfile.ZipFile(archive) as opened:
        info = opened.getinfo(member)
    with archive.open("r+b") as file:
        file.seek(info.header_offset + 30 + len(member) + 12)
        file.write(b"\xff" * (info.compress_size - 12))


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("name", ["a.csv", "a.xml", "a.xlsx"])
def test_a_broken_table_in_a_zip_is_refused(tmp_path: Path, name: str, packing: int) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", packing) as opened:
        opened.writestr(name, as_csv(MUG) * 50)
    broken(archive, name)

    with pytest.raises(UnreadableFile, match=r"is damaged|cannot be read"):
        import_catalog(archive)


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_broken_picture_in_a_zip_costs_itself(tmp_path: Path, packing: int) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a.csv", as_csv({**MUG, "Image Src": "a.jpg"}, BOOT))
        opened.writestr("a.jpg", picture_bytes(), packing)
    broken(archive, "a.jpg")

    report = import_catalog(archive)

    assert report.products_created == 2
    assert "line 2 (mug): the picture 'a.jpg' is damaged in the ZIP" in problems(report)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x63"),  # of a version to come
        ("é.jpg".encode(), b"\xff\xfe.jpg"),  # a name that is no UTF-8
    ],
)
def test_a_zip_with_a_broken_directory_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a.csv", as_csv(MUG))
        opened.writestr("é.jpg", b"")
    archive.write_bytes(archive.read_bytes().replace(old, new))

    with pytest.raises(UnreadableFile, match=r"a\.zip is a damaged ZIP"):
        import_catalog(archive)


def test_a_picture_in_a_zip_is_not_unpacked_further_than_allowed(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.csv", as_csv({**MUG, "Image Src": "bomb.png"}))
        opened.writestr("bomb.png", bytes(40_000_000))

    report = import_catalog(archive)

    assert "too large: at most 10 MB" in problems(report)[0]


def test_two_imports_do_not_run_at_once(folder: Path) -> None:
    with psycopg.connect(**_connection()) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('import-catalog', 0))")
        with pytest.raises(ImportBusy, match="Another import is running"):
            run(folder, MUG)
        other.execute("SELECT pg_advisory_unlock(hashtextextended('import-catalog', 0))")

    assert run(folder, MUG).products_created == 1


def _connection() -> dict[str, Any]:
    keys = ("host", "port", "user", "password", "dbname")
    parameters = connection.get_connection_params()
    return {key: parameters[key] for key in keys if parameters.get(key)}


# --- Whatever the file --------------------------------------------------------------------------

CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "mug", "red-boot", "1", "-1", "0", "Size", "TRUE", "a > b", "x:y", "a.jpg"]
    ),
    st.sampled_from(["9" * 40, "1e9", "<p>x", "<![CDATA[", "..", ".", "/", "a\nb", '"', "½"]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.dictionaries(st.sampled_from(list(BOOT)), CELLS), max_size=8))
def test_whatever_the_cells_hold_the_import_ends_and_a_second_changes_nothing(
    rows: list[dict[str, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [{"Handle": "mug", "Title": "Mug", "Variant Price": "1", **row} for row in rows]
        file = Path(folder) / "a.csv"
        file.write_bytes(as_csv(*rows).encode("utf-8", "replace"))
        try:
            import_catalog(file)
            again = import_catalog(file)
        except UnreadableFile:
            return
        assert (again.products_created, again.products_updated, again.variants_updated) == (0, 0, 0)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_whatever_the_bytes_are_the_file_is_read_or_refused(data: bytes, titled: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        file.write_bytes((b"Handle,Title,Variant Price\n" if titled else b"") + data)
        try:
            import_catalog(file)
        except UnreadableFile as refused:
            assert str(refused)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("<>!-[]/&;a \n'\"p?="), st.characters())))
def test_whatever_the_html_is_it_becomes_text(html: str) -> None:
    assert isinstance(plain_text(html), str)
