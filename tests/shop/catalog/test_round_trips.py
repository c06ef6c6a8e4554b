"""What is exported comes in again as it was, in every format, whatever its texts."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shop.catalog.exporting import FORMATS, WRITERS, export_catalog
from shop.catalog.importing import import_catalog, plan
from shop.catalog.importing.matching import folded
from shop.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Product,
    ProductImage,
    Variant,
)
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db

# Feeds hold what is on sale; the others hold all.
WHOLE = [name for name in FORMATS if not name.startswith("google")]

ODD = st.sampled_from(
    [
        *("=1+1", "-5", "+49", "@home", "'", "''=x", "'=x", "a'b", '"', '""', ",", ";", "\t", "|"),
        *(":", ">", "a > b", "<b>fett</b>", "<!-- x", "<![CDATA[", "&amp;", "&#x20;", "&#X2C"),
        *("&lt", "&", "🧥", "Größe", "½", "שלום", "\u200b", "\xa0", "a  b", "\x01", "\x85"),
        *("\u2028", "\ufffe", "_x0041_", "x005F_", "_x005F_", "12.50", "00123", "1e5", "TRUE"),
    ]
)
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.lists(st.one_of(ODD, st.text(CHARACTERS, max_size=4)), max_size=4).map("".join),
).map(lambda text: text.replace("\0", ""))
NAMES = TEXTS.filter(lambda text: text.strip() != "")
PARAGRAPHS = st.lists(
    st.one_of(TEXTS, st.sampled_from(["\n", "\n\n", "\n\n\n", " \n", "\r\n", "• one\n• two"])),
    max_size=6,
).map("".join)
PRICES = st.decimals(min_value=0, max_value=Decimal("99999999.98"), places=2)
VARIANTS = st.fixed_dictionaries(
    {
        "price": PRICES,
        "reduced": st.booleans(),
        "stock": st.integers(0, 2**31 - 1),
        "weight": st.integers(0, 2**31 - 1),
        "published": st.booleans(),
        "position": st.integers(0, 5),
        "options": st.lists(st.tuples(st.integers(0, 4), NAMES), max_size=4),
        "sku": NAMES,
    }
)
PRODUCTS = st.fixed_dictionaries(
    {
        "title": NAMES,
        "brand": TEXTS,
        "description": PARAGRAPHS,
        "published": st.booleans(),
        "tax_category": st.sampled_from(["standard", "reduced", "zero"]),
        "category": st.lists(NAMES, min_size=1, max_size=3),
        "attributes": st.lists(st.tuples(st.integers(0, 4), NAMES), max_size=3),
        "variants": st.lists(VARIANTS, min_size=1, max_size=3, unique_by=lambda one: one["sku"]),
    }
)
ATTRIBUTES = st.lists(NAMES.map(lambda name: name[:60]), min_size=5, max_size=5, unique_by=folded)


def test_a_description_of_any_length_comes_back(tmp_path: Path) -> None:
    for kind in ("csv", "shopify"):
        text = f"{kind} " + "word " * 60_000 + "end"
        product = ProductFactory(description=text, variants=[{}])
        file = tmp_path / kind
        with file.open("wb") as out:
            export_catalog(kind, out, products=Product.objects.filter(pk=product.pk))
        Product.objects.filter(pk=product.pk).update(description="")

        assert import_catalog(file).products_updated == 1

        product.refresh_from_db()
        assert product.description == text


class _Undone(Exception):
    pass


def make(products: list[dict[str, Any]], names: list[str]) -> None:
    """The products in the database, as they are described."""
    attributes = [
        Attribute.objects.create(name=name, slug=f"attribute-{n}") for n, name in enumerate(names)
    ]
    values: dict[tuple[int, str], AttributeValue] = {}
    spellings: dict[str, str] = {}

    def value(at: int, text: str) -> AttributeValue:
        if (at, folded(text)) not in values:
            values[at, folded(text)] = AttributeValue.objects.create(
                attribute=attributes[at], value=text, slug=f"value-{len(values)}"
            )
        return values[at, folded(text)]

    skus: set[str] = set()
    for number, product in enumerate(products):
        category: Category | None = None
        for level, name in enumerate(product["category"]):
            name = spellings.setdefault(folded(name), name)
            category = CategoryFactory(name=name, slug=f"c-{number}-{level}", parent=category)
        row = Product.objects.create(
            slug=f"product-{number}",
            category=category,
            **{
                name: product[name]
                for name in ("title", "brand", "description", "published", "tax_category")
            },
        )
        row.attributes.set([value(*pair) for pair in product["attributes"]])
        for variant in product["variants"]:
            sku = variant["sku"] if variant["sku"] not in skus else f"{variant['sku']}{len(skus)}"
            skus.add(sku)
            price = variant["price"]
            made = Variant.objects.create(
                product=row,
                sku=sku,
                compare_at_price=price + 1 if variant["reduced"] else None,
                **{
                    name: variant[name]
                    for name in ("price", "stock", "weight", "published", "position")
                },
            )
            made.options.set([value(*pair) for pair in variant["options"]])


def snapshot() -> list[Any]:
    """All that a shopper can see of all products."""

    def pairs(values: Any) -> set[tuple[str, str]]:
        return {(value.attribute.name, value.value) for value in values.all()}

    def path(category: Category) -> list[str]:
        return [*(one.name for one in Category.objects.get_ancestors(category)), category.name]

    return [
        (
            *(row.slug, row.title, row.brand, row.description, row.published, row.tax_category),
            path(row.category),
            pairs(row.attributes),
            [
                (
                    *(one.sku, one.price, one.compare_at_price, one.stock, one.weight),
                    one.published,
                    pairs(one.options),
                )
                for one in row.variants.all()
            ],
        )
        for row in Product.objects.order_by("slug")
    ]


def forget_all() -> None:
    Product.objects.all().delete()
    Category.objects.all().delete()
    Attribute.objects.all().delete()


PLAIN = {
    "title": "Mug",
    "brand": "",
    "description": "",
    "published": True,
    "tax_category": "standard",
    "category": ["Mugs"],
    "attributes": [],
    "variants": [
        {
            "price": Decimal("1.00"),
            "reduced": False,
            "stock": 1,
            "weight": 0,
            "published": True,
            "position": 0,
            "options": [],
            "sku": "MUG",
        }
    ],
}
COMMON = ["Material", "Color", "Size", "Title", "Fit"]


@pytest.mark.parametrize("format", FORMATS)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(products=st.lists(PRODUCTS, min_size=1, max_size=2), names=ATTRIBUTES)
@example(products=[PLAIN], names=COMMON)
def test_an_export_that_comes_in_again_changes_nothing(
    format: str, products: list[dict[str, Any]], names: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.raises(_Undone), transaction.atomic():
        make(products, names)
        file = Path(folder, f"all{WRITERS[format].suffix}")

        exported = export_catalog(format, file)

        assert exported.left_out == []
        if exported.products == 0:  # a feed of nothing
            raise _Undone
        planned = plan(file)
        assert planned.problems == []
        assert planned.format == format
        assert planned.updated == []
        assert planned.changes_nothing and planned.products_unchanged == exported.products
        raise _Undone


@pytest.mark.parametrize("format", WHOLE)
@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    products=st.lists(PRODUCTS, min_size=1, max_size=2),
    names=st.permutations([*COMMON, "=SUM(A1)", "A, b: c | d > e", "Größe", "Handle", "Ean"]),
)
@example(products=[PLAIN], names=COMMON)
def test_an_export_brings_an_empty_shop_all_there_was(
    format: str, products: list[dict[str, Any]], names: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.raises(_Undone), transaction.atomic():
        make(products, names)
        before = snapshot()
        file = Path(folder, f"all{WRITERS[format].suffix}")
        export_catalog(format, file)
        forget_all()

        report = import_catalog(file)

        assert report.problems == []
        assert snapshot() == before
        raise _Undone


# --- Pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("with_pictures", [False, True])
@pytest.mark.parametrize("format", FORMATS)
def test_pictures_are_known_again_and_not_asked_for(
    tmp_path: Path, format: str, with_pictures: bool
) -> None:
    product = ProductFactory(images=3, variants=[{"sku": "A"}, {"sku": "B"}])
    first, second, third = product.images.order_by("pk")
    ProductImage.objects.filter(pk=first.pk).update(position=7, alt="A | b, c")
    Variant.objects.filter(sku="B").update(image=third)
    file = tmp_path / "all"

    exported = export_catalog(format, file, with_pictures=with_pictures)
    planned = plan(file)

    assert exported.pictures == (3 if with_pictures else 0)
    assert planned.problems == []
    assert planned.updated == []
    assert (planned.products_unchanged, planned.pictures_new) == (1, 0)

    ProductImage.objects.filter(pk=second.pk).delete()
    files = len(list(Path(django_settings.MEDIA_ROOT).rglob("*.jpg")))
    report = import_catalog(file)
    if with_pictures:
        assert (report.problems, report.pictures_created) == ([], 1)
        assert len(list(Path(django_settings.MEDIA_ROOT).rglob("*.jpg"))) == files + 1
    else:
        assert "is not fetched from the net" in str(report.problems[0])
    assert Variant.objects.get(sku="B").image == third
    assert list(product.images.values_list("pk", flat=True))[-1] in (first.pk, second.pk)


def test_an_export_with_pictures_fills_an_empty_shop(tmp_path: Path) -> None:
    product = ProductFactory(images=2, variants=[{"sku": "A"}, {"sku": "B"}])
    Variant.objects.filter(sku="B").update(image=product.images.all()[1])
    file = tmp_path / "all.zip"
    export_catalog("shopify", file, with_pictures=True)
    forget_all()

    report = import_catalog(file)

    assert (report.problems, report.pictures_created) == ([], 2)
    again = Product.objects.get()
    assert again.variants.get(sku="B").image == again.images.all()[1]
    assert again.variants.get(sku="A").image is None


# --- The file -----------------------------------------------------------------------------------


def test_an_export_reads_many_products_with_few_queries(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    ProductFactory.create_batch(50, variants=[{}, {}])
    for format in FORMATS:
        with django_assert_max_num_queries(16):
            export_catalog(format, tmp_path / "all")


def test_an_export_is_cancelled_between_products_and_leaves_no_file(tmp_path: Path) -> None:
    ProductFactory.create_batch(3)
    seen: list[tuple[int, int]] = []

    report = export_catalog(
        "csv",
        tmp_path / "all.csv",
        progress=lambda done, total: seen.append((done, total)),
        cancelled=lambda: len(seen) == 2,
    )

    assert (report.cancelled, report.products, seen) == (True, 2, [(1, 3), (2, 3)])
    assert list(tmp_path.iterdir()) == []


def test_a_plain_csv_has_no_formulas_and_a_feed_only_what_is_on_sale(tmp_path: Path) -> None:
    ProductFactory(title='=HYPERLINK("http://x")', variants=[{"sku": "A"}])
    ProductFactory(title="Hidden", published=False, variants=[{"sku": "B"}])

    export_catalog("csv", tmp_path / "all.csv")
    export_catalog("google-tsv", tmp_path / "all.tsv")
    export_catalog("shopify", tmp_path / "shopify.csv")

    plain = (tmp_path / "all.csv").read_text()
    assert '"\'=HYPERLINK(""http://x"")"' in plain and "Hidden" in plain
    assert "Hidden" not in (tmp_path / "all.tsv").read_text()
    assert ',"=HYPERLINK(""http://x"")",' in (tmp_path / "shopify.csv").read_text()


def test_a_description_that_no_cell_of_excel_holds_is_told_and_not_cut(tmp_path: Path) -> None:
    product = ProductFactory(description="x" * 40_000)

    report = export_catalog("xlsx", tmp_path / "all.xlsx")

    assert len(report.left_out) == 1 and "32767" in report.left_out[0]
    import_catalog(tmp_path / "all.xlsx")
    product.refresh_from_db()
    assert product.description == "x" * 40_000
