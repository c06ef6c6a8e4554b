"""Importing Shopify's CSV: what comes in, what is reported, and that twice is once."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from shop.catalog.importing import import_catalog
from shop.catalog.importing.texts import plain_text
from shop.catalog.models import Category, Product, ProductImage, Variant
from shop.catalog.signals import product_changed
from shop.pricing.services import start_due
from tests.factories import VariantFactory, picture_bytes
from tests.shop.catalog.shopify_files import BOOT, MUG, SECOND, as_csv, problems, run
from tests.shop.pricing.factories import SalePriceFactory

pytestmark = pytest.mark.django_db


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


def test_weight_and_tax_come_along(folder: Path) -> None:
    book = {**MUG, "Handle": "book", "Variant SKU": "BOOK", "Variant Taxable": "FALSE"}
    run(folder, BOOT, SECOND, book)

    assert dict(Variant.objects.values_list("sku", "weight")) == {
        "BOOT-38": 1250,
        "BOOT-39": 0,
        "BOOK": 0,
    }
    assert dict(Product.objects.values_list("slug", "tax_category")) == {
        "red-boot": "standard",
        "book": "zero",
    }

    # TRUE says that it is taxed, not at which rate.
    Product.objects.filter(slug="red-boot").update(tax_category="reduced")
    run(folder, BOOT, SECOND, {**book, "Variant Taxable": "TRUE"})

    assert dict(Product.objects.values_list("slug", "tax_category")) == {
        "red-boot": "reduced",
        "book": "standard",
    }


def test_an_import_during_a_sale_brings_the_regular_price(folder: Path) -> None:
    shirt = {**MUG, "Variant Price": "20"}
    run(folder, shirt)
    variant = Variant.objects.get()
    SalePriceFactory(variant=variant, price=15)
    start_due()

    run(folder, {**shirt, "Variant Price": "22"})
    variant.refresh_from_db()
    assert (variant.price, variant.compare_at_price) == (15, 22)

    run(folder, {**shirt, "Variant Price": "14"})
    variant.refresh_from_db()
    assert (variant.price, variant.compare_at_price) == (14, None)


def test_categories_become_a_tree(folder: Path) -> None:
    run(
        folder,
        {**MUG, "Product Category": "Women > Tops"},
        {**MUG, "Handle": "b", "Variant SKU": "b", "Product Category": "Men > Tops > Jackets"},
        {**MUG, "Handle": "c", "Variant SKU": "c", "Product Category": "Men > Tops"},
        {**MUG, "Handle": "d", "Variant SKU": "d", "Product Category": "Men-Tops", "Type": ""},
        {**MUG, "Handle": "e", "Variant SKU": "e", "Type": ""},
    )

    tree = [(c.depth, c.slug) for c in Category.objects.in_order()]
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

    with mock.patch("shop.catalog.importing.pictures.take_in") as take_in:
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


def others_connected() -> bool:
    """Whether the server has a session beside this one: it may not have seen yet who is dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        return bool(cursor.fetchone()[0])


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
    while others_connected():
        time.sleep(0.05)

    report = import_catalog(file)

    assert (report.products_created, report.products_unchanged) == (25, 15)
    assert ProductImage.objects.count() == Variant.objects.count() == 40
