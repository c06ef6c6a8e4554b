"""Queries without an answer hold no word of the shop."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.evaluation.nonsense import DATA, UnusableList, elsewhere, gibberish
from tests.search.evaluation.items import item, shop

SHOP = shop(item("a", "Red Boots", description="Like a saddle, or two saddles."), item("b", "Mug"))


def test_gibberish_is_the_same_for_a_seed_and_each_query_is_another() -> None:
    queries = gibberish(60, SHOP, seed=4)

    assert queries == gibberish(60, SHOP, seed=4)
    assert queries != gibberish(60, SHOP, seed=5)
    assert len(set(queries)) == 60


def test_gibberish_that_happens_to_be_a_word_of_the_shop_is_left_out() -> None:
    (first, *_) = gibberish(1, SHOP)

    assert first not in gibberish(50, shop(item("c", first)))


def test_what_a_shop_sells_or_speaks_of_is_left_out_in_either_number(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.txt"
    path.write_text("# others\nspark plug\n\nboot jack\nhorse saddle\nspark  plug\nmugs\n")

    used, left = elsewhere(path, SHOP)

    assert used == ["spark plug"]
    assert left == ["boot jack", "horse saddle", "mugs"]


def test_a_list_of_which_nothing_is_left_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.txt"
    path.write_text("boots\n")

    with pytest.raises(UnusableList, match="a list of what it does not sell"):
        elsewhere(path, SHOP)
    with pytest.raises(UnusableList, match="cannot be read"):
        elsewhere(tmp_path / "nowhere.txt", SHOP)


@pytest.mark.parametrize("name", ["elsewhere.txt", "elsewhere_sportswear.txt"])
def test_bundled_lists_have_enough_of_different_trades(name: str) -> None:
    used, _ = elsewhere(DATA / name, SHOP)

    assert len(used) >= 150
