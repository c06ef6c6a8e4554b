"""Importing what other shops and people write: feeds, plain tables, workbooks; and the plan."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from shop.catalog.importing import UnreadableFile, import_catalog, plan, workbook
from shop.catalog.importing.cells import amount
from shop.catalog.models import AttributeValue, Category, Product, ProductImage, Variant
from tests.factories import ProductFactory
from tests.shop.catalog.shopify_files import BOOT, MUG, SECOND, as_csv, problems

pytestmark = pytest.mark.django_db

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><title>Red boot</title><link>https://shop.example/boot</link>
<description>&lt;p&gt;Warm.&lt;/p&gt;&lt;p&gt;Dry.&lt;/p&gt;</description>
<g:id>BOOT-38</g:id><g:item_group_id>boot</g:item_group_id><g:price>99.00 USD</g:price>
<g:sale_price>89.90 USD</g:sale_price><g:availability>in_stock</g:availability>
<g:brand>Luma</g:brand><g:color>Red</g:color><g:size>38</g:size><g:material>Leather</g:material>
<g:product_type>Women &gt; Shoes</g:product_type><g:shipping_weight>1.25 kg</g:shipping_weight>
<g:image_link>pictures/boot.jpg</g:image_link>
<g:additional_image_link>pictures/side.png</g:additional_image_link>
<g:shipping><g:country>US</g:country><g:price>5.00 USD</g:price></g:shipping></item>
<item><g:title>Red boot</g:title><g:id>BOOT-39</g:id><g:item_group_id>boot</g:item_group_id>
<g:price>99.00 USD</g:price><g:availability>out_of_stock</g:availability><g:color>Red</g:color>
<g:size>39</g:size><g:material>Leather</g:material><g:quantity>3</g:quantity>
<g:image_link>pictures/side.png</g:image_link></item>
</channel></rss>"""
TSV = (
    "id\ttitle\tdescription\tprice\tavailability\tproduct type\tg:color\timage link\n"
    'M1\tMug\tFor tea, 5" high\t12 USD\tin stock\tHome\tBlue\tpictures/boot.jpg\n'
    "M2\tCup\tSmall\t4.00 EUR\tin stock\tHome\tBlue\t\n"
)

