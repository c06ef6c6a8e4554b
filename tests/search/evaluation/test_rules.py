"""Judgements by rule say what the shop's own data says, whatever the shop."""

from __future__ import annotations

import pytest

from search.evaluation.catalogue import singular, title_words
from search.evaluation.judgements import JudgedQuery
from search.evaluation.rules import Vocabulary, judge_by_rule
from tests.search.evaluation.items import item, shop

SHOP = shop(
    item("a", "Alder Red Boots", category="Shoes > Boots", brand="Holt", color="Red"),
    item("b", "Birk Boots", category="Shoes > Boots", brand="Marche", color="Blue|Red",
         material="Leather"),
    item("c", "Calla Boots", category="Shoes > Boots", brand="Holt", color="Blue",
         material="Leather", images=2),
    item("d", "Dune Boots", category="Shoes > Boots", brand="Tern", color="Blue"),
    item("e", "Elva Loafers", category="Shoes > Loafers", brand="Holt", color="Blue"),
    item("f", "Fenn Tank Top", category="Clothing > Tops", color="Blue"),
    item("g", "Garda Spinning Top", category="Toys > Games", color="Red"),
    item("h", "Halden Silk Top", category="Clothing > Tops", color="Red"),
    item("i", "Iben Watering Can", category="Garden > Tools"),
    item("j", "Juno Green Watering Can", category="Garden > Tools"),
    item("k", "Kolding Watering Can", category="Garden > Tools"),
)  # fmt: skip


def judged() -> dict[str, JudgedQuery]:
    return {query.words: query for query in judge_by_rule(SHOP, photos=False)}


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Alder Striped T-shirt", ["alder", "striped", "t-shirt"]),
        ("Sprite Stasis Ball 55 cm", ["sprite", "stasis", "ball"]),
        ("Atomic Endurance Running Tee (V-neck)", ["atomic", "endurance", "running", "tee"]),
        ("Gobi HeatTec® Tee", ["gobi", "heattec", "tee"]),
        ("2024", []),
    ],
)
def test_a_title_ends_with_what_is_sold(title: str, words: list[str]) -> None:
    assert title_words(title) == words


def test_both_forms_of_a_noun_have_one_singular() -> None:
    pairs = ["boot boots", "watch watches", "dress dresses", "glass glasses", "hoodie hoodies"]
    for one, many in map(str.split, pairs):
        assert singular(one) == singular(many)


def test_a_colour_and_a_kind_give_both_3_and_the_kind_alone_1() -> None:
    assert judged()["red boots"].grades == {"a": 3, "b": 3, "c": 1, "d": 1}
    assert judged()["boots in red"].grades == judged()["red boots"].grades
    assert judged()["red boots"].kind == "colour and kind"


def test_one_of_two_properties_gives_2() -> None:
    assert judged()["red leather boots"].grades == {"a": 2, "b": 3, "c": 2, "d": 1}


def test_any_attribute_and_brands_are_asked_for_where_they_tell_something() -> None:
    assert judged()["leather boots"].grades == {"a": 1, "b": 3, "c": 3, "d": 1}
    assert judged()["holt boots"].grades == {"a": 3, "b": 1, "c": 3, "d": 1}
    # three of four boots come in blue
    assert "blue boots" not in judged()


def test_a_noun_is_called_what_nearly_all_of_its_titles_call_it() -> None:
    assert "watering can" in judged()
    assert "can" not in judged()


def test_a_word_that_unrelated_products_share_is_no_kind() -> None:
    assert "top" not in Vocabulary(SHOP).nouns


def test_a_category_is_asked_for_by_its_name() -> None:
    assert judged()["loafers"].grades == {"e": 3}


def test_a_colour_alone_is_asked_of_all() -> None:
    assert set(judged()["red"].grades) == {"a", "b", "g", "h"}


def test_a_name_above_makes_a_product_right_where_its_own_noun_is_another() -> None:
    catalogue = shop(
        *(item(f"s{n}", "City Shoes", category="Shoes > City") for n in range(3)),
        item("loafers", "Penny Loafers", category="Shoes > Loafers"),
    )

    assert Vocabulary(catalogue).kind_grades("shoe") == {"s0": 3, "s1": 3, "s2": 3, "loafers": 2}


def test_a_photo_wants_its_own_product_and_relates_what_is_like_it() -> None:
    (query,) = (query for query in judge_by_rule(SHOP) if query.kind == "photo")

    assert query.picture.startswith("catalogue:c/")
    assert query.grades == {"c": 3, "b": 1, "d": 1}


def test_the_same_seed_gives_the_same_queries_and_another_gives_others() -> None:
    everything = [judge_by_rule(SHOP, seed=seed, limit=2) for seed in (1, 1, 2, 3)]

    assert everything[0] == everything[1]
    assert everything[0] != everything[2] or everything[0] != everything[3]


def test_every_query_has_something_right_and_none_is_asked_twice() -> None:
    queries = judge_by_rule(SHOP)

    assert all(max(query.grades.values()) >= 2 for query in queries)
    assert len({(query.words, query.picture) for query in queries}) == len(queries)
