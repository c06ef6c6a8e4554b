"""What an import changes of the stock, the ledger knows as imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from shop.stock.models import Movement
from tests.shop.catalog.shopify_files import BOOT, run

pytestmark = pytest.mark.django_db


def test_the_ledger_says_imported(folder: Path) -> None:
    run(folder, BOOT)
    run(folder, {**BOOT, "Variant Inventory Qty": "9"})
    run(folder, {**BOOT, "Variant Inventory Qty": "9"})

    movements = Movement.objects.filter(sku="BOOT-38").order_by("pk")

    assert [(one.delta, one.reason) for one in movements] == [(7, "imported"), (2, "imported")]
