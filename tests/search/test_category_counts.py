"""How many products are in each category, also where the counts are kept for a while."""

from __future__ import annotations

import pytest

from search import category_counts
from search.category_counts import CategoryCount, count_categories
from search.filters import Filters
from tests.factories import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def test_counts_that_are_kept_stay_with_their_category(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(category_counts, "SLOW", 0)
    ProductFactory(category=CategoryFactory(name="Mugs"))
    expected = [CategoryCount("mugs", "Mugs", 1)]
    assert count_categories(Filters()) == expected

    CategoryFactory(name="Boots")  # stands before Mugs, whose place it takes

    assert count_categories(Filters()) == expected
