"""Importing Shopify's CSV: what comes in, what is reported, and that twice is once."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.catalog.importing import ImportBusy, ImportReport, UnreadableFile, import_catalog
from shop.catalog.importing.texts import plain_text
from shop.catalog.models import Category, Product, ProductImage, Variant
from shop.catalog.signals import product_changed
from tests.factories import ProductFactory, VariantFactory, picture_bytes

pytestmark = pytest.mark.django_db

BOOT = {
    "Handle": "red-boot",
    "Title": "Red boot",
    "Body (HTML)": "<p>Warm.</p><p>Dry.</p>",
    "Vendor": "Luma",
    "Product Category": "Women > Shoes > Boots",
    "Type": "Boots",
    "Tags": "New, material:Leather, activity:Walking\nHiking",
    "Published": "TRUE",
    "Option1 Name": "Size",
    "Option1 Value": "38",
    "Option2 Name": "Colour",
    "Option2 Value": "Red",
    "Variant SKU": "BOOT-38",
    "Variant Price": "89.90",
    "Variant Compare At Price": "99",
    "Variant Inventory Qty": "7",
    "Image Src": "pictures/boot.jpg",
    "Image Position": "1",
    "Image Alt Text": "A red boot",
    "Variant Image": "pictures/boot.jpg",
    "Status": "active",
}
SECOND = {
    "Handle": "red-boot",
    "Option1 Value": "39",
    "Option2 Value": "Red",
    "Variant SKU": "BOOT-39",
    "Variant Price": "89.90",
    "Variant Inventory Qty": "0",
    "Image Src": "pictures/side.png",
    "Image Position": "2",
}
MUG = {"Handle": "mug", "Title": "Mug", "Variant SKU": "MUG", "Variant Price": "5", "Type": "Mugs"}


def as_csv(*rows: Mapping[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(BOOT), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/boot.jpg").write_bytes(picture_bytes(seed=1))
    (tmp_path / "pictures/side.png").write_bytes(picture_bytes(seed=2, format="PNG"))
    return tmp_path


def run(folder: Path, *rows: Mapping[str, str], **options: Any) -> ImportReport:
    file = folder / "shop.csv"
    file.write_text(as_csv(*rows), encoding="utf-8")
    return import_catalog(file, **options)


def problems(report: ImportReport) -> list[str]:
    return [str(problem) for problem in report.problems]


def state() -> list[Any]:
    """All rows of the catalogue with the transactions that wrote them."""
    tables = ("product", "variant", "productimage", "category", "attribute", "attributevalue")
    found = []
    with connection.cursor() as cursor:
        for table in (*tables, "product_attributes", "variant_options"):
            cursor.execute(f"SELECT ctid::text, t::text FROM catalog_{table} t ORDER BY id")  # noqa: S608
            found.append(cursor.fetchall())
    return found


# --- What comes in ------------------------------------------------------------------------------


def test_rows_of_a_handle_become_one_product(folder: Path) -> None:
    report = run(folder, BOOT, MUG, SECOND)  # wherever they stand

    assert problems(report) == []
    assert (report.products_created, report.variants_created, report.pictures_created) == (2, 3, 2)
    boot = Product.objects.get(slug="red-boot")
    assert (boot.title, boot.brand, boot.published) == ("Red boot", "Luma", True)
    assert boot.description == "Warm.\n\nDry."
    assert sorted(map(str, boot.attributes.all())) == [
        "Activity: Hiking",
        "Activity: Walking",
        "Material: Leather",
    ]
    small, large = boot.variants.all()
    assert (str(small.price), str(small.compare_at_price), small.stock) == ("89.90", "99.00", 7)
    assert (large.sku, large.compare_at_price, large.stock) == ("BOOT-39", None, 0)
    options = set(large.options.values_list("attribute__slug", "slug"))
    assert options == {("size", "39"), ("color", "red")}
    front, side = boot.images.all()
    assert (front.alt, front.position, side.position) == ("A red boot", 0, 1)
    assert (small.image, large.image) == (front, None)
    assert Product.objects.get(slug="mug").category.name == "Mugs"


def test_categories_become_a_tree(folder: Path) -> None:
    run(
        folder,
        {**MUG, "Product Category": "Women > Tops"},
        {**MUG, "Handle": "b", "Variant SKU": "b", "Product Category": "Men > Tops > Jackets"},
        {**MUG, "Handle": "c", "Variant SKU": "c", "Product Category": "Men > Tops"},
        {**MUG, "Handle": "d", "Variant SKU": "d", "Product Category": "Men-Tops", "Type": ""},
        {**MUG, "Handle": "e", "Variant SKU": "e", "Type": ""},
    )

    tree = [(c.depth, c.slug) for c in Category.objects.get_tree()]
    assert tree == [
        (1, "men"),
        (2, "men-tops"),
        (3, "men-tops-jackets"),
        (1, "men-tops-2"),
        (1, "uncategorised"),
        (1, "women"),
        (2, "women-tops"),
    ]
    assert not any(Category.objects.find_problems())


def test_drafts_and_unpublished_products_come_in_unpublished(folder: Path) -> None:
    run(
        folder,
        {**MUG, "Handle": "a", "Variant SKU": "a", "Published": "FALSE"},
        {**MUG, "Handle": "b", "Variant SKU": "b", "Status": "draft"},
        {**MUG, "Handle": "c", "Variant SKU": "c", "Published": "true", "Status": "archived"},
        MUG,
    )

    published = Product.objects.filter(published=True)
    assert list(published.values_list("slug", flat=True)) == ["mug"]


def test_a_lone_variant_has_no_option_and_a_missing_sku_is_made(folder: Path) -> None:
    default = {"Option1 Name": "Title", "Option1 Value": "Default Title", "Variant SKU": ""}

    run(folder, {**MUG, **default})

    variant = Variant.objects.get()
    assert variant.sku == "MUG-1"
    assert not variant.options.exists()


def test_a_byte_order_mark_semicolons_and_other_cases_of_titles_are_read(folder: Path) -> None:
    file = folder / "excel.csv"
    file.write_text("\ufeffhandle;TITLE;Variant price\nmug;Tasse für Tee;5\n", encoding="utf-8")

    assert import_catalog(file).products_created == 1
    assert Product.objects.get().title == "Tasse für Tee"


def test_html_becomes_text() -> None:
    html = "<h2>A &amp; B</h2><script>x()</script><ul><li>one<li>two</ul>so <b>much</b><br>more"

    assert plain_text(html) == "A & B\n\n• one\n• two\n\nso much\nmore"


def test_a_zip_holds_the_csv_and_its_pictures(folder: Path) -> None:
    archive = folder / "shop.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("__MACOSX/._products.csv", "x")
        opened.writestr("export/products.csv", as_csv(BOOT, SECOND))
        opened.write(folder / "pictures/boot.jpg", "export/pictures/boot.jpg")
        opened.writestr("secret.jpg", picture_bytes(seed=3))

    report = import_catalog(archive)

    assert report.pictures_created == 1
    assert problems(report) == [
        "line 3 (red-boot): there is no picture 'pictures/side.png' in the ZIP"
    ]


# --- Again --------------------------------------------------------------------------------------


def test_a_second_run_writes_nothing(folder: Path) -> None:
    rows = (
        BOOT,
        SECOND,
        MUG,
        {**MUG, "Variant SKU": "", "Option1 Name": "Ø", "Option1 Value": "½"},
    )
    run(folder, *rows)
    before = state()
    heard = mock.Mock()
    product_changed.connect(heard)

    with mock.patch("shop.catalog.importing.writing.take_in") as take_in:
        report = run(folder, *rows)
    product_changed.disconnect(heard)

    assert (report.products_created, report.products_updated, report.products_unchanged) == (
        0,
        0,
        2,
    )
    assert (report.variants_created, report.variants_updated, report.pictures_created) == (0, 0, 0)
    assert state() == before
    take_in.assert_not_called()
    heard.assert_not_called()


def test_what_changed_in_the_file_changes_and_the_rest_is_left_alone(folder: Path) -> None:
    run(folder, BOOT, SECOND, MUG)
    boot = Product.objects.get(slug="red-boot")
    VariantFactory(product=boot, sku="BY-HAND", position=9)
    changed = {
        **BOOT,
        "Title": "Crimson boot",
        "Variant Price": "120",
        "Variant Compare At Price": "",
        "Option2 Value": "Crimson",
        "Tags": "material:Suede",
        "Image Alt Text": "A crimson boot",
        "Vendor": "",
    }

    report = run(folder, changed)

    assert (report.products_updated, report.variants_updated, report.products_unchanged) == (
        1,
        1,
        0,
    )
    boot.refresh_from_db()
    assert (boot.title, boot.brand) == ("Crimson boot", "Luma")
    variant = boot.variants.get(sku="BOOT-38")
    assert (str(variant.price), variant.compare_at_price) == ("120.00", None)
    assert set(variant.options.values_list("slug", flat=True)) == {"38", "crimson"}
    assert "Material: Suede" in map(str, boot.attributes.all())
    assert "Activity: Hiking" in map(str, boot.attributes.all())
    assert boot.images.first().alt == "A crimson boot"
    assert set(boot.variants.values_list("sku", flat=True)) == {"BOOT-38", "BOOT-39", "BY-HAND"}


def test_a_picture_is_known_by_its_content(folder: Path) -> None:
    (folder / "pictures/side.png").write_bytes((folder / "pictures/boot.jpg").read_bytes())
    run(folder, BOOT, SECOND)
    (folder / "pictures/again.jpg").write_bytes((folder / "pictures/boot.jpg").read_bytes())

    report = run(folder, {**BOOT, "Image Src": "pictures/again.jpg"})

    assert report.products_unchanged == 1
    assert ProductImage.objects.count() == 1


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path) -> None:
    run(folder, MUG)
    before = state()
    rows = (BOOT, SECOND, {**MUG, "Title": "Cup"}, {**MUG, "Handle": "x", "Variant Price": "a"})
    files = sorted(Path(django_settings.MEDIA_ROOT).rglob("*"))

    dry = run(folder, *rows, dry_run=True)

    assert state() == before
    assert sorted(Path(django_settings.MEDIA_ROOT).rglob("*")) == files
    real = run(folder, *rows)
    assert dry.as_json() | {"dry_run": False, "seconds": 0} == real.as_json() | {"seconds": 0}
    assert (real.products_created, real.products_updated, real.products_skipped) == (1, 1, 1)


def test_a_product_that_fails_half_way_is_not_there_at_all(folder: Path) -> None:
    files = sorted(Path(django_settings.MEDIA_ROOT).rglob("*"))
    with (
        mock.patch(
            "shop.catalog.importing.writing.ProductWriter._write_variants", side_effect=OSError
        ),
        pytest.raises(OSError),
    ):
        run(folder, BOOT, SECOND)

    assert not Product.objects.exists()
    assert sorted(Path(django_settings.MEDIA_ROOT).rglob("*")) == files
    assert run(folder, BOOT, SECOND).products_created == 1


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
    change = {"Variant Compare At Price": "5", "Variant Inventory Qty": "-2", "Title": "m" * 300}

    report = run(folder, {**MUG, **change})

    assert report.products_created == 1 and report.skipped == 0
    assert all(problem.warning for problem in report.problems) and len(report.problems) == 3
    variant = Variant.objects.get()
    assert (variant.compare_at_price, variant.stock) == (None, 0)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b"Handle,Name\na,b\n", "no column Title, Variant Price"),
        (picture_bytes(), "not UTF-8"),
        ("Handle,Title,Variant Price\na,é,1\n".encode("latin-1"), "Line 2 is not UTF-8"),
        ("Handle,Title,Variant Price\n".encode("utf-16"), "not UTF-8"),
        (b'Handle,Title,Variant Price\na,"' + b"x\n" * 90_000, "quotation mark"),
        (b"Handle,Title,Variant Price\n" + b"x" * 5_000_000, "more than 4 MB"),
        (b"PK\x03\x04 not really", "not UTF-8|no column"),
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


def test_a_zip_without_one_csv_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a.txt", "")

    with pytest.raises(UnreadableFile, match="CSVs found: none"):
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


# --- The command --------------------------------------------------------------------------------


def test_the_command_reports(folder: Path) -> None:
    (folder / "a.csv").write_text(as_csv(MUG, {**MUG, "Handle": "x", "Variant Price": ""}))
    out, err = io.StringIO(), io.StringIO()

    call_command("import_catalog", folder / "a.csv", stdout=out, stderr=err)
    assert "1 created, 0 updated, 0 unchanged, 1 skipped" in out.getvalue()
    assert "line 3 (x): the price is missing" in err.getvalue()

    out = io.StringIO()
    call_command("import_catalog", folder / "a.csv", "--json", stdout=out, stderr=err)
    report = json.loads(out.getvalue())
    assert (report["products_unchanged"], report["problems"][0]["line"]) == (1, 3)

    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_catalog", folder / "none.csv")


@pytest.mark.django_db(transaction=True)
def test_an_import_that_was_killed_is_simply_run_again(folder: Path) -> None:
    rows = []
    for n in range(40):
        (folder / f"pictures/{n}.jpg").write_bytes(picture_bytes((900, 700), seed=n))
        change = {"Handle": f"mug-{n}", "Variant SKU": f"M{n}", "Image Src": f"pictures/{n}.jpg"}
        rows.append({**MUG, **change})
    file = folder / "shop.csv"
    file.write_text(as_csv(*rows))
    script = (
        "import sys, os, signal\n"
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "from django.conf import settings\n"
        f"connection.settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
        f"settings.MEDIA_ROOT = {str(django_settings.MEDIA_ROOT)!r}\n"
        "from pathlib import Path\n"
        "from shop.catalog.importing import import_catalog\n"
        "kill = lambda done, total: done == 15 and os.kill(os.getpid(), signal.SIGKILL)\n"
        "import_catalog(Path(sys.argv[1]), progress=kill)\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Product.objects.count() == 15

    report = import_catalog(file)

    assert (report.products_created, report.products_unchanged) == (25, 15)
    assert ProductImage.objects.count() == Variant.objects.count() == 40


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
