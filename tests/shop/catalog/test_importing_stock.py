"""What an import changes of the stock, the ledger knows as imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from shop.catalog.importing.cells import stock
from shop.catalog.importing.data import Row
from shop.catalog.importing.report import Tally
from shop.catalog.models import Variant
from shop.stock.models import Movement
from tests.shop.catalog.shopify_files import BOOT, problems, run

pytestmark = pytest.mark.django_db


def test_the_ledger_says_imported(folder: Path) -> None:
    run(folder, BOOT)
    run(folder, {**BOOT, "Variant Inventory Qty": "9"})
    run(folder, {**BOOT, "Variant Inventory Qty": "9"})

    movements = Movement.objects.filter(sku="BOOT-38").order_by("pk")

    assert [(one.delta, one.reason) for one in movements] == [(7, "imported"), (2, "imported")]


@pytest.mark.parametrize(
    ("text", "count", "message"),
    [
        ("7", 7, ""),
        ("3.0", 3, ""),
        ("2,000", 2000, ""),
        ("1.000", 1000, ""),
        ("1.000.000", 1_000_000, ""),
        ("12 500", 12_500, ""),
        ("1'234", 1234, ""),
        ("1,00,000", 100_000, ""),
        ("-4", 0, "taken as 0"),
        ("1.5", None, "'1.5' is left out: it is no whole number"),
        ("2,0", None, "no whole number"),
        ("0.000", None, "no whole number"),
        ("1,000.000", None, "no whole number"),
        ("ten", None, "no whole number"),
        ("٣", None, "no whole number"),
        ("1" + " " * 90, None, "no whole number"),
        ("99999999999", None, "too high"),
        ("9" * 5000 + "x", None, "no whole number"),
    ],
)
def test_counts_as_people_write_them(text: str, count: int | None, message: str) -> None:
    tally = Tally()

    assert stock(text, Row(2, {}), "boot", tally) == count
    assert [message in str(problem) for problem in tally.problems] == [True] * bool(message)


def test_what_is_no_count_leaves_the_stock_as_it_is(folder: Path) -> None:
    run(folder, BOOT)

    report = run(folder, {**BOOT, "Variant Inventory Qty": "about 5"})

    assert problems(report) == [
        "line 2 (red-boot): the stock 'about 5' is left out: it is no whole number such as 1200"
    ]
    assert Variant.objects.get().stock == 7