SHEET = (
    '<?xml version="1.0"?><worksheet '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def written(folder: Path, text: str, name: str = "feed") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def table(*rows: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue()


# --- Feeds --------------------------------------------------------------------------------------


def test_a_feed_in_rss(folder: Path) -> None:
    report = import_catalog(written(folder, RSS))

    assert (report.format, problems(report)) == ("google-xml", [])
    boot = Product.objects.get()
    assert (boot.title, boot.brand, boot.description) == ("Red boot", "Luma", "Warm.\n\nDry.")
    assert [str(one) for one in boot.attributes.all()] == ["Material: Leather"]
    assert boot.category.slug == "women-shoes"
    small, large = boot.variants.all()
    assert (small.price, small.compare_at_price) == (Decimal("89.90"), Decimal("99.00"))
    assert (small.stock, small.weight, large.stock) == (1, 1250, 3)
    assert [str(one) for one in large.options.all()] == ["Color: Red", "Size: 39"]
    assert large.image == boot.images.all()[1]
    assert "no stock counts" in report.notes[0]
    Variant.objects.filter(sku="BOOT-38").update(stock=7)

    again = import_catalog(written(folder, RSS))
    assert (again.products_unchanged, Variant.objects.get(sku="BOOT-38").stock) == (1, 7)


def test_a_feed_in_atom(folder: Path) -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
<entry><title>Mug</title><link href="https://shop.example/mug"/><summary>Blue.</summary>
<g:id>M1</g:id><g:price>12.00 USD</g:price></entry></feed>"""

    assert import_catalog(written(folder, atom)).products_created == 1
    assert Product.objects.get().description == "Blue."


def test_a_feed_as_table_is_of_this_currency(folder: Path) -> None:
    report = import_catalog(written(folder, TSV))

    assert (report.format, report.products_created) == ("google-tsv", 1)
    assert problems(report) == [
        "line 3 (cup-m2): the price is in EUR: this shop sells in USD",
    ]
    mug = Product.objects.get()
    assert (mug.description, mug.category.name) == ('For tea, 5" high', "Home")
    assert mug.variants.get().image is None and mug.images.count() == 1


def test_an_item_is_known_by_its_sku(folder: Path) -> None:
    ProductFactory(slug="old-boot", variants=[{"sku": "BOOT-39"}])

    report = import_catalog(written(folder, RSS))

    assert (report.products_updated, report.variants_created) == (1, 1)
    assert Product.objects.get().slug == "old-boot"


@pytest.mark.parametrize(
    ("date", "price"),
    [
        ("2001-01-01T00:00Z/2001-02-01T00:00Z", "99.00"),
        ("2001-01-01T00:00+0100/2101-02-01T00:00+0100", "89.90"),
        ("soon", "89.90"),
    ],
)
def test_a_sale_holds_while_it_lasts(folder: Path, date: str, price: str) -> None:
    dated = f"<g:sale_price_effective_date>{date}</g:sale_price_effective_date><g:brand>"
    import_catalog(written(folder, RSS.replace("<g:brand>", dated)))

    assert str(Variant.objects.get(sku="BOOT-38").price) == price


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><id>&b;</id></item></rss>'
FOREIGN = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item>&a;</item></rss>'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "defines entities"),
        (FOREIGN, "defines entities"),
        ("<html><body>x</body></html>", "begins with <html>"),
        ("<rss><channel><item>", "damaged in line 1"),
        ("<rss><item>" + "<a>" * 30, "nested too deeply"),
        ("<rss><item><title>" + "x" * 5_000_000, "more than 4 MB"),
        ("<rss><item>" + "<a/>" * 6000 + "</item></rss>", "more than 4 MB"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', "cannot be read|damaged"),
    ],
)
def test_xml_that_is_no_feed_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        import_catalog(written(tmp_path, text))


# --- Plain tables -------------------------------------------------------------------------------


def test_a_table_as_people_write_it(folder: Path) -> None:
    file = written(
        folder,
        table(
            ["Frühjahr 2027"],
            [],
            [
                *("Artikelbezeichnung", "Preis", "UVP", "Bestand", "Farbe", "GRÖSSE", "Sleeve"),
                *("Warengruppe", "Bild 1", "Bild 2", "Gewicht (kg)", "EAN", "Sichtbar"),
            ],
            [
                *("Hemd", "1.234,50", "1.300,00 €", "4", "Blau|Weiß", "M", "long"),
                *("Men > Shirts", "pictures/boot.jpg", "pictures/side.png", "0,25", "4", "ja"),
            ],
            ["", "12,5", "", "0", "Blau", "L", "", "", "", "", "", "", ""],
            ["Hut", "9", "", "1", "", "", "none", "", "", "", "", "", "nein"],
        ),
    )
    report = import_catalog(file)

    assert (report.format, report.products_created) == ("csv", 2)
    # The currency of a former price is not looked at: it is only shown.
    assert problems(report) == [
        "line 5 (hemd): the row has no title: taken as another variant of Hemd"
    ]
    shirt = Product.objects.get(title="Hemd")
    assert shirt.category.slug == "men-shirts"
    assert shirt.images.count() == 2
    assert [str(one) for one in shirt.attributes.all()] == ["Sleeve: long"]
    medium, large = shirt.variants.all()
    assert (str(medium.price), str(medium.compare_at_price)) == ("1234.50", "1300.00")
    assert (str(large.price), large.weight, medium.weight) == ("12.50", 0, 250)
    assert [str(one) for one in medium.options.all()] == ["Color: Blau", "Color: Weiß", "Size: M"]
    assert Product.objects.get(title="Hut").published is False
    assert report.notes == [
        "The column “Sleeve” is taken as an attribute.",
        "The column “EAN” is passed over.",
    ]


def test_a_row_without_a_title_is_told(folder: Path) -> None:
    titles = ["Title", "Price", "SKU", "Stock"]
    rows = [
        ["Sun hat", "5", "SH-1", "1"],
        ["Sun cream", "8", "SC-1", "4"],
        ["", "9.99", "N-1", "1"],
    ]

    report = import_catalog(written(folder, table(titles, *rows)))

    told = report.problems
    assert [(one.line, one.handle, one.warning) for one in told] == [(4, "sun-cream", True)]
    assert told[0].message == "the row has no title: taken as another variant of Sun cream"
    assert Product.objects.get(title="Sun cream").variants.count() == 2


def test_a_row_with_a_handle_needs_no_title(folder: Path) -> None:
    titles = ["Handle", "Title", "Price", "SKU"]
    rows = [["cream", "Sun cream", "8", "SC-1"], ["cream", "", "9", "SC-2"]]

    report = import_catalog(written(folder, table(titles, *rows)))

    assert (report.problems, report.variants_created) == ([], 2)


def test_a_list_of_prices_leaves_the_rest_as_it_is(folder: Path) -> None:
    ProductFactory(title="Boot", variants=[{"sku": "A", "stock": 3}, {"sku": "B", "stock": 4}])
    file = written(folder, table(["SKU", "Price"], ["B", "7.00"], ["C", "8"], ["A", "6"]))

    report = import_catalog(file)

    assert problems(report) == [
        "line 3: there is no product with the SKU C yet: a new one needs a title"
    ]
    found = Variant.objects.order_by("sku").values_list("sku", "price", "stock")
    assert list(found) == [("A", 6, 3), ("B", 7, 4)]
    assert Product.objects.get().title == "Boot"


def test_a_workbook(folder: Path) -> None:
    book = Workbook()
    book.active.title = "Empty"
    for number in range(1, 600):
        book.active.cell(number, 3).number_format = "0.00"
    sheet = book.create_sheet("Products")
    sheet.append(["Name", "Price", "SKU", "Stock", "Pictures", "Published"])
    sheet.append(["Mug", 12.5, 123, 3.0, "pictures/boot.jpg", True])
    sheet.append(["=1+1", None, "B", None, None, None])
    book.save(folder / "shop.xlsx")
    with zipfile.ZipFile(folder / "shop.zip", "w") as archive:
        archive.write(folder / "shop.xlsx", "a/shop.xlsx")
        archive.write(folder / "pictures/boot.jpg", "a/pictures/boot.jpg")

    report = import_catalog(folder / "shop.zip")

    assert (report.format, report.products_created, report.pictures_created) == ("xlsx", 1, 1)
    variant = Variant.objects.get()
    assert (variant.sku, str(variant.price), variant.stock) == ("123", "12.50", 3)


def test_rows_of_a_workbook_that_end_early_have_all_columns(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Title", "Price", "SKU", "Size"], ["Cap", 5, "A"], ["", 6, "B", "L"]):
        book.active.append(row)
    book.save(tmp_path / "shop.xlsx")

    import_catalog(tmp_path / "shop.xlsx")

    found = [[str(one) for one in variant.options.all()] for variant in Variant.objects.all()]
    assert sorted(found) == [[], ["Size: L"]]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ('<row r="{n}"><c r="XFD{n}"/></row>', "The table is empty"),
        ('<row r="{n}"><c r="A{n}"><v>1</v></c></row>', "names these columns: 1"),
        ('<row r="{n}"><c r="A{n}"><v>1</v></c></row><row r="900000"/>', "names these columns: 1"),
    ],
)
def test_titles_are_looked_for_in_the_first_rows_and_columns(
    tmp_path: Path, monkeypatch: Any, cells: str, message: str
) -> None:
    Workbook().save(tmp_path / "empty.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "empty.xlsx") as empty,
        zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in empty.namelist():
            data = empty.read(name)
            if name == "xl/worksheets/sheet1.xml":
                rows = "".join(cells.format(n=n) for n in range(1, 2000 if "XFD" in cells else 2))
                data = SHEET.format(rows=rows).encode()
            archive.writestr(name, data)
    seen: list[int] = []
    monkeypatch.setattr(workbook, "_without_end", lambda row: seen.append(len(row)) or row)

    with pytest.raises(UnreadableFile, match=message):
        import_catalog(tmp_path / "a.xlsx")

    assert len(seen) <= 2 * workbook.LOOKED_AT and max(seen) <= workbook.MAX_COLUMNS


def test_a_workbook_that_is_damaged_or_huge_is_refused(tmp_path: Path, monkeypatch: Any) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="workbook cannot be read"):
        import_catalog(file)
    book = Workbook()
    book.active.append(["one", "two"])
    book.save(file)
    monkeypatch.setattr(workbook, "SECONDS", -1)
    with pytest.raises(UnreadableFile, match="too large"):
        import_catalog(file)
    monkeypatch.setattr("shop.catalog.importing.workbook.MAX_UNPACKED", 3)
    with pytest.raises(UnreadableFile, match="too large"):
        import_catalog(file)


@pytest.mark.parametrize(
    ("text", "found", "currency"),
    [
        ("12", "12.00", ""),
        ("12.5", "12.50", ""),
        ("12,50 €", "12.50", "EUR"),
        ("1.234,50", "1234.50", ""),
        ("1,234.50 USD", "1234.50", "USD"),
        ("1'234.50", "1234.50", ""),
        ("1.234.567", "1234567.00", ""),
        ("$5", "5.00", ""),
        ("0.125", "0.13", ""),
        ("1.234", None, ""),
        ("-3", None, ""),
        ("free", None, ""),
        ("", None, ""),
        ("1,2,3.4.5", None, ""),
        ("99999999999", None, ""),
        ("12.", "12.00", ""),
        ("CHF 1’234.5", "1234.50", "CHF"),
        ("1 234,50 €", "1234.50", "EUR"),
        ("1\u202f234\u202f567", "1234567.00", ""),
        ("1,00,000.50", "100000.50", ""),
        ("12,34,56,789", "123456789.00", ""),
        ("-1.234,50", None, ""),
        ("01.12.2026", None, ""),
        ("10.11.12", None, ""),
        ("10.11.122", None, ""),
        ("1,2,3", None, ""),
        ("12 34", None, ""),
        ("12..5", None, ""),
        ("1'0'0", None, ""),
        ("1.2.", None, ""),
        ("1,234.567", None, ""),
        ("12.345,678", None, ""),
        ("1,234,50", None, ""),
        ("1'234 567", None, ""),
        ("0,123,456", None, ""),
        ("1 USD 2", None, "USD"),
        ("5" + " " * 5000 + "x", None, ""),
    ],
)
def test_amounts_as_people_write_them(text: str, found: str | None, currency: str) -> None:
    read, code, problem = amount(text)

    assert (str(read) if read is not None else None, code) == (found, currency)
    assert bool(problem) == (found is None)


def test_what_is_no_amount_is_quoted_as_it_is_written() -> None:
    assert amount("ask us")[2] == "the price 'ask us' is no number such as 1234.50"
    assert amount("USD n/a")[2] == "the price 'USD n/a' is no number such as 1234.50"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("T-Shirt", "t shirt", True),
        ("Beigé", "beige", True),
        ("½", "12", False),
        ("1.5", "15", False),
        ("1.5", "1-5", False),
        ("C++", "C", False),
        ("Ж", "Жа", False),
        ("a Ж", "a", False),
    ],
)
def test_values_that_mean_the_same_are_one(
    folder: Path, first: str, second: str, same: bool
) -> None:
    for value in (first, second):
        import_catalog(written(folder, as_csv({**BOOT, "Option1 Value": value})))

    values = AttributeValue.objects.filter(attribute__name=BOOT["Option1 Name"])
    assert sorted(values.values_list("value", flat=True)) == sorted(
        {first, first if same else second}
    )


# --- The plan -----------------------------------------------------------------------------------


def test_a_plan_says_what_would_change_and_does_nothing(folder: Path) -> None:
    import_catalog(written(folder, as_csv(BOOT, SECOND)))
    rows = (
        {**BOOT, "Title": "Crimson boot", "Variant Price": "80", "Option2 Value": "Crimson"},
        {**SECOND, "Image Src": "pictures/none.jpg"},
        {**MUG, "Image Src": "pictures/boot.jpg", "Type": "Cups", "Tags": "glaze:Blue"},
    )
    file, report = written(folder, as_csv(*rows)), folder / "report.csv"
    before = list(Product.objects.values()), list(Variant.objects.values())

    planned = plan(file, report_file=report)

    assert (list(Product.objects.values()), list(Variant.objects.values())) == before
    assert (planned.products_created, planned.products_updated, planned.pictures_new) == (1, 1, 1)
    assert [(one.line, one.handle) for one in planned.created] == [(4, "mug")]
    changes = {(one.field, one.old, one.new) for one in planned.updated[0].changes}
    assert changes == {
        ("title", "Red boot", "Crimson boot"),
        ("BOOT-38, price", "89.90", "80.00"),
        ("Color", "Red", "Crimson"),
    } or changes == {
        ("title", "Red boot", "Crimson boot"),
        ("BOOT-38, price", "89.90", "80.00"),
        ("Colour", "Red", "Crimson"),
    }
    assert planned.new_categories == ["Cups"] and planned.new_attributes == ["Glaze"]
    assert [str(one) for one in planned.problems] == [
        "line 3 (red-boot): there is no picture 'pictures/none.jpg' beside the file"
    ]
    lines = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert ["2", "red-boot", "updated", "title", "Red boot", "Crimson boot", ""] in lines
    assert lines[-1][:3] == ["4", "mug", "created"]


def test_a_plan_of_much_holds_the_first_and_counts_all(folder: Path) -> None:
    rows = [{**MUG, "Handle": f"m{n}", "Variant SKU": f"M{n}"} for n in range(30)]
    bad = [{**MUG, "Handle": f"b{n}", "Variant Price": "?"} for n in range(20)]

    planned = plan(written(folder, as_csv(*rows, *bad)), first=5)

    assert (len(planned.created), planned.products_created) == (5, 30)
    assert (len(planned.problems), planned.skipped, planned.products_skipped) == (5, 20, 20)


def test_a_plan_tells_what_each_problem_costs(folder: Path) -> None:
    titles = ["Title", "SKU", "Price", "Pictures"]
    rows = [
        ["Boot", "B-1", "9.00", "pictures/none.jpg"],
        ["Boot", "B-2", "cheap", ""],
        ["Mug", "M-1", "cheap", ""],
        ["Cup", "C-1", "1.00", "", "too much"],
        ["", "", "3.00", ""],
    ]
    file = written(folder, table(titles, rows[4], *rows[:4]))

    planned = plan(file)

    assert [(one.line, one.costs) for one in planned.problems] == [
        *((2, "row"), (3, "picture"), (4, "row"), (5, "product"), (6, "row"))
    ]
    assert (planned.products_skipped, planned.rows_left_out, planned.pictures_left_out) == (1, 3, 1)
    assert planned.skipped == 5


def test_missing_pictures_crowd_no_other_problem_out(folder: Path) -> None:
    rows = [["Boot", f"B-{n}", "9.00", f"none-{n}.jpg"] for n in range(20)]
    file = written(
        folder, table(["Title", "SKU", "Price", "Pictures"], *rows, ["Mug", "M-1", "?", ""])
    )

    planned = plan(file, first=3)

    assert [one.costs for one in planned.problems] == ["picture"] * 3 + ["product"]
    assert (planned.skipped, planned.pictures_left_out) == (21, 20)


def test_pictures_of_an_upload_come_with_it_or_not_at_all(folder: Path) -> None:
    file = written(folder, as_csv({**MUG, "Image Src": "pictures/boot.jpg"}))

    report = import_catalog(file, beside=False)

    assert "put the file and its pictures into one ZIP" in problems(report)[0]
    assert not ProductImage.objects.exists()


def test_an_import_is_cancelled_between_products_and_goes_on_there(folder: Path) -> None:
    rows = [{**MUG, "Handle": f"m{n}", "Variant SKU": f"M{n}"} for n in range(5)]
    rows[0] |= {"Variant Price": "?"}
    rows[4] |= {"Variant SKU": "M1"}
    file, lines = written(folder, as_csv(*rows)), folder / "report.csv"
    done: list[int] = []

    first = import_catalog(
        file,
        progress=lambda now, total: done.append(now),
        cancelled=lambda: len(done) == 2,
        report_file=lines,
    )
    assert (first.cancelled, first.products_created, done) == (True, 1, [1, 2])

    rest = import_catalog(file, skip=done[-1], report_file=lines)
    assert (rest.cancelled, rest.products_created, rest.rows) == (False, 2, 3)
    assert problems(rest) == ["line 6 (m4): the SKU M1 stands in the file before"]
    told = [line.split(",")[2] for line in lines.read_text("utf-8-sig").splitlines()[1:]]
    assert sorted(told) == ["created"] * 3 + ["problem"] * 2 + ["skipped"] * 2
    assert Category.objects.count() == 1


def test_a_former_price_that_can_be_read_in_two_ways_is_left_out(folder: Path) -> None:
    file = folder / "products.csv"
    file.write_text("Title,SKU,Price,Former price\nRed boots,B-1,0.90,1.234\n")

    report = import_catalog(file)

    assert Variant.objects.get().compare_at_price is None
    assert "the compare-at price is left out: the price '1.234'" in problems(report)[0]
