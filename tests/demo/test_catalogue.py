"""The demo catalogue: the same at every run, well-formed, and with answers to what people try."""

import csv
import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from demo.assortment import KINDS
from demo.catalogue import FIELDS, NotOurs, build_catalogue
from demo.products import CERTAIN, PRODUCTS, plan_products
from demo.words import PATTERN_WORDS

SEED = 1


@pytest.fixture(scope="module")
def small_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of 15 products in small pictures."""
    out = tmp_path_factory.mktemp("catalogue")
    build_catalogue(out, seed=SEED, products=15, size=80, quiet=True)
    return out


def _rows(out: Path) -> list[dict[str, str]]:
    with (out / "products.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def _digest(out: Path) -> str:
    files = [out / "products.csv", *sorted((out / "images").iterdir())]
    content = b"".join(file.name.encode() + file.read_bytes() for file in files)
    return hashlib.sha256(content).hexdigest()


def test_same_seed_writes_the_same_bytes(small_catalogue: Path, tmp_path: Path) -> None:
    build_catalogue(tmp_path, seed=SEED, products=15, size=80, quiet=True)

    assert _digest(tmp_path) == _digest(small_catalogue)


def test_a_complete_catalogue_is_left_alone(small_catalogue: Path) -> None:
    before = (small_catalogue / "products.csv").stat().st_mtime_ns

    drawn = build_catalogue(small_catalogue, seed=SEED, products=15, size=80, quiet=True)

    assert not drawn
    assert (small_catalogue / "products.csv").stat().st_mtime_ns == before


def test_another_seed_replaces_the_catalogue(tmp_path: Path) -> None:
    build_catalogue(tmp_path, seed=SEED, products=3, size=80, quiet=True)
    first = {file.name for file in (tmp_path / "images").iterdir()}

    drawn = build_catalogue(tmp_path, seed=SEED + 1, products=3, size=80, quiet=True)

    assert drawn
    assert not first & {file.name for file in (tmp_path / "images").iterdir()}


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "images" / "holiday.jpg"
    mine.parent.mkdir()
    mine.write_bytes(b"a photo")

    with pytest.raises(NotOurs, match="new or an empty folder"):
        build_catalogue(tmp_path, seed=SEED, products=3, size=80, quiet=True)

    assert [path.name for path in tmp_path.rglob("*.*")] == ["holiday.jpg"]


def test_a_new_catalogue_removes_the_old_ones_pictures_and_no_others(tmp_path: Path) -> None:
    build_catalogue(tmp_path, seed=SEED, products=3, size=80, quiet=True)
    mine = tmp_path / "images" / "holiday.jpg"
    mine.write_bytes(b"a photo")

    build_catalogue(tmp_path, seed=SEED + 1, products=3, size=80, quiet=True)

    assert mine.exists()


def test_an_interrupted_catalogue_is_finished(small_catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / ".complete.json").write_text('{"beg')

    build_catalogue(tmp_path, seed=SEED, products=15, size=80, quiet=True)

    assert _digest(tmp_path) == _digest(small_catalogue)


def test_every_picture_named_exists_and_none_besides(small_catalogue: Path) -> None:
    rows = _rows(small_catalogue)

    named = {row["Image Src"] for row in rows if row["Image Src"]}
    variant = {row["Variant Image"] for row in rows if row["Variant Image"]}

    assert variant <= named
    assert named == {f"images/{file.name}" for file in (small_catalogue / "images").iterdir()}


def test_rows_follow_shopifys_form(small_catalogue: Path) -> None:
    rows = _rows(small_catalogue)

    skus = [row["Variant SKU"] for row in rows if row["Variant SKU"]]

    assert tuple(rows[0]) == FIELDS
    assert len(skus) == len(set(skus))
    for row in rows:
        assert row["Handle"]
        if row["Variant SKU"]:
            assert Decimal(row["Variant Price"]) > 0
            assert int(row["Variant Inventory Qty"]) >= 0
            assert row["Option1 Name"] in ("Size", "Colour")
    heads = [row for row in rows if row["Title"]]
    assert len({row["Handle"] for row in heads}) == len(heads) == 15
    assert all(row["Product Category"] and row["Vendor"] and row["Tags"] for row in heads)


def test_the_full_range_answers_what_people_try() -> None:
    plan = plan_products(SEED)

    looks = [look for product in plan for look in product.looks()]

    assert len(plan) == len({product.handle for product in plan}) == PRODUCTS >= 800
    assert {look.kind for look in looks} == set(KINDS)
    for kind, colour, pattern in CERTAIN:
        right = [
            look
            for look in looks
            if look.kind == kind and look.colour == colour and pattern in (None, look.pattern)
        ]
        assert len(right) >= 5


def test_every_product_has_two_to_four_pictures_of_each_colour() -> None:
    for product in plan_products(SEED):
        colours = [shot.look.colour for shot in product.shots]

        assert all(colours.count(colour) >= 2 for colour in colours)
        assert 2 <= len(product.shots) <= 4
        assert {variant.colour.lower() for variant in product.variants} == set(colours)
        files = [shot.file for shot in product.shots]
        assert len(files) == len(set(files))


def test_texts_leave_something_to_the_pictures() -> None:
    """Few texts name both colour and pattern of a patterned product."""
    plan = plan_products(SEED)
    patterned = [p for p in plan if p.shots[0].look.pattern != "plain"]

    told = [
        p
        for p in patterned
        if p.shots[0].look.colour in (text := f"{p.title} {p.body}".lower())
        and any(word in text for word in PATTERN_WORDS[p.shots[0].look.pattern])
    ]

    assert len(patterned) > 200
    assert len(told) < 0.05 * len(patterned)


def test_stock_varies_and_some_of_it_is_gone() -> None:
    plan = plan_products(SEED)

    sold_out = [p for p in plan if not any(variant.stock for variant in p.variants)]
    partly = [p for p in plan if {0} < {min(variant.stock, 1) for variant in p.variants}]

    assert 10 <= len(sold_out) <= 90
    assert len(partly) >= 60
    assert sum(product.compare_at is not None for product in plan) >= 60
    assert all(p.compare_at is None or p.compare_at > p.price for p in plan)
    assert sum(len(product.looks()) > 1 for product in plan) >= 60
